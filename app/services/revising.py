"""Changing what is held: a new revision, if the caller knows what it changes and says why."""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from app.domain.errors import Fault, Faulty
from app.domain.preconditions import Precondition
from app.domain.releases import find_holding
from app.store import releases

CORRECT: Final = "say in a sentence what is corrected, for everybody to read."
"""What to do where a note on a correction is missing."""


def next_revision(
    held: int | None,
    *,
    tag: str | None,
    precondition: Precondition,
    reason: str | None,
    refusal: type[Faulty],
) -> int:
    """Return the number of the revision that comes after the one held.

    Args:
        held: Number of the revision held; None when nothing is.
        tag: Entity tag of what is held.
        precondition: What the caller last saw.
        reason: Why it changes.
        refusal: What is raised when the reason is missing.

    Raises:
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none, and one is held.
        ChangedMeanwhile: A first write lost a race.
        Faulty: The refusal, when something is held and no reason is given.
    """
    precondition.check(tag)
    if held is None:
        return 1
    if not reason:
        detail = f"Say why: this changes revision {held}, which is held."
        raise refusal([Fault("/reason", "reason_missing", detail)])
    return held + 1


def require_correction_note(
    session: Session,
    held: tuple[str, int, datetime],
    *,
    note: str | None,
    refusal: type[Faulty],
) -> None:
    """Refuse a change of what is public without a note that everybody can read.

    Args:
        session: In which releases are looked up.
        held: ODS code, census year, and the instant of the revision that is held.
        note: What the sender tells everybody.
        refusal: What is raised when it is missing.

    Raises:
        Faulty: The refusal, when what is held was released and there is no note.
    """
    made = find_holding(releases.list_covering(session, [held[0]]), *held, None)
    if made is not None and not note:
        detail = f"What is held is public since edition {made.edition} of {made.year}: {CORRECT}"
        raise refusal([Fault("/correction_note", "correction_note_missing", detail)])
