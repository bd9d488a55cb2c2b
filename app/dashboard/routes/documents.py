"""Routes of documents: as pages, and as files to print and to pass on."""

from datetime import datetime
from typing import Final

from fastapi import APIRouter, Response
from sqlmodel import Session

from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute
from app.dashboard.views.documents import show_annual, show_board
from app.documents.annual_report import (
    AnnualReport,
    tell_annual_report,
    typeset_annual_report,
)
from app.documents.board_page import SCOPES, BoardPage, tell_board_page, typeset_board_page
from app.domain.callers import Caller
from app.services.annual_reports import report_census
from app.services.charts import show_measures
from app.services.progress import Inquiry

router = APIRouter(route_class=PageRoute, include_in_schema=False)

PDF: Final = "application/pdf"
"""The media type of documents to print."""


@router.get("/trusts/{ods_code}/board-page.pdf")
def send_board_page(ods_code: str, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """Send the board page of a trust as PDF."""
    page = _tell(session, ods_code, caller, now)
    return _send(typeset_board_page(page), f"board-page-{page.ods_code}.pdf")


@router.get("/trusts/{ods_code}/board-page")
def show_board_page(ods_code: str, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """Tell a board where leadership stands."""
    return render("board_page.html", page=show_board(_tell(session, ods_code, caller, now)))


@router.get("/england/reports/{year:int}.pdf")
def send_annual_report(year: int, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """Send the report of a census as PDF."""
    report = _report(session, year, caller, now)
    return _send(typeset_annual_report(report), f"census-{year}.pdf")


@router.get("/england/reports/{year:int}")
def show_annual_report(year: int, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """Tell what a census says of all trusts."""
    return render("annual_report.html", page=show_annual(_report(session, year, caller, now)))


def _report(session: Session, year: int, caller: Caller, now: datetime) -> AnnualReport:
    found = report_census(session, year=year, as_of=None, caller=caller, now=now)
    return tell_annual_report(found)


def _tell(session: Session, ods_code: str, caller: Caller, now: datetime) -> BoardPage:
    shown = show_measures(
        session, ods_code=ods_code, scopes=SCOPES, inquiry=Inquiry(), caller=caller, now=now
    )
    return tell_board_page(shown)


def _send(document: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(document, media_type=PDF, headers=headers)
