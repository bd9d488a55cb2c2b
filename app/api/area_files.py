"""The compact rows of an answer about an area as files: CSV and XLSX."""

from collections.abc import Iterator

from app.api.schemas.areas import COLUMNS, SHARES, AreaOut
from app.api.schemas.public_areas import PUBLIC_COLUMNS, PublicAreaOut
from app.api.tables import as_csv
from app.api.workbooks import Cover, as_xlsx, say_readers
from app.domain.areas import Counted

BOUNDARIES = {
    "today": "Of today: the trusts that lie there now, each with its predecessors.",
    "at_census": "Of each census: the trusts that lay there on the day.",
}
"""What each kind of boundaries means."""

UNITS = (
    "Headcounts of persons on 31 March, bank and agency staff left out; sums of boards are of"
    " positions, not of people. Shares are BME people of everybody, unknown ethnicity included,"
    " shown as percentages and held as proportions from 0 to 1. Chances likewise."
)
"""What the figures count."""

CONTROLLED = (
    "Released figures, rounded. Where `suppressed` stands beside an empty cell, the group or a"
    " count of it is small (primary), or could tell another (secondary)."
)
"""What a file of public figures says."""

LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0"
    " (the register of organisations)."
)
"""What the licence of the reference data asks for."""


def as_area_csv(area: AreaOut | PublicAreaOut) -> str:
    """Return the compact rows of an answer as CSV, under a line of their names."""
    return as_csv(_columns(area), area.rows)


def as_area_xlsx(area: AreaOut | PublicAreaOut) -> bytes:
    """Return the compact rows of an answer as a workbook with a cover."""
    is_public = isinstance(area, PublicAreaOut)
    cover = Cover(
        title=f"Progress of {area.name} ({area.ods_code})",
        at=area.as_of,
        readers=say_readers(is_public=is_public, is_synthetic=area.synthetic),
        method=f"Version {area.method}; see {area.links.method}",
        units=UNITS,
        licence=LICENCE,
        is_synthetic=area.synthetic,
        facts=list(_describe(area)),
    )
    return as_xlsx(cover, _columns(area), area.rows, SHARES)


def _columns(area: AreaOut | PublicAreaOut) -> tuple[str, ...]:
    return COLUMNS if isinstance(area, AreaOut) else PUBLIC_COLUMNS


def _describe(area: AreaOut | PublicAreaOut) -> Iterator[tuple[str, str]]:
    """Yield what the figures are, as names and texts."""
    yield "Area", f"{area.name} ({area.ods_code}, {area.kind})"
    yield "Rows", f"One for each {area.rows_of} and measure"
    yield "Boundaries", BOUNDARIES[area.boundaries]
    yield "Continuity", area.continuity
    for counted in Counted:
        told = [one for one in area.returns if one.counted is counted]
        if told:
            last = told[-1]
            said = f"{last.reported} of {last.expected} trusts at the census of {last.year}"
            yield f"Reported ({counted})", said
    if isinstance(area, PublicAreaOut):
        yield "Disclosure control", CONTROLLED
