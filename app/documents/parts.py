"""What documents consist of, in sentences and cells, before anything is laid out."""

from dataclasses import dataclass
from typing import Any, Final

from app.charts.pictures import Picture
from app.charts.tables import Table

BME: Final = (
    "BME stands for Black and minority ethnic, the name under which the Workforce Race Equality"
    " Standard (WRES) counts ethnic minority staff. Unknown is not “not BME”; white includes"
    " Irish, Gypsy, Roma and Traveller staff; BME joins groups that differ."
)
"""What every document says of its figures."""

NOT_THERE: Final = "–"
"""What stands where there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """What a reader should know before drawing conclusions.

    Attributes:
        page: Of its code, where it has one.
    """

    sentence: str
    page: str | None = None


def picture_content(picture: Picture, *, is_narrow: bool = False) -> dict[str, Any]:
    """Return what a template is given of a chart."""
    svg = picture.narrow if is_narrow else picture.wide
    return {"svg": svg, "title": picture.table.caption, "reading": picture.reading}


def table_content(table: Table) -> dict[str, Any]:
    """Return what a template is given of a table."""
    return {
        "caption": table.caption,
        "headings": list(table.headings),
        "rows": [list(row) for row in table.rows],
        "notes": list(table.notes),
    }
