"""What pages tell of a file, from what the services answer."""

from datetime import UTC, date, datetime

import pytest

from app.dashboard.forms.entered import Entered, FieldFault
from app.dashboard.views.actuals import NO_RIGHTS, Due, Rights, tell_actuals
from app.dashboard.views.plans import tell_plans
from app.dashboard.views.sending import PlacedFaults, tell_faults
from app.dashboard.views.sent import tell_preview
from app.domain.censuses import Census, Extension
from app.domain.codes import Position
from app.domain.effects import NOWHERE, Effect, Standing
from app.domain.errors import Fault, Place, UnacceptableImport
from app.domain.file_codes import RemarkCode
from app.domain.imports import (
    Import,
    ImportItem,
    ImportKind,
    ImportOutcome,
    ImportRemark,
    SentFile,
)
from app.domain.measures import Measure, Scope
from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.domain.records import Author, Record
from app.services.imports import Imported

NAMES = (Dated("Trust of tests", date(2020, 4, 1)),)
TRUST = Organisation("RGT", Kind.TRUST, date(2020, 4, 1), facts={Attribute.NAME: NAMES})
RECORD = Record(datetime(2026, 11, 23, tzinfo=UTC), Author("Workforce team"))
SENDS = Rights(sends=True)


def test_faults_of_a_workbook_stand_with_their_sheets() -> None:
    entered = Entered()
    refused = UnacceptableImport(
        "staff.xlsx",
        [
            Fault("/expected_bme", "total_disagrees", "82 are expected."),
            Fault("/sheet", "sheet_not_found", "There is no such sheet."),
            Fault("", "no_rows", "Nothing is there.", Place("Staff")),
            Fault("", "not_whole", "61.5 is none.", Place("Staff", 7, "C", "BME", "61.5")),
        ],
    )

    faults = tell_faults(entered, refused)

    assert faults == PlacedFaults(
        ("Sheet", "Row", "Column", "Heading", "Value", "What is wrong, what would be right"),
        [
            ("Staff", "–", "–", "–", "–", "Nothing is there."),
            ("Staff", "7", "C", "BME", "61.5", "61.5 is none."),
        ],
    )
    assert entered.faults == [
        FieldFault("expected_bme", "82 are expected."),
        FieldFault("", "There is no such sheet."),
        FieldFault(
            "places",
            "staff.xlsx has 4 faults; nothing was stored. Each stands with its place below.",
        ),
    ]


def test_a_file_of_several_trusts_names_whose_each_thing_is() -> None:
    items = tuple(
        ImportItem(code, "2026", outcome, revision, changed)
        for code, outcome, revision, changed in (
            ("RGT", ImportOutcome.REVISED, 3, 2),
            ("RGN", ImportOutcome.UNCHANGED, 1, 0),
        )
    )
    remark = ImportRemark(RemarkCode.SHEET_LEFT_OUT, "Only the sheet Staff was read.")
    own = ImportRemark(RemarkCode.NOTE_LEFT_OUT, "Row 3 was taken as a note.", "RGN", "2026")
    made = Import(
        "", ImportKind.ACTUALS, SentFile("staff.xlsx", "0" * 64, 9, 1200), items, (remark, own),
        RECORD,
    )  # fmt: skip
    before = Standing(2025, 318, 810, Position.ON_PATH, None, None, None)
    after = Standing(2026, 0, 0, None, None, None, None)
    effects = [
        Effect("RGT", Scope(Measure.LEADERSHIP), before, after),
        Effect("RGN", Scope(Measure.BOARD), NOWHERE, before),
    ]

    page = tell_preview(
        TRUST, Imported(made, is_stored=False, effects=effects, left_out=2), sealed="sealed"
    )

    assert page.facts == {
        "Trust": "Trust of tests",
        "File": "staff.xlsx",
        "It holds": "Headcounts by band",
        "Rows": "1,200",
    }
    assert page.items == [
        ("RGT", "31 March 2026", "A correction, revision 3", "2"),
        ("RGN", "31 March 2026", "The same is held; nothing changes", "0"),
    ]
    assert page.effects == [
        (
            "RGT, Leadership (bands 8a to 9 and VSM)",
            "318 of 810 (2025)",
            "nobody",
            "39.3%",
            "nobody",
            "On path",
            "–",
        ),
        ("RGN, Board", "not sent", "318 of 810 (2025)", "not sent", "39.3%", "–", "On path"),
    ]
    assert page.left_out == "2 further trusts would change too, and are not compared here."
    assert [(one.whose, one.path, one.stays) for one in page.remarks] == [
        ("", "/definitions/codes/remark/sheet_left_out", False),
        ("RGN, 2026", "/definitions/codes/remark/note_left_out", False),
    ]


@pytest.mark.parametrize(
    ("census", "sentence"),
    [
        (
            Census(2027, date(2027, 4, 1), date(2027, 8, 31)),
            "31 March 2027: opens on 1 April 2027, due on 31 August 2027.",
        ),
        (Census(2027, date(2027, 4, 1)), "31 March 2027: opens on 1 April 2027."),
        (
            Census(2026, date(2026, 4, 1), date(2026, 11, 22)),
            "31 March 2026: overdue by 1 day, due on 22 November 2026.",
        ),
        (
            Census(2026, date(2026, 4, 1), date(2026, 8, 31), extensions=(
                Extension("RGT", date(2026, 11, 30), "Merger"),
            )),
            "31 March 2026: 7 days left, due on 30 November 2026.",
        ),
        (
            Census(2026, date(2026, 4, 1)),
            "31 March 2026: open; no day is set by which it is due.",
        ),
    ],
)  # fmt: skip
def test_what_is_due_is_told_with_its_day(census: Census, sentence: str) -> None:
    before_it_opened = Census(2019, date(2019, 4, 1))

    page = tell_actuals(
        TRUST, [], censuses=[before_it_opened, census], rights=SENDS, today=date(2026, 11, 23)
    )

    path = f"/trusts/RGT/actuals/send/counts?year={census.year}"
    assert page.due == [Due(sentence, path if census.year == 2026 else None)]
    assert page.earlier == ""


def test_strangers_are_told_of_nothing_that_is_due() -> None:
    census = Census(2026, date(2026, 4, 1))

    page = tell_actuals(TRUST, None, censuses=[census], rights=NO_RIGHTS, today=date(2026, 11, 23))

    assert (page.due, page.send, page.data) == ([], None, None)
    assert page.nothing[0] == "No figures have been released yet that everybody may read."


def test_plans_that_a_reader_may_not_see_are_not_listed() -> None:
    page = tell_plans(TRUST, None, cycles=[], may_write=False)

    assert (page.lines, page.data) == ([], None)
