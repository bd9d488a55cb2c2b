"""A second implementation of the back-test: one series and one census at a time.

Source:
    docs/methods/1.md, section 9.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from app.domain.backtest import Coverage, Covered, Findings, Score
from app.domain.counts import Count
from tests.unit.domain import scalar
from tests.unit.stats import oracle
from tests.unit.stats.oracle import Census, Walk

Counts = Mapping[int, Count]

CLASSES = ((1, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 499), (500, 999), (1000, None))

Told = tuple[float, bool] | None
"""A probability and what came; None where none is told."""


@dataclass(frozen=True, slots=True)
class Series:
    """A measure and what it is held against, by census year.

    Attributes:
        reference: None for a measure without one.
        is_part: Whether the measure's people belong to the reference.
    """

    measure: Counts
    reference: Counts | None
    is_part: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """One census, forecast from those before.

    Attributes:
        covered: By the 80 % and 95 % bands in shares, in smoothed shares and in people.
    """

    ahead: int
    size: int
    covered: tuple[bool, ...]
    goal: Told
    parity: Told


def back_test(several: Iterable[Series]) -> Findings:
    """Return what is found out on several series."""
    trials = [trial for series in several for number in (1, 2, 3)
              for trial in _hold_out(series, number)]  # fmt: skip
    years = sorted({trial.ahead for trial in trials})
    return Findings(
        coverage=tuple(
            _cover(ahead, (1, None), [one for one in trials if one.ahead == ahead])
            for ahead in years
        ),
        coverage_by_team_size=tuple(
            _cover(ahead, ends, of_class)
            for ahead in years
            for ends in CLASSES
            if (of_class := [
                one for one in trials
                if one.ahead == ahead and ends[0] <= one.size <= (ends[1] or one.size)
            ])
        ),
        goal=tuple(_score((one.ahead, one.goal) for one in trials)),
        parity=tuple(_score((one.ahead, one.parity) for one in trials)),
    )  # fmt: skip


def _hold_out(series: Series, number: int) -> Iterator[Trial]:
    held = sorted(year for year, count in series.measure.items() if count.total)
    seen, out = held[:-number], held[-number:]
    if len(seen) < 3:
        return
    counts = [series.measure[year] for year in seen]
    walk = oracle.fit([Census(year, c.bme, c.total) for year, c in zip(seen, counts, strict=True)])
    for year in out:
        ahead, size, came = year - seen[-1], counts[-1].total, series.measure[year]
        bands = [oracle.band(walk, ahead, confidence) for confidence in (0.8, 0.95)]
        in_shares = [low <= came.bme / came.total <= high for low, high in bands]
        smoothed = (came.bme + 0.5) / (came.total + 1)
        in_smoothed = [low <= smoothed <= high for low, high in bands]
        in_people = [floor(low * came.total) <= came.bme <= ceil(high * came.total)
                     for low, high in bands]  # fmt: skip
        is_told = size >= 10 and series.reference is not None
        yield Trial(
            ahead,
            size,
            (*in_shares, *in_smoothed, *in_people),
            _goal(series, seen, year, walk) if is_told else None,
            _parity(series, seen, year) if is_told else None,
        )


def _goal(series: Series, seen: list[int], year: int, walk: Walk) -> Told:
    base = (series.reference or {}).get(2018)
    if 2018 not in seen or base is None or base.share is None:
        return None
    start = series.measure[2018].share or Fraction(0)
    due = start + max(base.share - start, Fraction(0)) * Fraction(min(year, 2028) - 2018, 10)
    size, came = round(walk.size), series.measure[year].share
    chance = oracle.chance_of_count(walk, year - seen[-1], ceil(due * size), size)
    return chance, came is not None and came >= due


def _parity(series: Series, seen: list[int], year: int) -> Told:
    reference = series.reference or {}
    there = reference[year].share if year in reference else None
    judged = scalar.judge(
        {y: series.measure[y] for y in seen},
        {y: reference[y] for y in seen if y in reference},
        is_part=series.is_part,
    )
    if there is None or judged is None or judged.pair is None or judged.censuses < 3:
        return None
    came = series.measure[year].share
    chance = oracle.chance_of_parity(judged.pair, year - judged.census)
    return chance, came is not None and came >= there


def _cover(ahead: int, ends: tuple[int, int | None], trials: list[Trial]) -> Coverage:
    shares = [sum(one.covered[at] for one in trials) / len(trials) for at in range(6)]
    covered = [Covered(*shares[at : at + 2]) for at in (0, 2, 4)]
    return Coverage(ahead, *ends, len(trials), *covered)


def _score(told: Iterable[tuple[int, Told]]) -> Iterator[Score]:
    by_year: dict[int, list[tuple[float, bool]]] = {}
    for ahead, one in told:
        if one is not None:
            by_year.setdefault(ahead, []).append(one)
    for ahead, several in sorted(by_year.items()):
        number = len(several)
        rate = sum(came for _, came in several) / number
        yield Score(
            ahead,
            number,
            sum(said for said, _ in several) / number,
            rate,
            sum((said - came) ** 2 for said, came in several) / number,
            sum((rate - came) ** 2 for _, came in several) / number,
        )
