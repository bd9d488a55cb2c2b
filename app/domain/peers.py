"""Peers: the trusts most like one in type, size and BME share, and where it stands among them.

Source:
    docs/methods/1.md, section 7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.bands import StaffGroup
from app.domain.benchmarks import (
    Field,
    GroupFigure,
    Occasion,
    Participant,
    Standing,
    Tally,
    Turnout,
    find_small_groups,
    find_unknown_ethnicity,
    rank,
    show,
)
from app.domain.codes import Caution, Reason
from app.domain.counts import Count
from app.domain.measures import Measure
from app.domain.organisations import TrustType, is_synthetic
from app.domain.progress import Interval
from app.stats.distances import measure_distances
from app.stats.intervals import difference_intervals


@dataclass(frozen=True, slots=True)
class TrustFigure:
    """A trust with its workforce, by which peers are found, and its people in the measure."""

    ods_code: str
    name: str
    type: TrustType | None
    type_reason: Reason | None
    workforce: GroupFigure
    people: GroupFigure


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a trust is to the one from which one looks.

    Attributes:
        same_type: Trusts of the same type come first, whatever their distance.
        distance: Standardised Euclidean distance of log workforce size and workforce BME share.
        size_ratio: Its workforce over that of the trust.
        share_difference: The BME share of its workforce minus that of the trust's.
    """

    same_type: bool
    distance: float
    size_ratio: float
    share_difference: float


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """The share of a peer minus that of the trust: positive when the trust is short of it."""

    share: float
    interval_95: Interval


@dataclass(frozen=True, slots=True)
class Peer(TrustFigure):
    """One of the trusts most like another."""

    likeness: Likeness
    difference: ShareDifference | None
    difference_reason: Reason | None


@dataclass(frozen=True, slots=True)
class Scales:
    """What the parts of a distance were divided by: standard deviations over all compared."""

    log_size_sd: float
    share_sd: float


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """A trust among its peers at one census, as of an instant.

    Attributes:
        trusts: Among how many the peers were looked for.
        own: The trust itself.
        peers: Nearest first.
        scales: None where the trust has no workforce, and so nothing to measure from.
        standing: Among itself and the peers.
    """

    ods_code: str
    measure: Measure
    staff_group: StaffGroup | None
    year: int
    as_of: datetime
    method: str
    synthetic: bool
    trusts: Turnout
    own: TrustFigure
    peers: tuple[Peer, ...]
    scales: Scales | None
    scales_reason: Reason | None
    standing: Standing | None
    standing_reason: Reason | None
    warnings: tuple[Caution, ...]


def group_peers(
    own: Participant,
    field: Field,
    workforces: Mapping[str, Tally],
    occasion: Occasion,
    number: int,
) -> PeerGroup:
    """Return the trusts most like one, and where it stands among them.

    Args:
        own: The trust.
        field: The trusts that can be compared, this one among them if it has people.
        workforces: Everybody in each of these trusts, by ODS code.
        occasion: What is compared, and as of when.
        number: Peers wanted.
    """
    others = [one for one in field.participants if one.ods_code != own.ods_code]
    found, scales = _choose(own, others, workforces, number)
    everyone = [own, *(one for one, _ in found)]
    counts = [one.people.count for one in everyone]
    nobody = None if counts[0].total else Reason.NO_PEOPLE
    tallies = [workforces[one.ods_code] for one in everyone]
    staff = show(tallies)
    people = show([one.people for one in everyone])
    return PeerGroup(
        ods_code=own.ods_code,
        measure=occasion.scope.measure,
        staff_group=occasion.scope.staff_group,
        year=occasion.year,
        as_of=occasion.as_of,
        method=occasion.method.version,
        synthetic=is_synthetic(own.ods_code),
        trusts=field.turnout,
        own=TrustFigure(own.ods_code, own.name, own.type, own.type_reason, staff[0], people[0]),
        peers=tuple(
            Peer(one.ods_code, one.name, one.type, one.type_reason, workforce, group, alike, *gap)
            for (one, alike), workforce, group, gap in zip(
                found, staff[1:], people[1:], _differences(counts), strict=True
            )
        ),
        scales=scales,
        scales_reason=None if scales else Reason.NO_PEOPLE,
        standing=None if nobody else rank(counts)[0],
        standing_reason=nobody,
        warnings=(
            *find_small_groups(count for count in counts if count.total),
            *find_unknown_ethnicity(
                (count, one.count) for count, one in zip(counts, tallies, strict=True)
            ),
        ),
    )


def _choose(
    own: Participant, others: Sequence[Participant], workforces: Mapping[str, Tally], number: int
) -> tuple[list[tuple[Participant, Likeness]], Scales | None]:
    """Return the nearest trusts, and by what distances were divided; none without a workforce."""
    counts = [workforces[one.ods_code].count for one in (own, *others)]
    mine = counts[0]
    if not mine.total:
        return [], None
    shares = [float(count.share or 0) for count in counts]
    measured = measure_distances([count.total for count in counts], shares, 0)
    found = [
        (
            one,
            Likeness(
                same_type=own.type is not None and one.type is own.type,
                distance=float(distance),
                size_ratio=count.total / mine.total,
                share_difference=_difference(count, mine),
            ),
        )
        for one, count, distance in zip(others, counts[1:], measured.distance[1:], strict=True)
    ]
    found.sort(key=lambda one: (not one[1].same_type, one[1].distance, one[0].ods_code))
    return found[:number], Scales(measured.log_size_sd, measured.share_sd)


def _differences(counts: Sequence[Count]) -> list[tuple[ShareDifference | None, Reason | None]]:
    """Return the differences of shares to that of the first group, or why there is none."""
    own, others = counts[0], counts[1:]
    if not own.total:
        return [(None, Reason.NO_PEOPLE)] * len(others)
    limits = difference_intervals(
        [one.bme for one in others], [one.total for one in others], [own.bme], [own.total]
    )
    return [
        (ShareDifference(_difference(one, own), Interval(float(lower), float(upper))), None)
        for one, lower, upper in zip(others, *limits, strict=True)
    ]


def _difference(one: Count, other: Count) -> float:
    """Return the difference of the shares of two groups with people, computed exactly."""
    return float((one.share or 0) - (other.share or 0))
