"""What a revision of a trust's figures says, and what it changed, as the history tells it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.charts.words import lower_first
from app.dashboard.views.definitions import STAFF_GROUPS
from app.dashboard.views.words import say_many
from app.domain.actuals import Actuals, ActualsRevision
from app.domain.bands import ALLOWED_PAIRS
from app.domain.boards import BoardRevision
from app.domain.counts import Count
from app.domain.definitions import BAND_TITLES
from app.domain.histories import Revised, Revision
from app.domain.indicators import IndicatorsRevision
from app.domain.measures import TITLES, Measure, Scope

MOST_CHANGES: Final = 12
"""Groups that changed which are named; the API has all."""

_COUNTED: Final = (Scope(Measure.WORKFORCE), Scope(Measure.LEADERSHIP))


def list_lines(event: Revised) -> Sequence[str]:
    """Return what was sent, and what it took the place of where that is something else."""
    return [*_list_figures(event), *_list_notes(event)]


def _list_figures(event: Revised) -> Iterator[str]:
    after, before = event.after, event.before
    if isinstance(after, IndicatorsRevision):
        yield _compare_indicators(after, before)
    held = _count(before) if before else {}
    for title, count in _count(after).items():
        yield _compare(title, count, held.get(title))


def _count(revision: Revision) -> Mapping[str, Count]:
    """Return the people that a revision is of, by what they are called."""
    match revision:
        case ActualsRevision():
            return {TITLES[one.measure]: revision.actuals.count(one) for one in _COUNTED}
        case BoardRevision():
            return {"Members": revision.board.count(Measure.BOARD)}
        case _:
            return {}


def _compare_indicators(after: IndicatorsRevision, before: Revision | None) -> str:
    new = {**after.indicators.pools, **after.indicators.surveys}
    if not isinstance(before, IndicatorsRevision):
        return f"Sent: {_list(new)}."
    old = {**before.indicators.pools, **before.indicators.surveys}
    changed = [one for one in sorted({*new, *old}) if new.get(one) != old.get(one)]
    return f"Changed: {_list(changed)}." if changed else "No figure changed."


def _compare(title: str, after: Count, before: Count | None) -> str:
    """Return BME people of all, and before that."""
    now = f"{title}: {after.bme:,} of {after.total:,} BME"
    if before is None:
        return f"{now}."
    if before == after:
        return f"{now}, as before."
    return f"{now}, before {before.bme:,} of {before.total:,}."


def _list_notes(event: Revised) -> Iterator[str]:
    after = event.after
    if after.correction_note:
        yield f"Public note: {after.correction_note}"
    if after.cautions:
        yield f"Stored with {say_many(len(after.cautions), 'warning')}."


def list_changes(event: Revised) -> Sequence[str]:
    """Return the groups whose people a correction of headcounts changed."""
    after, before = event.after, event.before
    if not (isinstance(after, ActualsRevision) and isinstance(before, ActualsRevision)):
        return ()
    changed = list(_compare_groups(after.actuals, before.actuals))
    rest = len(changed) - MOST_CHANGES
    return [
        *changed[:MOST_CHANGES],
        *([f"And {say_many(rest, 'group')} more."] if rest > 0 else []),
    ]


def _compare_groups(after: Actuals, before: Actuals) -> Iterator[str]:
    for group, band in ALLOWED_PAIRS:
        new = after.headcounts.get((group, band), Count())
        old = before.headcounts.get((group, band), Count())
        if new != old:
            name = f"{STAFF_GROUPS[group].capitalize()}, {lower_first(BAND_TITLES[band])}"
            yield (
                f"{name}: white {new.white:,}, BME {new.bme:,}, unknown {new.unknown:,}; before"
                f" {old.white:,}, {old.bme:,}, {old.unknown:,}."
            )


def _list(numbers: Iterable[int]) -> str:
    listed = [str(one) for one in numbers]
    return f"indicator{'s' if len(listed) > 1 else ''} {', '.join(listed)}"
