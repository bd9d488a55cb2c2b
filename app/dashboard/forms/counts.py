"""The counts of one census as somebody enters them: a file like any other, by the time it is read.

So they go through the same readers, checks and preview as files do, and there is no second way
in. A fault of the file is told beside the field that its cell came from.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from app.dashboard.forms.entered import Entered
from app.dashboard.forms.uploads import Upload, read_particulars
from app.domain.actuals import ActualsRevision
from app.domain.bands import ALLOWED_PAIRS, Band, EthnicGroup, StaffGroup
from app.domain.errors import Fault
from app.domain.imports import ImportKind
from app.domain.texts import LONGEST_PASSAGE, LONGEST_SENTENCE

_HEADINGS: Final = ("Staff group", "Band", "White", "BME", "Unknown", "Covers", "Notes")
_COVERS_AT: Final = "F"
"""The column of the trusts whose staff are counted."""

_ETHNIC_AT: Final = {"C": EthnicGroup.WHITE, "D": EthnicGroup.BME, "E": EthnicGroup.UNKNOWN}
"""The column that each ethnic group stands in."""

_FIRST_ROW: Final = 2
_MOST_DIGITS: Final = 20


def field_of(group: StaffGroup, band: Band, ethnic: EthnicGroup) -> str:
    """Return the name of the field for the people of a group."""
    return f"{group}-{band}-{ethnic}"


def read_counts(entered: Entered, *, ods_code: str) -> Upload | None:
    """Return what was entered as a file; None where something is wrong with it.

    Args:
        entered: What was entered; it takes what is wrong.
        ods_code: The trust.
    """
    defaults, terms = read_particulars(entered, ods_code=ods_code, needed=True)
    if defaults.year is None and not entered.raw("year"):
        entered.refuse("year", "Enter the year of a census, such as 2026.")
    covers = entered.text("covers", longest=LONGEST_SENTENCE)
    notes = entered.text("notes", longest=LONGEST_PASSAGE)
    rows = list(_list_rows(entered))
    if not rows:
        first = field_of(*ALLOWED_PAIRS[0], EthnicGroup.WHITE)
        entered.refuse(first, "Enter how many people there are, at least in one row.")
    if entered.faults:
        return None
    name = f"counts-{defaults.year}.csv"
    content = _write([*cells, covers, notes] for cells in rows)
    return Upload(ImportKind.ACTUALS, name, content, defaults, terms)


def put_beside(entered: Entered, faults: Iterable[Fault]) -> None:
    """Tell the faults of the file that was made of what was entered beside their fields."""
    rows = list(_list_rows(entered))
    for one in faults:
        place = one.place
        ethnic = _ETHNIC_AT.get(place.column or "") if place else None
        if place and place.row and place.row >= _FIRST_ROW and ethnic:
            group, band, *_ = rows[place.row - _FIRST_ROW]
            entered.refuse(field_of(StaffGroup(group), Band(band), ethnic), one.detail)
        elif place:
            entered.refuse("covers" if place.column == _COVERS_AT else "", one.detail)
        else:
            entered.refuse(one.pointer.removeprefix("/"), one.detail)


def fields_of_counts(held: ActualsRevision) -> Mapping[str, tuple[str, ...]]:
    """Return what the fields hold for what is held."""
    counts, covers = held.actuals.headcounts, held.actuals.covers
    everybody = held.actuals.workforce
    return {
        "year": (str(held.year),),
        "source": (held.actuals.source,),
        "covers": ("" if covers == (held.ods_code,) else ", ".join(covers),),
        "notes": (held.actuals.notes or "",),
        "expected_workforce": (str(everybody.total),),
        "expected_bme": (str(everybody.bme),),
        **{
            field_of(*pair, ethnic): (str(getattr(counts[pair], ethnic.value)),)
            for pair in ALLOWED_PAIRS
            if pair in counts
            for ethnic in EthnicGroup
        },
    }


def _list_rows(entered: Entered) -> Iterable[tuple[str, ...]]:
    """Yield a row for each band of which anything was entered; what was not is nobody."""
    for group, band in ALLOWED_PAIRS:
        numbers = [entered.raw(field_of(group, band, one))[:_MOST_DIGITS] for one in EthnicGroup]
        if any(numbers):
            yield (group.value, band.value, *(one or "0" for one in numbers))


def _write(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_HEADINGS, *rows])
    return text.getvalue().encode()
