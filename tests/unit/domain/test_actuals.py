from fractions import Fraction

import pytest

from app.domain.actuals import (
    Actuals,
    Before,
    Cell,
    Headcounts,
    Totals,
    add_up,
    find_cautions,
    find_cell_faults,
    find_total_faults,
)
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.codes import ActualsState, WarningCode
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.measures import Measure, Scope
from tests.unit.domain.given import CLINICAL_5, CLINICAL_8A, CONSULTANT, people, sent

BME, WHITE, UNKNOWN = EthnicGroup.BME, EthnicGroup.WHITE, EthnicGroup.UNKNOWN


def cell(
    band: str = "8a",
    group: EthnicGroup = BME,
    headcount: int = 1,
    *,
    staff: StaffGroup = StaffGroup.CLINICAL,
    category: str | None = None,
) -> Cell:
    return Cell(staff, Band(band), group, headcount, category)


def actuals(headcounts: Headcounts) -> Actuals:
    return Actuals("ESR", ("ZZ001",), None, headcounts)


def workforce(bme: int, total: int, unknown: int = 0) -> Actuals:
    return actuals({CLINICAL_5: people(bme, total, unknown)})


def warnings(now: Actuals, then: Actuals, *, merged: bool = False) -> list[WarningCode]:
    return [c.code for c in find_cautions(now, Before(2023, then, merged))]


# What is equal, and what is counted.


def test_actuals_are_equal_when_their_people_source_notes_and_covers_are() -> None:
    one = Actuals("ESR", ("ZZ002", "ZZ001"), None, {CLINICAL_8A: Count(1), CLINICAL_5: Count()})
    other = Actuals("ESR", ("ZZ001", "ZZ002", "ZZ001"), None, {CLINICAL_8A: Count(1)})

    assert one == other
    assert one.covers == ("ZZ001", "ZZ002")


def test_a_measure_counts_its_bands_only() -> None:
    held = actuals({CLINICAL_8A: Count(3, 1), CLINICAL_5: Count(5, 4), CONSULTANT: Count(0, 2, 1)})

    assert held.workforce == Count(8, 7, 1)
    assert held.count(Scope(Measure.WORKFORCE)) == Count(8, 7, 1)
    assert held.count(Scope(Measure.LEADERSHIP)) == Count(3, 1)
    assert held.count(Scope(Measure.CONSULTANTS)) == Count(0, 2, 1)
    assert held.count(Scope(Measure.LEADERSHIP, StaffGroup.NON_CLINICAL)) == Count()


def test_actuals_are_provisional_until_signed_off() -> None:
    assert sent(2024, {}, is_signed=False).state is ActualsState.PROVISIONAL
    assert sent(2024, {}).state is ActualsState.SIGNED_OFF


def test_cells_of_one_band_add_up() -> None:
    cells = [cell(headcount=61), cell(group=WHITE, headcount=340), cell("5", UNKNOWN, 2)]

    assert add_up(cells) == {CLINICAL_8A: Count(340, 61), CLINICAL_5: Count(unknown=2)}


# Refused at the door.


def test_cells_that_agree_have_no_fault() -> None:
    cells = [cell(), cell(group=WHITE), None, cell("5", category="M"), cell("5", category="N")]

    assert find_cell_faults(cells) == []


@pytest.mark.parametrize(
    ("one", "detail"),
    [
        (
            cell("8a", staff=StaffGroup.MEDICAL),
            "medical staff are not in 8a; use consultant, career_grade, trainee or other.",
        ),
        (cell("trainee"), "clinical staff are not in trainee; use an AfC band or vsm."),
    ],
)
def test_a_band_of_another_staff_group_is_a_fault(one: Cell, detail: str) -> None:
    assert find_cell_faults([cell("5"), one]) == [
        Fault("/headcounts/1/band", "band_not_of_staff_group", detail)
    ]


def test_the_same_cell_twice_is_a_fault() -> None:
    assert find_cell_faults([cell(), cell("5"), cell(headcount=7)]) == [
        Fault(
            "/headcounts/2",
            "duplicate_cell",
            "The same cell stands at /headcounts/0; send each cell once.",
        )
    ]


