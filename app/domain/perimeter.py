"""Whose staff a trust's figures cover, and whether that has changed since a baseline."""

from collections.abc import Iterable
from datetime import date

from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.censuses import census_day
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.series import History, Joined, Lineage
from app.domain.target_outlines import Held
from app.domain.targets import Baseline, Target


def find_baseline(
    history: History, staff: History, scope: Scope, year: int, own: str
) -> Baseline | None:
    """Return where a target would start from the actuals held; None if there are none.

    Args:
        history: The history that the scope is counted in.
        staff: The history of headcounts, for the workforce.
        scope: The measure.
        year: Census year of the baseline.
        own: ODS code of the trust that sets the target.
    """
    joined, workforce = history.censuses.get(year), staff.censuses.get(year)
    if joined is None or workforce is None:
        return None
    count, everybody = count_people(scope, joined.parts), count_people(_WORKFORCE, workforce.parts)
    return Baseline(
        year=year,
        bme=count.bme,
        total=count.total,
        workforce_bme=everybody.bme,
        workforce_total=everybody.total,
        revision=joined.revision_of(own),
        covers=joined.covers,
    )


def list_covered(lineage: Lineage, year: int, day: date) -> tuple[str, ...]:
    """Return whose staff a stated baseline counts, unless it says so itself.

    The trust's, and those of whoever had become part of it by the day that it was stated.

    Args:
        lineage: Of the trust that states it.
        year: Census year of the baseline; who had been taken over by then sends no more.
        day: On which it is stated.
    """
    own = lineage.trust.ods_code
    family = lineage.predecessors_within([own], day) | {own}
    return tuple(sorted(lineage.sending_on(census_day(year)) & family)) or (own,)


def has_perimeter_changed(lineage: Lineage, target: Held, latest: Joined) -> bool:
    """Return whether a census covers other trusts' staff than a target's baseline did.

    Args:
        lineage: Of the trust that set the target.
        target: The target.
        latest: The census that is held against it.
    """
    return covers_others(lineage, target, latest.year, frozenset(latest.covers))


def covers_others(lineage: Lineage, target: Held, year: int, covers: frozenset[str]) -> bool:
    """Return whether a census of given trusts covers others than a target's baseline did."""
    baseline = target.baseline
    if baseline is None or year <= baseline.year:
        return False
    if not lineage.ancestors and covers == target.covers:
        return False  # as of most trusts
    then = lineage.predecessors_within(target.covers, census_day(baseline.year))
    now = lineage.predecessors_within(covers, census_day(year))
    return then != now


def is_baseline_revised(target: Target, history: History, staff: History) -> bool:
    """Return whether the returns for a target's baseline now have other people than it has.

    Only those are compared that cover the same trusts: people whom a merger added to the past
    are no correction. A stated baseline is held against the returns that came later.
    """
    frozen = target.version.baseline
    if frozen is None:
        return False
    measured = _same_parts(target.covers, history.censuses.get(frozen.year))
    staffed = _same_parts(target.covers, staff.censuses.get(frozen.year))
    if measured is None or staffed is None:
        return False
    count, everybody = count_people(target.scope, measured), count_people(_WORKFORCE, staffed)
    now = (count.bme, count.total, everybody.bme, everybody.total)
    return now != (frozen.bme, frozen.total, frozen.workforce_bme, frozen.workforce_total)


_WORKFORCE = Scope(Measure.WORKFORCE)

_Parts = tuple[ActualsRevision | BoardRevision, ...]


def _same_parts(covers: frozenset[str], joined: Joined | None) -> _Parts | None:
    """Return the returns that cover certain trusts and no other; None if they do not."""
    if joined is None:
        return None
    chosen = tuple(part for part in joined.parts if covers.issuperset(joined.covers_of(part)))
    covered = {code for part in chosen for code in joined.covers_of(part)}
    return chosen if covered == covers else None


def count_people(scope: Scope, parts: Iterable[ActualsRevision | BoardRevision]) -> Count:
    """Return the persons of a measure in the returns that make up a census."""
    return Count.sum(
        part.actuals.count(scope)
        if isinstance(part, ActualsRevision)
        else part.board.count(scope.measure)
        for part in parts
    )
