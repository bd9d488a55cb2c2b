"""A trust's actuals as their page tells them: the censuses held, and what is due next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.charts.words import day
from app.dashboard.views.contents import trail_of
from app.dashboard.views.registers import UNRELEASED
from app.dashboard.views.tags import Coding, Tag, name_code
from app.dashboard.views.words import (
    NOTHING,
    list_notices,
    say_many,
    say_people,
    say_share,
)
from app.domain.actuals import ActualsRevision
from app.domain.censuses import Census
from app.domain.codes import ActualsState, Reason, ReturnStatus, WarningCode
from app.domain.measures import Measure, Scope
from app.domain.organisations import Organisation
from app.domain.public_tables import PublicTable, why_no_share
from app.domain.returns import ActualsReturn
from app.services.definitions import page_of

Held = ActualsRevision | PublicTable

STATES: Final = {
    ActualsState.PROVISIONAL: ("Provisional", "yellow"),
    ActualsState.SIGNED_OFF: ("Signed off", "blue"),
    ActualsState.PUBLISHED: ("Published", "green"),
}
"""What each state is called, and the colour of its tag."""

HEADINGS: Final = (
    "Census",
    "State",
    "Revision",
    "Workforce",
    "BME people",
    "BME share",
    "Warnings",
)
"""What is told of each census."""


@dataclass(frozen=True, slots=True)
class CensusLine:
    """A census in a line of the page.

    Attributes:
        cells: Revision, workforce, BME people and their share.
        warnings: Each once.
    """

    name: str
    path: str
    state: Tag
    cells: Sequence[str]
    warnings: Sequence[Coding]


@dataclass(frozen=True, slots=True)
class Due:
    """A census of which nothing is held.

    Attributes:
        path: Where its counts are entered; None for a reader who may not.
    """

    sentence: str
    path: str | None


@dataclass(frozen=True, slots=True)
class ActualsPage:
    """The page of a trust's actuals.

    Attributes:
        nothing: What stands where no census is held, or none is public.
        due: What is awaited, and what opens next.
        earlier: Which older censuses have not been sent; empty where all have.
        send: Where actuals are sent in; None for a reader who may not.
        consents: Where consents are given; None for a reader who may not know of them.
    """

    title: str
    sentences: Sequence[str]
    data: str | None
    trail: Sequence[tuple[str, str]]
    notices: Sequence[str]
    lines: Sequence[CensusLine]
    nothing: Sequence[str]
    due: Sequence[Due]
    earlier: str
    send: str | None
    consents: str | None


@dataclass(frozen=True, slots=True)
class Rights:
    """What a reader of a trust's actuals may do.

    Attributes:
        sends: Whether figures may be sent in.
        signs: Whether they may be signed off.
        releases: Whether they may be made public.
        sees_consents: Whether the reader may know of consents.
    """

    sends: bool = False
    signs: bool = False
    releases: bool = False
    sees_consents: bool = False


NO_RIGHTS: Final = Rights()
"""Those of a stranger."""


def tell_actuals(
    trust: Organisation,
    held: Sequence[Held] | None,
    *,
    censuses: Iterable[Census],
    rights: Rights,
    today: date,
) -> ActualsPage:
    """Return the page of a trust's actuals.

    Args:
        trust: The trust.
        held: The censuses that the reader may see; None for none.
        censuses: Every census.
        rights: What the reader may do.
        today: The day of reading.
    """
    path = f"/trusts/{trust.ods_code}"
    found = list(held or ())
    unsent = _list_unsent(trust, found, censuses) if rights.sends else ()
    due = _list_due(trust, found, unsent, today)
    return ActualsPage(
        title=f"Actuals: {trust.name}",
        sentences=(
            "Every 31 March a trust counts its people by staff group, band and ethnicity.",
        ),
        data=f"/v1{path}/actuals" if held is not None else None,
        trail=trail_of(trust),
        notices=list_notices(
            is_invented=trust.is_synthetic,
            is_controlled=any(isinstance(one, PublicTable) for one in found),
        ),
        lines=[_line(path, one) for one in found[::-1]],
        nothing=() if found else _say_nothing(rights),
        due=due,
        earlier=_say_earlier(unsent[len(due) :]),
        send=f"{path}/actuals/send" if rights.sends else None,
        consents=f"{path}/consents" if rights.sees_consents else None,
    )


def tag_of(state: ActualsState) -> Tag:
    """Return a state as a coloured word."""
    title, colour = STATES[state]
    return Tag(title, colour, page_of("codes", "actuals_state", state))


def _say_nothing(rights: Rights) -> Sequence[str]:
    if not rights.sends:
        return UNRELEASED
    return ("No census has been sent yet. Send in the newest one, or all at once in one file.",)


def _line(path: str, held: Held) -> CensusLine:
    warned: Iterable[WarningCode] = ()
    if isinstance(held, PublicTable):
        counts = held.publish(Scope(Measure.WORKFORCE))
        hidden = Reason.SUPPRESSED if counts.suppressed else None
        share = None if counts.share is None else float(counts.share)
        state, revision = ActualsState.PUBLISHED, NOTHING
        told = (
            say_people(counts.total, hidden),
            say_people(counts.bme, hidden),
            say_share(share, why_no_share(counts)),
        )
    else:
        everybody = held.actuals.workforce
        exact = None if everybody.share is None else float(everybody.share)
        state, revision = held.state, str(held.revision)
        warned = dict.fromkeys(one.code for one in held.cautions)
        told = (
            say_people(everybody.total, None),
            say_people(everybody.bme, None),
            say_share(exact, Reason.NO_PEOPLE),
        )
    return CensusLine(
        name=f"31 March {held.year}",
        path=f"{path}/actuals/{held.year}",
        state=tag_of(state),
        cells=(revision, *told),
        warnings=[Coding(name_code(one), page_of("codes", "warning", one)) for one in warned],
    )


def _list_unsent(
    trust: Organisation, held: Sequence[Held], censuses: Iterable[Census]
) -> Sequence[Census]:
    """Return the censuses of which the trust could send figures and has not, newest first."""
    sent = {one.year for one in held}
    found = sorted(censuses, key=lambda one: one.year, reverse=True)
    return [one for one in found if one.year not in sent and trust.is_open_on(one.day)]


def _list_due(
    trust: Organisation, held: Sequence[Held], unsent: Sequence[Census], today: date
) -> Sequence[Due]:
    """Return what is awaited since the newest census that was sent, and what opens next."""
    newest = max((one.year for one in held), default=None)
    found = []
    for census in unsent:
        if newest is not None and census.year < newest:
            break
        due = census.due_for(trust.ods_code)
        standing = ActualsReturn(trust.ods_code, None, census.opens, due, today)
        is_open = standing.status is not ReturnStatus.NOT_OPEN
        sending = f"/trusts/{trust.ods_code}/actuals/send/counts?year={census.year}"
        found.append(Due(_say_due(census.year, standing), sending if is_open else None))
        if is_open and newest is None:
            break  # older ones are told together
    return found


def _say_earlier(unsent: Sequence[Census]) -> str:
    """Return which older censuses have not been sent; they can still be."""
    years = ", ".join(str(one.year) for one in reversed(unsent))
    return f"Nothing has been sent of {years}; it still can be." if years else ""


def _say_due(year: int, standing: ActualsReturn) -> str:
    name = f"31 March {year}"
    if standing.status is ReturnStatus.NOT_OPEN:
        return f"{name}: opens on {day(standing.opens)}{_until(standing)}."
    overdue, left = standing.days_overdue, standing.days_left
    if isinstance(overdue, int):
        return f"{name}: overdue by {say_many(overdue, 'day')}{_until(standing)}."
    if isinstance(left, int):
        return f"{name}: {say_many(left, 'day')} left{_until(standing)}."
    return f"{name}: open; no day is set by which it is due."


def _until(standing: ActualsReturn) -> str:
    return f", due on {day(standing.due)}" if standing.due else ""
