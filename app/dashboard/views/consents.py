"""Consents as their page tells them: which areas may read a trust's exact figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.words import day
from app.dashboard.forms.entered import Entered
from app.dashboard.views.contents import trail_of
from app.dashboard.views.words import say_author
from app.domain.consents import Consents
from app.domain.organisations import Attribute, Organisation

HISTORY: Final = ("Revision", "Areas", "Stored", "By")
"""What is told of each revision."""

CHANGED: Final = (
    "Somebody else has changed the consents since you opened this page, so nothing was stored."
    " Look at them as they are now, below, then decide."
)
"""What somebody is told who would change consents that have changed meanwhile."""


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """The page of a trust's consents.

    Attributes:
        given: Those that hold, in sentences.
        options: The areas that can be consented to, by code and name.
        seen: The tag of the consents, which the form sends back.
        path: Where the form is sent; None for a reader who may not give consent.
    """

    title: str
    sentences: Sequence[str]
    data: str
    trail: Sequence[tuple[str, str]]
    done: str
    given: Sequence[str]
    entered: Entered
    options: Sequence[tuple[str, str]]
    history: Sequence[Sequence[str]]
    seen: str
    path: str | None


def tell_consents(
    trust: Organisation,
    held: Consents,
    entered: Entered,
    *,
    places: Mapping[str, Organisation],
    seen: str,
    may_give: bool,
    done: str = "",
) -> ConsentsPage:
    """Return the page of a trust's consents.

    Args:
        trust: The trust.
        held: What it consents to.
        entered: What stands in the form, and what is wrong with it.
        places: Areas by their codes.
        seen: The tag of what is held.
        may_give: Whether the reader may give consent.
        done: What has just been done.
    """
    path = f"/trusts/{trust.ods_code}/consents"
    own = [trust.newest(one) for one in (Attribute.REGION, Attribute.ICB)]
    codes = dict.fromkeys(code for code in (*own, *held.areas) if code is not None)
    return ConsentsPage(
        title=f"Consents: {trust.name}",
        sentences=(
            (
                "An area reads what is released of its trusts. With a trust's consent it reads the"
                " exact figures too, for as long as the trust lies in it."
            ),
        ),
        data=f"/v1{path}",
        trail=trail_of(trust, "/actuals"),
        done=done,
        given=[
            f"{_name(one.area, places)}, since {day(one.since.at)},"
            f" by {say_author(one.since.author)}"
            for one in held.given
        ],
        entered=entered,
        options=[(code, _name(code, places)) for code in codes],
        history=[
            (
                str(one.revision),
                ", ".join(_name(code, places) for code in one.areas) or "Nobody",
                day(one.record.at),
                say_author(one.record.author),
            )
            for one in held.history
        ],
        seen=seen,
        path=path if may_give else None,
    )


def _name(code: str, places: Mapping[str, Organisation]) -> str:
    return places[code].name if code in places else code
