"""Percentages that a file prints beside its counts hold the counts, and are no figures."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.counts import Count
from app.ingest.grids import Odd
from app.ingest.layouts.printed_shares import find_disagreement, percentage
from tests.ingest.meant_files import Meant, read

HEADINGS = "ODS code,Year,Staff group,Band,White,BME,Unknown,Total,BME %"


WRONG = (
    "16.3 % is printed, and 61 of 448 are 13.6 %; a number may be wrong, or the percentage one of"
    " other people."
)


def table(printed: str, total: str = "448") -> Meant:
    row = f"ZZ901,2024,Clinical,Band 8a,340,61,47,{total},{printed}"
    return Meant("a row", (HEADINGS, row))


@pytest.mark.parametrize("printed", ["", "13.6", "13.61%", "13.6 %", "13.62", "14", "13", "15.2"])
def test_a_share_that_is_rounded_cut_off_or_of_known_ethnicity_is_right(printed: str) -> None:
    found = read(table(printed))

    assert list(found.faults) == []
    assert len(found.sent) == 1


@pytest.mark.parametrize(
    ("printed", "code", "sentence"),
    [
        (
            "16.3",
            "printed_share_disagrees",
            WRONG,
        ),
        (
            "about 14",
            "not_a_percentage",
            "about 14 is no percentage from 0 to 100; write one such as 12.5, or none.",
        ),
        (
            "136",
            "not_a_percentage",
            "136 is no percentage from 0 to 100; write one such as 12.5, or none.",
        ),
    ],
)
def test_another_share_is_a_fault_at_its_place(printed: str, code: str, sentence: str) -> None:
    (fault,) = read(table(printed)).faults

    assert (fault.code, fault.detail) == (code, sentence)
    assert fault.pointer.endswith("I2")


def test_a_total_and_a_share_that_are_wrong_are_both_told() -> None:
    found = read(table("16.3", total="440"))

    assert [one.code for one in found.faults] == ["total_disagrees", "printed_share_disagrees"]


def test_numbers_of_a_workbook_are_percentages_as_they_stand() -> None:
    assert [percentage(cell) for cell in (12.5, 13, "12.50%")] == [
        Decimal("12.5"),
        Decimal(13),
        Decimal("12.50"),
    ]


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 50), st.integers(0, 4))
def test_what_is_cut_off_or_rounded_at_any_place_is_never_contradicted(
    white: int, bme: int, unknown: int, places: int
) -> None:
    count = Count(white, bme, unknown)
    unit = 10**places
    exact = Fraction(100 * bme, count.total) if count.total else Fraction(0)

    for units in (exact * unit // 1, round(exact * unit)):
        printed = Decimal(int(units)).scaleb(-places)
        assert find_disagreement(printed, count) is None


def test_a_cell_that_cannot_be_read_stays_odd() -> None:
    odd = Odd("#N/A", "error_value", "The cell shows #N/A.")
    as_date = percentage(date(2024, 3, 31))

    assert percentage(odd) is odd
    assert isinstance(as_date, Odd)
