"""Who has sent and set what at a census, and what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.censuses import Census, Cycle
from app.domain.codes import ReturnStatus
from app.domain.organisations import Attribute, Organisation
from app.domain.permissions import role_may
from app.domain.return_facts import Held, SeenPlan
from app.domain.returns import (
    ReturnCounts,
    TrustReturn,
    choose_cycles,
    count_returns,
    find_returns,
)
from app.services.access import is_open_to_all, reaches, require_role
from app.services.england import is_invented, list_trusts
from app.services.instants import refuse_future
from app.store import censuses, organisations, plans, returns


@dataclass(frozen=True, slots=True)
class Filter:
    """Which trusts are wanted; None for any.

    Attributes:
        region: Code of the region they lie in, now or when they closed.
        icb: Code of the integrated care board, likewise.
        status: How their actuals stand; the counts are of any status.
    """

    region: str | None = None
    icb: str | None = None
    status: ReturnStatus | None = None

    def admits(self, trust: Organisation) -> bool:
        """Return whether a trust lies where it is wanted."""
        return self.region in {None, trust.newest(Attribute.REGION)} and self.icb in {
            None,
            trust.newest(Attribute.ICB),
        }


@dataclass(frozen=True, slots=True)
class Returns:
    """Where trusts stand at a census on a day.

    Attributes:
        day: On which days are counted.
        as_of: The instant asked for, else that of the newest change that the answer depends on.
        synthetic: Whether the trusts are invented.
        is_public: Whether it is told how actuals stand and nothing else.
        counts: Of all trusts that lie where they are wanted.
        items: The wanted ones, overdue ones first.
    """

    census: Census
    cycle: Cycle | None
    day: date
    as_of: datetime
    synthetic: bool
    is_public: bool
    counts: ReturnCounts
    items: Sequence[TrustReturn]


def list_returns(
    session: Session,
    *,
    year: int,
    wanted: Filter,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> Returns:
    """Return where the trusts that a caller is for stand at a census, overdue ones first.

    The trusts are those that were open at the census, by the register of the instant. Everybody
    is told of invented ones, and once the census is published of how the actuals of all stand. An
    area is told of the targets that were submitted, and not of drafts.

    Raises:
        CensusNotFound: There is no census of the year.
        TokenInvalid: The caller has no token, the trusts are real, and the census is not
            published.
        NotAllowed: The caller may not know who has sent what until then.
        UnacceptableQuestion: The instant has not come.
    """
    synthetic = is_invented(session)
    is_open = is_open_to_all(caller, Action.READ_RETURNS, synthetic=synthetic)
    is_public = not is_open and _is_for_everybody(session, year, caller, now)
    if not (is_open or is_public):
        require_role(caller, Action.READ_RETURNS)
    census = censuses.get(session, year, as_of=as_of)
    refuse_future(as_of, now)
    known = list_trusts(session, on=census.day, as_of=as_of)
    trusts = [one for one in known if wanted.admits(one)]
    if not (is_open or is_public):
        trusts = _list_reached(session, caller, trusts)
    # Drafts are the trust's own, as an area sees neither them nor comments on them.
    with_drafts = is_open or role_may(caller.role, Action.READ_DRAFTS)
    held = (
        _read_actuals(session, year, as_of)
        if is_public
        else _read(session, year, as_of, with_drafts=with_drafts)
    )
    day = (as_of or now).date()
    found = find_returns(trusts, census, held, day)
    return Returns(
        census=census,
        cycle=held.cycles[-1] if held.cycles else None,
        day=day,
        as_of=as_of or _changed_at(session, year, found),
        synthetic=synthetic,
        is_public=is_public,
        counts=count_returns(found, census, held),
        items=[one for one in found if wanted.status in {None, one.actuals.status}],
    )


def _is_for_everybody(session: Session, year: int, caller: Caller, now: datetime) -> bool:
    """Return whether a caller who may know no more is told what everybody is by now."""
    if role_may(caller.role, Action.READ_RETURNS):
        return False
    published = censuses.get(session, year).published
    return published is not None and published <= now.date()


def _list_reached(
    session: Session, caller: Caller, trusts: Sequence[Organisation]
) -> list[Organisation]:
    """Return the trusts that a caller is for by the register of today, whatever it was before."""
    today = organisations.list_some(session, (one.ods_code for one in trusts))
    return [one for one in trusts if reaches(session, caller, today[one.ods_code].organisation)]


def _read(session: Session, year: int, as_of: datetime | None, *, with_drafts: bool) -> Held:
    """Return what was held of all trusts at an instant."""
    held = _read_actuals(session, year, as_of)
    return replace(
        held,
        boards=returns.list_boards(session, year, as_of=as_of),
        indicators=returns.list_indicators(session, year, as_of=as_of),
        targets=returns.list_targets(session, held.cycles, with_drafts=with_drafts, as_of=as_of),
        plans={one.code: _read_plans(session, one.code, as_of) for one in held.cycles},
    )


def _read_actuals(session: Session, year: int, as_of: datetime | None) -> Held:
    """Return what was held of all trusts at an instant, but for all that is not public."""
    return Held(
        actuals=returns.list_actuals(session, year, as_of=as_of),
        boards={},
        indicators={},
        cycles=choose_cycles(censuses.list_cycles(session), year),
        targets={},
        plans={},
    )


def _read_plans(session: Session, cycle: str, as_of: datetime | None) -> dict[str, SeenPlan]:
    changes = returns.list_plan_changes(session, cycle, as_of=as_of)
    summaries = plans.summaries(session, cycle=cycle, as_of=as_of)
    return {code: SeenPlan(one, changes[code]) for code, one in summaries.items()}


def _changed_at(session: Session, year: int, found: Sequence[TrustReturn]) -> datetime:
    """Return the instant of the newest change that an answer depends on."""
    instants = [
        returns.find_register_change(session),
        censuses.find_revised_at(session, year),
        *(one.changed_at for one in found),
    ]
    # A census came with the register, or was entered by a revision: one of them has an instant.
    return max(at for at in instants if at is not None)
