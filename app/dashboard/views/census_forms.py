"""What is done with a census on pages of its own: signing off, releasing, explaining a warning."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.dashboard.forms.entered import Entered
from app.dashboard.views.contents import trail_of
from app.dashboard.views.words import say_people, say_share
from app.domain.actuals import ActualsRevision
from app.domain.codes import Caution, Reason
from app.domain.organisations import Organisation

CHANGED: Final = (
    "The figures have changed since you opened this page, so nothing was stored. Look at them as"
    " they are now, below, then decide."
)
"""What somebody is told who would act on figures that have changed meanwhile."""

SIGNING: Final = (
    "Signing off records that the trust's board has approved these figures.",
    (
        "They are no longer provisional then. A correction later is a further revision, which the"
        " board approves anew."
    ),
)
"""What signing off means."""

RELEASING: Final = (
    "Everybody will be able to read these figures exactly as they are, without signing in.",
    (
        "That is every count by staff group, band and ethnicity, small numbers too. In a small"
        " band a reader may recognise somebody."
    ),
    (
        "The national release of a census rounds counts and hides small numbers. This one does"
        " not. It is the trust's own decision, as it is for the WRES report that it publishes."
    ),
    (
        "What is public stays public. A correction later is released as a further edition, with a"
        " note that says what was corrected."
    ),
)
"""What it means that a trust makes its own exact figures public."""


@dataclass(frozen=True, slots=True)
class CensusForm:
    """A page on which something is done with the revision that counts.

    Attributes:
        seen: The tag of that revision, which the form sends back.
        path: Where the form is sent.
        back: The page of the census.
        facts: What the figures come to, by label.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    sentences: Sequence[str]
    entered: Entered
    facts: dict[str, str]
    seen: str
    path: str
    back: str
    data: str | None = None


@dataclass(frozen=True, slots=True)
class WarningForm:
    """A page on which a trust says what a warning comes from.

    Attributes:
        warning: The warning's sentence.
        seen: The tag of what was said before; empty for nothing.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    warning: str
    entered: Entered
    seen: str
    path: str
    back: str
    sentences: Sequence[str] = ()
    data: str | None = None


def tell_sign_off(
    trust: Organisation, held: ActualsRevision, entered: Entered, *, seen: str
) -> CensusForm:
    """Return the page on which the board's approval is recorded."""
    return _form(
        trust,
        held,
        title=f"Sign off the census of 31 March {held.year}",
        added="sign-off",
        sentences=SIGNING,
        entered=entered,
        seen=seen,
    )


def tell_release(
    trust: Organisation, held: ActualsRevision, entered: Entered, *, seen: str
) -> CensusForm:
    """Return the page on which a trust makes its own exact figures public."""
    return _form(
        trust,
        held,
        title="Make the trust's own figures public",
        added="release",
        sentences=RELEASING,
        entered=entered,
        seen=seen,
    )


def tell_warning(
    trust: Organisation, year: int, caution: Caution, entered: Entered, *, seen: str, path: str
) -> WarningForm:
    """Return the page on which a trust explains a warning."""
    back = f"/trusts/{trust.ods_code}/actuals/{year}"
    return WarningForm(
        title="Explain a warning",
        trail=(*trail_of(trust, "/actuals"), (f"31 March {year}", back)),
        warning=caution.detail,
        entered=entered,
        seen=seen,
        path=path,
        back=back,
        sentences=(trust.name,),
    )


def _form(
    trust: Organisation,
    held: ActualsRevision,
    *,
    title: str,
    added: str,
    sentences: Sequence[str],
    entered: Entered,
    seen: str,
) -> CensusForm:
    back = f"/trusts/{trust.ods_code}/actuals/{held.year}"
    everybody = held.actuals.workforce
    share = None if everybody.share is None else float(everybody.share)
    return CensusForm(
        title=title,
        trail=(*trail_of(trust, "/actuals"), (f"31 March {held.year}", back)),
        sentences=sentences,
        entered=entered,
        facts={
            "Trust": trust.name,
            "Census": f"31 March {held.year}, revision {held.revision}",
            "Workforce": say_people(everybody.total, None),
            "BME people": say_people(everybody.bme, None),
            "BME share": say_share(share, Reason.NO_PEOPLE),
        },
        seen=seen,
        path=f"{back}/{added}",
        back=back,
    )
