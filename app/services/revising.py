"""Changing what is held: a new revision, if the caller knows what it changes and says why."""

from app.domain.errors import Fault, Faulty
from app.domain.preconditions import Precondition


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
