"""Reporting areas to whoever may not read all of their trusts' figures exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.area_series import AreaSeries, analyse_publicly, tell_turnouts
from app.domain.area_units import Unit, gather
from app.domain.areas import AreaReport, RowsOf
from app.domain.callers import Action, Caller
from app.domain.errors import AreaNotFound
from app.domain.methods import get_method
from app.domain.organisations import Organisation
from app.domain.panels import build_panel
from app.domain.permissions import role_may
from app.domain.public_areas import (
    PublicAreaReport,
    PublicRow,
    make_public_rows,
    show_exactly,
    tell_public_area,
)
from app.domain.public_progress import list_series, read_series
from app.domain.questions import refuse_contradictions
from app.domain.sights import Sight, list_groups
from app.services.access import is_open_to_all
from app.services.area_register import read_register
from app.services.area_scenes import AreaInquiry, AreaScene, find_family, set_scene
from app.services.areas import report_area
from app.services.compact_rows import Asked, find_newest_move, list_rows
from app.services.england import is_invented
from app.services.instants import refuse_future
from app.services.public_view import PublicView, list_readable, read_view
from app.store import releases


def show_area(
    session: Session, *, code: str, inquiry: AreaInquiry, caller: Caller, now: datetime
) -> AreaReport | PublicAreaReport:
    """Add up the trusts of an area as far as a caller may see them, and tell of each in a line.

    A sum is told if every part of it is: exactly to the caller, or to everybody.

    Args:
        session: A reading session.
        code: Of an integrated care board, a region or England.
        inquiry: How it is asked for.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        AreaNotFound: No area has the code.
        TokenInvalid: The caller has no token, the trusts are real, and nothing is released.
        NotAllowed: The caller may not read sums over real trusts, and nothing is released.
        MethodNotFound: No method has the version.
        MeasureCannotBeNarrowed: A measure cannot be narrowed to the staff group.
        UnacceptableQuestion: The question contradicts itself, or its instant has not come.
    """
    synthetic, action = is_invented(session), Action.READ_AREAS
    sees_all = is_open_to_all(caller, action, synthetic=synthetic) or role_may(caller.role, action)
    if sees_all or not releases.list_all(session, as_of=inquiry.as_of):
        return report_area(session, code=code, inquiry=inquiry, caller=caller, now=now)
    method, scopes = get_method(inquiry.method), inquiry.scopes()
    refuse_future(inquiry.as_of, now)
    refuse_contradictions(inquiry.reference, scopes)
    register = read_register(session, synthetic=synthetic, as_of=inquiry.as_of, now=now)
    if code not in register.areas:
        raise AreaNotFound(code)
    area = register.areas[code]
    exact = list_readable(session, caller, register.trusts.values())
    family = find_family(register, area, inquiry.boundaries)
    asked = Asked(scopes, inquiry.reference, method, inquiry.as_of)
    groups = list_groups(asked.questions)
    view = read_view(session, family, groups, exact=exact, as_of=inquiry.as_of)
    scene = set_scene(register, area, inquiry, view.sent)
    return _report(session, scene, view, asked, synthetic=synthetic)


def _report(
    session: Session, scene: AreaScene, view: PublicView, asked: Asked, *, synthetic: bool
) -> PublicAreaReport:
    shown, inquiry = _Shown(scene, view, asked), scene.inquiry
    seen = shown.look_at(scene.units)
    series, sums = shown.sum_up([scene.area], seen)
    listed = scene.list_units(series)
    readable = [unit for unit in listed if unit.code in view.exact]
    changes = (find_newest_move(session, readable, asked), *scene.register.list_changes())
    return PublicAreaReport(
        area=scene.area,
        boundaries=inquiry.boundaries,
        continuity=inquiry.continuity,
        as_of=inquiry.as_of or max(*changes, *view.changes),
        method=asked.method.version,
        synthetic=synthetic,
        trusts=len(listed),
        turnouts=tell_turnouts(series, 0),
        measures=tell_public_area(series, 0, seen, sums, nothing=scene.why_nothing(listed)),
        rows=_list_rows(session, shown, listed, seen),
    )


def _list_rows(
    session: Session, shown: "_Shown", listed: Sequence[Unit], seen: Sight
) -> Sequence[PublicRow]:
    inquiry = shown.scene.inquiry
    if inquiry.sums_only:
        return []
    if inquiry.rows is RowsOf.TRUST:
        return shown.list_rows(session, listed, seen)
    return shown.list_area_rows(seen)


@dataclass(frozen=True, slots=True)
class _Shown:
    """An area's trusts as a caller sees them."""

    scene: AreaScene
    view: PublicView
    asked: Asked

    def look_at(self, units: Sequence[Unit]) -> Sight:
        """Return what is seen of each measure of units, and of what it is held against."""
        return self.view.look_at(units, list_groups(self.asked.questions))

    def sum_up(self, areas: Sequence[Organisation], seen: Sight) -> tuple[AreaSeries, Sight]:
        """Return the sums of areas, and what is seen of them.

        A measure is counted from headcounts or from boards; what it is held against always from
        headcounts.
        """
        series = self.scene.analyse(areas, self.asked)
        of_board = [one.scope.is_of_board for one in self.asked.questions]
        kinds = [*of_board, *([False] * len(of_board))]
        sums = seen.of_sums(series.sums.staff, series.sums.board, kinds)
        return analyse_publicly(series, sums, self.asked.method), sums

    def list_rows(
        self, session: Session, units: Sequence[Unit], seen: Sight
    ) -> Sequence[PublicRow]:
        """Return a line for each trust and measure: as everybody sees it, or exactly."""
        rows = self._list_public_rows(units, seen)
        readable = [unit for unit in units if unit.code in self.view.exact]
        if not readable:
            return rows
        censuses = gather(readable, self.view.sent)
        panel = build_panel(censuses, self.asked.questions)
        exact = list_rows(session, readable, censuses, panel, self.asked)
        lines = {(row.ods_code, row.measure): show_exactly(row) for row in exact}
        return [lines.get((row.ods_code, row.measure), row) for row in rows]

    def list_area_rows(self, seen: Sight) -> list[PublicRow]:
        """Return a line for each area of England and measure."""
        areas = self.scene.register.list_areas()
        series, sums = self.sum_up(areas, seen)
        return make_public_rows(
            areas, read_series(series.shown, series.analysis, self.asked.questions, sums)
        )

    def _list_public_rows(self, units: Sequence[Unit], seen: Sight) -> list[PublicRow]:
        """Return a line for each trust and measure, as everybody sees it.

        Args:
            units: The trusts.
            seen: What is seen of those that are added up, which mostly are the same.
        """
        if not units:
            return []
        questions = self.asked.questions
        panel = build_panel(gather(units, self.view.sent), questions)
        sight = seen if units is self.scene.units else self.look_at(units)
        series = list_series(panel, questions, sight, self.asked.method)
        return make_public_rows([unit.trust for unit in units], series)
