"""Control totals: what a sender says that headcounts come to, held against the headcounts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.counts import Count

Where = TypeVar("Where")
"""Whatever says where a total stands."""


@dataclass(frozen=True, slots=True)
class Claim(Generic[Where]):
    """A total that is stated.

    Attributes:
        staff_group: Whose; None for all.
        band: Whose; None for all.
        ethnic_group: Whose; None for everybody.
        number: What the cells should come to.
        where: Where it is stated.
    """

    staff_group: StaffGroup | None
    band: Band | None
    ethnic_group: EthnicGroup | None
    number: int
    where: Where


def find_disagreements(
    claims: Iterable[Claim[Where]], headcounts: Mapping[tuple[StaffGroup, Band], Count]
) -> Iterator[tuple[Where, str]]:
    """Yield where a total is not what the cells come to, with the sentence that says so."""
    for claim in claims:
        counted = Count.sum(
            count
            for (group, band), count in headcounts.items()
            if claim.staff_group in {None, group} and claim.band in {None, band}
        )
        group = claim.ethnic_group
        cells = counted.total if group is None else getattr(counted, group.value)
        if cells != claim.number:
            yield claim.where, describe_disagreement(claim.number, cells)


def describe_disagreement(said: int, in_cells: int) -> str:
    """Return the sentence about a total that is not what its cells come to."""
    return (
        f"The total says {said}, the cells come to {in_cells}; a band or an ethnic group may be"
        " missing or counted twice."
    )
