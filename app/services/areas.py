"""Reporting the progress of areas: integrated care boards, regions and England."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from app.domain.area_progress import tell_progress
from app.domain.area_series import AreaSeries, make_area_rows, tell_turnouts
from app.domain.area_units import Unit, gather
from app.domain.areas import AreaReport, CompactRow, RowsOf
from app.domain.callers import Action, Caller
from app.domain.errors import AreaNotFound
from app.domain.methods import get_method
from app.domain.panels import build_panel
from app.domain.questions import refuse_contradictions
from app.services.access import is_open_to_all, note_reading, require_role
from app.services.area_register import read_register
from app.services.area_scenes import AreaInquiry, AreaScene, find_family, set_scene
from app.services.compact_rows import Asked, find_newest_move, list_rows
from app.services.england import is_invented
from app.services.instants import refuse_future
from app.store import areas

ENGLAND = "ENG"
"""The code of England in the register."""


def report_area(
    session: Session, *, code: str, inquiry: AreaInquiry, caller: Caller, now: datetime
) -> AreaReport:
    """Add up the trusts of an area, and tell of each of them in a line.

    Args:
        session: A reading session.
        code: Of an integrated care board, a region or England.
        inquiry: How it is asked for.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        AreaNotFound: No area has the code.
        TokenInvalid: The caller has no token, and the trusts are real.
        NotAllowed: The caller may not read sums over real trusts.
        MethodNotFound: No method has the version.
        MeasureCannotBeNarrowed: A measure cannot be narrowed to the staff group.
        UnacceptableQuestion: The question contradicts itself, or its instant has not come.
    """
    synthetic = is_invented(session)
    require_role(caller, Action.READ_AREAS, synthetic=synthetic)
    if not is_open_to_all(caller, Action.READ_AREAS, synthetic=synthetic):
        note_reading(session, caller, code)
    method, scopes = get_method(inquiry.method), inquiry.scopes()
    refuse_future(inquiry.as_of, now)
    refuse_contradictions(inquiry.reference, scopes)
    register = read_register(session, synthetic=synthetic, as_of=inquiry.as_of, now=now)
    if code not in register.areas:
        raise AreaNotFound(code)
    area = register.areas[code]
    family = find_family(register, area, inquiry.boundaries)
    sent = areas.read_sent(session, family, as_of=inquiry.as_of)
    scene = set_scene(register, area, inquiry, sent)
    asked = Asked(scopes, inquiry.reference, method, inquiry.as_of)
    series = scene.analyse([scene.area], asked)
    listed = scene.list_units(series)
    rows = [] if inquiry.sums_only else _list_rows(session, scene, series, listed, asked)
    moved_at = find_newest_move(session, listed, asked)
    return AreaReport(
        area=scene.area,
        boundaries=inquiry.boundaries,
        continuity=inquiry.continuity,
        as_of=inquiry.as_of or max(moved_at, *scene.list_changes()),
        method=method.version,
        synthetic=synthetic,
        trusts=len(listed),
        turnouts=tell_turnouts(series, 0),
        measures=tell_progress(
            series, 0, rows, nothing=scene.why_nothing(listed), horizon=inquiry.horizon
        ),
        rows=rows
        if inquiry.rows is RowsOf.TRUST or inquiry.sums_only
        else make_area_rows(scene.analyse(register.list_areas(), asked)),
    )


def _list_rows(
    session: Session, scene: AreaScene, series: AreaSeries, listed: Sequence[Unit], asked: Asked
) -> list[CompactRow]:
    """Return a line for each of some trusts and measure, trust by trust."""
    if listed is scene.units:
        return list_rows(session, listed, scene.censuses, series.alone, asked)
    censuses = gather(listed, scene.sent)
    return list_rows(session, listed, censuses, build_panel(censuses, asked.questions), asked)
