from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.actuals import Cell
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.staff_lists import (
    MOST_SHOWN,
    MOST_WORDS,
    PAIRS_BY_RANK,
    StaffCount,
    Tally,
    is_census_day,
)
from app.domain.staff_words import Words
from tests.staff_lists import CONSULTANT, MANAGER, NURSE, vocabulary

WORDS = vocabulary()
SAY = " Say what a word means in the table of --pay-table, or name another column with --column."
HIDDEN = "Words that might be about a person are not shown."

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["ZZ901", "rz1", "ZZ902"]),
        st.sampled_from(["Students", "Estates and Ancillary", "01"]),
        st.sampled_from(["XR05", "Band 8a", "vsm", "Consultant", "Specialty Doctor"]),
        st.sampled_from(["A", "N", "Z Not Stated", "", "bme"]),
    ).filter(lambda row: (row[1] == "01") == (row[2] in {"Consultant", "Specialty Doctor"})),
    max_size=40,
)


def tally(rows: dict[Words, int]) -> Tally:
    counted = Tally(WORDS)
    counted.add(rows)
    return counted


def one_by_one(rows: list[Words]) -> dict[str, Counter[tuple[str, str, str]]]:
    """Count rows as somebody would by hand."""
    group = {"Students": "clinical", "Estates and Ancillary": "non_clinical", "01": "medical"}
    band = {
        "XR05": "5",
        "Band 8a": "8a",
        "vsm": "vsm",
        "Consultant": "consultant",
        "Specialty Doctor": "career_grade",
    }
    ethnic = {"A": "white", "N": "bme", "bme": "bme", "": "unknown", "Z Not Stated": "unknown"}
    counts: dict[str, Counter[tuple[str, str, str]]] = {}
    for row in rows:
        cells = counts.setdefault(row[0].upper(), Counter())
        cells[group[row[1]], band[row[2]], ethnic[row[3]]] += 1
    return counts


def by_hand(counts: list[StaffCount]) -> dict[str, dict[tuple[str, str, str], int]]:
    return {
        one.ods_code: {
            (c.staff_group.value, c.band.value, c.ethnic_group.value): c.headcount
            for c in one.cells()
        }
        for one in counts
    }


@given(ROWS)
def test_a_tally_is_what_counting_row_by_row_gives(rows: list[Words]) -> None:
    counts = tally(Counter(rows)).count()

    expected = one_by_one(rows)
    assert by_hand(counts) == expected
    assert {one.ods_code: one.everybody.total for one in counts} == {
        code: cells.total() for code, cells in expected.items()
    }


@given(ROWS, st.randoms(use_true_random=False))
def test_neither_order_nor_blocks_matter(rows: list[Words], random: Random) -> None:
    counted = Tally(WORDS)
    shuffled = list(rows)
    random.shuffle(shuffled)
    for row in shuffled:
        counted.add({row: 1})

    assert counted.count() == tally(Counter(rows)).count()


def test_people_are_counted_by_organisation_in_the_order_of_bands() -> None:
    counts = tally({CONSULTANT: 2, NURSE: 3, MANAGER: 1, ("RZ1", *NURSE[1:]): 5}).count()

    assert [one.ods_code for one in counts] == ["RZ1", "ZZ901"]
    assert list(counts[1].cells()) == [
        Cell(StaffGroup.NON_CLINICAL, Band.BAND_8A, EthnicGroup.BME, 1),
        Cell(StaffGroup.CLINICAL, Band.BAND_5, EthnicGroup.WHITE, 3),
        Cell(StaffGroup.MEDICAL, Band.CONSULTANT, EthnicGroup.UNKNOWN, 2),
    ]
    assert counts[1].everybody == Count(white=3, bme=1, unknown=2)


def test_bands_that_do_not_come_to_everybody_are_never_a_count() -> None:
    with pytest.raises(ValueError, match="the bands come to"):
        StaffCount("ZZ901", {}, Count(bme=1))


