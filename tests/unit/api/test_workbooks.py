"""Workbooks: a cover that says what they are, and cells that are what they are."""

import io
import zipfile
from datetime import UTC, date, datetime

from pydantic import BaseModel

from app.api.workbooks import SHARE_FORMAT, Cover, Sheet, as_workbook, say_readers
from tests.api.workbooks import sheets

AT = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)


class Line(BaseModel):
    """A line of a list."""

    ods_code: str
    year: int
    day: date
    total: int | None
    share: float | None


def workbook(*lines: Line, is_synthetic: bool = False) -> bytes:
    cover = Cover(
        title="A list",
        at=AT,
        readers=say_readers(is_public=False, is_synthetic=is_synthetic),
        method="Counted",
        units="Persons",
        licence="None",
        is_synthetic=is_synthetic,
        facts=[("Trust", "ZZ001")],
    )
    sheet = Sheet("Rows", tuple(Line.model_fields), lines, {"share": SHARE_FORMAT})
    return as_workbook(cover, [sheet])


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode()


def test_the_cover_comes_first_and_says_all_that_every_cover_says() -> None:
    found = sheets(workbook())

    assert list(found) == ["About", "Rows"]
    title, _, *lines = found["About"]
    assert title[0] == "A list"
    assert [name for name, _ in lines] == [
        *("Trust", "As of (UTC)", "For", "Method", "Units", "BME", "Licence"),
    ]
    said = {str(name): text for name, text in lines}
    assert said["As of (UTC)"] == datetime(2026, 11, 23, 9, 30, 15)  # noqa: DTZ001 — as cells are
    assert said["For"] == ("Whoever may read these figures exactly; they are not for publication.")


def test_invented_figures_are_called_so_first() -> None:
    lines = sheets(workbook(is_synthetic=True))["About"][2:]

    assert lines[0] == ["Synthetic", "Synthetic: these figures are invented, for demonstration."]
    assert ["For", "Everybody: these are nobody's figures."] in lines


def test_cells_are_texts_days_and_numbers() -> None:
    content = workbook(
        Line(ods_code="=1+1", year=2025, day=date(2025, 3, 31), total=1200, share=0.125),
        Line(ods_code="00123", year=2025, day=date(2024, 3, 31), total=None, share=None),
    )

    assert sheets(content)["Rows"] == [
        list(Line.model_fields),
        ["=1+1", 2025.0, date(2025, 3, 31), 1200.0, 0.125],
        ["00123", 2025.0, date(2024, 3, 31), "", ""],
    ]
    styles = part(content, "xl/styles.xml")
    for code in ("d mmmm yyyy", "0.0%"):
        assert f'formatCode="{code}"' in styles


def test_a_sheet_keeps_its_head_in_sight_and_is_printed_as_wide_as_the_paper() -> None:
    line = Line(ods_code="R" * 200, year=2025, day=date(2025, 3, 31), total=1, share=0.1)
    rows = part(workbook(line), "xl/worksheets/sheet2.xml")

    assert '<pane ySplit="1" topLeftCell="A2"' in rows
    assert '<autoFilter ref="A1:E2"/>' in rows
    assert 'paperSize="9" fitToHeight="0" orientation="landscape"' in rows
    assert 'min="1" max="1" width="62.7109375"' in rows
