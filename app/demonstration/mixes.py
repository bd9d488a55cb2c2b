"""What trusts are like: sizes, staff mixes, turnover and labour markets, all invented.

The figures are round numbers chosen to look like the service that they stand for. Arrays run
over `CELLS`: first the pairs of staff group and band, then the kinds of board seat.
"""

from enum import IntEnum

import numpy as np

from app.demonstration.chance import Floats, Integers
from app.domain.bands import AFC_BANDS, ALLOWED_PAIRS, LEADERSHIP_BANDS, Band, StaffGroup
from app.domain.organisations import TrustType

SEATS = ((True, True), (True, False), (False, True), (False, False))
"""Kinds of board seat as (voting, executive)."""

PAIRS = len(ALLOWED_PAIRS)
"""Cells that hold staff; the rest hold board members."""

CELLS = PAIRS + len(SEATS)
"""All cells of a trust."""


class Part(IntEnum):
    """A part of the cells whose national BME share is steered by itself, in that order."""

    VSM = 0
    LEADERS = 1
    CONSULTANTS = 2
    BAND_5 = 3
    OTHERS = 4
    BOARD = 5


def _part(band: Band) -> Part:
    if band in LEADERSHIP_BANDS:
        return Part.VSM if band is Band.VSM else Part.LEADERS
    match band:
        case Band.CONSULTANT:
            return Part.CONSULTANTS
        case Band.BAND_5:
            return Part.BAND_5
        case _:
            return Part.OTHERS


PART_OF: Integers = np.array(
    [_part(band) for _, band in ALLOWED_PAIRS] + [Part.BOARD] * len(SEATS), dtype=np.int64
)
"""The part of each cell."""

LADDER = tuple(
    (start + step, start + step - 1)
    for start in (0, len(AFC_BANDS))
    for step in range(len(AFC_BANDS) - 1, AFC_BANDS.index(Band.BAND_2), -1)
)
"""Cells that people are promoted to, highest first, each with the cell that they come from."""

SIZES: dict[TrustType, tuple[float, ...]] = {
    TrustType.ACUTE: (2600, 4500, 6300, 8700, 19000),
    TrustType.AMBULANCE: (2300, 2900, 3400, 4200, 5600),
    TrustType.COMMUNITY: (1100, 1700, 2600, 3600, 5600),
    TrustType.MENTAL_HEALTH: (1500, 2700, 3500, 4600, 7200),
    TrustType.SPECIALIST: (900, 1400, 2100, 3000, 4600),
    TrustType.ONLINE: (900, 900),
}
"""Quantiles of the workforce at the first census, by type."""

GROWTH: dict[int, float] = {
    2017: 0.012, 2018: 0.014, 2019: 0.022, 2020: 0.032, 2021: 0.034,
    2022: 0.024, 2023: 0.032, 2024: 0.042, 2025: 0.022,
}  # fmt: skip
"""Growth of a typical trust since the census before."""

LOCAL_SHARES: dict[str, tuple[float, ...]] = {
    "Y56": (0.28, 0.36, 0.42, 0.47, 0.55),
    "Y58": (0.042, 0.055, 0.07, 0.09, 0.13),
    "Y59": (0.08, 0.12, 0.15, 0.19, 0.28),
    "Y60": (0.05, 0.09, 0.13, 0.21, 0.35),
    "Y61": (0.09, 0.13, 0.17, 0.21, 0.28),
    "Y62": (0.045, 0.07, 0.10, 0.14, 0.24),
    "Y63": (0.035, 0.05, 0.07, 0.11, 0.22),
}
"""Quantiles of the BME share of a trust's labour market at the first census, by region."""

ELSEWHERE = (0.10, 0.20)
"""The same for a trust of no region."""

UNKNOWN = (0.018, 0.028, 0.037, 0.047, 0.06)
"""Quantiles of the share of unknown ethnicity."""

