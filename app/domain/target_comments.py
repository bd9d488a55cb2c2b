"""What the national team and the areas say about targets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.callers import Role
from app.domain.codes import TargetState
from app.domain.records import Record
from app.domain.target_versions import Versions


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment on a version of a target.

    Attributes:
        role: That of the caller: area, national, or trust for a withdrawal.
        text: What was said.
        decision: What the version became with it; None for a comment alone.
    """

    version: int
    role: Role
    text: str
    record: Record
    decision: TargetState | None = None


def gather(held: Versions, comments: Iterable[Comment]) -> list[Comment]:
    """Return what was said about versions, with decisions or without, oldest first."""
    numbers = {target.version.version for target in held.all}
    said = [*(one for one in comments if one.version in numbers), *_of_decisions(held)]
    return sorted(said, key=lambda comment: comment.record.at)


def _of_decisions(held: Versions) -> Iterator[Comment]:
    for target in held.all:
        for move in target.version.moves:
            if move.record.reason is not None:
                is_withdrawn = move.state is TargetState.WITHDRAWN
                is_national = move.record.author.is_national or not is_withdrawn
                role = Role.NATIONAL if is_national else Role.TRUST
                number = target.version.version
                yield Comment(number, role, move.record.reason, move.record, move.state)
