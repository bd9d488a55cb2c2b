"""Trends, forecasts and parity of many series in one pass.

A series is one measure of one trust (or area) over the censuses, next to the group that it
is compared with. Everything here is arrays, so that England is one call; `Analysis` is then
read series by series.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.codes import Outlook
from app.domain.groups import Bools, Group, Panel, ReferenceType
from app.domain.methods import Method, Thresholds
from app.domain.outlooks import (
    DEPENDS_ON_UNKNOWN,
    NO_PEOPLE,
    OUTLOOKS,
    POINTS_CLOSING,
    POINTS_LEVEL,
    POINTS_WIDENING,
    Told,
)
from app.stats.closing import Closings, first_horizons
from app.stats.lines import Lines, fit_lines
from app.stats.normal import Floats
from app.stats.walk import Forecast, Walks


@dataclass(frozen=True, slots=True)
class Comparison:
    """Parity of each series; arrays of shape (S,) unless said otherwise.

    Attributes:
        last: Index of the last census held in common; −1 when there is none.
        censuses: Number of censuses in common with people in both groups.
        closings: The walks against each other.
        scores: Φ⁻¹(F(h)) for h = 1 … the method's horizon H, shape (S, H).
        closing: Probability that the gap is closing; NaN when too few censuses.
        share: The measure's share at the last common census.
        reference_share: The reference's.
        is_reached: Whether the share has reached its reference, exactly.
        points_change: Change of the gap a year, as a share.
        points_outlook: Index into `POINTS_OUTLOOKS`; −1 when it cannot be told.
        points_year: First census at or after the lines cross; NaN when there is none.
        outlook: Index into `OUTLOOKS`, before people of unknown ethnicity are considered.
        year: Census year of an even chance of parity; NaN when there is none.
        earliest: Census year of a chance of one in ten; NaN likewise.
        latest: Census year of a chance of nine in ten; NaN likewise.
    """

    last: NDArray[np.int64]
    censuses: Floats
    closings: Closings
    scores: Floats
    closing: Floats
    share: Floats
    reference_share: Floats
    is_reached: Bools
    points_change: Floats
    points_outlook: NDArray[np.int64]
    points_year: Floats
    outlook: NDArray[np.int64]
    year: Floats
    earliest: Floats
    latest: Floats


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of each series.

    Attributes:
        method: What it was analysed with.
        panel: What was analysed.
        walks: The measure's walk, over all its censuses.
        lines: Least-squares lines through the measure's shares.
        everybody: Parity with everybody counted.
        known: Parity among people of known ethnicity.
    """

    method: Method
    panel: Panel
    walks: Walks
    lines: Lines
    everybody: Comparison
    known: Comparison

    def forecast(self, horizons: NDArray[np.int64]) -> Forecast:
        """Forecast every series by years ahead of its last census, shape (H,) or (S, H)."""
        return self.method.forecast(self.walks, horizons)

    def outlook(self, index: int) -> Outlook:
        """Return the outlook of one series, people of unknown ethnicity considered."""
        word = OUTLOOKS[self.everybody.outlook[index]]
        if word is Outlook.NO_PEOPLE or word is OUTLOOKS[self.known.outlook[index]]:
            return word
        return Outlook.DEPENDS_ON_UNKNOWN

    def list_outlooks(self) -> list[Outlook]:
        """Return the outlook of every series, likewise."""
        words = self.everybody.outlook
        holds = (words == NO_PEOPLE) | (words == self.known.outlook)
        return [OUTLOOKS[at] for at in np.where(holds, words, DEPENDS_ON_UNKNOWN).tolist()]


def analyse(panel: Panel, method: Method) -> Analysis:
    """Fit and compare all series of a panel with a method.

    Source:
        docs/methods/1.md, sections 3 to 5.
    """
    pairs = _pair(_doubled(panel))
    # In one call, for a trust alone as costly as any of them: a series has the same digits in it.
    walks, *of_pairs = _fit(method, panel.years, [panel.measure, pairs.measure, pairs.rest])
    lines, *through_pairs = _draw(panel.years, [panel.measure.share, *pairs.shares()])
    comparison = _compare(pairs, of_pairs, through_pairs, method)
    everybody, known = _halves(comparison, len(panel.types))
    return Analysis(method, panel, walks, lines, everybody, known)


