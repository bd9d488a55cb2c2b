"""A table of a trust as everybody may read it: an edition under disclosure control."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from app.domain.codes import Reason
from app.domain.disclosure import Decision, PublicCounts
from app.domain.measures import ALL_SCOPES, Scope
from app.domain.published_groups import TREES, Cells, Part, cells_of
from app.domain.releases import Release


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A table of a trust in an edition of a census of all trusts.

    Attributes:
        release: The edition.
        decision: What of it is hidden.
        counts: Persons by smallest group; never told but through the decision.
    """

    ods_code: str
    year: int
    part: Part
    release: Release
    decision: Decision
    counts: Cells

    @property
    def tag(self) -> str:
        """The entity tag of the table, which no hidden count goes into."""
        told = [self.release.as_of, self.release.edition, *self.list_groups()]
        return f'"{sha256(repr(told).encode()).hexdigest()[:16]}"'

    def publish(self, scope: Scope) -> PublicCounts:
        """Return what everybody may read of a measure of the table."""
        return self.decision.publish(TREES[self.part], self.counts, cells_of(scope))

    def list_groups(self) -> Iterator[tuple[str, PublicCounts]]:
        """Yield what everybody may read of each published group, by its name."""
        tree = TREES[self.part]
        for group, cells in zip(tree.groups, tree.cells, strict=True):
            yield group.name, self.decision.publish(tree, self.counts, cells)

    def list_measures(self) -> Iterator[tuple[Scope, PublicCounts]]:
        """Yield what everybody may read of each measure of the table, narrowed ones too."""
        for scope in ALL_SCOPES:
            if scope.is_of_board == (self.part is Part.BOARD):
                yield scope, self.publish(scope)


def why_no_share(counts: PublicCounts) -> Reason | None:
    """Return why there is no share of counts; None if there is one."""
    if counts.suppressed:
        return Reason.SUPPRESSED
    return None if counts.total else Reason.NO_PEOPLE
