"""Routes of the pages of England and its areas."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session

from app.charts.kinds import ChartKind, list_measures
from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute
from app.dashboard.views.area_charts import tell_area_charts
from app.dashboard.views.areas import FIGURES, NUMBERED, Report, Wish, tell_area
from app.dashboard.views.registers import list_areas, list_unreleased
from app.domain.callers import Caller
from app.domain.errors import AreaNotFound, NotAllowed, ReturnsNotFound, TokenInvalid
from app.domain.funnels import Funnel
from app.domain.measures import Measure, Scope
from app.domain.organisations import Attribute, Kind, Organisation
from app.services import definitions
from app.services.area_scenes import AreaInquiry
from app.services.areas import ENGLAND
from app.services.benchmarks import make_funnel
from app.services.charts import show_area_measures, show_trusts
from app.services.organisations import (
    Filter,
    get_organisation,
    list_named,
    list_organisations,
)
from app.services.public_areas import show_area

router = APIRouter(route_class=PageRoute, include_in_schema=False)


def _wish(
    *,
    measure: Annotated[Measure, Query()] = Measure.LEADERSHIP,
    region: Annotated[str, Query(max_length=5)] = "",
    type: Annotated[str, Query(max_length=20)] = "",  # noqa: A002 - what readers see it called
    q: Annotated[str, Query(max_length=90)] = "",
    sort: Annotated[
        Literal["name", "year", "bme", "total", "share", "outlook", "parity"], Query()
    ] = "name",
    order: Annotated[Literal["asc", "desc"], Query()] = "asc",
) -> Wish:
    """Return what the reader wishes to see."""
    return Wish(measure, region, type, q.strip(), sort, order == "desc")


Asked = Annotated[Measure, Query()]

Wished = Annotated[Wish, Depends(_wish)]


@router.get("/england")
def show_england(wish: Wished, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """Tell where England stands, and each of its trusts in a line."""
    return _show(session, ENGLAND, path="/england", wish=wish, caller=caller, now=now)


@router.get("/areas")
def show_areas(now: Now, session: ReadSession) -> Response:
    """List regions and integrated care boards."""
    found = list_organisations(session, wanted=Filter(open_on=now.date()), after=None, limit=None)
    return render("areas.html", page=list_areas(found))


@router.get("/areas/{code}")
def show_area_page(
    code: str, wish: Wished, caller: PageCaller, now: Now, session: ReadSession
) -> Response:
    """Tell where an integrated care board or a region stands, and each of its trusts."""
    return _show(session, code, path=f"/areas/{code}", wish=wish, caller=caller, now=now)


@router.get("/england/charts")
def show_charts_of_england(
    caller: PageCaller, now: Now, session: ReadSession, measure: Asked = Measure.LEADERSHIP
) -> Response:
    """Draw England's trusts together, and each of them within the limits of chance."""
    return _show_charts(session, ENGLAND, measure, caller, now)


@router.get("/areas/{code}/charts")
def show_charts_of_area(
    code: str,
    caller: PageCaller,
    now: Now,
    session: ReadSession,
    measure: Asked = Measure.LEADERSHIP,
) -> Response:
    """Draw an area's trusts together."""
    return _show_charts(session, code, measure, caller, now)


def _show_charts(
    session: Session, code: str, measure: Measure, caller: Caller, now: datetime
) -> Response:
    area = _find(session, code)
    try:
        shown = show_area_measures(
            session,
            code=code,
            measures=list_measures(ChartKind.MULTIPLES, measure),
            inquiry=AreaInquiry(),
            caller=caller,
            now=now,
        )
    except (TokenInvalid, NotAllowed):
        shown = None
    funnel = _find_funnel(session, measure, caller, now) if code == ENGLAND else None
    codes: Sequence[str] = ()
    if shown is not None and area.kind is Kind.ICB:  # of a region there are too many to look at
        listed = _list_trusts(session, area, now.date())
        codes = [one.ods_code for one in listed if one.is_synthetic == shown.synthetic]
    page = tell_area_charts(
        area,
        measure,
        shown,
        funnel=funnel,
        trusts=show_trusts(session, codes=codes, measure=measure, caller=caller, now=now),
        measures=definitions.list_measures(),
    )
    return render("area_charts.html", page=page)


def _find_funnel(
    session: Session, measure: Measure, caller: Caller, now: datetime
) -> Funnel | None:
    """Return every trust around the sum of all; None where the caller may not see it."""
    try:
        return make_funnel(
            session,
            scope=Scope(measure),
            year=None,
            as_of=None,
            method=None,
            caller=caller,
            now=now,
        )
    except (TokenInvalid, NotAllowed, ReturnsNotFound):
        return None


def _find(session: Session, code: str) -> Organisation:
    found = get_organisation(session, ods_code=code).organisation
    if found.kind is Kind.TRUST:
        raise AreaNotFound(code)
    return found


def _show(
    session: Session, code: str, *, path: str, wish: Wish, caller: Caller, now: datetime
) -> Response:
    inquiry = AreaInquiry(measures=(wish.measure,))
    try:
        report = show_area(session, code=code, inquiry=inquiry, caller=caller, now=now)
    except (TokenInvalid, NotAllowed):
        return _show_unreleased(session, code, now.date())
    page = tell_area(
        report,
        wish,
        path=path,
        measures=definitions.list_measures(),
        places=_places(session, report),
    )
    return render("area.html", page=page, figures=FIGURES, numbers=NUMBERED)


def _show_unreleased(session: Session, code: str, day: date) -> Response:
    area = get_organisation(session, ods_code=code).organisation
    page = list_unreleased(area.name, _list_trusts(session, area, day))
    return render("areas.html", page=page)


def _list_trusts(session: Session, area: Organisation, day: date) -> Sequence[Organisation]:
    """Return the trusts of an area that are open on a day."""
    code = area.ods_code
    wanted = Filter(
        kind=Kind.TRUST,
        open_on=day,
        region=code if area.kind is Kind.REGION else None,
        icb=code if area.kind is Kind.ICB else None,
    )
    return list_organisations(session, wanted=wanted, after=None, limit=None)


def _places(session: Session, report: Report) -> dict[str, Organisation]:
    """Return by their codes the trusts that a report names, and the regions they lie in."""
    codes = {row.ods_code for row in report.rows}
    codes |= {code for turnout in report.turnouts for code in turnout.missing_codes}
    trusts = list_named(session, codes=codes)
    regions = filter(None, (one.newest(Attribute.REGION) for one in trusts))
    found = [*trusts, *list_named(session, codes=regions)]
    return {one.ods_code: one for one in found}
