"""A second implementation of docs/methods/1.md, section 5: one series at a time, in plain Python.

Walks and lines come from the oracle of the statistics, or from whoever fits them otherwise.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from statistics import NormalDist

from app.domain.codes import Outlook, PointsOutlook
from app.domain.counts import Count
from tests.unit.stats import oracle
from tests.unit.stats.oracle import Census, Pair, Walk

Counts = Mapping[int, Count]
"""Persons by census year; a missing census is left out."""

Fit = Callable[[Sequence[Census]], Walk]
Line = Callable[[Sequence[tuple[int, Fraction]]], tuple[Fraction | float, Fraction | float]]

HORIZON = 30
TEN_IN_HUNDRED = NormalDist().inv_cdf(0.1)
NINETY_IN_HUNDRED = NormalDist().inv_cdf(0.9)
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Points:
    """The gap on the scale of percentage points."""

    change: float
    outlook: PointsOutlook
    year: int | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one half of the method, everybody or known ethnicity only, says of parity.

    Attributes:
        census: The last in common that has somebody to compare with, if any has.
    """

    census: int
    outlook: Outlook
    year: int | None
    earliest: int | None
    latest: int | None
    censuses: int
    pair: Pair | None
    points: Points | None

    @property
    def is_close_call(self) -> bool:
        """Whether the last digit of a logarithm would decide a word or a year."""
        return _is_close(self.pair, self.points)


def known(counts: Counts) -> dict[int, Count]:
    """Return the people of known ethnicity."""
    return {year: Count(count.white, count.bme) for year, count in counts.items()}


def judge_both(
    measure: Counts,
    reference: Counts | Fraction,
    *,
    is_part: bool,
    fit: Fit = oracle.fit,
    line: Line = oracle.line,
) -> tuple[Outlook, Judgement, Judgement] | None:
    """Return the outlook, and what it is made of; None when no census is in common."""
    of_known = reference if isinstance(reference, Fraction) else known(reference)
    everybody = judge(measure, reference, is_part=is_part, fit=fit, line=line)
    known_only = judge(known(measure), of_known, is_part=is_part, fit=fit, line=line)
    if everybody is None or known_only is None:
        return None
    same = everybody.outlook in {Outlook.NO_PEOPLE, known_only.outlook}
    return everybody.outlook if same else Outlook.DEPENDS_ON_UNKNOWN, everybody, known_only


def judge(
    measure: Counts,
    reference: Counts | Fraction,
    *,
    is_part: bool,
    fit: Fit = oracle.fit,
    line: Line = oracle.line,
) -> Judgement | None:
    """Return parity without regard to unknown ethnicity; None when no census is in common."""
    fixed = reference if isinstance(reference, Fraction) else None
    groups = {} if isinstance(reference, Fraction) else reference
    common = sorted(year for year in measure if fixed is not None or year in groups)
    if not common:
        return None
    rests = {year: _rest(groups[year], measure[year], is_part=is_part) for year in groups
             if year in measure}  # fmt: skip
    opposed = [year for year in common if fixed is not None or rests[year][1]]
    fitted = [year for year in opposed if measure[year].total]
    last = (opposed or common)[-1]
    here = measure[last]
    there = groups[last].share if fixed is None else fixed
    pair = None
    points = None
    if len(fitted) >= 2:
        walk = fit([Census(year, measure[year].bme, measure[year].total) for year in fitted])
        pair = (
            oracle.compare_with_share(walk, fixed) if fixed is not None
            else oracle.compare(walk, fit([Census(year, *rests[year]) for year in fitted]))
        )  # fmt: skip
        points = _points(measure, groups if fixed is None else fixed, fitted, line)
    year, earliest, latest = _years(pair, last)
    return Judgement(
        census=last,
        outlook=_outlook(
            here=here, there=there, censuses=len(fitted), pair=pair, points=points, year=year
        ),
        year=year,
        earliest=earliest,
        latest=latest,
        censuses=len(fitted),
        pair=pair,
        points=points,
    )


