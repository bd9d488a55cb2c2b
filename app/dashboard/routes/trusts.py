"""Routes of the pages of trusts."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Response
from sqlmodel import Session

from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute, explain_absence
from app.dashboard.views.contents import list_trust_pages
from app.dashboard.views.histories import count_pages, tell_history
from app.dashboard.views.indicators import tell_indicators
from app.dashboard.views.measures import ACTUALS, tell_measure
from app.dashboard.views.registers import list_trusts
from app.dashboard.views.trusts import HEADINGS, tell_trust
from app.domain.callers import Caller
from app.domain.errors import NotAllowed, TokenInvalid, TrustNotFound
from app.domain.measures import Measure, Scope
from app.domain.organisations import Attribute, Kind, Organisation
from app.services import definitions
from app.services.charts import show_measures
from app.services.histories import list_history
from app.services.organisations import (
    Filter,
    get_organisation,
    list_named,
    list_organisations,
)
from app.services.progress import Inquiry
from app.services.public_wres import show_wres

CensusYear = Annotated[int, Path(ge=1900, le=2200)]

router = APIRouter(route_class=PageRoute, include_in_schema=False)

NUMBERS: Final = frozenset({1, 2, 3, 4, 5, 7})
"""Columns of the page of a trust in which figures stand."""


@router.get("/trusts")
def show_trusts(
    now: Now, session: ReadSession, q: Annotated[str, Query(max_length=90)] = ""
) -> Response:
    """List the trusts that are called something."""
    wanted = Filter(kind=Kind.TRUST, open_on=now.date(), text=q.strip() or None)
    found = list_organisations(session, wanted=wanted, after=None, limit=None)
    return render("trusts.html", page=list_trusts(found, q.strip()))


@router.get("/trusts/{ods_code}")
def show_trust(ods_code: str, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """Tell where a trust stands."""
    trust = find_trust(session, ods_code)
    try:
        shown = show_measures(
            session,
            ods_code=ods_code,
            scopes=[Scope(one) for one in Measure],
            inquiry=Inquiry(),
            caller=caller,
            now=now,
        )
    except (TokenInvalid, NotAllowed):
        shown = None
    within = filter(None, (trust.newest(one) for one in (Attribute.REGION, Attribute.ICB)))
    areas = list_named(session, codes=within)
    page = tell_trust(
        trust,
        shown,
        measures=definitions.list_measures(),
        places={one.ods_code: one for one in areas},
        today=now.date(),
    )
    return render(
        "trust.html",
        page=page,
        contents=list_trust_pages(ods_code),
        headings=HEADINGS,
        numbers=NUMBERS,
    )


@router.get("/trusts/{ods_code}/measures/{measure}")
def show_measure_of_trust(
    ods_code: str, measure: Measure, caller: PageCaller, now: Now, session: ReadSession
) -> Response:
    """Tell where one measure of a trust stands."""
    trust = find_trust(session, ods_code)
    shown = show_measures(
        session,
        ods_code=ods_code,
        scopes=[Scope(measure)],
        inquiry=Inquiry(),
        caller=caller,
        now=now,
    )
    page = tell_measure(trust, shown, definitions.get_measure(measure=measure))
    return render(
        "measure.html",
        page=page,
        actuals=ACTUALS,
    )


@router.get("/trusts/{ods_code}/indicators")
def show_newest_indicators(
    ods_code: str, caller: PageCaller, now: Now, session: ReadSession
) -> Response:
    """Tell the nine indicators of a trust at its newest census."""
    return _show_indicators(session, ods_code, None, caller, now)


@router.get("/trusts/{ods_code}/indicators/{year}")
def show_indicators_of_census(
    ods_code: str, year: CensusYear, caller: PageCaller, now: Now, session: ReadSession
) -> Response:
    """Tell the nine indicators of a trust at a census."""
    return _show_indicators(session, ods_code, year, caller, now)


def _show_indicators(
    session: Session, ods_code: str, year: int | None, caller: Caller, now: datetime
) -> Response:
    trust = find_trust(session, ods_code)
    try:
        shown = show_wres(session, ods_code=ods_code, year=year, caller=caller, now=now)
    except (TokenInvalid, NotAllowed):
        shown = None
    page = tell_indicators(trust, shown, definitions.list_indicators())
    contents = list_trust_pages(ods_code, "/indicators")
    return render("indicators.html", page=page, contents=contents)


@router.get("/trusts/{ods_code}/history")
def show_history(
    ods_code: str,
    caller: PageCaller,
    session: ReadSession,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Tell what happened to a trust's figures and targets."""
    trust = find_trust(session, ods_code)
    events = list_history(session, ods_code=ods_code, caller=caller)
    if page > count_pages(events):
        return explain_absence(f"The history of {trust.name} has no page {page}.")
    told = tell_history(trust, events, page)
    return render("history.html", page=told, contents=list_trust_pages(ods_code, "/history"))


def find_trust(session: Session, ods_code: str) -> Organisation:
    """Return a trust; raise `TrustNotFound` where a code is that of something else."""
    found = get_organisation(session, ods_code=ods_code).organisation
    if found.kind is not Kind.TRUST:
        raise TrustNotFound(ods_code)
    return found
