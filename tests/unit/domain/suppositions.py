"""What may be supposed of a team, generated."""

from fractions import Fraction

from hypothesis import strategies as st

from app.domain.counts import Count
from app.domain.expected_teams import Scenario
from tests.unit.domain.given import people


def _thousandths(number: int) -> Fraction:
    return Fraction(number, 1000)


years = st.integers(1, 12)

shares = st.fractions(0, 1, max_denominator=10_000)

turnovers = st.integers(1, 999).map(_thousandths)


def growths(turnover: Fraction) -> st.SearchStrategy[Fraction]:
    """Return growths under which a team with a turnover still appoints somebody."""
    return st.integers(1 - int(1000 * turnover), 500).map(_thousandths)


@st.composite
def _counts(draw: st.DrawFn) -> Count:
    total = draw(st.integers(1, 5000))
    return people(draw(st.integers(0, total)), total)


counts = _counts()


@st.composite
def _scenarios(draw: st.DrawFn) -> Scenario:
    turnover = draw(turnovers)
    return Scenario(turnover, draw(shares), draw(growths(turnover)))


scenarios = _scenarios()