def _rest(whole: Count, part: Count, *, is_part: bool) -> tuple[int, int]:
    if is_part:
        return whole.bme - part.bme, whole.total - part.total
    return whole.bme, whole.total


def score(pair: Pair, years: int) -> float:
    """Return Φ⁻¹(F(h))."""
    g = DAMPED[years]
    variance = g * g * pair.speed_variance + years * pair.step_variance
    return float((pair.speed * g - pair.barrier) / variance**0.5)


DAMPED = [oracle.damped(years) for years in range(HORIZON + 1)]


def _years(pair: Pair | None, last: int) -> tuple[int | None, int | None, int | None]:
    """Return the censuses of an even chance, of one in ten and of nine in ten."""
    if pair is None:
        return None, None, None
    scores = [score(pair, years) for years in range(1, HORIZON + 1)]

    def first(at_least: float) -> int | None:
        return next((last + h for h, s in enumerate(scores, start=1) if s >= at_least), None)

    return first(0), first(TEN_IN_HUNDRED), first(NINETY_IN_HUNDRED)


def _points(
    measure: Counts, reference: Counts | Fraction, fitted: Sequence[int], line: Line
) -> Points:
    def fit(groups: Counts) -> tuple[Fraction | float, Fraction | float]:
        return line([(year, Fraction(groups[year].bme, groups[year].total)) for year in fitted])

    slope, start = fit(measure)
    theirs: tuple[Fraction | float, Fraction | float] = (0, 0)
    theirs = (Fraction(0), reference) if isinstance(reference, Fraction) else fit(reference)
    change = float(theirs[0] - slope)
    if change >= 0.001:
        return Points(change, PointsOutlook.WIDENING, None)
    if change > -0.001:
        return Points(change, PointsOutlook.LEVEL, None)
    crossing = (theirs[1] - start) / (slope - theirs[0])
    census = max(ceil(crossing - TIE), fitted[-1] + 1)
    return Points(
        change, PointsOutlook.CLOSING, census if census <= fitted[-1] + HORIZON else None
    )


def _outlook(  # noqa: PLR0911 - one return a rule, in the order of the rules
    *,
    here: Count,
    there: Fraction | None,
    censuses: int,
    pair: Pair | None,
    points: Points | None,
    year: int | None,
) -> Outlook:
    if here.share is None:
        return Outlook.NO_PEOPLE
    if there is not None and here.share >= there:
        return Outlook.AT_OR_ABOVE_REFERENCE
    if censuses < 3 or pair is None or points is None:
        return Outlook.TOO_FEW_YEARS
    if here.total < 10:
        return Outlook.TOO_SMALL
    if pair.distance <= 0:
        return Outlook.WITHIN_ONE_PERSON
    is_closing = pair.speed >= 0
    against = PointsOutlook.WIDENING if is_closing else PointsOutlook.CLOSING
    if points.outlook is against:
        return Outlook.DEPENDS_ON_SCALE
    if year is not None:
        return Outlook.PROJECTED
    if is_closing:
        return Outlook.BEYOND_HORIZON
    is_open = oracle.chance_closing(pair) > 0.1
    return Outlook.NO_CLEAR_DIRECTION if is_open else Outlook.WIDENING


def _is_close(pair: Pair | None, points: Points | None) -> bool:
    if pair is None or points is None:
        return False
    scores = [score(pair, years) for years in range(1, HORIZON + 1)]
    edges = [
        pair.distance,
        pair.speed,
        abs(points.change) - 0.001,
        pair.speed / pair.speed_variance**0.5 - TEN_IN_HUNDRED,
        *scores,
        *(s - TEN_IN_HUNDRED for s in scores),
        *(s - NINETY_IN_HUNDRED for s in scores),
    ]
    return any(abs(edge) < TIE for edge in edges)