def test_the_same_category_twice_is_a_fault_but_two_of_one_group_are_not() -> None:
    cells = [cell(category="M"), cell(category="N"), cell(category="M")]

    assert [(f.pointer, f.code) for f in find_cell_faults(cells)] == [
        ("/headcounts/2", "duplicate_cell")
    ]


def test_groups_and_categories_in_one_band_are_a_fault() -> None:
    assert find_cell_faults([cell(), cell("5", category="M"), cell(category="A")]) == [
        Fault(
            "/headcounts/2",
            "group_and_category",
            "clinical 8a has ethnic groups and ethnic categories (see /headcounts/0); use one of"
            " the two within a band.",
        )
    ]


def test_control_totals_have_to_agree_with_the_cells() -> None:
    cells = [cell(headcount=61), cell(group=WHITE, headcount=340)]

    assert find_total_faults(cells, Totals(workforce=401, bme=61)) == []
    assert find_total_faults(cells, Totals(workforce=400, bme=62)) == [
        Fault(
            f"/totals/{name}",
            "total_disagrees",
            f"The total says {said}, the cells come to {counted}; a band or an ethnic group may"
            " be missing or counted twice.",
        )
        for name, said, counted in (("workforce", 400, 401), ("bme", 62, 61))
    ]


def test_a_subset_is_never_larger_than_its_whole() -> None:
    assert find_total_faults([cell(headcount=3)], Totals(workforce=2, bme=3))[0] == Fault(
        "/totals/bme",
        "subset_larger_than_whole",
        "3 BME staff are more than the workforce of 2.",
    )


# Accepted with a warning.


def test_a_quiet_year_has_no_warning() -> None:
    assert find_cautions(workforce(10, 100), None) == ()
    assert warnings(workforce(10, 100), workforce(9, 100)) == []


@pytest.mark.parametrize(
    ("unknown", "is_warned"), [(10, False), (11, True)], ids=["a tenth", "more"]
)
def test_more_than_a_tenth_of_unknown_ethnicity_is_warned_of(
    unknown: int, *, is_warned: bool
) -> None:
    codes = [c.code for c in find_cautions(workforce(10, 100, unknown), None)]

    assert codes == [WarningCode.UNKNOWN_ETHNICITY] * is_warned


@pytest.mark.parametrize("unknown", [(5, 9), (9, 5)])
def test_an_unknown_share_that_moved_by_more_than_3_points_is_warned_of(
    unknown: tuple[int, int],
) -> None:
    then, now = (workforce(10, 100, one) for one in unknown)

    assert warnings(now, then) == [WarningCode.UNKNOWN_SHARE_SHIFT]


def test_an_unknown_share_that_moved_by_exactly_3_points_is_not() -> None:
    assert warnings(workforce(10, 100, 8), workforce(10, 100, 5)) == []


@pytest.mark.parametrize(
    ("total", "merged", "is_warned"),
    [(120, False, False), (121, False, True), (79, False, True), (80, False, False),
     (200, True, False)],
)  # fmt: skip
def test_a_workforce_that_changed_by_more_than_a_fifth_without_a_merger_is_warned_of(
    total: int, *, merged: bool, is_warned: bool
) -> None:
    codes = warnings(workforce(10, total), workforce(10, 100), merged=merged)

    assert codes == [WarningCode.WORKFORCE_SHIFT] * is_warned


def test_a_band_that_emptied_is_warned_of() -> None:
    now = actuals({CLINICAL_5: people(10, 100)})
    then = actuals({CLINICAL_5: people(10, 100), CLINICAL_8A: people(1, 3)})

    (caution,) = find_cautions(now, Before(2023, then))

    assert caution.code is WarningCode.BAND_EMPTIED
    assert caution.detail == "clinical 8a is empty; it had 3 people in 2023."


def test_nobody_after_nobody_is_nothing_to_warn_of() -> None:
    assert warnings(actuals({}), actuals({})) == []
    assert warnings(workforce(1, 10), actuals({})) == []
    assert Fraction(0) == (workforce(1, 10).workforce.unknown_share or 0)
