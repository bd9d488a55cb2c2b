"""All that is known of a trust as of an instant."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.measures import Scope
from app.domain.series import History, Lineage
from app.domain.target_versions import Versions
from app.domain.targets import Target

Held = TypeVar("Held", ActualsRevision, BoardRevision, Versions)

BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
"""Before anything was recorded."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The instants of the newest changes to what is known of a trust.

    Attributes:
        entry: To its entry in the register, for when there is nothing else.
        lineage: To who became part of it, and when each opened and closed; None if never.
        staff: To its headcounts, and those of its ancestors; None when there are none.
        boards: To its boards, likewise.
    """

    entry: datetime = BEFORE_ALL
    lineage: datetime | None = None
    staff: datetime | None = None
    boards: datetime | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """What to count in place of what is held, or beside it, without storing it.

    Attributes:
        actuals: Revisions of headcounts.
        boards: Revisions of boards.
        versions: Targets in all of their versions.
    """

    actuals: tuple[ActualsRevision, ...] = ()
    boards: tuple[BoardRevision, ...] = ()
    versions: tuple[Versions, ...] = ()

    def among_actuals(
        self, held: Iterable[ActualsRevision], codes: Iterable[str]
    ) -> list[ActualsRevision]:
        """Return the headcounts to count of some trusts, by trust and census."""
        return _lay_over(held, self.actuals, codes, _census)

    def among_boards(
        self, held: Iterable[BoardRevision], codes: Iterable[str]
    ) -> list[BoardRevision]:
        """Return the boards to count of some trusts, by trust and census."""
        return _lay_over(held, self.boards, codes, _census)

    def among_versions(self, held: Iterable[Versions], codes: Iterable[str]) -> list[Versions]:
        """Return the targets to count of some trusts, by trust and identifier."""
        return _lay_over(held, self.versions, codes, _target)


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that is known of a trust as of an instant.

    Attributes:
        lineage: The trust and the trusts that became part of it.
        staff: Its history of headcounts.
        boards: Its history of boards.
        versions: Its targets, each in all versions.
        changes: When what is known last changed.
        named: Versions to look at in place of those in force, by identifier of the target.
    """

    lineage: Lineage
    staff: History
    boards: History
    versions: tuple[Versions, ...]
    changes: Changes = Changes()
    named: Mapping[str, int] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets that count: in the version in force, or in the one that is named."""
        looked_at = (
            one.get(self.named[one.newest.id]) if one.newest.id in self.named else one.in_force
            for one in self.versions
        )
        return tuple(target for target in looked_at if target)

    def versions_of(self, target: Target) -> Versions:
        """Return all versions of one of the targets."""
        return next(one for one in self.versions if one.newest.id == target.id)

    def history(self, scope: Scope) -> History:
        """Return the history that a scope is counted in."""
        return self.boards if scope.is_of_board else self.staff

    def changed_at(self, scope: Scope) -> datetime:
        """Return the instant of the newest change that the answer on a scope depends on."""
        moved = [one.changed_at for one in self.versions if one.newest.scope == scope]
        seated = self.changes.boards if scope.is_of_board else None
        changes = (self.changes.lineage, self.changes.staff, seated, *moved)
        return max((at for at in changes if at is not None), default=self.changes.entry)

    def years(self) -> list[int]:
        """Return the years of all censuses held, ascending."""
        return sorted({*self.staff.censuses, *self.boards.censuses})


def _census(one: ActualsRevision | BoardRevision) -> tuple[str, int]:
    return one.ods_code, one.year


def _target(one: Versions) -> tuple[str, str]:
    return one.newest.ods_code, one.newest.id


def _lay_over(
    held: Iterable[Held],
    instead: Iterable[Held],
    codes: Iterable[str],
    key: Callable[[Held], tuple[str, int] | tuple[str, str]],
) -> list[Held]:
    """Return what is held of some trusts with what stands in its place, in the order of keys."""
    wanted = frozenset(codes)
    merged = {key(one): one for one in held}
    merged |= {key(one): one for one in instead if key(one)[0] in wanted}
    return [merged[one] for one in sorted(merged)]