def test_medical_grades_stand_above_bands_and_clinical_above_non_clinical() -> None:
    assert PAIRS_BY_RANK[:2] == (
        (StaffGroup.NON_CLINICAL, Band.UNDER_1),
        (StaffGroup.CLINICAL, Band.UNDER_1),
    )
    assert PAIRS_BY_RANK[-5:] == (
        (StaffGroup.CLINICAL, Band.VSM),
        (StaffGroup.MEDICAL, Band.OTHER),
        (StaffGroup.MEDICAL, Band.TRAINEE),
        (StaffGroup.MEDICAL, Band.CAREER_GRADE),
        (StaffGroup.MEDICAL, Band.CONSULTANT),
    )


def test_everything_that_is_not_known_is_told_at_once_by_column() -> None:
    rows = {
        ("Smith", *NURSE[1:]): 1,
        ("ZZ901", "", "XR09", "A"): 12,
        ("ZZ901", "Students", "Review Body Band", "A"): 11,
        ("ZZ901", "Students", "XR10", "A"): 9,
        ("ZZ901", "Students", "Jones", "Q"): 300,
        ("ZZ901", "Medical and Dental", "Band 5", "A"): 1,
        ("ZZ901", "Students", "Consultant", "A"): 2,
    }

    assert tally(rows).find_faults() == [
        Fault(
            "/organisation",
            "unknown_word",
            f"1 row has a word there that is not known; 1 different. {HIDDEN}{SAY}",
        ),
        Fault("/staff_group", "blank_cell", "12 rows have nothing there."),
        Fault(
            "/band",
            "unknown_word",
            "332 rows have a word there that is not known; 4 different. XR09 (12 rows), Review"
            f" Body Band (11 rows) and 2 more. {HIDDEN}{SAY}",
        ),
        Fault(
            "/ethnic_category",
            "unknown_word",
            f"300 rows have a word there that is not known; 1 different. {HIDDEN}{SAY}",
        ),
        Fault(
            "/band",
            "band_not_of_staff_group",
            "2 rows have clinical staff in consultant; they are in an AfC band or very senior"
            " manager pay. Give the word of the pay its staff group and its band in the table of"
            " --pay-table.",
        ),
        Fault(
            "/band",
            "band_not_of_staff_group",
            "1 row has medical staff in 5; they are in a medical grade. Give the word of the pay"
            " its staff group and its band in the table of --pay-table.",
        ),
    ]


def test_a_code_that_many_rows_have_is_shown_alone() -> None:
    (fault,) = tally({(*NURSE[:2], " XR09", "A"): 6, (*NURSE[:2], "XR09 ", "A"): 6}).find_faults()

    assert fault.detail == (
        f"12 rows have a word there that is not known; 1 different. XR09 (12 rows).{SAY}"
    )


def test_a_column_of_many_codes_shows_none() -> None:
    numbers = {(*NURSE[:2], f"{number}", "A"): 50 for number in range(100, 100 + MOST_SHOWN + 1)}

    (fault,) = tally(numbers).find_faults()

    assert fault.detail == (
        f"2550 rows have a word there that is not known; 51 different. {HIDDEN}{SAY}"
    )


def test_a_column_of_names_is_not_held() -> None:
    names = {(*NURSE[:2], f"P{number}", "A"): 50 for number in range(MOST_WORDS + 5)}

    (fault,) = tally(names).find_faults()

    assert fault.detail == (
        f"50250 rows have a word there that is not known; more than 1000 different. {HIDDEN}{SAY}"
    )


@pytest.mark.parametrize(
    ("day", "is_census"),
    [
        pytest.param(date(2024, 3, 31), True, id="a census"),
        pytest.param(date(2024, 3, 30), False, id="another day"),
        pytest.param(date(2014, 3, 31), False, id="before the first"),
        pytest.param(date(2027, 3, 31), False, id="not come yet"),
    ],
)
def test_a_census_was_held_on_the_31_march_of_every_year(day: date, *, is_census: bool) -> None:
    assert is_census_day(day, today=date(2026, 11, 23)) is is_census
