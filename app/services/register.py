"""Loading and refreshing the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from app.domain.callers import Caller
from app.domain.changes import Change, ChangeKind
from app.domain.organisations import Organisation
from app.ingest.censuses import read_censuses, read_cycles
from app.ingest.ods_file import read_ods_file
from app.ingest.refresh import RefreshPlan, plan_refresh
from app.ingest.register import read_register
from app.store import censuses, ledger, organisations


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load added."""

    organisations: int
    successions: int
    censuses: int
    cycles: int

    @property
    def is_nothing(self) -> bool:
        """Whether everything was held before."""
        return not (self.organisations or self.successions or self.censuses or self.cycles)


def load_register(session: Session, *, by: Caller, now: datetime) -> Loaded:
    """Add what the shipped register has and the database has not; change nothing held.

    What comes with the first load counts as known since it took effect; what comes later, from
    now on, so that answers already given stay as they were.
    """
    ledger.take_turn(session)
    register = read_register()
    held = organisations.list_all(session)
    new = [one for one in register.organisations if one.ods_code not in held]
    if new:
        add_organisations(session, new, by=by, now=now)
    loaded = Loaded(
        organisations=len(new),
        successions=organisations.add_successions(
            session, register.successions, known_from=now if held else None
        ),
        censuses=censuses.add_missing(session, read_censuses()),
        cycles=censuses.add_missing_cycles(session, read_cycles()),
    )
    if loaded.successions or loaded.censuses or loaded.cycles:
        ledger.stamp(session, now, Change(ChangeKind.REGISTER))
    return loaded


def add_organisations(
    session: Session, new: Iterable[Organisation], *, by: Caller, now: datetime
) -> None:
    """Store organisations that are not held."""
    first = {one.ods_code: (one, 1) for one in new}
    at = ledger.stamp(session, now, *_changes(first))
    organisations.replace_all(session, first, at=at, by=by.name)


def refresh_register(session: Session, *, file: Path, by: Caller, now: datetime) -> RefreshPlan:
    """Bring trusts up to date with a newer ODS file; what changes holds from today.

    Raises:
        RegisterFileRefused: The file has faults, all of which are listed.
    """
    ledger.take_turn(session)
    held = organisations.list_all(session)
    register = [one.organisation for one in held.values()]
    successions = [one.succession for one in organisations.list_successions(session)]
    plan = plan_refresh(register, read_ods_file(file), now.date(), successions)
    if plan.organisations:
        changed = {
            one.ods_code: (one, held[one.ods_code].revision + 1 if one.ods_code in held else 1)
            for one in plan.organisations
        }
        at = ledger.stamp(session, now, *_changes(changed))
        organisations.replace_all(session, changed, at=at, by=by.name)
    return plan


def _changes(codes: Iterable[str]) -> list[Change]:
    return [Change(ChangeKind.ORGANISATION, code) for code in codes]
