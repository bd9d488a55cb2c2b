"""Actuals: a trust's headcounts at a census, and what is checked at the door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from app.domain.bands import Band, EthnicGroup, StaffGroup, is_allowed_pair
from app.domain.codes import ActualsState, Caution, WarningCode
from app.domain.control_totals import describe_disagreement
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.explanations import Explanation
from app.domain.measures import Scope
from app.domain.records import Record
from app.domain.releases import Release

Headcounts = Mapping[tuple[StaffGroup, Band], Count]
"""Persons by staff group and band; a pair without people may be left out."""

UNKNOWN_SHARE_LIMIT = Fraction(10, 100)
"""Share of unknown ethnicity above which a warning is given."""

UNKNOWN_SHIFT_LIMIT = Fraction(3, 100)
"""Change of the unknown share between censuses above which a warning is given."""

WORKFORCE_SHIFT_LIMIT = Fraction(20, 100)
"""Relative change of the workforce in a year above which a warning is given."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One headcount as it was sent.

    Attributes:
        category: The ethnic category sent in place of the group, if one was.
    """

    staff_group: StaffGroup
    band: Band
    ethnic_group: EthnicGroup
    headcount: int
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Control totals: what the sender says the cells add up to."""

    workforce: int
    bme: int


@dataclass(frozen=True, slots=True)
class Actuals:
    """A trust's headcounts at one census.

    Two are equal when their people, source, notes and what they cover are.

    Attributes:
        source: Where the figures come from, in the sender's words.
        covers: ODS codes of the trusts whose staff are counted, sorted.
        notes: On completeness and comparability; None when there are none.
        headcounts: Persons by staff group and band; pairs without people are left out.
    """

    source: str
    covers: tuple[str, ...]
    notes: str | None
    headcounts: Headcounts

    def __post_init__(self) -> None:
        held = {pair: count for pair, count in self.headcounts.items() if count.total}
        object.__setattr__(self, "headcounts", held)
        object.__setattr__(self, "covers", tuple(sorted(set(self.covers))))

    @property
    def workforce(self) -> Count:
        """Everybody."""
        return Count.sum(self.headcounts.values())

    def count(self, scope: Scope) -> Count:
        """Return the persons of a measure."""
        return sum_pairs(self.headcounts, scope.pairs())


@dataclass(frozen=True, slots=True)
class SignOff:
    """The board's approval of one revision.

    Attributes:
        board_date: Day on which the board approved.
        lead_role: Role of the lead who reports it, such as "Chief People Officer".
    """

    board_date: date
    lead_role: str
    record: Record