def _doubled(panel: Panel) -> Panel:
    """Return the panel followed by itself for known ethnicity, to fit both in one call."""
    return Panel(
        years=panel.years,
        measure=panel.measure.stack(panel.measure.of_known_ethnicity()),
        reference=panel.reference.stack(panel.reference.of_known_ethnicity()),
        types=panel.types * 2,
        fixed_bme=np.tile(panel.fixed_bme, 2),
        fixed_total=np.tile(panel.fixed_total, 2),
    )


def _halves(both: Comparison, number: int) -> tuple[Comparison, Comparison]:
    """Split a comparison of a doubled panel."""

    def part(of: slice) -> Comparison:
        fields = {
            name: getattr(both, name)[of] for name in Comparison.__slots__ if name != "closings"
        }
        closings = Closings(*(getattr(both.closings, name)[of] for name in Closings.__slots__))
        return Comparison(closings=closings, **fields)

    return part(slice(None, number)), part(slice(number, None))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Each series beside what it is compared with.

    Attributes:
        is_share: Whether that is a fixed share.
        last: Index of the last census held in common; −1 when there is none.
        in_fit: The censuses with people in both.
        measure: The people of the measure at those.
        rest: The others at those.
    """

    panel: Panel
    is_share: Bools
    last: NDArray[np.int64]
    in_fit: Bools
    measure: Group
    rest: Group

    def shares(self) -> tuple[Floats, Floats]:
        """Return the shares of the measure and of the whole reference, where they are fitted."""
        sides = (self.panel.measure, self.panel.reference)
        measure, reference = (np.where(self.in_fit, one.share, np.nan) for one in sides)
        return measure, reference


def _pair(panel: Panel) -> _Pairs:
    """Put each series beside its reference."""
    is_share = panel.are(ReferenceType.SHARE)
    rest = panel.reference.without(panel.measure, panel.are(ReferenceType.CONTAINS))
    held = np.isfinite(panel.measure.total) & (
        np.isfinite(panel.reference.total) | is_share[:, None]
    )
    held &= ~panel.are(ReferenceType.NONE)[:, None]
    # A census where nobody is left to compare with is left out, unless there is no other.
    has_rest = (rest.total > 0) | is_share[:, None]
    compared = held & has_rest
    in_fit = compared & (panel.measure.total > 0)
    compared |= held & ~compared.any(axis=1, keepdims=True)
    last = np.where(compared, np.arange(held.shape[1]), -1).max(axis=1, initial=-1)
    return _Pairs(panel, is_share, last, in_fit, panel.measure.where(in_fit), rest.where(in_fit))


def _fit(method: Method, years: NDArray[np.int64], groups: Sequence[Group]) -> list[Walks]:
    """Return the walks of groups, each of one or more series."""
    walks = method.fit(
        years, np.vstack([one.bme for one in groups]), np.vstack([one.total for one in groups])
    )
    return [
        Walks(*(getattr(walks, name)[of] for name in Walks.__slots__))
        for of in _places([one.total for one in groups])
    ]


def _draw(years: NDArray[np.int64], shares: Sequence[Floats]) -> list[Lines]:
    """Return the lines through shares, each of one or more series."""
    lines = fit_lines(years, np.vstack(shares))
    return [Lines(lines.slope[of], lines.at_last[of]) for of in _places(shares)]


def _places(parts: Sequence[Floats]) -> Iterator[slice]:
    """Yield where each of some parts lies among the rows of all of them."""
    end = 0
    for part in parts:
        start, end = end, end + len(part)
        yield slice(start, end)


def _compare(
    pairs: _Pairs, walks_of: Sequence[Walks], lines_of: Sequence[Lines], method: Method
) -> Comparison:
    """Compare each series with its reference, by their walks and the lines through them."""
    limits, panel, is_share = method.thresholds, pairs.panel, pairs.is_share
    walks, others = walks_of
    share = np.where(is_share, panel.fixed_bme / panel.fixed_total, 0.5)
    # A reference of nobody, or of everybody, has no log-odds; no answer is read for it.
    fixed = np.where((share > 0) & (share < 1), share, 0.5)
    closings = method.compare(walks, others)
    if is_share.any():
        with_share = method.compare_with_share(walks, fixed, _people(panel, walks.size))
        closings = _choose(is_share, with_share, closings)
    at_last = _latest(panel, np.maximum(pairs.last, 0), is_share)
    scores = method.scores(closings, np.arange(1, limits.horizon + 1))
    closing = closings.probability_closing()
    points = _points(pairs, lines_of, fixed, limits)
    chances = (limits.parity_from, limits.earliest_from, limits.latest_from)
    years = [_years(panel, pairs.last, scores, chance) for chance in chances]
    enough = walks.censuses >= limits.min_censuses
    told = Told(
        at_last.total, at_last.is_reached, enough, closings.distance, closing, points[1], years[0]
    )
    return Comparison(
        pairs.last, walks.censuses, closings, scores, np.where(enough, closing, np.nan),
        at_last.share, at_last.reference_share, at_last.is_reached, *points,
        told.words(limits), *years,
    )  # fmt: skip


def _people(panel: Panel, size: Floats) -> Floats:
    """Return the whole persons that reach a fixed share, exactly; 1 where there is none."""
    people = np.nan_to_num(size, nan=1.0)
    is_given = (panel.fixed_bme > 0) & (panel.fixed_bme < panel.fixed_total)
    whole = np.where(is_given, panel.fixed_total, 1.0)
    # Whole numbers far below 2⁵³, so the division is exact where it matters.
    needed = -np.floor_divide(-np.where(is_given, panel.fixed_bme, 1.0) * people, whole)
    return np.asarray(np.clip(needed, 1.0, people))


def _choose(mask: Bools, first: Closings, second: Closings) -> Closings:
    """Return `first` where the mask holds, else `second`."""
    return Closings(
        *(
            np.where(mask, getattr(first, name), getattr(second, name))
            for name in Closings.__slots__
        )
    )


@dataclass(frozen=True, slots=True)
class _Latest:
    """The last common census of each series."""

    total: Floats
    share: Floats
    reference_share: Floats
    is_reached: Bools


def _latest(panel: Panel, last: NDArray[np.int64], is_share: Bools) -> _Latest:
    """Return shares at the last common census; whether parity is reached is exact."""
    rows = np.arange(len(panel.types))
    x, n = panel.measure.bme[rows, last], panel.measure.total[rows, last]
    big_x = np.where(is_share, panel.fixed_bme, panel.reference.bme[rows, last])
    big_n = np.where(is_share, panel.fixed_total, panel.reference.total[rows, last])
    return _Latest(
        total=n,
        share=x / np.where(n > 0, n, np.nan),
        reference_share=big_x / np.where(big_n > 0, big_n, np.nan),
        # Products of whole numbers far below 2⁵³, so the comparison is exact.
        is_reached=(n > 0) & (big_n > 0) & (x * big_n >= big_x * n),
    )


def _points(
    pairs: _Pairs, lines_of: Sequence[Lines], fixed: Floats, limits: Thresholds
) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Return the change of the gap a year, its word, and the census at which lines cross."""
    years, is_share = pairs.panel.years, pairs.is_share
    measure, group = lines_of
    change = np.where(is_share, 0.0, group.slope) - measure.slope
    gap = np.where(is_share, fixed, group.at_last) - measure.at_last
    word = np.select(
        [~np.isfinite(change), change <= -limits.points_level, change < limits.points_level],
        [-1, POINTS_CLOSING, POINTS_LEVEL],
        POINTS_WIDENING,
    )
    last_fit = np.where(pairs.in_fit, years, 0).max(axis=1, initial=0)
    is_closing = word == POINTS_CLOSING
    crossing = years[-1] + gap / np.where(is_closing, -change, np.nan)
    # A crossing on a census may be missed by a hair's rounding; forgive a billionth of a year.
    census = np.maximum(np.ceil(crossing - 1e-9), last_fit + 1)
    return change, word, np.where(census <= last_fit + limits.horizon, census, np.nan)


def _years(panel: Panel, last: NDArray[np.int64], scores: Floats, probability: float) -> Floats:
    """Return the first census year at which each series reaches a probability of parity."""
    return np.asarray(panel.years[np.maximum(last, 0)] + first_horizons(scores, probability))
