"""The form for the counts of one census."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.dashboard.forms.counts import field_of
from app.dashboard.forms.entered import Entered
from app.dashboard.views.census import GROUP_TITLES
from app.dashboard.views.contents import trail_of
from app.domain.bands import ALLOWED_PAIRS, EthnicGroup, StaffGroup
from app.domain.definitions import BAND_TITLES
from app.domain.organisations import Organisation

ETHNIC_TITLES: Final = {
    EthnicGroup.WHITE: "White",
    EthnicGroup.BME: "BME",
    EthnicGroup.UNKNOWN: "Unknown",
}
"""What each ethnic group is called."""


@dataclass(frozen=True, slots=True)
class CountField:
    """A field for the people of a group.

    Attributes:
        name: Of the field.
        label: What it is for, to whoever does not see the table.
        faults: What is wrong with it.
    """

    name: str
    label: str
    value: str
    faults: Sequence[str]


@dataclass(frozen=True, slots=True)
class CountRow:
    """The fields of one band."""

    title: str
    fields: Sequence[CountField]


@dataclass(frozen=True, slots=True)
class CountGroup:
    """The fields of one staff group."""

    name: str
    title: str
    first: str
    rows: Sequence[CountRow]


@dataclass(frozen=True, slots=True)
class CountsPage:
    """The page with the form for the counts of one census.

    Attributes:
        is_held: Whether the counts of the census are held, so that a change takes a reason.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    entered: Entered
    groups: Sequence[CountGroup]
    is_held: bool
    path: str
    sentences: Sequence[str] = ()
    data: str | None = None


def tell_counts(trust: Organisation, entered: Entered, *, is_held: bool) -> CountsPage:
    """Return the page with the form for the counts of one census."""
    path = f"/trusts/{trust.ods_code}/actuals/send"
    return CountsPage(
        title="Correct the counts of a census" if is_held else "Enter the counts of a census",
        trail=(*trail_of(trust, "/actuals"), ("Send in actuals", path)),
        entered=entered,
        groups=[_group(group, entered) for group in StaffGroup],
        is_held=is_held,
        path=f"{path}/counts",
        sentences=(trust.name,),
    )


def _group(group: StaffGroup, entered: Entered) -> CountGroup:
    rows = []
    for pair in ALLOWED_PAIRS:
        if pair[0] is group:
            title = BAND_TITLES[pair[1]]
            fields = [
                CountField(
                    name=(name := field_of(*pair, ethnic)),
                    label=f"{GROUP_TITLES[group]}, {title}, {ETHNIC_TITLES[ethnic]}",
                    value=entered.raw(name),
                    faults=[one.sentence for one in entered.faults if one.field == name],
                )
                for ethnic in EthnicGroup
            ]
            rows.append(CountRow(title, fields))
    first = "Grade" if group is StaffGroup.MEDICAL else "Band"
    return CountGroup(group.value, GROUP_TITLES[group], first, rows)
