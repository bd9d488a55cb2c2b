"""A trust's board at a census."""

from fastapi import APIRouter, Response

from app.api.auth import CallerDep
from app.api.deps import (
    AsOf,
    BoardPrecondition,
    CensusYear,
    Now,
    OdsCode,
    ReadSession,
    WriteSession,
)
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.boards import BoardIn, BoardOut
from app.api.schemas.public_tables import PublicTableOut
from app.domain.errors import (
    BoardNotFound,
    ChangedMeanwhile,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    SyntheticBesideReal,
    TokenInvalid,
    TrustNotFound,
    UnacceptableBoard,
    UnacceptableQuestion,
)
from app.domain.public_tables import PublicTable
from app.services import boards
from app.services.boards import tag_of_answer

router = APIRouter(prefix="/v1/trusts/{ods_code}/board", tags=["board"], route_class=GuardedRoute)


@router.get(
    "/{year}",
    summary="Get the board",
    responses=documented(
        TrustNotFound, BoardNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion
    ),
)
def get_board(
    ods_code: OdsCode,
    year: CensusYear,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    response: Response,
    as_of: AsOf = None,
) -> BoardOut | PublicTableOut:
    """A trust's board at one census, in the revision that counted at the instant.

    Who may not read the trust's figures gets the newest national edition: rounded, with small
    counts null beside `suppressed`.
    """
    found = boards.get_board(
        session, ods_code=ods_code, year=year, as_of=as_of, caller=caller, now=now
    )
    if isinstance(found, PublicTable):
        response.headers["ETag"] = found.tag
        return PublicTableOut.from_domain(found)
    response.headers["ETag"] = tag_of_answer(found)
    return BoardOut.from_domain(found)


@router.put(
    "/{year}",
    summary="Put the board",
    responses=documented(
        TrustNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableBoard,
        RevisionStale,
        RevisionNotNamed,
        ChangedMeanwhile,
        SyntheticBesideReal,
    )
    | {201: {"model": BoardOut, "description": "The first revision of the census."}},
)
def put_board(
    ods_code: OdsCode,
    year: CensusYear,
    body: BoardIn,
    caller: CallerDep,
    precondition: BoardPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> BoardOut:
    """Send in a trust's board at one census; a change is a new revision with a reason."""
    stored = boards.put_board(
        session,
        ods_code=ods_code,
        year=year,
        submission=body.to_submission(),
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of_answer(stored.revision)
    if stored.is_new:
        response.status_code = 201
        response.headers["Location"] = f"/v1/trusts/{ods_code}/board/{year}"
    return BoardOut.from_domain(stored.revision)
