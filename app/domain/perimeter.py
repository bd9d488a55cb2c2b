"""Whose staff a trust's figures cover, and whether that has changed since a baseline."""

from app.domain.censuses import census_day
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.series import History, Lineage
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
    if scope.is_of_board:
        count = Count.sum(part.board.count(scope.measure) for part in joined.boards)
    else:
        count = Count.sum(part.actuals.count(scope) for part in joined.actuals)
    everybody = Count.sum(
        part.actuals.count(Scope(Measure.WORKFORCE)) for part in workforce.actuals
    )
    return Baseline(
        year=year,
        bme=count.bme,
        total=count.total,
        workforce_bme=everybody.bme,
        workforce_total=everybody.total,
        revision=joined.revision_of(own),
        covers=joined.covers,
    )


def has_perimeter_changed(lineage: Lineage, target: Target, last_year: int) -> bool:
    """Return whether trusts have become part of a trust that its target's baseline left out."""
    baseline = target.version.baseline
    if baseline is None or last_year <= baseline.year:
        return False
    joined_since = lineage.mergers_between(census_day(baseline.year), census_day(last_year))
    return any(s.predecessor not in baseline.covers for s in joined_since)


def is_baseline_revised(target: Target, history: History, staff: History, own: str) -> bool:
    """Return whether the census of a target's baseline now has other people than were frozen."""
    frozen = target.version.baseline
    if frozen is None or frozen.is_stated:
        return False
    held = find_baseline(history, staff, target.scope, frozen.year, own)
    return held is not None and not frozen.has_same_counts(held)
