"""What sets each invented trust apart, drawn once and kept for all its censuses."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from app.demonstration.cast import Cast
from app.demonstration.chance import Chance, Floats, Integers
from app.demonstration.mixes import (
    CELLS,
    ELSEWHERE,
    FLOOR,
    IS_LED,
    LOCAL_SHARES,
    PAIRS,
    SIZES,
    SLOPE,
    UNKNOWN,
    staff_mix,
)
from app.demonstration.values import CENSUS_YEARS, Notable
from app.domain.bands import ALLOWED_PAIRS, LEADERSHIP_BANDS, Band, StaffGroup

NINE: dict[tuple[StaffGroup, Band], int] = {
    (StaffGroup.NON_CLINICAL, Band.BAND_8A): 2,
    (StaffGroup.NON_CLINICAL, Band.BAND_8B): 1,
    (StaffGroup.NON_CLINICAL, Band.VSM): 2,
    (StaffGroup.CLINICAL, Band.BAND_8A): 3,
    (StaffGroup.CLINICAL, Band.BAND_8B): 1,
}
"""The nine leaders of the trust that has so few."""

_LED = (0.45, 0.75, 1.0, 1.25, 1.9)
"""Quantiles of how a trust appoints leaders: its odds against those of a typical trust."""

_LEADER_CELLS = [
    place for place, (_, band) in enumerate(ALLOWED_PAIRS) if band in LEADERSHIP_BANDS
]


@dataclass(frozen=True, slots=True)
class Traits:
    """The lasting traits of every trust; each array runs over the cast.

    Attributes:
        size: Workforce when first counted.
        seats: Board seats by kind, shape (trusts, kinds).
        odds: Odds of a BME appointment in the local labour market at the first census.
        drift: Relative change of these odds a year, against the nation's.
        led: How the odds differ where leaders are appointed.
        led_drift: Relative change of that a year.
        unknown: Share of appointments whose ethnicity stays unknown.
        leaving: Turnover as a multiple of the usual.
        mixes: Wanted staff mix by census year, shape (trusts, cells).
        nine: The trust with nine leaders.
    """

    size: Floats
    seats: Integers
    odds: Floats
    drift: Floats
    led: Floats
    led_drift: Floats
    unknown: Floats
    leaving: Floats
    mixes: dict[int, Floats]
    nine: int

    @classmethod
    def draw(cls, cast: Cast, chance: Chance) -> Self:
        """Return traits for a cast, the extraordinary ones in their places."""
        number = len(cast.trusts)
        local = _local_shares(cast, chance)
        drift = 0.03 - 0.12 * local + chance.between(-0.02, 0.02, number)
        drift[cast.notable[Notable.LOWEST_SHARE]] = -0.06
        led = chance.spaced(_LED, number)
        led_drift = chance.between(-0.05, 0.10, number)
        led[cast.notable[Notable.ABOVE_PARITY]] = 7.0
        led_drift[cast.notable[Notable.ABOVE_PARITY]] = 0.0
        unknown = chance.spaced(UNKNOWN, number)
        unknown[cast.notable[Notable.HIGH_UNKNOWN]] = 0.15
        return cls(
            size=_sizes(cast, chance),
            seats=_seats(number, chance),
            odds=local / (1.0 - local),
            drift=drift,
            led=led,
            led_drift=led_drift,
            unknown=unknown,
            leaving=chance.between(0.8, 1.2, number),
            mixes=_mixes(cast, chance),
            nine=cast.notable[Notable.NINE_LEADERS],
        )

    def odds_at(self, year: int, chance: Chance) -> Floats:
        """Return the odds of a BME appointment, shape (trusts, cells).

        They are relative: the national level of each part of the cells is still to be found.
        """
        since = year - CENSUS_YEARS[0]
        swing = chance.between(0.85, 1.15, self.odds.size)
        local = self.odds * (1.0 + self.drift * since) * swing
        led = self.led * (1.0 + self.led_drift * since)
        odds = local[:, np.newaxis] * SLOPE + FLOOR
        return np.where(IS_LED == 1, odds * led[:, np.newaxis], odds)


def _local_shares(cast: Cast, chance: Chance) -> Floats:
    shares = np.zeros(len(cast.trusts))
    regions = [trust.profile.region or "" for trust in cast.trusts]
    for region in sorted(set(regions)):
        places = [place for place, each in enumerate(regions) if each == region]
        shares[places] = chance.spaced(LOCAL_SHARES.get(region, ELSEWHERE), len(places))
    shares[cast.notable[Notable.LOWEST_SHARE]] = 0.035
    shares[cast.notable[Notable.HIGHEST_SHARE]] = 0.60
    shares[cast.notable[Notable.ABOVE_PARITY]] = 0.08
    return shares


def _sizes(cast: Cast, chance: Chance) -> Floats:
    sizes = np.zeros(len(cast.trusts))
    for kind, knots in SIZES.items():
        places = [place for place, each in enumerate(cast.trusts) if each.profile.type is kind]
        sizes[places] = chance.spaced(knots, len(places))
    # It is smaller trusts that merge; none of those that they form becomes the largest of all.
    for change in cast.changes:
        places = list(change.predecessors + change.successors)
        sizes[places] = np.maximum(sizes[places] / 2, 900.0)
    sizes[cast.notable[Notable.NINE_LEADERS]] = 930.0
    return sizes


def _seats(number: int, chance: Chance) -> Integers:
    """Return 12 to 18 seats a board; one may be vacant."""
    least, most = np.array([5.0, 6.0, 1.0, 0.0]), np.array([7.0, 9.0, 4.0, 1.4])
    seats: Integers = np.floor(least + (most - least) * chance.uniform(number, 4)).astype(np.int64)
    return seats


def _mixes(cast: Cast, chance: Chance) -> dict[int, Floats]:
    """Return each trust's mix by year: its type's, bent a little for good."""
    bent = chance.between(0.85, 1.15, len(cast.trusts), CELLS)
    bent[:, _LEADER_CELLS] = chance.between(0.8, 1.2, len(cast.trusts), 1)
    kinds = [trust.profile.type for trust in cast.trusts]
    mixes = {}
    for year in CENSUS_YEARS:
        by_type = {kind: staff_mix(kind, year) for kind in sorted(set(kinds))}
        parts = np.array([by_type[kind] for kind in kinds]) * bent
        # Summed as whole numbers, so that no machine's order of adding floats matters.
        millionths = np.floor(parts[:, :PAIRS] * 1_000_000).astype(np.int64)
        mixes[year] = parts / (millionths.sum(axis=1)[:, np.newaxis] / 1_000_000)
    return mixes
