"""A table under disclosure control as a file: CSV or XLSX."""

from typing import Final

from fastapi import Response

from app.api.area_files import LICENCE
from app.api.negotiation import CSV, XLSX
from app.api.schemas.public_tables import PublicLineOut, list_public_lines
from app.api.tables import as_csv
from app.api.workbooks import FOR_EVERYBODY, Cover, Sheet, as_workbook
from app.domain.organisations import is_synthetic
from app.domain.public_tables import PublicTable

UNITS: Final = (
    "Headcounts of persons on 31 March, bank and agency staff left out; of boards, their members."
)
"""What the figures count."""

COLUMNS: Final = tuple(PublicLineOut.model_fields)
"""The columns of the files."""


def as_public_file(table: PublicTable, media_type: str | None) -> Response | None:
    """Return a table as the file that is preferred; None where none is."""
    if media_type == CSV:
        return Response(as_csv(COLUMNS, list_public_lines(table)), media_type=CSV)
    if media_type == XLSX:
        return Response(_as_xlsx(table), media_type=XLSX)
    return None


def _as_xlsx(table: PublicTable) -> bytes:
    made, rules = table.release, table.decision.rules
    control = (
        f"Counts from 1 to {rules.threshold}, and groups of fewer than 10, are hidden, and others"
        f" that would tell them; counts are rounded to the nearest {rules.base}. An empty cell is"
        " hidden, never 0."
    )
    cover = Cover(
        title=f"Public figures of {table.ods_code}, {table.part.value}, 31 March {table.year}",
        at=made.as_of,
        readers=FOR_EVERYBODY,
        method=control,
        units=UNITS,
        licence=LICENCE,
        is_synthetic=is_synthetic(table.ods_code),
        facts=[
            ("Trust", table.ods_code),
            ("Census", f"31 March {table.year}"),
            ("Edition", f"{made.edition}: {made.name}"),
        ],
    )
    sheet = Sheet(table.part.value.capitalize(), COLUMNS, list_public_lines(table))
    return as_workbook(cover, [sheet])