_GROUPS: dict[TrustType, tuple[int, int, int]] = {
    TrustType.ACUTE: (320, 560, 120),
    TrustType.AMBULANCE: (300, 699, 1),
    TrustType.COMMUNITY: (295, 690, 15),
    TrustType.MENTAL_HEALTH: (300, 645, 55),
    TrustType.SPECIALIST: (350, 510, 140),
    TrustType.ONLINE: (500, 400, 100),
}
"""Non-clinical, clinical and medical staff of every thousand."""

_AFC: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {
    2016: (
        (5, 95, 352, 180, 120, 75, 55, 44, 31, 17, 11, 6, 3, 6),
        (1, 4, 152, 105, 60, 300, 221, 110, 31, 8, 4, 2, 1, 1),
    ),
    2025: (
        (8, 15, 364, 170, 130, 86, 68, 60, 43, 24, 15, 8, 4, 5),
        (2, 0, 116, 125, 70, 270, 236, 121, 41, 11, 4, 2, 1, 1),
    ),
}
"""Non-clinical and clinical staff of every thousand by band, at the first and last census."""

_MEDICAL: dict[TrustType, tuple[int, ...]] = {
    TrustType.ACUTE: (420, 90, 450, 40),
    TrustType.AMBULANCE: (1000, 0, 0, 0),
    TrustType.COMMUNITY: (300, 650, 0, 50),
    TrustType.MENTAL_HEALTH: (450, 200, 330, 20),
    TrustType.SPECIALIST: (480, 80, 420, 20),
    TrustType.ONLINE: (500, 500, 0, 0),
}
"""Medical staff of every thousand by grade."""

_LEAVING = 0.12
_LEAVING_BY_BAND = {
    Band.BAND_5: 0.13,
    Band.VSM: 0.15,
    Band.CONSULTANT: 0.07,
    Band.TRAINEE: 0.25,
    Band.OTHER: 0.25,
}
"""Share of people who leave between two censuses, where it is not the usual one."""

LEAVING: Floats = np.array(
    [_LEAVING_BY_BAND.get(band, _LEAVING) for _, band in ALLOWED_PAIRS] + [0.18] * len(SEATS)
)
"""Share of people who leave between two censuses, by cell."""

_SLOPES = {
    StaffGroup.NON_CLINICAL: (
        0.9, 1.5, 1.0, 0.75, 0.7, 0.8, 0.85, 0.75, 0.62, 0.52, 0.42, 0.37, 0.33, 0.36
    ),
    StaffGroup.CLINICAL: (
        1.0, 1.4, 1.4, 0.95, 0.8, 1.75, 1.0, 0.68, 0.52, 0.46, 0.40, 0.35, 0.33, 0.36
    ),
    StaffGroup.MEDICAL: (0.6, 0.9, 0.7, 0.5),
}  # fmt: skip
_SEAT_SLOPES = (0.30, 0.42, 0.36, 0.45)

SLOPE: Floats = np.array([*sum(_SLOPES.values(), ()), *_SEAT_SLOPES])
"""Odds of a BME appointment, as a multiple of the odds in the trust's labour market."""

FLOOR: Floats = np.array(
    [
        {Band.CONSULTANT: 0.40, Band.CAREER_GRADE: 0.75, Band.TRAINEE: 0.70}.get(band, 0.0)
        for _, band in ALLOWED_PAIRS
    ]
    + [0.0] * len(SEATS)
)
"""What is added to these odds where people are recruited from everywhere."""

IS_LED: Integers = np.array(
    [band in LEADERSHIP_BANDS for _, band in ALLOWED_PAIRS] + [True] * len(SEATS), dtype=np.int64
)
"""1 where the trust's own way of appointing leaders bears on the odds, else 0."""


def staff_mix(kind: TrustType, year: int) -> Floats:
    """Return each cell's part of the workforce of a trust of a type, board seats 0.

    The mix moves evenly from the first census to the last.
    """
    groups = _GROUPS[kind]
    first, last = _AFC[2016], _AFC[2025]
    parts = []
    for group in (0, 1):
        for start, end in zip(first[group], last[group], strict=True):
            parts.append(groups[group] * (start * (2025 - year) + end * (year - 2016)) / 9)
    parts.extend(groups[2] * part for part in _MEDICAL[kind])
    return np.array(parts + [0.0] * len(SEATS)) / 1_000_000
