from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import staff_people
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.staff_lists import StaffCount
from app.domain.staff_people import People, PeopleCount
from app.domain.staff_words import Words
from tests.staff_lists import CONSULTANT, MANAGER, NURSE, vocabulary

WORDS = vocabulary()
SALT = b"any sixteen bytes"

ORDER = [("02", "XR05"), ("08", "8a"), ("07", "8a"), ("08", "vsm"), ("01", "consultant")]
"""Staff groups and bands, lowest first."""

MEANT = {"02": "clinical", "08": "non_clinical", "07": "clinical", "01": "medical"}
BANDS = {"XR05": "5"}

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1001", "1002", "1003", " 1001 "]),
        st.sampled_from(["ZZ901", "ZZ902"]),
        st.sampled_from(ORDER),
        st.sampled_from(["A", "M", ""]),
    ),
    min_size=1,
    max_size=30,
)

Row = tuple[str, str, tuple[str, str], str]


def words(row: Row) -> Words:
    return (row[1], *row[2], row[3])


def count(rows: list[Row]) -> PeopleCount:
    people = People(WORDS, SALT)
    people.add([row[0] for row in rows], [words(row) for row in rows])
    assert people.find_faults() == []
    return people.count()


def one_by_one(rows: list[Row]) -> dict[str, dict[tuple[str, str, str], int]]:
    """Count people as somebody would by hand."""
    posts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        posts.setdefault((row[1], row[0].strip()), []).append(row)
    counts: dict[str, dict[tuple[str, str, str], int]] = {}
    for (code, _), held in posts.items():
        group, pay = max((row[2] for row in held), key=ORDER.index)
        said = {row[3] for row in held} - {""}
        ethnic = {"A": "white", "M": "bme"}[said.pop()] if len(said) == 1 else "unknown"
        cells = counts.setdefault(code, {})
        key = (MEANT[group], BANDS.get(pay, pay), ethnic)
        cells[key] = cells.get(key, 0) + 1
    return counts


@given(ROWS)
def test_everybody_is_counted_once_in_their_highest_band(rows: list[Row]) -> None:
    found = count(rows)

    assert {
        one.ods_code: {
            (c.staff_group.value, c.band.value, c.ethnic_group.value): c.headcount
            for c in one.cells()
        }
        for one in found.counts
    } == one_by_one(rows)
    assert found.people == len({(row[1], row[0].strip()) for row in rows})


@given(ROWS, st.randoms(use_true_random=False))
def test_neither_order_nor_blocks_nor_the_salt_matter(rows: list[Row], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    people = People(WORDS, b"another salt")
    for row in shuffled:
        people.add([row[0]], [words(row)])

    assert people.count() == count(rows)


def test_a_person_of_two_ethnic_groups_is_of_unknown_ethnicity_and_told() -> None:
    people = People(WORDS, SALT)
    people.add(["1", "1", "2"], [NURSE, MANAGER, CONSULTANT])

    headcounts = {
        (StaffGroup.NON_CLINICAL, Band.BAND_8A): Count(unknown=1),
        (StaffGroup.MEDICAL, Band.CONSULTANT): Count(unknown=1),
    }
    assert people.count() == PeopleCount(
        (StaffCount("ZZ901", headcounts, Count(unknown=2)),), people=2, contradictions=1
    )
    assert [c.ethnic_group for c in people.count().counts[0].cells()] == [EthnicGroup.UNKNOWN] * 2


@pytest.mark.parametrize(("blank", "told"), [(1, "1 row has"), (3, "3 rows have")])
def test_rows_without_an_identifier_are_told(blank: int, told: str) -> None:
    people = People(WORDS, SALT)
    people.add(["1", *[" "] * blank], [NURSE] * (blank + 1))

    assert people.find_faults() == [
        Fault(
            "/identifier",
            "blank_cell",
            f"{told} nothing in the column of --identifier, so their person is not known.",
        )
    ]


def test_neither_identifiers_nor_all_kinds_of_rows_are_held() -> None:
    people = People(WORDS, SALT)
    rows = [("?", f"{number}", "?", "?") for number in range(staff_people.MOST_REMEMBERED + 1)]

    people.add([f"id{number}" for number in range(len(rows))], rows)

    assert "id77" not in repr(vars(people))
    assert people.count().people == len(rows)
    assert people._posts == {}  # noqa: SLF001
