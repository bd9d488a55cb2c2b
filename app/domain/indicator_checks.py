"""What is checked of indicators at the door: faults, and warnings that stay with them."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from app.domain.bands import EthnicGroup, StaffGroup, is_allowed_pair
from app.domain.censuses import census_day
from app.domain.codes import Caution, Reason, WarningCode
from app.domain.errors import Fault
from app.domain.indicators import (
    Answers,
    Indicators,
    Narrowing,
    Period,
    Pool,
    Sent,
    SentPart,
    SentPools,
)
from app.domain.likelihoods import find_exact_likelihood, name_direction

LOWEST_RATIO, HIGHEST_RATIO = Fraction(1, 5), Fraction(5)
"""A ratio outside of these may be a percentage."""

NEAR = Fraction(1, 10)
"""How near to another ratio one is that may be the same, as a proportion of it."""


def find_indicator_faults(sent: Sent, year: int | None = None) -> list[Fault]:
    """Return the faults of indicators, each in itself and among each other.

    Args:
        sent: By number; what is malformed is left out, and reported elsewhere.
        year: Of the census; None where it is not known yet.
    """
    faults: list[Fault] = []
    for number, one in sorted(sent.items()):
        at = f"/indicator_{number}"
        faults += _period_faults(f"{at}/period", one.period, year)
        if isinstance(one, SentPools):
            faults += _pools_faults(at, one)
        else:
            faults += _survey_faults(at, one.groups)
    return faults


def find_missing(sent: Sent) -> list[Fault]:
    """Return the fault of sending no indicator at all."""
    if sent:
        return []
    detail = "No indicator was sent; send at least one of indicator_2 to indicator_8."
    return [Fault("", "indicator_missing", detail)]


def _period_faults(at: str, period: Period | None, year: int | None) -> Iterator[Fault]:
    if period is None:
        return
    if period.ends < period.starts:
        detail = f"The period ends on {period.ends}, before it starts on {period.starts}."
        yield Fault(f"{at}/ends", "ends_before_start", detail)
    if year is not None and period.ends > census_day(year):
        detail = (
            f"The period ends on {period.ends}, after the census; give a period that is over by"
            f" {census_day(year)}."
        )
        yield Fault(f"{at}/ends", "period_after_census", detail)


def _pools_faults(at: str, sent: SentPools) -> Iterator[Fault]:
    for group, pool in sent.groups.items():
        yield from _events_faults(f"{at}/{group}", pool)
    is_whole = len(sent.groups) == len(EthnicGroup)
    if is_whole and not any(pool.pool or pool.events for pool in sent.groups.values()):
        detail = "Nobody is in any pool, which says nothing; leave the indicator out."
        yield Fault(at, "nobody_counted", detail)
    seen: dict[Narrowing, int] = {}
    for index, part in enumerate(sent.parts):
        if part is None:
            continue
        yield from _part_faults(f"{at}/parts/{index}", part)
        if part.narrowing in seen:
            detail = (
                f"The same part stands at {at}/parts/{seen[part.narrowing]}; send each part once."
            )
            yield Fault(f"{at}/parts/{index}", "duplicate_cell", detail)
        seen.setdefault(part.narrowing, index)
    if all(sent.parts) and len(seen) == len(sent.parts):
        yield from _sum_faults(at, sent, [part for part in sent.parts if part])


def _part_faults(at: str, part: SentPart) -> Iterator[Fault]:
    if part.band is not None and not is_allowed_pair(part.staff_group, part.band):
        medical = part.staff_group is StaffGroup.MEDICAL
        right = "consultant, career_grade, trainee or other" if medical else "an AfC band or vsm"
        detail = f"{part.staff_group} staff are not in {part.band}; use {right}."
        yield Fault(f"{at}/band", "band_not_of_staff_group", detail)
    for group, pool in part.groups.items():
        yield from _events_faults(f"{at}/{group}", pool)


def _events_faults(at: str, pool: Pool) -> Iterator[Fault]:
    if pool.events > pool.pool:
        detail = f"{pool.events} of a pool of {pool.pool} cannot be; the events are of the pool."
        yield Fault(f"{at}/events", "subset_larger_than_whole", detail)


def _sum_faults(at: str, sent: SentPools, parts: Sequence[SentPart]) -> Iterator[Fault]:
    """Yield where bands come to more than their staff group, or parts to more than the whole."""
    for group, whole in sent.groups.items():
        come_to = Pool()
        for staff_group in StaffGroup:
            bands, own = Pool(), None
            for index, part in enumerate(parts):
                if part.staff_group is not staff_group:
                    continue
                pool = part.groups.get(group, Pool())
                if part.band is None:
                    own = (f"{at}/parts/{index}/{group}", pool)
                else:
                    bands += pool
            if own is not None:
                yield from _excess(own[0], bands, own[1], f"The bands of {staff_group} staff")
            come_to += bands if own is None else own[1]
        yield from _excess(f"{at}/{group}", come_to, whole, "The parts")


def _excess(at: str, parts: Pool, whole: Pool, what: str) -> Iterator[Fault]:
    for name in ("pool", "events"):
        come_to, said = getattr(parts, name), getattr(whole, name)
        if come_to > said:
            detail = f"{what} come to {come_to}, more than the {said} of which they are part."
            yield Fault(f"{at}/{name}", "subset_larger_than_whole", detail)


def _survey_faults(at: str, groups: Mapping[EthnicGroup, Answers]) -> Iterator[Fault]:
    for group, answers in groups.items():
        if answers.share is not None and not answers.respondents:
            detail = "Nobody responded, so there is no share; send null."
            yield Fault(f"{at}/{group}/share", "share_of_nobody", detail)
    is_whole = len(groups) == len(EthnicGroup)
    if is_whole and not any(a.respondents or a.share is not None for a in groups.values()):
        detail = "Nobody responded, which says nothing; leave the indicator out."
        yield Fault(at, "nobody_counted", detail)


def find_cautions(indicators: Indicators, before: Indicators | None) -> tuple[Caution, ...]:
    """Return the warnings that stay with indicators, given those of the year before."""
    cautions: list[Caution] = []
    for number, one in indicators.pools.items():
        ratio = find_exact_likelihood(number, one.whole)
        if isinstance(ratio, Reason):
            continue
        told = f"Indicator {number}: {name_direction(number)} is {float(ratio):.2f}"
        if not LOWEST_RATIO <= ratio <= HIGHEST_RATIO:
            detail = f"{told}, outside 0.2 to 5; one of the counts may be a percentage."
            cautions.append(Caution(WarningCode.RATIO_AS_PERCENTAGE, detail))
        held = before.pools.get(number) if before else None
        earlier = find_exact_likelihood(number, held.whole) if held else Reason.NOT_SENT
        if isinstance(earlier, Reason):
            continue
        if _is_near(ratio, 1 / earlier) and not _is_near(ratio, earlier):
            detail = (
                f"{told}, a year after {float(earlier):.2f}, which is nearly the inverse; the"
                " white and the BME counts may have changed places."
            )
            cautions.append(Caution(WarningCode.RATIO_INVERTED, detail))
    return tuple(cautions)


def _is_near(ratio: Fraction, other: Fraction) -> bool:
    return abs(ratio - other) <= NEAR * other
