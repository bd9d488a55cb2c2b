"""Releasing what is public of a census: all trusts' by the national team, its own by a trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.disclosure import DEFAULT_RULES, Rules
from app.domain.errors import (
    ActualsNotFound,
    ActualsNotSignedOff,
    Fault,
    UnacceptableRelease,
    census_not_open,
)
from app.domain.preconditions import Precondition
from app.domain.published_groups import Part
from app.domain.records import Record
from app.domain.releases import ENGLAND, Correction, Release
from app.services.access import author_of, authorise, require_role
from app.services.actuals import tag_of
from app.services.instants import refuse_future
from app.services.public_figures import control
from app.store import actuals, censuses, ledger, organisations, releases


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """A release of a census as the national team asks for it.

    Attributes:
        note: On what changed since the edition before, or what is incomplete.
        as_of: What is released is what counted then; None for now.
    """

    year: int
    name: str
    note: str | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReleasedCensus:
    """What came of releasing a census of all trusts.

    Attributes:
        unshown: The tables of which nothing is shown, as nothing less would protect a count in
            it: ODS code of the trust, and which table. Most are small boards.
    """

    release: Release
    unshown: Sequence[tuple[str, Part]]


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """What is held after a release.

    Attributes:
        is_new: Whether it was made just now.
    """

    release: Release
    is_new: bool


def release_census(
    session: Session,
    *,
    draft: ReleaseDraft,
    caller: Caller,
    now: datetime,
    rules: Rules = DEFAULT_RULES,
) -> ReleasedCensus:
    """Release a census of all trusts as a new edition, under disclosure control.

    What of each trust it hides is decided now and kept with it.

    Args:
        session: In a writing transaction.
        draft: What is asked for.
        caller: Who asks.
        now: The instant of asking.
        rules: How strictly counts are controlled from now on.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not release a census.
        UnacceptableRelease: There is nothing to release.
        UnacceptableQuestion: The instant has not come.
    """
    require_role(caller, Action.RELEASE_CENSUS)
    ledger.take_turn(session)
    refuse_future(draft.as_of, now)
    census = censuses.find(session, draft.year)
    if census is None or now.date() < census.opens:
        opens = None if census is None else census.opens
        detail = census_not_open(draft.year, opens)
        raise UnacceptableRelease([Fault("/year", "census_not_open", detail)])
    at = ledger.stamp(session, now, Change(ChangeKind.RELEASE, ENGLAND, str(draft.year)))
    made = Release(
        ods_code=ENGLAND,
        year=draft.year,
        edition=_next_edition(session, ENGLAND, draft.year),
        name=draft.name,
        note=draft.note,
        as_of=draft.as_of or at,
        is_exact=False,
        record=Record(at, author_of(caller)),
    )
    releases.add(session, made)
    return ReleasedCensus(made, control(session, made, rules))


def release_own(
    session: Session,
    *,
    ods_code: str,
    year: int,
    note: str | None,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> StoredRelease:
    """Make a trust's own exact figures of a census public; the same again changes nothing.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not release for the trust.
        ActualsNotFound: None are held.
        ActualsNotSignedOff: The board has not approved the newest revision.
        RevisionStale: The caller names another revision than the newest.
    """
    ledger.take_turn(session)
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.RELEASE_OWN, trust)
    held = actuals.find(session, ods_code, year)
    if held is None:
        raise ActualsNotFound(ods_code, year)
    before = releases.list_all(session, ods_code=ods_code, year=year)
    if before and before[-1].holds(held.record.at, None):
        return StoredRelease(before[-1], is_new=False)
    precondition.check_if_given(tag_of(held) or "")
    if held.sign_off is None:
        raise ActualsNotSignedOff(ods_code, year, held.revision)
    at = ledger.stamp(session, now, Change(ChangeKind.RELEASE, ods_code, str(year)))
    made = Release(
        ods_code=ods_code,
        year=year,
        edition=len(before) + 1,
        name=f"{trust.name}, 31 March {year}",
        note=note,
        as_of=at,
        is_exact=True,
        record=Record(at, author_of(caller)),
    )
    releases.add(session, made)
    return StoredRelease(made, is_new=True)


def list_releases(
    session: Session, *, ods_code: str | None = None, year: int | None = None
) -> list[Release]:
    """Return releases in the order in which they were made; everybody may know of them."""
    return releases.list_all(session, ods_code=ods_code, year=year)


def list_corrections(
    session: Session, *, ods_code: str | None = None, year: int | None = None
) -> Sequence[Correction]:
    """Return the notes on corrections of what was public by then, oldest first.

    A note on what was not would tell everybody that a trust has sent it.
    """
    made = releases.list_all(session, year=year)
    return [
        one
        for one in releases.list_corrections(session, ods_code=ods_code, year=year)
        if any(
            release.year == one.year
            and release.ods_code in {one.ods_code, ENGLAND}
            and release.as_of < one.corrected_at
            for release in made
        )
    ]


def _next_edition(session: Session, ods_code: str, year: int) -> int:
    return len(releases.list_all(session, ods_code=ods_code, year=year)) + 1
