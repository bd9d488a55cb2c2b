"""Generated series, and the worked example of docs/methods/1.md, section 8."""

from dataclasses import dataclass

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from app.stats.normal import Floats
from app.stats.walk import Constants
from tests.unit.stats.oracle import Census

GENERATED = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
"""How many inputs are generated; a busy machine is no failure."""

CONSTANTS = Constants(
    turnover=0.12, process_sd=0.05, drift_prior_sd=0.15, damping=0.95, dispersion_from=6
)
"""The constants of method 1."""

Counts = tuple[int, int] | None
"""BME people and all people at a census; None where it is missing."""

YEARS = range(2019, 2025)
LEADERS: tuple[Counts, ...] = ((31, 402), (34, 410), (38, 418), (47, 431), (57, 440), (69, 452))
WORKFORCE: tuple[Counts, ...] = (
    (912, 5210),
    (960, 5300),
    (1022, 5395),
    (1110, 5480),
    (1225, 5602),
    (1340, 5731),
)
REST: tuple[Counts, ...] = (
    (881, 4808),
    (926, 4890),
    (984, 4977),
    (1063, 5049),
    (1168, 5162),
    (1271, 5279),
)


@dataclass(frozen=True, slots=True)
class Panel:
    """Several series over the same census years."""

    years: tuple[int, ...]
    rows: tuple[tuple[Counts, ...], ...]

    @property
    def bme(self) -> Floats:
        """BME people, of shape (series, years)."""
        return self._column(0)

    @property
    def total(self) -> Floats:
        """All people, of shape (series, years)."""
        return self._column(1)

    def _column(self, index: int) -> Floats:
        cells = [[np.nan if c is None else c[index] for c in row] for row in self.rows]
        return np.array(cells, dtype=np.float64)

    def censuses(self, row: int) -> list[Census]:
        """Return one series without its missing censuses."""
        pairs = zip(self.years, self.rows[row], strict=True)
        return [Census(year, *counts) for year, counts in pairs if counts is not None]

    def take(self, *rows: int) -> "Panel":
        """Return some of the series, in the order asked for."""
        return Panel(self.years, tuple(self.rows[row] for row in rows))


def worked(*rows: tuple[Counts, ...]) -> Panel:
    """Return series of the worked example."""
    return Panel(tuple(YEARS), rows)


def counts(smallest: int = 0, largest: int = 20_000) -> st.SearchStrategy[tuple[int, int]]:
    """Return BME people and all people, mostly of small groups."""
    sizes = st.integers(smallest, 40) | st.integers(smallest, largest)
    return sizes.flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@st.composite
def panels(draw: st.DrawFn, *, fewest_censuses: int = 0, most_series: int = 4) -> Panel:
    """Draw series, some with censuses missing or without people.

    The first `fewest_censuses` years are always held, with people.
    """
    years = draw(
        st.lists(
            st.integers(2010, 2030), min_size=max(1, fewest_censuses), max_size=12, unique=True
        )
    )
    sure = counts(smallest=1)
    other = st.none() | counts()
    row = st.tuples(*[sure if i < fewest_censuses else other for i in range(len(years))])
    return Panel(
        tuple(sorted(years)), tuple(draw(st.lists(row, min_size=1, max_size=most_series)))
    )