@dataclass(frozen=True, slots=True)
class ActualsRevision:
    """One stored revision of a trust's actuals.

    Attributes:
        revision: 1 for the first; the highest counts.
        cautions: The warnings given when it was stored.
        sign_off: The board's approval, once there is one.
        correction_note: What everybody is told of what it corrects, if anything.
        released: The newest release that holds it, once there is one.
        explanations: What the trust says to its warnings, by their place, where it was read.
    """

    ods_code: str
    year: int
    revision: int
    actuals: Actuals
    record: Record
    cautions: tuple[Caution, ...] = ()
    sign_off: SignOff | None = None
    correction_note: str | None = None
    released: Release | None = None
    explanations: Mapping[int, Explanation] = field(default_factory=dict)

    @property
    def state(self) -> ActualsState:
        """How far the revision has come."""
        if self.released:
            return ActualsState.PUBLISHED
        return ActualsState.SIGNED_OFF if self.sign_off else ActualsState.PROVISIONAL


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the census before, for the warnings at the door.

    Attributes:
        year: Its census year.
        actuals: Its actuals.
        has_merged_since: Whether a merger lies between it and the census checked.
        years: Years between the two; 1 unless a census is missing.
    """

    year: int
    actuals: Actuals
    has_merged_since: bool = False
    years: int = 1


_NOBODY = dict.fromkeys(EthnicGroup, 0)


def sum_pairs(headcounts: Headcounts, pairs: Iterable[tuple[StaffGroup, Band]]) -> Count:
    """Return the persons in the given pairs of staff group and band."""
    return Count.sum(headcounts[pair] for pair in pairs if pair in headcounts)


def add_up(cells: Iterable[Cell]) -> dict[tuple[StaffGroup, Band], Count]:
    """Return the persons by staff group and band that cells come to."""
    sums: dict[tuple[StaffGroup, Band], dict[EthnicGroup, int]] = {}
    for cell in cells:
        pair = (cell.staff_group, cell.band)
        counts = sums.get(pair)
        if counts is None:
            counts = sums[pair] = _NOBODY.copy()
        counts[cell.ethnic_group] += cell.headcount
    return {pair: Count(*counts.values()) for pair, counts in sums.items()}


def find_cell_faults(cells: Sequence[Cell | None]) -> list[Fault]:
    """Return the faults of cells among each other.

    Args:
        cells: As sent, in order; None where a cell is malformed and reported elsewhere.
    """
    if _are_plainly_right(cells):
        return []
    faults = []
    seen: dict[tuple[str, ...], int] = {}
    kinds: dict[tuple[StaffGroup, Band], tuple[bool, int]] = {}
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        at = f"/headcounts/{index}"
        pair = (cell.staff_group, cell.band)
        if not is_allowed_pair(*pair):
            faults.append(_pair_fault(at, cell))
        key = (*pair, cell.ethnic_group if cell.category is None else f"={cell.category}")
        if key in seen:
            detail = f"The same cell stands at /headcounts/{seen[key]}; send each cell once."
            faults.append(Fault(at, "duplicate_cell", detail))
        seen.setdefault(key, index)
        has_category, first = kinds.setdefault(pair, (cell.category is not None, index))
        if has_category != (cell.category is not None):
            detail = (
                f"{cell.staff_group} {cell.band} has ethnic groups and ethnic categories (see"
                f" /headcounts/{first}); use one of the two within a band."
            )
            faults.append(Fault(at, "group_and_category", detail))
    return faults


def _are_plainly_right(cells: Sequence[Cell | None]) -> bool:
    """Return whether cells are all by ethnic group, each once and in a band of its staff group.

    Most that are sent are so, and files have very many.
    """
    keys = {
        (cell.staff_group, cell.band, cell.ethnic_group)
        for cell in cells
        if cell is not None and cell.category is None
    }
    return len(keys) == len(cells) and all(
        is_allowed_pair(*pair) for pair in {(group, band) for group, band, _ in keys}
    )


def _pair_fault(at: str, cell: Cell) -> Fault:
    medical = cell.staff_group is StaffGroup.MEDICAL
    right = "consultant, career_grade, trainee or other" if medical else "an AfC band or vsm"
    detail = f"{cell.staff_group} staff are not in {cell.band}; use {right}."
    return Fault(f"{at}/band", "band_not_of_staff_group", detail)


def find_total_faults(cells: Iterable[Cell], totals: Totals) -> list[Fault]:
    """Return how the control totals contradict each other or the cells."""
    faults = []
    counted = Count.sum(add_up(cells).values())
    if totals.bme > totals.workforce:
        detail = f"{totals.bme} BME staff are more than the workforce of {totals.workforce}."
        faults.append(Fault("/totals/bme", "subset_larger_than_whole", detail))
    for name, said, is_in_cells in (
        ("workforce", totals.workforce, counted.total),
        ("bme", totals.bme, counted.bme),
    ):
        if said != is_in_cells:
            detail = describe_disagreement(said, is_in_cells)
            faults.append(Fault(f"/totals/{name}", "total_disagrees", detail))
    return faults


def find_cautions(actuals: Actuals, before: Before | None) -> tuple[Caution, ...]:
    """Return the warnings that stay with actuals, given the census before."""
    cautions = list(_unknown_cautions(actuals, before))
    if before is not None:
        cautions.extend(_shift_cautions(actuals, before))
        cautions.extend(_emptied_cautions(actuals, before))
    return tuple(cautions)


def _unknown_cautions(actuals: Actuals, before: Before | None) -> Iterable[Caution]:
    share = actuals.workforce.unknown_share
    if share is not None and share > UNKNOWN_SHARE_LIMIT:
        detail = (
            f"The ethnicity of {float(share):.1%} of staff is not known; above 10% the BME"
            " share is hard to compare."
        )
        yield Caution(WarningCode.UNKNOWN_ETHNICITY, detail)
    earlier = before.actuals.workforce.unknown_share if before else None
    if share is None or earlier is None or before is None:
        return
    if abs(share - earlier) > UNKNOWN_SHIFT_LIMIT:
        detail = (
            f"The share of unknown ethnicity moved from {float(earlier):.1%} in {before.year} to"
            f" {float(share):.1%}, more than 3 percentage points."
        )
        yield Caution(WarningCode.UNKNOWN_SHARE_SHIFT, detail)


def _shift_cautions(actuals: Actuals, before: Before) -> Iterable[Caution]:
    now, then = actuals.workforce.total, before.actuals.workforce.total
    is_comparable = before.years == 1 and not before.has_merged_since
    if then and is_comparable and abs(now - then) > WORKFORCE_SHIFT_LIMIT * then:
        detail = (
            f"The workforce went from {then:,} in {before.year} to {now:,}, by more than 20%,"
            " without a merger."
        )
        yield Caution(WarningCode.WORKFORCE_SHIFT, detail)


def _emptied_cautions(actuals: Actuals, before: Before) -> Iterable[Caution]:
    for (group, band), count in before.actuals.headcounts.items():
        if (group, band) not in actuals.headcounts:
            detail = f"{group} {band} is empty; it had {count.total} people in {before.year}."
            yield Caution(WarningCode.BAND_EMPTIED, detail)
