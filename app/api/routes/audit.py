"""Who changed or read what."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.auth import CallerDep
from app.api.cursors import After, as_number
from app.api.deps import ReadSession
from app.api.guarding import GuardedRoute
from app.api.negotiation import CSV, prefers_csv
from app.api.problems import documented
from app.api.schemas.audit import COLUMNS, AuditListOut
from app.api.schemas.base import Instant
from app.api.tables import as_csv
from app.domain.audit import AuditEvent
from app.domain.changes import ChangeKind
from app.domain.errors import NotAllowed, TokenInvalid
from app.services import audit
from app.store.audit import AuditFilter

router = APIRouter(prefix="/v1/audit", tags=["audit"], route_class=GuardedRoute)


@router.get(
    "",
    summary="Get the audit",
    response_model=AuditListOut,
    responses=documented(TokenInvalid, NotAllowed)
    | {200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)
def get_audit(
    request: Request,
    caller: CallerDep,
    session: ReadSession,
    after: After,
    organisation: Annotated[
        str | None,
        Query(pattern=r"^[A-Z0-9]{3,5}$", description="ODS code.", examples=["RZ1"]),
    ] = None,
    kind: Annotated[
        ChangeKind | None, Query(description="Of what was changed.", examples=["actuals"])
    ] = None,
    event: Annotated[
        AuditEvent | None, Query(description="Only such entries.", examples=["change"])
    ] = None,
    called_by: Annotated[
        str | None,
        Query(
            max_length=200,
            pattern=r"^[^\x00]*$",
            description="Name of a caller, or identifier of its token.",
            examples=["a1b2c3d4e5f6"],
        ),
    ] = None,
    since: Annotated[
        Instant | None,
        Query(description="Not before this instant.", examples=["2026-11-01T00:00:00Z"]),
    ] = None,
    until: Annotated[
        Instant | None,
        Query(description="Before this instant.", examples=["2026-12-01T00:00:00Z"]),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many a page.")] = 100,
) -> AuditListOut | Response:
    """Who changed something, or read another organisation's exact figures, newest first.

    For the national team. Each entry holds the hash of the one before it, so that `parity audit
    verify` finds what was changed, taken out or moved. As `text/csv` it is the same page, without
    a cursor: go on with `until`.
    """
    page = audit.list_audit(
        session,
        wanted=AuditFilter(organisation, kind, event, called_by, since, until),
        before=None if after is None else as_number(after),
        limit=limit,
        caller=caller,
    )
    told = AuditListOut.from_domain(page)
    if prefers_csv(request):
        return Response(as_csv(COLUMNS, told.items), media_type=CSV)
    return told
