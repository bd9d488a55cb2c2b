"""The people of a measure in an area, census by census, and what changed between them."""

from fractions import Fraction

import numpy as np

from app.domain.area_series import Place
from app.domain.areas import AreaFigure, Change
from app.domain.codes import ActualsState, Reason
from app.domain.counts import Count
from app.domain.panels import count_at
from app.domain.progress import Interval
from app.domain.trends import Bools
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
    lower, upper = wilson_intervals(bme, total)
    figures = []
    earlier: int | None = None
    for (at, count), low, high in zip(held.items(), lower, upper, strict=True):
        interval = Interval(float(low), float(high)) if count.total else None
        figures.append(_figure(place, at, count, interval, earlier))
        earlier = at
    return tuple(figures)


def _figure(
    place: Place, at: int, count: Count, interval: Interval | None, earlier: int | None
) -> AreaFigure:
    """Return one census of a measure, with what changed since the one before."""
    sums = place.series.sums
    nobody = None if count.total else Reason.NO_PEOPLE
    on_all = Reason.FIRST_CENSUS if earlier is None else _change_on_all(place, earlier, at)
    on_same = Reason.FIRST_CENSUS if earlier is None else _change_on_same(place, earlier, at)
    return AreaFigure(
        year=place.series.years[at],
        revision=None,
        bme=count.bme,
        white=count.white,
        unknown=count.unknown,
        total=count.total,
        share=_float(count.share),
        share_reason=nobody,
        share_of_known=_float(count.share_of_known),
        share_of_known_reason=None if count.known else Reason.NO_PEOPLE,
        unknown_share=_float(count.unknown_share),
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


def _change_on_all(place: Place, earlier: int, at: int) -> Change:
    now, then = place.counted(at), place.counted(earlier)
    return _change(place, earlier, at, then, now)


def _change_on_same(place: Place, earlier: int, at: int) -> Change | Reason:
    both = place.counted(at) & place.counted(earlier)
    if not both.any():
        return Reason.NO_TRUST_IN_BOTH
    return _change(place, earlier, at, both, both)


def _change(place: Place, earlier: int, at: int, before: Bools, after: Bools) -> Change:
    then, now = place.count(earlier, before), place.count(at, after)
    has_shares = now.share is not None and then.share is not None
    return Change(
        since=place.series.years[earlier],
        trusts=int(after.sum()),
        trusts_then=int(before.sum()),
        bme=now.bme - then.bme,
        total=now.total - then.total,
        share=float((now.share or 0) - (then.share or 0)) if has_shares else None,
        share_reason=None if has_shares else Reason.NO_PEOPLE,
    )


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
