"""What is read from tables of figures, in every layout."""

from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.domain.actuals import add_up
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.boards import Member
from app.domain.counts import Count
from app.domain.imports import ImportKind
from app.domain.targets import Goal, GoalForm, Milestone, Terms
from app.ingest.grids import column_letter, column_number
from app.ingest.layouts.actuals import SentActuals
from app.ingest.layouts.boards import SentBoard
from app.ingest.layouts.targets import SentTarget
from app.ingest.mappings import make_words, read_words
from tests.ingest.meant_files import LONG, Meant, read, row
from tests.ingest.meant_sheets import AT_ZZ901, TEMPLATE


def read_one(case: Meant) -> SentActuals:
    (sent,) = read(case).sent
    assert isinstance(sent, SentActuals)
    return sent


def test_the_template_is_read_by_its_headings_between_the_rows() -> None:
    sent = read_one(Meant("template", TEMPLATE, defaults=AT_ZZ901))

    assert (sent.ods_code, sent.year, sent.said.source) == ("ZZ901", 2024, "WRES template")
    assert add_up(sent.cells) == {
        (StaffGroup.NON_CLINICAL, Band.UNDER_1): Count(1, 2, 0),
        (StaffGroup.NON_CLINICAL, Band.VSM): Count(5, 0, 0),
        (StaffGroup.CLINICAL, Band.BAND_8A): Count(10, 2, 1),
        (StaffGroup.MEDICAL, Band.CONSULTANT): Count(6, 5, 4),
        (StaffGroup.MEDICAL, Band.TRAINEE): Count(6, 5, 4),
    }
    assert sent.is_controlled


@pytest.mark.parametrize(
    ("totals", "claimed"),
    [
        pytest.param(("Total,28,14,9,51",), [(None, 28)], id="one at the end is of everybody"),
        pytest.param(
            ("Grand total,28,14,9,51", "Total,12,10,8,30"),
            [(None, 28), (None, 12)],
            id="a grand total",
        ),
        pytest.param(("All staff,,,,51",), [], id="one without ethnic groups"),
    ],
)
def test_a_total_at_the_end_of_the_template_is_of_everybody(
    totals: tuple[str, ...], claimed: list[tuple[StaffGroup | None, int]]
) -> None:
    sent = read_one(Meant("template", (*TEMPLATE, *totals), defaults=AT_ZZ901))

    white = [(one.staff_group, one.number) for one in sent.claims if one.ethnic_group == "white"]
    assert white == claimed


def test_totals_of_each_part_of_the_template_are_told_apart() -> None:
    lines = (*TEMPLATE[:5], "Total,6,2,0,8", *TEMPLATE[5:8], "Sub total,10,2,1,13")

    sent = read_one(Meant("template", lines, defaults=AT_ZZ901))

    assert [(c.staff_group, c.number) for c in sent.claims if c.ethnic_group is None] == [
        ("non_clinical", 8),
        ("clinical", 13),
    ]


def test_a_caller_can_say_what_headings_and_values_stand_for() -> None:
    own = make_words(
        {"headcount": ["Heads"]},
        {"band": {"vsm": ["Executive pay"], "9": ["VSM"]}},
        ["Of which on secondment"],
    )
    content = (
        LONG.replace("Headcount", "Heads"),
        row("1", band="Executive pay"),
        row("2", band="VSM"),
        row("3", band="of which on secondment"),
        row("4", band="of which on secondment"),
    )

    found = read(Meant("own words", content), read_words().extended(own))

    (sent,) = found.sent
    assert isinstance(sent, SentActuals)
    # A word that the caller uses for one thing stands for nothing else.
    assert [(cell.band, cell.headcount) for cell in sent.cells] == [("vsm", 1), ("9", 2)]
    assert [one.code for one in found.remarks] == ["row_not_added"]


def test_words_are_compared_without_case_and_punctuation_but_not_without_a_percent_sign() -> None:
    content = (
        "TRUST_CODE;year;Staff-Group;BAND;White;White %;bme;Ethnicity (unknown / null)",
        "zz901;2024;CLINICAL;band  8A;1;33%;1;1",
    )

    found = read(Meant("words", content))

    (sent,) = found.sent
    assert isinstance(sent, SentActuals)
    assert add_up(sent.cells) == {(StaffGroup.CLINICAL, Band.BAND_8A): Count(1, 1, 1)}
    assert [one.detail for one in found.remarks] == [
        "Column F, “White %”, is not known and was left out."
    ]


