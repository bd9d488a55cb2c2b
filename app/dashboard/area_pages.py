"""Routes of the pages of England and its areas."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session

from app.dashboard.areas import FIGURES, Report, Wish, tell_area
from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.registers import list_areas, list_unreleased
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute
from app.domain.callers import Caller
from app.domain.errors import NotAllowed, TokenInvalid
from app.domain.measures import Measure
from app.domain.organisations import Kind, Organisation
from app.services import definitions
from app.services.area_scenes import AreaInquiry
from app.services.areas import ENGLAND
from app.services.organisations import Filter, get_organisation, list_organisations
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


Wished = Annotated[Wish, Depends(_wish)]


@router.get("/england")
def show_england(wish: Wished, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """Tell where England stands, and each of its trusts in a line."""
    try:
        report = _read(session, ENGLAND, wish, caller, now)
    except (TokenInvalid, NotAllowed):
        return _show_unreleased(session, ENGLAND, Filter(kind=Kind.TRUST, open_on=now.date()))
    return _show(session, report, wish, "/england")


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
    try:
        report = _read(session, code, wish, caller, now)
    except (TokenInvalid, NotAllowed):
        kind = get_organisation(session, ods_code=code).organisation.kind
        wanted = Filter(
            kind=Kind.TRUST,
            open_on=now.date(),
            region=code if kind is Kind.REGION else None,
            icb=code if kind is Kind.ICB else None,
        )
        return _show_unreleased(session, code, wanted)
    return _show(session, report, wish, f"/areas/{code}")


def _read(session: Session, code: str, wish: Wish, caller: Caller, now: datetime) -> Report:
    inquiry = AreaInquiry(measures=(wish.measure,))
    return show_area(session, code=code, inquiry=inquiry, caller=caller, now=now)


def _show(session: Session, report: Report, wish: Wish, path: str) -> Response:
    page = tell_area(
        report,
        wish,
        path=path,
        measures=definitions.list_measures(),
        places=_places(session),
    )
    return render("area.html", page=page, figures=FIGURES)


def _show_unreleased(session: Session, code: str, wanted: Filter) -> Response:
    name = get_organisation(session, ods_code=code).organisation.name
    trusts = list_organisations(session, wanted=wanted, after=None, limit=None)
    return render("areas.html", page=list_unreleased(name, trusts))


def _places(session: Session) -> dict[str, Organisation]:
    """Return every trust and area by its code."""
    found = list_organisations(session, wanted=Filter(), after=None, limit=None)
    return {one.ods_code: one for one in found}
