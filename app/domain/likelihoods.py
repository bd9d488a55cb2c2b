"""Relative likelihoods of indicators 2 to 4, and disparity between tiers of pay.

Indicators 2 and 4 are of something good, so theirs is white over BME; indicator 3 is of something
bad, so its is BME over white. Above 1 all are a disadvantage for BME staff.

Source:
    docs/methods/1.md, section 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from app.domain.actuals import Headcounts, sum_pairs
from app.domain.bands import AFC_BANDS, LEADERSHIP_BANDS, Band, StaffGroup
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.indicators import Pool, Pools
from app.domain.progress import Interval
from app.stats.likelihoods import Ratios, Tiers, disparity_ratios, relative_likelihoods

BME_OVER_WHITE: Final = frozenset({3})
"""Indicators of which the likelihood is BME over white; of the others it is white over BME."""

FOUR_FIFTHS: Final = (Fraction(4, 5), Fraction(5, 4))
"""A ratio within these is within four fifths: a convention, not a test."""

LOWER: Final = frozenset(AFC_BANDS[: AFC_BANDS.index(Band.BAND_6)])
MIDDLE: Final = frozenset({Band.BAND_6, Band.BAND_7})
UPPER: Final = LEADERSHIP_BANDS
"""The tiers between which disparity is told: a convention."""

TIERED: Final = (StaffGroup.NON_CLINICAL, StaffGroup.CLINICAL)
"""Staff groups that have these bands, each told apart."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio, which never goes without its interval.

    Attributes:
        adjusted: Whether a half was added to the counts, because there was a zero.
    """

    ratio: float
    interval_95: Interval
    adjusted: bool


@dataclass(frozen=True, slots=True)
class Likelihood(Ratio):
    """A relative likelihood.

    Attributes:
        within_four_fifths: Whether it lies from 0.8 to 1.25, exactly.
    """

    within_four_fifths: bool


@dataclass(frozen=True, slots=True)
class Step:
    """How much likelier white than BME staff are found in the upper of two tiers.

    Attributes:
        ratio: None where a tier or an ethnic group has nobody.
    """

    ratio: Ratio | None

    @property
    def reason(self) -> Reason | None:
        """Why there is no ratio."""
        return Reason.NO_PEOPLE if self.ratio is None else None


@dataclass(frozen=True, slots=True)
class Disparity:
    """The disparity of one staff group.

    Attributes:
        lower: Persons in bands up to 5.
        middle: Those in bands 6 and 7.
        upper: Those in bands 8a and over, and VSM.
    """

    lower: Count
    middle: Count
    upper: Count
    lower_to_middle: Step
    middle_to_upper: Step
    lower_to_upper: Step


def orient(indicator: int, pools: Pools) -> tuple[Pool, Pool]:
    """Return the pools of an indicator, first the one above the line of its ratio."""
    if indicator in BME_OVER_WHITE:
        return pools.bme, pools.white
    return pools.white, pools.bme


def name_direction(indicator: int) -> str:
    """Return what an indicator's ratio is of."""
    return "BME over white" if indicator in BME_OVER_WHITE else "white over BME"


def find_exact_likelihood(indicator: int, pools: Pools) -> Fraction | Reason:
    """Return the relative likelihood of an indicator as a fraction, or why there is none.

    It is what `relative_likelihoods` computes, halves included, for comparisons with limits that
    a float could miss.
    """
    one, other = orient(indicator, pools)
    if not (one.pool and other.pool):
        return Reason.NO_PEOPLE
    if not (one.events or other.events):
        return Reason.NO_EVENTS
    added = 0 if one.events and other.events else 1
    return Fraction(
        (2 * one.events + added) * (2 * other.pool + added),
        (2 * one.pool + added) * (2 * other.events + added),
    )


def compare_pools(pools: Sequence[tuple[int, Pools]]) -> list[Likelihood | Reason]:
    """Return the relative likelihood of each of some pools, or why there is none.

    Args:
        pools: Each with the number of the indicator that they are of.
    """
    pairs = [orient(indicator, one) for indicator, one in pools]
    found = relative_likelihoods(
        [one.events for one, _ in pairs],
        [one.pool for one, _ in pairs],
        [other.events for _, other in pairs],
        [other.pool for _, other in pairs],
    )
    likelihoods: list[Likelihood | Reason] = []
    for index, (indicator, one) in enumerate(pools):
        exact = find_exact_likelihood(indicator, one)
        if isinstance(exact, Reason):
            likelihoods.append(exact)
            continue
        least, most = FOUR_FIFTHS
        ratio = _ratio(found, index)
        likelihoods.append(
            Likelihood(ratio.ratio, ratio.interval_95, ratio.adjusted, least <= exact <= most)
        )
    return likelihoods


def compare_tiers(headcounts: Sequence[Headcounts]) -> list[dict[StaffGroup, Disparity]]:
    """Return the disparity of each staff group in each of some workforces."""
    people = [_tiers(one, group) for one in headcounts for group in TIERED]
    steps = disparity_ratios(
        Tiers(*np.array([[tier.white for tier in one] for one in people]).T),
        Tiers(*np.array([[tier.bme for tier in one] for one in people]).T),
    )
    found = [
        Disparity(*one, *(_step(of_step, index) for of_step in steps))
        for index, one in enumerate(people)
    ]
    return [
        dict(zip(TIERED, found[at : at + len(TIERED)], strict=True))
        for at in range(0, len(found), len(TIERED))
    ]


def _tiers(headcounts: Headcounts, group: StaffGroup) -> tuple[Count, Count, Count]:
    """Return the people of a staff group by tier."""
    lower, middle, upper = (
        sum_pairs(headcounts, ((group, band) for band in bands))
        for bands in (LOWER, MIDDLE, UPPER)
    )
    return lower, middle, upper


def _step(ratios: Ratios, index: int) -> Step:
    return Step(None if np.isnan(ratios.ratio[index]) else _ratio(ratios, index))


def _ratio(ratios: Ratios, index: int) -> Ratio:
    limits = ratios.interval
    return Ratio(
        ratio=float(ratios.ratio[index]),
        interval_95=Interval(float(limits.lower[index]), float(limits.upper[index])),
        adjusted=bool(ratios.adjusted[index]),
    )
