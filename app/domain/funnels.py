"""The funnel: every trust's share around that of all together, with the limits of chance.

Source:
    docs/methods/1.md, section 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from app.domain.bands import StaffGroup
from app.domain.benchmarks import (
    Field,
    Occasion,
    Participant,
    Standing,
    Turnout,
    find_intervals,
    find_small_groups,
    find_unknown_ethnicity,
    rank,
)
from app.domain.codes import Caution, FunnelPosition, Reason
from app.domain.counts import Count
from app.domain.measures import Measure
from app.domain.organisations import TrustType
from app.domain.progress import Interval
from app.stats.funnel import Funnel as Fitted
from app.stats.funnel import fit_funnel

CURVE = 20
"""Sizes at which the limits are given as a curve."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for a group of a size.

    Attributes:
        total: The size.
    """

    total: int
    limits_95: Interval
    limits_998: Interval


@dataclass(frozen=True, slots=True)
class Centre:
    """The people of all trusts compared, and their share."""

    bme: int
    total: int
    share: float
    share_of_known: float | None
    share_of_known_reason: Reason | None
    unknown_share: float


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much trusts vary around the centre.

    Attributes:
        ratio: φ, mean square of the winsorised z-scores; above 1, by more than chance.
        between_sd: τ, standard deviation of the trusts' own shares beyond chance.
        applied: Whether the limits were widened for it.
    """

    ratio: float
    between_sd: float
    applied: bool


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One trust in the funnel: its people in the measure, and the limits for so many."""

    ods_code: str
    name: str
    type: TrustType | None
    type_reason: Reason | None
    revision: int
    bme: int
    total: int
    share: float
    share_of_known: float | None
    share_of_known_reason: Reason | None
    unknown_share: float
    interval_95: Interval
    limits_95: Interval
    limits_998: Interval
    position: FunnelPosition
    standing: Standing


@dataclass(frozen=True, slots=True)
class Funnel:
    """Every trust around the share of all together at one census, as of an instant.

    Attributes:
        trusts: How many are compared, of how many.
        curve: The limits from the smallest group to the largest.
        points: In the order of codes.
    """

    measure: Measure
    staff_group: StaffGroup | None
    year: int
    as_of: datetime
    method: str
    synthetic: bool
    trusts: Turnout
    centre: Centre | None
    centre_reason: Reason | None
    dispersion: Dispersion | None
    dispersion_reason: Reason | None
    curve: tuple[Limits, ...]
    points: tuple[FunnelPoint, ...]
    warnings: tuple[Caution, ...]


def draw_funnel(field: Field, occasion: Occasion, *, synthetic: bool) -> Funnel:
    """Return the funnel of the trusts that can be compared.

    Args:
        field: The trusts.
        occasion: What is compared, and as of when.
        synthetic: Whether they are invented.
    """
    counts = [one.people.count for one in field.participants]
    fitted = _fit(counts)
    nobody = None if fitted else Reason.NO_PEOPLE
    return Funnel(
        measure=occasion.scope.measure,
        staff_group=occasion.scope.staff_group,
        year=occasion.year,
        as_of=occasion.as_of,
        method=occasion.method.version,
        synthetic=synthetic,
        trusts=field.turnout,
        centre=_centre(counts, fitted) if fitted else None,
        centre_reason=nobody,
        dispersion=_dispersion(fitted) if fitted else None,
        dispersion_reason=nobody,
        curve=tuple(_limits(fitted, _sizes(counts))) if fitted else (),
        points=_points(field.participants, fitted) if fitted else (),
        warnings=(
            *find_small_groups(counts),
            *find_unknown_ethnicity((count,) for count in counts),
        ),
    )


def locate(share: float, limits: Limits) -> FunnelPosition:
    """Return where a share lies; on a limit it is still within it."""
    if share > limits.limits_998.upper:
        return FunnelPosition.ABOVE_998
    if share < limits.limits_998.lower:
        return FunnelPosition.BELOW_998
    if share > limits.limits_95.upper:
        return FunnelPosition.ABOVE_95
    if share < limits.limits_95.lower:
        return FunnelPosition.BELOW_95
    return FunnelPosition.INSIDE


def _fit(counts: Sequence[Count]) -> Fitted | None:
    """Return the funnel of groups; None when there are none."""
    if not counts:
        return None
    return fit_funnel([count.bme for count in counts], [count.total for count in counts])


def _centre(counts: Sequence[Count], fitted: Fitted) -> Centre:
    everybody = Count.sum(counts)
    return Centre(everybody.bme, everybody.total, fitted.centre, *_of_known(everybody))


def _of_known(count: Count) -> tuple[float | None, Reason | None, float]:
    """Return the share of known ethnicity of people, or why there is none, and the unknown one."""
    unknown_share = count.unknown / count.total
    if not count.known:
        return None, Reason.NO_PEOPLE, unknown_share
    return count.bme / count.known, None, unknown_share


def _dispersion(fitted: Fitted) -> Dispersion:
    return Dispersion(fitted.dispersion, sqrt(fitted.between_variance), fitted.is_widened)


def _limits(fitted: Fitted, sizes: Sequence[int]) -> list[Limits]:
    """Return the limits for groups of some sizes."""
    inner = fitted.limits(sizes, confidence=0.95)
    outer = fitted.limits(sizes, confidence=0.998)
    return [
        Limits(total, Interval(float(low), float(high)), Interval(float(lowest), float(highest)))
        for total, low, high, lowest, highest in zip(sizes, *inner, *outer, strict=True)
    ]


def _sizes(counts: Sequence[Count]) -> list[int]:
    """Return whole numbers from the smallest group's size to the largest's, by equal factors."""
    totals = [count.total for count in counts]
    smallest, largest = min(totals), max(totals)
    factor = largest / smallest
    return sorted({round(smallest * factor ** (step / (CURVE - 1))) for step in range(CURVE)})


def _points(participants: Sequence[Participant], fitted: Fitted) -> tuple[FunnelPoint, ...]:
    """Return each trust with its limits, its position and its rank."""
    counts = [one.people.count for one in participants]
    limits = _limits(fitted, [count.total for count in counts])
    intervals = find_intervals(counts)
    known = [_of_known(count) for count in counts]
    return tuple(
        FunnelPoint(
            ods_code=one.ods_code,
            name=one.name,
            type=one.type,
            type_reason=one.type_reason,
            revision=one.people.revision,
            bme=count.bme,
            total=count.total,
            share=count.bme / count.total,
            share_of_known=share_of_known,
            share_of_known_reason=nobody_known,
            unknown_share=unknown_share,
            interval_95=interval,
            limits_95=limit.limits_95,
            limits_998=limit.limits_998,
            position=locate(count.bme / count.total, limit),
            standing=standing,
        )
        for (
            one,
            count,
            (share_of_known, nobody_known, unknown_share),
            interval,
            limit,
            standing,
        ) in zip(participants, counts, known, intervals, limits, rank(counts), strict=True)
    )
