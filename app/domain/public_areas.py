"""Areas as everybody may read them: sums of what their trusts show, and a line for each trust."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from app.domain.area_series import AreaSeries, Place
from app.domain.areas import Boundaries, Change, CompactRow, Counted, Turnout
from app.domain.bands import StaffGroup
from app.domain.codes import Reason
from app.domain.compact_rows import find_latest, make_row
from app.domain.disclosure import PublicCounts, Suppression
from app.domain.measures import Measure
from app.domain.organisations import Organisation
from app.domain.public_progress import (
    PublicFigure,
    PublicParity,
    PublicSeries,
    show_counts,
    tell_figures,
    tell_outlook,
    tell_parity,
)
from app.domain.series import Continuity
from app.domain.sights import SEEN, Sight

MOST: Final = 90
"""Percentage of the trusts in a sum that have to show their parts before these are added up.

Those that do not are mostly small or have few BME people: the fewer show, the more the share of
those that do misleads.
"""


_MEMBERS: Final = tuple(one.name for one in fields(CompactRow))


@dataclass(frozen=True, slots=True)
class ShownPart:
    """The people of the measure in those trusts of a sum that show them, rounded.

    Attributes:
        trusts: How many show them; the others are mostly small, or have few BME people.
    """

    trusts: int
    bme: int
    total: int
    share: float | None
    share_reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAreaFigure(PublicFigure):
    """The people of the measure in all trusts of an area at one census.

    Attributes:
        trusts_expected: Trusts that had people of their own then.
        trusts_reported: Those of them that are in the sum.
        in_trusts_that_show: What is told of the sum where it is hidden itself, if most trusts
            show their part; None where they do not.
        change_on_all: Since the census before, on whoever reported each.
        change_on_same_trusts: Likewise on the trusts that reported both.
    """

    trusts_expected: int
    trusts_reported: int
    in_trusts_that_show: ShownPart | None
    in_trusts_that_show_reason: Reason | None
    change_on_all: Change | None
    change_on_all_reason: Reason | None
    change_on_same_trusts: Change | None
    change_on_same_trusts_reason: Reason | None


@dataclass(frozen=True, slots=True)
class PublicAreaProgress:
    """Where a measure stands in an area, as everybody may read it."""

    measure: Measure
    staff_group: StaffGroup | None
    counted: Counted
    actuals: tuple[PublicAreaFigure, ...]
    actuals_reason: Reason | None
    parity: PublicParity | None
    parity_reason: Reason | None


@dataclass(slots=True)
class PublicRow(CompactRow):
    """Where one measure of a trust, or an area, stands, in one line, rounded or hidden.

    Attributes:
        suppressed: Why `bme` and `total`, and all else, are hidden; None where they are shown.
        split_suppressed: Why `white` and `unknown` are hidden; None where they are shown.
    """

    suppressed: Suppression | None = None
    split_suppressed: Suppression | None = None

    @property
    def row_reason(self) -> Reason | None:
        """Why there are no BME people and no total; None if there are."""
        return _why(self.actuals_reason, self.suppressed)

    @property
    def split_reason(self) -> Reason | None:
        """Why there are no white and no unknown people; None if there are."""
        return _why(self.actuals_reason, self.split_suppressed)


@dataclass(frozen=True, slots=True)
class PublicAreaReport:
    """An area, in full and trust by trust, as everybody may read it."""

    area: Organisation
    boundaries: Boundaries
    continuity: Continuity
    as_of: datetime
    method: str
    synthetic: bool
    trusts: int
    turnouts: tuple[Turnout, ...]
    measures: tuple[PublicAreaProgress, ...]
    rows: Sequence[PublicRow]


def tell_public_area(
    series: AreaSeries, area: int, seen: Sight, sums: Sight, *, nothing: Reason
) -> tuple[PublicAreaProgress, ...]:
    """Return where each measure of an area stands.

    Args:
        series: All of them.
        area: Index of the area.
        seen: What is seen of each unit.
        sums: What is seen of each area's sums.
        nothing: Why there are no figures, where there are none.
    """
    return tuple(
        _tell_one(Place(series, area, place), seen, sums, nothing)
        for place in range(len(series.questions))
    )


def make_public_rows(
    organisations: Sequence[Organisation], series: Sequence[PublicSeries]
) -> list[PublicRow]:
    """Return a line for each trust, or area, and measure, as the public sees it.

    Args:
        organisations: The trusts, or areas.
        series: Their measures, in the order of lines; at least one.
    """
    used, shown = (find_latest(one.measure) for one in (series[0].analysis.panel, series[0].panel))
    return [
        _make_line(organisations[one.whose], one, used[one.row] or shown[one.row])
        for one in series
    ]


def show_exactly(row: CompactRow) -> PublicRow:
    """Return the line of a trust whose figures the caller may read as they are."""
    return PublicRow(**{name: getattr(row, name) for name in _MEMBERS})


def _make_line(
    organisation: Organisation, series: PublicSeries, held: tuple[int, object] | None
) -> PublicRow:
    """Return the line of one measure at its latest census; goals are not public."""
    hidden = Reason.NOT_PUBLIC
    told = tell_outlook(series)
    row = make_row(
        organisation, series.question.scope, None, goal=hidden, chance=hidden, outlook=told
    )
    counts = None if held is None else series.count(held[0])
    if held is None or counts is None:
        return show_exactly(row)
    share = counts.share
    nobody = Reason.NO_PEOPLE if counts.suppressed is None else Reason.SUPPRESSED
    changed = {
        "year": int(series.panel.years[held[0]]),
        "bme": counts.bme,
        "white": counts.white,
        "unknown": counts.unknown,
        "total": counts.total,
        "share": None if share is None else float(share),
        "share_reason": nobody if share is None else None,
        "suppressed": counts.suppressed,
        "split_suppressed": counts.split_suppressed,
    }
    whole = {name: getattr(row, name) for name in _MEMBERS}
    return PublicRow(**(whole | changed))


def _why(without: Reason | None, suppressed: Suppression | None) -> Reason | None:
    return without or (None if suppressed is None else Reason.SUPPRESSED)


def _tell_one(place: Place, seen: Sight, sums: Sight, nothing: Reason) -> PublicAreaProgress:
    """Return where one measure of an area stands."""
    told = PublicSeries(
        panel=place.series.shown,
        analysis=place.series.analysis,
        question=place.asked,
        sight=sums,
        whose=place.area,
        place=place.question,
        number=len(place.series.questions),
    )
    figures = tuple(_with_trusts(place, told, seen))
    parity = tell_parity(told)
    if parity is Reason.NO_ACTUALS:
        parity = Reason.INCOMPLETE_RETURNS if figures else nothing
    return PublicAreaProgress(
        measure=place.asked.scope.measure,
        staff_group=place.asked.scope.staff_group,
        counted=Counted.BOARD if place.of_board else Counted.STAFF,
        actuals=figures,
        actuals_reason=None if figures else nothing,
        parity=None if isinstance(parity, Reason) else parity,
        parity_reason=parity if isinstance(parity, Reason) else None,
    )


def _with_trusts(place: Place, told: PublicSeries, seen: Sight) -> Iterator[PublicAreaFigure]:
    """Yield each census of a measure with what changed since the one before."""
    sums, years = place.series.sums, place.series.years
    earlier: int | None = None
    for figure in tell_figures(told):
        at = years.index(figure.year)
        on_all, on_same = (
            (Reason.FIRST_CENSUS, Reason.FIRST_CENSUS)
            if earlier is None
            else (
                _change_on_all(place, told, earlier, at),
                _change_on_same(place, seen, earlier, at),
            )
        )
        shown = _add_shown(place, seen, at)
        yield PublicAreaFigure(
            **{one.name: getattr(figure, one.name) for one in fields(PublicFigure)},
            trusts_expected=int(sums.expected[place.area, :, at].sum()),
            trusts_reported=int(sums.reported(of_board=place.of_board)[place.area, :, at].sum()),
            in_trusts_that_show=shown,
            in_trusts_that_show_reason=Reason.SUPPRESSED if shown is None else None,
            change_on_all=None if isinstance(on_all, Reason) else on_all,
            change_on_all_reason=on_all if isinstance(on_all, Reason) else None,
            change_on_same_trusts=None if isinstance(on_same, Reason) else on_same,
            change_on_same_trusts_reason=on_same if isinstance(on_same, Reason) else None,
        )
        earlier = at


def _add_shown(place: Place, seen: Sight, at: int) -> ShownPart | None:
    """Return the people of the trusts that show them at a census, if most do."""
    column, counted = place.question, place.counted(at)
    units = counted & (seen.rows[:, column, at] == SEEN)
    if 100 * units.sum() < MOST * counted.sum():
        return None
    base, _, _ = seen.of_some(units, column, at)
    shown = show_counts(place.count(at, units), base, None, None)
    share = shown.share
    return ShownPart(
        trusts=int(units.sum()),
        bme=shown.bme or 0,
        total=shown.total or 0,
        share=None if share is None else float(share),
        share_reason=Reason.NO_PEOPLE if share is None else None,
    )


def _change_on_all(place: Place, told: PublicSeries, earlier: int, at: int) -> Change | Reason:
    then, now = told.count(earlier), told.count(at)
    trusts = int(place.counted(earlier).sum()), int(place.counted(at).sum())
    return _change(place.series.years[earlier], then, now, trusts)


def _change_on_same(place: Place, seen: Sight, earlier: int, at: int) -> Change | Reason:
    """Return the change on trusts that reported both, if every one of them shows both."""
    both = place.counted(at) & place.counted(earlier)
    if not both.any():
        return Reason.NO_TRUST_IN_BOTH
    then, now = (
        show_counts(place.count(one, both), *seen.of_some(both, place.question, one))
        for one in (earlier, at)
    )
    return _change(place.series.years[earlier], then, now, (int(both.sum()),) * 2)


def _change(
    since: int, then: PublicCounts | None, now: PublicCounts | None, trusts: tuple[int, int]
) -> Change | Reason:
    """Return what changed between counts as they are shown, or that one of them is hidden."""
    if then is None or now is None or None in {then.bme, then.total, now.bme, now.total}:
        return Reason.SUPPRESSED
    before, after = then.share, now.share
    has_shares = before is not None and after is not None
    return Change(
        since=since,
        trusts=trusts[1],
        trusts_then=trusts[0],
        bme=(now.bme or 0) - (then.bme or 0),
        total=(now.total or 0) - (then.total or 0),
        share=float((after or 0) - (before or 0)) if has_shares else None,
        share_reason=None if has_shares else Reason.NO_PEOPLE,
    )
