"""The national return's own layout: the rows and the words of the WRES template, indicator 1.

Source:
    NHS England, WRES reporting template: 1a non-clinical, 1b clinical workforce, of which medical
    and dental. Its row "of which Senior medical manager" is part of the consultants and is never
    added to a total, so it is not among the rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.actuals import Headcounts
from app.domain.bands import AFC_BANDS, ALLOWED_PAIRS, Band, StaffGroup
from app.domain.counts import Count

SECTIONS: Final[Mapping[StaffGroup, str]] = {
    StaffGroup.NON_CLINICAL: "1a) Non Clinical workforce",
    StaffGroup.CLINICAL: "1b) Clinical workforce, of which Non Medical",
    StaffGroup.MEDICAL: "1b) Clinical workforce, of which Medical & Dental",
}
"""What the template calls the staff groups."""

BANDS: Final[Mapping[Band, str]] = {
    Band.UNDER_1: "Under Band 1",
    **{band: f"Band {band}" for band in AFC_BANDS if band not in {Band.UNDER_1, Band.VSM}},
    Band.VSM: "VSM",
    Band.CONSULTANT: "Consultants",
    Band.CAREER_GRADE: "Non-consultant career grade",
    Band.TRAINEE: "Trainee grades",
    Band.OTHER: "Other",
}
"""What the template calls the bands and grades."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the template: the persons of one staff group and band."""

    section: str
    band: str
    count: Count


def lay_out(headcounts: Headcounts) -> Iterator[Line]:
    """Yield every row of the template for a trust's headcounts, those without people too."""
    for group, band in ALLOWED_PAIRS:
        yield Line(SECTIONS[group], BANDS[band], headcounts.get((group, band), Count()))
