"""Routes of documents: as pages, and as files to print and to pass on."""

from datetime import datetime
from typing import Final

from fastapi import APIRouter, Response
from sqlmodel import Session

from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute
from app.dashboard.views.documents import show_board
from app.documents.board_page import SCOPES, BoardPage, tell_board_page, typeset_board_page
from app.domain.callers import Caller
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


def _tell(session: Session, ods_code: str, caller: Caller, now: datetime) -> BoardPage:
    shown = show_measures(
        session, ods_code=ods_code, scopes=SCOPES, inquiry=Inquiry(), caller=caller, now=now
    )
    return tell_board_page(shown)


def _send(document: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(document, media_type=PDF, headers=headers)
