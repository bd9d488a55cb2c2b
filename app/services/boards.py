"""Sending in the board, and reading it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.boards import (
    Board,
    BoardRevision,
    Member,
    find_cautions,
    find_member_faults,
    seat,
)
from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.errors import BoardNotFound, UnacceptableBoard
from app.domain.preconditions import Precondition, with_editions
from app.domain.public_tables import PublicTable
from app.domain.published_groups import Part
from app.domain.records import Record
from app.services.access import author_of, authorise, may, refuse_mixture
from app.services.explanations import with_board_explanations
from app.services.instants import refuse_future
from app.services.lineages import read_lineage
from app.services.public_figures import find_tables
from app.services.revising import next_revision, require_correction_note
from app.services.windows import find_census_faults
from app.store import boards, ledger, organisations


@dataclass(frozen=True, slots=True)
class BoardSubmission:
    """A board as a caller sends it.

    Attributes:
        reason: Why what is held changes; required when it does.
        correction_note: What everybody is told of it; required when what is held is public.
    """

    source: str
    reason: str | None
    members: tuple[Member, ...]
    correction_note: str | None = None


@dataclass(frozen=True, slots=True)
class StoredBoard:
    """What is held after a write.

    Attributes:
        is_new: Whether it is the first revision of the census.
    """

    revision: BoardRevision
    is_new: bool


def tag_of(revision: BoardRevision | None) -> str | None:
    """Return the entity tag of what is held; None for nothing."""
    return None if revision is None else f'"{revision.revision}"'


def tag_of_answer(revision: BoardRevision) -> str:
    """Return the entity tag of an answer, in which what is said to warnings counts too."""
    return with_editions(tag_of(revision) or "", revision.explanations.values())


def find_tag(session: Session, *, ods_code: str, year: int) -> str | None:
    """Return the entity tag of a trust's board, or None if none is held."""
    return tag_of(boards.find(session, ods_code, year))


def put_board(
    session: Session,
    *,
    ods_code: str,
    year: int,
    submission: BoardSubmission,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> StoredBoard:
    """Store a trust's board as a new revision; the same again changes nothing.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not write for the trust.
        UnacceptableBoard: It has faults, all of which are listed.
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none, and one is held.
        ChangedMeanwhile: A first write lost a race.
        SyntheticBesideReal: Figures of the other sort are held.
    """
    ledger.take_turn(session)
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.WRITE_FIGURES, trust)
    held = boards.find(session, ods_code, year)
    faults = [
        *find_census_faults(session, read_lineage(session, trust).lineage, year, now),
        *find_member_faults(submission.members),
    ]
    if faults:
        raise UnacceptableBoard(faults)
    sent = Board(submission.source, seat(submission.members))
    if held is not None and held.board == sent:
        return StoredBoard(with_board_explanations(session, held), is_new=False)
    number = next_revision(
        held.revision if held else None,
        tag=tag_of(held),
        precondition=precondition,
        reason=submission.reason,
        refusal=UnacceptableBoard,
    )
    if held is not None:
        require_correction_note(
            session,
            (ods_code, year, held.record.at),
            note=submission.correction_note,
            refusal=UnacceptableBoard,
        )
    refuse_mixture(session, trust)
    at = ledger.stamp(session, now, Change(ChangeKind.BOARD, ods_code, str(year)))
    revision = BoardRevision(
        ods_code=ods_code,
        year=year,
        revision=number,
        board=sent,
        record=Record(at, author_of(caller), submission.reason),
        cautions=find_cautions(sent),
        correction_note=submission.correction_note if held else None,
    )
    boards.add(session, revision)
    return StoredBoard(revision, is_new=held is None)


def get_board(
    session: Session,
    *,
    ods_code: str,
    year: int,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> BoardRevision | PublicTable:
    """Return a trust's board as it counted at an instant.

    Who may not read the trust's figures gets it as it is in the newest national edition.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the board is not public.
        NotAllowed: The caller may not read the trust's figures, and the board is not public.
        BoardNotFound: None was held.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_trust(session, ods_code)
    public = {}
    if not may(session, caller, Action.READ_FIGURES, trust):
        public = find_tables(session, trust, Part.BOARD, as_of=as_of, year=year)
        if year not in public:
            authorise(session, caller, Action.READ_FIGURES, trust)
    refuse_future(as_of, now)
    if year in public:
        return public[year]
    found = boards.find(session, ods_code, year, as_of=as_of)
    if found is None:
        raise BoardNotFound(ods_code, year)
    return with_board_explanations(session, found)
