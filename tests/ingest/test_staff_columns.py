import pytest

from app.domain.errors import Fault
from app.domain.staff_words import StaffColumn
from app.ingest.staff_columns import Layout, Places, choose_delimiter, locate
from tests.staff_lists import HEADER

BAND = StaffColumn.BAND


def missing(column: str, detail: str) -> Fault:
    return Fault(f"/{column}", "column_missing", detail)


def unknown(column: str, other: str = "") -> Fault:
    return missing(
        column,
        f"No column is known as the {column}; the first row has to be a header. Name it with"
        f" --column {column}=HEADER{other}.",
    )


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [
        ("Organisation,Staff Group,Band,Ethnic Origin\n", ","),
        ('"Surname, Forename";Staff Group;Band;Ethnic Origin\n', ";"),
        ("Organisation\tStaff Group\tBand\tEthnic Origin\n", "\t"),
        ("a,b;c;d\n", ";"),
        ("", ","),
    ],
)
def test_what_stands_between_cells_is_what_finds_most_columns(line: str, delimiter: str) -> None:
    assert choose_delimiter(line, Layout()) == delimiter


def test_columns_are_found_by_their_usual_headers() -> None:
    header = ["Surname", "ODS_Code", "Ethnicity", " Pay  Scale ", "staff group"]

    assert locate(header, Layout()) == (Places(5, (1, 4, 3, 2), None), [])


def test_columns_are_found_by_the_headers_that_the_caller_names() -> None:
    header = ["Grade", "Spine", "Staff Group", "Ethnic Origin", "Employee Number"]
    layout = Layout(has_organisations=False, named={BAND: "spine"}, identifier="EMPLOYEE NUMBER")

    assert locate(header, layout) == (Places(5, (2, 2, 1, 3), 4), [])


def test_everything_that_is_wrong_with_a_header_is_told_without_showing_it() -> None:
    layout = Layout(named={StaffColumn.STAFF_GROUP: "Squad"}, identifier="Number")
    header = ["Alice", "Smith", "Band", "Grade", "Number", "Number"]

    assert locate(header, layout) == (
        None,
        [
            unknown("organisation", " or --organisation CODE"),
            missing(
                "staff_group", "No column has the header that --column names for the staff_group."
            ),
            missing(
                "band",
                "Columns 3 and 4 might all be the band; name one with --column band=HEADER.",
            ),
            unknown("ethnic_category"),
            missing("identifier", "Several columns have the header that --identifier names."),
        ],
    )


def test_an_identifier_has_a_column() -> None:
    assert locate(HEADER, Layout(identifier="Number")) == (
        None,
        [missing("identifier", "No column has the header that --identifier names.")],
    )
