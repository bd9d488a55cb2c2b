"""What a target asks for: each year on its path, and of appointments until its goal.

Source:
    docs/methods/1.md, section 2. Arithmetic, not a quota.
"""

from dataclasses import dataclass
from fractions import Fraction

from app.domain.arithmetic import people_needed
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.gaps import Latest, find_appointments
from app.domain.holdings import Holdings
from app.domain.methods import Method
from app.domain.perimeter import count_people, has_perimeter_changed
from app.domain.progress import Appointments, NeedNow, PlannedNeed, YearlyNeed
from app.domain.target_versions import Versions
from app.domain.targets import Baseline, Path, Target


def find_yearly_need(versions: Versions, target: Target, path: Path, last: Latest) -> YearlyNeed:
    """Return what each version planned for a year, beside what is left to do a year.

    Args:
        versions: All versions of the target; those count that were submitted.
        target: The version that is looked at.
        path: Its path.
        last: The last census.
    """
    planned = tuple(
        need for one in versions.submitted if (need := find_planned_need(one)) is not None
    )
    count, years = last.count, target.cycle.ends - last.year
    if years <= 0 or count.share is None:
        reason = Reason.GOAL_CENSUS_PASSED if years <= 0 else Reason.NO_PEOPLE
        return YearlyNeed(planned, None, reason)
    share, people = path.required(target.cycle.ends, count.total)
    now = NeedNow(float((share - count.share) / years), (people - count.bme) / years)
    return YearlyNeed(planned, now, None)


def find_planned_need(target: Target) -> PlannedNeed | None:
    """Return what a version asks for each year on average; None without a path."""
    version, path, baseline = target.version, target.path, target.version.baseline
    if path is None or baseline is None:
        return None
    years = target.cycle.ends - target.cycle.starts
    share, people = path.required(target.cycle.ends, max(baseline.total, 1))
    is_known = baseline.share is not None
    return PlannedNeed(
        version=version.version,
        state=version.state,
        share=float((share - (baseline.share or 0)) / years) if is_known else None,
        share_reason=None if is_known else Reason.NO_PEOPLE,
        people=(people - baseline.bme) / years,
    )


@dataclass(frozen=True, slots=True)
class Attainability:
    """What a goal would take from the last census of its cycle on: arithmetic, not a quota.

    Attributes:
        method: Version of the method.
        census: The last census held, or that of the baseline.
        people_needed: BME people still needed, team size unchanged.
        appointments: Until the goal's census.
    """

    method: str
    census: int
    bme: int
    total: int
    years: int
    people_needed: int
    appointments: Appointments


def attain(
    holdings: Holdings, target: Target, turnover: Fraction, method: Method
) -> Attainability | Reason:
    """Return what a goal would take from the last census held on, or why it cannot be said.

    Args:
        holdings: What is known of the trust.
        target: One version of one of its targets.
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        method: What the answer is computed with, and names.
    """
    baseline = target.version.baseline
    if baseline is None:
        return Reason.NO_ACTUALS
    path = target.path
    if path is None:
        return Reason.NO_TARGET_NEEDED
    last = _last_census(holdings, target, baseline)
    if isinstance(last, Reason):
        return last
    appointments = find_appointments(target, path, last, turnover)
    if isinstance(appointments, Reason):
        return appointments
    _, people = path.required(target.cycle.ends, last.count.total)
    return Attainability(
        method=method.version,
        census=last.year,
        bme=last.count.bme,
        total=last.count.total,
        years=target.cycle.ends - last.year,
        people_needed=people_needed(people, last.count.bme),
        appointments=appointments,
    )


def _last_census(holdings: Holdings, target: Target, baseline: Baseline) -> Latest | Reason:
    """Return the last census since the baseline, or the baseline's own."""
    history = holdings.history(target.scope)
    year = max((y for y in history.censuses if y > baseline.year), default=None)
    if year is None:
        count = Count(white=baseline.total - baseline.bme, bme=baseline.bme)
        return Latest(baseline.year, count, None, None, 0)
    joined = history.censuses[year]
    if has_perimeter_changed(holdings.lineage, target, joined):
        return Reason.PERIMETER_CHANGED
    return Latest(year, count_people(target.scope, joined.parts), None, None, 0)
