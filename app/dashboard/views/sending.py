"""The form in which a file of figures is sent in, with what is wrong with it in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.dashboard.forms.entered import Entered
from app.dashboard.forms.uploads import KINDS
from app.dashboard.views.contents import trail_of
from app.dashboard.views.words import (
    NOTHING,
)
from app.domain.errors import Place, UnacceptableImport
from app.domain.organisations import Organisation

FAULTS: Final = ("Row", "Column", "Heading", "Value", "What is wrong, what would be right")
"""What is told of each fault of a file, beside its sheet if the file has sheets."""

_OF_TERMS: Final = {
    "/reason": "reason",
    "/correction_note": "correction_note",
    "/expected_workforce": "expected_workforce",
    "/expected_bme": "expected_bme",
}
"""The fields that faults without a place in the file are about."""


@dataclass(frozen=True, slots=True)
class PlacedFaults:
    """The faults of a file, each with its place, as a table."""

    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


NO_FAULTS: Final = PlacedFaults()


@dataclass(frozen=True, slots=True)
class SendPage:
    """The page with the form for a file.

    Attributes:
        entered: What stands in the fields, and what is wrong with it.
        faults: Those of the file, each with its place.
        held: Name of the file that the page holds; empty where it holds none.
        sealed: That file.
        path: Where the form is sent.
        counts: Where the counts of one census are entered instead.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    entered: Entered
    faults: PlacedFaults
    held: str
    sealed: str
    path: str
    counts: str
    sentences: Sequence[str] = ()
    data: str | None = None

    @property
    def kinds(self) -> Sequence[tuple[str, str]]:
        """What files may hold, as options."""
        return [(kind.value, said) for kind, said in KINDS.items()]


def tell_sending(
    trust: Organisation,
    entered: Entered,
    *,
    faults: PlacedFaults = NO_FAULTS,
    held: str = "",
    sealed: str = "",
) -> SendPage:
    """Return the page with the form for a file."""
    path = f"/trusts/{trust.ods_code}/actuals/send"
    return SendPage(
        title="Send in actuals",
        trail=trail_of(trust, "/actuals"),
        entered=entered,
        faults=faults,
        held=held,
        sealed=sealed,
        path=path,
        counts=f"{path}/counts",
        sentences=(trust.name,),
    )


def tell_faults(entered: Entered, refused: UnacceptableImport) -> PlacedFaults:
    """Return the faults of a file with their places; those of fields are told with them."""
    placed = []
    for one in refused.faults:
        if one.place is None:
            entered.refuse(_OF_TERMS.get(one.pointer, ""), one.detail)
        else:
            placed.append((one.detail, one.place))
    if not placed:
        return NO_FAULTS
    entered.refuse("places", f"{refused} Each stands with its place below.")
    if all(place.sheet is None for _, place in placed):
        # The first cell names its row, on narrow screens without the heading.
        rows = [(f"Row {place.row}", *_tell_cell(one, place)) for one, place in placed]
        return PlacedFaults(FAULTS, rows)
    rows = [
        (place.sheet or NOTHING, str(place.row or NOTHING), *_tell_cell(one, place))
        for one, place in placed
    ]
    return PlacedFaults(("Sheet", *FAULTS), rows)


def _tell_cell(detail: str, place: Place) -> Sequence[str]:
    cell = (place.column, place.heading, place.value)
    return (*(one or NOTHING for one in cell), detail)
