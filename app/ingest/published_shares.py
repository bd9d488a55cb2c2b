"""BME shares of NHS trusts in England as national reports print them."""

from dataclasses import dataclass
from decimal import Decimal

from app.domain.measures import Measure
from app.ingest.reference_files import read_rows

MEASURES = {
    "bme_workforce": Measure.WORKFORCE,
    "bme_vsm": Measure.VSM,
    "bme_board": Measure.BOARD,
    "bme_band_8a_to_vsm": Measure.LEADERSHIP,
}
"""The measure that each name in the file stands for; other rows are not read."""

EXACT = Decimal("0.001")
"""How near to a share printed with a decimal a reconstruction has to come: 0.1 point."""

ROUNDED = Decimal("0.005")
"""How near to a share printed as a whole percentage: half a point."""

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """The BME share of a measure in all England at one census.

    Attributes:
        year: Census year.
        measure: Whose share.
        share: A proportion.
        tolerance: The difference of proportions within which a figure agrees with it.
    """

    year: int
    measure: Measure
    share: Decimal
    tolerance: Decimal


def read_published_shares() -> tuple[PublishedShare, ...]:
    """Return one share for each census and measure, the newest where several were printed.

    Headcounts are left out, because publications contradict each other.
    """
    rows = [row for row in read_rows("national_wres_published.csv") if row["measure"] in MEASURES]
    oldest_first = sorted(rows, key=lambda row: row["published"])
    newest = {(row["snapshot_31_march"], row["measure"]): row["value"] for row in oldest_first}
    return tuple(
        PublishedShare(
            year=int(year),
            measure=MEASURES[measure],
            share=Decimal(percentage) / _HUNDRED,
            tolerance=EXACT if "." in percentage else ROUNDED,
        )
        for (year, measure), percentage in sorted(newest.items())
    )
