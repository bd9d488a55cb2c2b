"""Censuses and cycles: reading them, and setting their dates."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.census_checks import Surroundings, find_census_faults, find_cycle_faults
from app.domain.censuses import Census, Cycle
from app.domain.changes import Change, ChangeKind
from app.domain.errors import (
    CycleFixed,
    CycleNotFound,
    UnacceptableCensus,
    UnacceptableCycle,
)
from app.domain.permissions import role_may
from app.domain.preconditions import Precondition
from app.domain.records import Record
from app.services.access import author_of, reaches, require_role
from app.store import censuses, ledger, organisations


@dataclass(frozen=True, slots=True)
class StoredCensus:
    """What is held after a write.

    Attributes:
        is_new: Whether the census was not there before.
    """

    census: Census
    is_new: bool


@dataclass(frozen=True, slots=True)
class StoredCycle:
    """What is held after a write.

    Attributes:
        is_new: Whether the cycle was not there before.
    """

    cycle: Cycle
    is_new: bool


def tag_of(census: Census | None) -> str | None:
    """Return the entity tag of a census; None for nothing."""
    return None if census is None else f'"{census.revision}"'


def find_tag(session: Session, *, year: int) -> str | None:
    """Return the entity tag of the census of a year, or None if there is none."""
    return tag_of(censuses.find(session, year))


def get_census(session: Session, *, year: int, caller: Caller) -> Census:
    """Return the census of a year, with the extensions that the caller may know of.

    Raises:
        CensusNotFound: There is none.
    """
    return _shown(session, caller, [censuses.get(session, year)])[0]


def list_censuses(session: Session, *, caller: Caller) -> list[Census]:
    """Return every census likewise, oldest first."""
    return _shown(session, caller, censuses.list_all(session))


def may_read_extensions(caller: Caller) -> bool:
    """Return whether a caller is told of extensions, be it only of those it is for."""
    return role_may(caller.role, Action.READ_EXTENSIONS)


def put_census(
    session: Session,
    *,
    census: Census,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> StoredCensus:
    """Store the dates of a census as a new revision; the same again changes nothing.

    Args:
        session: A writing session.
        census: As it should be; its revision is not looked at.
        precondition: What the caller last saw.
        caller: Who sets the dates.
        now: The instant.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the dates of censuses.
        UnacceptableCensus: It has faults, all of which are listed.
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none, and one is held.
        ChangedMeanwhile: A first write lost a race.
    """
    require_role(caller, Action.WRITE_CENSUSES)
    ledger.take_turn(session)
    held = censuses.find(session, census.year)
    faults = find_census_faults(census, _surroundings(session, census, now))
    if faults:
        raise UnacceptableCensus(faults)
    ordered = tuple(sorted(census.extensions, key=lambda one: one.ods_code))
    wanted = replace(census, extensions=ordered, revision=held.revision if held else 0)
    if held == wanted:
        return StoredCensus(wanted, is_new=False)
    precondition.check(tag_of(held))
    stored = replace(wanted, revision=wanted.revision + 1)
    at = ledger.stamp(session, now, Change(ChangeKind.CENSUS, name=str(census.year)))
    censuses.add_revision(session, stored, Record(at, author_of(caller)))
    return StoredCensus(stored, is_new=held is None)


def list_cycles(session: Session) -> list[Cycle]:
    """Return every cycle, oldest first."""
    return censuses.list_cycles(session)


def get_cycle(session: Session, *, code: str) -> Cycle:
    """Return a cycle.

    Raises:
        CycleNotFound: There is none of the code.
    """
    cycle = censuses.find_cycle(session, code)
    if cycle is None:
        raise CycleNotFound(code)
    return cycle


def put_cycle(session: Session, *, cycle: Cycle, caller: Caller, now: datetime) -> StoredCycle:
    """Add a cycle; the same again changes nothing, and one that is there does not change.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not add cycles.
        UnacceptableCycle: It has faults, all of which are listed.
        CycleFixed: It is there with other particulars.
    """
    require_role(caller, Action.WRITE_CENSUSES)
    ledger.take_turn(session)
    faults = find_cycle_faults(cycle)
    if faults:
        raise UnacceptableCycle(faults)
    held = censuses.find_cycle(session, cycle.code)
    if held is None:
        ledger.stamp(session, now, Change(ChangeKind.CYCLE, name=cycle.code))
        censuses.add_missing_cycles(session, [cycle])
    elif held != cycle:
        raise CycleFixed(cycle.code)
    return StoredCycle(cycle, is_new=held is None)


def _surroundings(session: Session, census: Census, now: datetime) -> Surroundings:
    named = organisations.list_some(session, (one.ods_code for one in census.extensions))
    return Surroundings(
        newest=max((one.year for one in censuses.list_all(session)), default=None),
        named={code: one.organisation for code, one in named.items()},
        first_sent=censuses.find_first_sent(session, census.year),
        today=now.date(),
    )


def _shown(session: Session, caller: Caller, found: Iterable[Census]) -> list[Census]:
    """Return censuses with those of their extensions that a caller may know of."""
    held = list(found)
    codes = {one.ods_code for census in held for one in census.extensions}
    if not may_read_extensions(caller):
        codes.clear()
    known = {
        code
        for code, one in organisations.list_some(session, codes).items()
        if reaches(session, caller, one.organisation)
    }
    return [
        replace(census, extensions=tuple(e for e in census.extensions if e.ods_code in known))
        for census in held
    ]
