"""The people of a measure in an area, census by census, and what changed between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.domain.area_series import Place
from app.domain.areas import AreaFigure, Change
from app.domain.codes import ActualsState, Reason
from app.domain.counts import Count
from app.domain.groups import Bools
from app.domain.panels import count_at
from app.domain.progress import Interval
from app.stats.intervals import wilson_intervals


def find_figures(place: Place) -> tuple[AreaFigure, ...]:
    """Return the people of the measure at each census that anybody reported."""
    panel, row = place.series.shown, place.row
    held = {
        at: count
        for at in range(len(panel.years))
        if (count := count_at(panel.measure, row, at)) is not None
    }
    if not held:
        return ()
    bme = np.array([count.bme for count in held.values()])
    total = np.array([count.total for count in held.values()])
    lower, upper = (one.tolist() for one in wilson_intervals(bme, total))
    changes = _find_changes(place, held)
    figures = []
    for (at, count), low, high, change in zip(held.items(), lower, upper, changes, strict=True):
        interval = Interval(low, high) if count.total else None
        figures.append(_figure(place, at, count, interval, change))
    return tuple(figures)


def _figure(
    place: Place, at: int, count: Count, interval: Interval | None, change: "_Changes"
) -> AreaFigure:
    """Return one census of a measure, with what changed since the one before."""
    sums = place.series.sums
    nobody = None if count.total else Reason.NO_PEOPLE
    on_all, on_same = change
    return AreaFigure(
        year=place.series.years[at],
        revision=None,
        bme=count.bme,
        white=count.white,
        unknown=count.unknown,
        total=count.total,
        share=_part(count.bme, count.total),
        share_reason=nobody,
        share_of_known=_part(count.bme, count.known),
        share_of_known_reason=None if count.known else Reason.NO_PEOPLE,
        unknown_share=_part(count.unknown, count.total),
        unknown_share_reason=nobody,
        interval_95=interval,
        interval_95_reason=nobody,
        state=_state(place, at),
        trusts_expected=int(sums.expected[place.area, :, at].sum()),
        trusts_reported=int(sums.reported(of_board=place.of_board)[place.area, :, at].sum()),
        in_trend=bool(place.series.is_complete[place.row, at]),
        change_on_all=None if isinstance(on_all, Reason) else on_all,
        change_on_all_reason=on_all if isinstance(on_all, Reason) else None,
        change_on_same_trusts=None if isinstance(on_same, Reason) else on_same,
        change_on_same_trusts_reason=on_same if isinstance(on_same, Reason) else None,
    )


def _state(place: Place, at: int) -> ActualsState:
    """Return that all boards approved; a board has the state of its census's headcounts."""
    is_signed = place.series.is_signed[:, at][place.counted(at)].all()
    return ActualsState.SIGNED_OFF if is_signed else ActualsState.PROVISIONAL


_Changes = tuple[Change | Reason, Change | Reason]
"""What changed since the census before: on all, and on the trusts that reported both."""


@dataclass(frozen=True, slots=True)
class _People:
    """The people of the measure in some trusts at one census."""

    year: int
    trusts: int
    bme: int
    total: int


def _find_changes(place: Place, held: Mapping[int, Count]) -> list[_Changes]:
    """Return the changes of each census that is held, oldest first."""
    is_counted = np.stack([place.counted(at) for at in held], axis=1)
    years, trusts = [place.series.years[at] for at in held], is_counted.sum(axis=0).tolist()
    everybody = [
        _People(year, number, count.bme, count.total)
        for year, number, count in zip(years, trusts, held.values(), strict=True)
    ]
    found: list[_Changes] = [(Reason.FIRST_CENSUS, Reason.FIRST_CENSUS)]
    both = _list_both(place, [*held], years, is_counted)
    for of_all, of_same in zip(pairwise(everybody), both, strict=True):
        on_same = _change(*of_same) if of_same[0].trusts else Reason.NO_TRUST_IN_BOTH
        found.append((_change(*of_all), on_same))
    return found


def _list_both(
    place: Place, held: Sequence[int], years: Sequence[int], is_counted: Bools
) -> list[tuple[_People, _People]]:
    """Return the people, then and now, of the trusts that reported two censuses in a row.

    Args:
        place: The measure.
        held: Which censuses are held.
        years: Of these.
        is_counted: Which trusts reported them, shape (U, censuses held).
    """
    both = is_counted[:, 1:] & is_counted[:, :-1]
    of_measure = slice(place.question, None, len(place.series.questions))
    group = place.series.alone.measure
    sums = [
        np.where(both, one[of_measure, at], 0).sum(axis=0).astype(np.int64)
        for at in (held[:-1], held[1:])
        for one in (group.bme, group.total)
    ]
    told = np.stack([both.sum(axis=0), *sums], axis=1).tolist()
    return [
        (_People(before, trusts, *people[:2]), _People(year, trusts, *people[2:]))
        for (before, year), (trusts, *people) in zip(pairwise(years), told, strict=True)
    ]


def _change(then: _People, now: _People) -> Change:
    has_shares = bool(then.total and now.total)
    # What a float makes of the exact difference is what it makes of the one division.
    difference = now.bme * then.total - then.bme * now.total
    return Change(
        since=then.year,
        trusts=now.trusts,
        trusts_then=then.trusts,
        bme=now.bme - then.bme,
        total=now.total - then.total,
        share=_part(difference, then.total * now.total),
        share_reason=None if has_shares else Reason.NO_PEOPLE,
    )


def _part(part: int, whole: int) -> float | None:
    return part / whole if whole else None
