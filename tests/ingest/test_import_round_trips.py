"""Whatever headcounts are written into a file, in whichever layout, are read from it again."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from itertools import product

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.actuals import Actuals, add_up
from app.domain.bands import ALLOWED_PAIRS, Band, EthnicGroup, StaffGroup
from app.domain.control_totals import find_disagreements
from app.domain.counts import Count
from app.domain.imports import ImportKind
from app.ingest.imports import read_file
from app.ingest.layouts.actuals import SentActuals
from app.ingest.layouts.common import Defaults
from app.ingest.mappings import read_words
from app.ingest.sheets import read_workbook

Headcounts = Mapping[tuple[StaffGroup, Band], Count]
Returns = Mapping[tuple[str, int], Headcounts]
Row = Sequence[object]
Names = Mapping[str, Mapping[StaffGroup | Band | EthnicGroup, str]]

people = st.integers(0, 20_000)
headcounts = st.dictionaries(
    st.sampled_from(ALLOWED_PAIRS), st.builds(Count, people, people, people), min_size=1
)
returns = st.dictionaries(
    st.tuples(st.sampled_from(["ZZ901", "ZZ902"]), st.integers(2015, 2026)),
    headcounts,
    min_size=1,
    max_size=4,
)


def words_for(field: str, value: str) -> list[str]:
    """Return everything that a value may be called."""
    return [value, *read_words().values[field][value]]


def long_rows(sent: Returns, names: Names) -> list[Row]:
    rows: list[Row] = [
        ("ODS code", "Year", "Staff group", "Band", "Ethnic group", "Headcount", "Total workforce")
    ]
    for (code, year), by_pair in sent.items():
        whole = Count.sum(by_pair.values()).total
        for (group, band), counted in by_pair.items():
            for ethnic in EthnicGroup:
                number = getattr(counted, ethnic.value)
                called = (names["staff_group"][group], names["band"][band])
                rows.append((code, year, *called, names["ethnic_group"][ethnic], number, whole))
    return rows


def wide_rows(sent: Returns, names: Names) -> list[Row]:
    rows: list[Row] = [
        ("Organisation", "Census", "Staff group", "AfC band", "White", "BME", "Null", "Total")
    ]
    for (code, year), by_pair in sent.items():
        for (group, band), counted in by_pair.items():
            called = (names["staff_group"][group], names["band"][band])
            numbers = (counted.white, counted.bme, counted.unknown, counted.total)
            rows.append((code, year, *called, *numbers))
    return rows


def as_csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_workbook(rows: Sequence[Row]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


@pytest.mark.parametrize(
    ("lay_out", "write"),
    [
        pytest.param(lay_out, write, id=f"{lay_out.__name__} {write.__name__}")
        for lay_out, write in product((long_rows, wide_rows), (as_csv, as_workbook))
    ],
)
@settings(max_examples=25)
@given(data=st.data(), sent=returns)
def test_what_is_written_is_read(
    lay_out: Callable[[Returns, Names], list[Row]],
    write: Callable[[Sequence[Row]], bytes],
    data: st.DataObject,
    sent: Returns,
) -> None:
    kinds = (("staff_group", StaffGroup), ("band", Band), ("ethnic_group", EthnicGroup))
    names = {
        field: {one: data.draw(st.sampled_from(words_for(field, one.value))) for one in kind}
        for field, kind in kinds
    }

    book = read_workbook(write(lay_out(sent, names)), "staff")
    found = read_file(book, ImportKind.ACTUALS, read_words(), Defaults(source="Made up"))

    assert found.faults == []
    read = {}
    for one in found.sent:
        assert isinstance(one, SentActuals)
        counted = add_up(one.cells)
        assert list(find_disagreements(one.claims, counted)) == []
        assert one.is_controlled
        read[one.ods_code, one.year] = Actuals("Made up", (one.ods_code,), None, counted)
    assert read == {
        (code, year): Actuals("Made up", (code,), None, by_pair)
        for (code, year), by_pair in sent.items()
    }
