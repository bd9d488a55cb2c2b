"""Documents: answers as they are printed and passed on."""

from typing import Any, Final

from fastapi import APIRouter, Response

from app.api.auth import CallerDep
from app.api.deps import AsOf, Now, OdsCode, ReadSession
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.documents.board_page import SCOPES, tell_board_page, typeset_board_page
from app.domain.errors import NotAllowed, TokenInvalid, TrustNotFound, UnacceptableQuestion
from app.services.charts import show_measures
from app.services.progress import Inquiry

router = APIRouter(prefix="/v1", tags=["documents"], route_class=GuardedRoute)

PDF: Final = "application/pdf"
"""The media type of documents to print."""

PRINTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A PDF, tagged for readers aloud (PDF/UA-1).",
        "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""How the answers of documents are described."""


@router.get(
    "/trusts/{ods_code}/board-page",
    summary="Get the board page of a trust",
    response_class=Response,
    responses=documented(TrustNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion) | PRINTED,
)
def get_board_page(
    ods_code: OdsCode, caller: CallerDep, now: Now, session: ReadSession, as_of: AsOf = None
) -> Response:
    """Where leadership stands, as one page A4 and one of charts: made for a board.

    Count, path, gap in people, direction, what changed since the census before, and what to mind.
    Who may not read the trust's figures exactly gets released ones, rounded or hidden. The same
    figures give the same bytes.
    """
    shown = show_measures(
        session,
        ods_code=ods_code,
        scopes=SCOPES,
        inquiry=Inquiry(as_of=as_of),
        caller=caller,
        now=now,
    )
    headers = {"Content-Disposition": f'inline; filename="board-page-{ods_code}.pdf"'}
    return Response(typeset_board_page(tell_board_page(shown)), media_type=PDF, headers=headers)