def test_a_fault_has_its_place_with_heading_and_value() -> None:
    (fault,) = read(Meant("a percentage", (LONG, row("12.5%")))).faults

    assert fault.as_dict()["place"] == {
        "sheet": None,
        "row": 2,
        "column": "F",
        "heading": "Headcount",
        "value": "12.5%",
    }


def test_a_control_total_can_stand_beside_every_row() -> None:
    rows = (f"{row('61')},401,61", f"{row('1', band='9')},401,61")

    sent = read_one(Meant("control totals", (f"{LONG},Workforce total,BME total", *rows)))

    assert [(c.ethnic_group, c.number) for c in sent.claims] == [(None, 401), ("bme", 61)]
    assert sent.is_controlled


def test_categories_covers_and_notes_are_read() -> None:
    content = (
        "ODS code,Year,Staff group,Band,Ethnic category,Headcount,Covers,Notes",
        'ZZ905,2024,clinical,5.0,m,3,"zz903, ZZ904",Two wards left out',
        "ZZ905,2024,clinical,5,A,4,,",
    )

    sent = read_one(Meant("categories", content))

    assert (sent.said.covers, sent.said.notes) == (("ZZ903", "ZZ904"), "Two wards left out")
    assert [(cell.ethnic_group, cell.category) for cell in sent.cells] == [
        ("bme", "M"),
        ("white", "A"),
    ]


def in_two_sheets(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    other = workbook.add_worksheet("Medical")
    for one, cells in (
        (sheet, ["ZZ901", 2024, "clinical", "8a", "bme", 1]),
        (other, ["ZZ901", 2024, "medical", "consultant", "bme", 2]),
    ):
        one.write_row(0, 0, LONG.split(","))
        one.write_row(1, 0, cells)


def test_one_census_can_be_spread_over_sheets() -> None:
    sent = read_one(Meant("sheets", in_two_sheets))

    assert [(cell.staff_group, cell.headcount) for cell in sent.cells] == [
        ("clinical", 1),
        ("medical", 2),
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            ("Trust,Year,Voting,Executive,Ethnicity,Headcount", "ZZ901,2024,Yes,Non exec,BME,2"),
            id="long",
        ),
        pytest.param(
            (
                "Trust,Year,Voting,Executive,White,BME,Unknown",
                "ZZ901,2024,Voting,Non-executive,0,2,0",
            ),
            id="wide",
        ),
    ],
)
def test_boards_are_read_in_both_layouts(content: tuple[str, ...]) -> None:
    (board,) = read(Meant("board", content, kind=ImportKind.BOARD)).sent

    assert isinstance(board, SentBoard)
    assert [one for one in board.members if one.headcount] == [
        Member(voting=True, executive=False, ethnic_group=EthnicGroup.BME, headcount=2)
    ]


def with_truths(_: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write_row(0, 0, ["Trust", "Year", "Voting", "Executive", "White", "BME", "Unknown"])
    sheet.write_row(1, 0, ["ZZ901", 2024, True, False, 0, 2, 0])


def test_truths_of_a_workbook_say_who_votes() -> None:
    (board,) = read(Meant("board", with_truths, kind=ImportKind.BOARD)).sent

    assert isinstance(board, SentBoard)
    assert {(one.voting, one.executive) for one in board.members} == {(True, False)}


def test_targets_are_read_with_their_milestones() -> None:
    content = (
        (
            "Trust,Measure,Staff group,Cycle,Goal share,Goal headcount,Goal,Reason,Milestone 2023,"
            "Board approved on,Rationale"
        ),
        "ZZ901,8a to VSM,clinical,2022-2025,18%,,,,0.15,26/05/2022,Succession",
        "ZZ901,VSM,,2022-2025,,5,,,4,,",
        "ZZ901,Band 9,,2022-2025,,,Maintain,,,,",
        "ZZ901,Consultants,,2022-2025,,,None needed,Above since 2019,,,",
    )

    sent = read(Meant("targets", content, kind=ImportKind.TARGETS)).sent

    assert [one.terms for one in sent if isinstance(one, SentTarget)] == [
        Terms(
            Goal(GoalForm.SHARE, share=Decimal("0.1800")),
            (Milestone(2023, share=Decimal("0.1500")),),
            board_approved_on=date(2022, 5, 26),
            rationale="Succession",
        ),
        Terms(Goal(GoalForm.HEADCOUNT, headcount=5), (Milestone(2023, headcount=4),)),
        Terms(Goal(GoalForm.MAINTAIN)),
        Terms(Goal(GoalForm.NO_TARGET_NEEDED, reason="Above since 2019")),
    ]


def test_columns_are_numbered_as_they_are_named() -> None:
    assert [column_number(column_letter(n)) for n in range(1000)] == list(range(1000))
