"""A table under disclosure control as a workbook."""

from datetime import UTC, datetime
from io import BytesIO

from python_calamine import CalamineWorkbook

from app.api.negotiation import XLSX
from app.api.public_files import as_public_file
from app.domain.disclosure import DEFAULT_RULES, Decision
from app.domain.public_tables import PublicTable
from app.domain.published_groups import Part
from app.domain.records import Author, Record
from app.domain.releases import ENGLAND, Release

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def cover_of(ods_code: str) -> str:
    """Return the first sheet of the workbook of a trust that has nobody."""
    author = Record(AT, Author("a test"))
    release = Release(ENGLAND, 2024, 1, "WRES 2024", None, AT, is_exact=False, record=author)
    decision = Decision(DEFAULT_RULES)
    table = PublicTable(ods_code, 2024, Part.BOARD, release, decision, {})
    file = as_public_file(table, XLSX)
    assert file is not None
    sheets = CalamineWorkbook.from_filelike(BytesIO(bytes(file.body)))
    return str(sheets.get_sheet_by_index(0).to_python())


def test_the_workbook_of_an_invented_trust_says_so() -> None:
    assert "Synthetic" in cover_of("ZZ901")
    assert "Synthetic" not in cover_of("RZ1")
