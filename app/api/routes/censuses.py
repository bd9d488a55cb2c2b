"""Censuses with their dates, and cycles."""

from fastapi import APIRouter, Response

from app.api.auth import CallerDep
from app.api.deps import (
    CensusPrecondition,
    CensusYear,
    CyclePath,
    Now,
    ReadSession,
    WriteSession,
)
from app.api.problems import documented
from app.api.routing import BodyRoute
from app.api.schemas.censuses import (
    CensusIn,
    CensusListOut,
    CensusOut,
    CycleIn,
    CycleListOut,
    CycleOut,
)
from app.domain.callers import Role
from app.domain.errors import (
    CensusNotFound,
    ChangedMeanwhile,
    CycleFixed,
    CycleNotFound,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TokenInvalid,
    UnacceptableCensus,
    UnacceptableCycle,
)
from app.services import censuses
from app.services.censuses import may_read_extensions, tag_of

router = APIRouter(prefix="/v1", tags=["definitions"], route_class=BodyRoute)


@router.get("/cycles", summary="List cycles", responses=documented())
def list_cycles(session: ReadSession) -> CycleListOut:
    """The cycles of three years for which targets are set, oldest first."""
    items = [CycleOut.from_domain(one) for one in censuses.list_cycles(session)]
    return CycleListOut(items=items, next=None)


@router.get("/cycles/{code}", summary="Get a cycle", responses=documented(CycleNotFound))
def get_cycle(code: CyclePath, session: ReadSession) -> CycleOut:
    """One cycle: three years between two censuses, with the ambition that they serve."""
    return CycleOut.from_domain(censuses.get_cycle(session, code=code))


@router.put(
    "/cycles/{code}",
    summary="Add a cycle",
    responses=documented(TokenInvalid, NotAllowed, UnacceptableCycle, CycleFixed)
    | {201: {"model": CycleOut, "description": "The cycle was not there before."}},
)
def put_cycle(
    code: CyclePath,
    body: CycleIn,
    caller: CallerDep,
    now: Now,
    session: WriteSession,
    response: Response,
) -> CycleOut:
    """Add a cycle; for the national team. One that is there never changes."""
    stored = censuses.put_cycle(session, cycle=body.to_cycle(code), caller=caller, now=now)
    if stored.is_new:
        response.status_code = 201
        response.headers["Location"] = f"/v1/cycles/{code}"
    return CycleOut.from_domain(stored.cycle)


@router.get("/censuses", summary="List censuses", responses=documented(TokenInvalid))
def list_censuses(caller: CallerDep, session: ReadSession) -> CensusListOut:
    """Every census with its dates, oldest first."""
    found = censuses.list_censuses(session, caller=caller)
    with_extensions = may_read_extensions(caller)
    items = [CensusOut.from_domain(one, with_extensions=with_extensions) for one in found]
    return CensusListOut(items=items, next=None)


@router.get(
    "/censuses/{year}",
    summary="Get a census",
    responses=documented(CensusNotFound, TokenInvalid),
)
def get_census(
    year: CensusYear, caller: CallerDep, session: ReadSession, response: Response
) -> CensusOut:
    """One census: its day, and when it opens, is due and is published."""
    found = censuses.get_census(session, year=year, caller=caller)
    with_extensions = may_read_extensions(caller)
    if caller.role is Role.NATIONAL or not with_extensions:
        # What an area or a trust is shown of extensions depends on the register too.
        response.headers["ETag"] = tag_of(found) or ""
    return CensusOut.from_domain(found, with_extensions=with_extensions)


@router.put(
    "/censuses/{year}",
    summary="Set the dates of a census",
    responses=documented(
        TokenInvalid,
        NotAllowed,
        UnacceptableCensus,
        RevisionStale,
        RevisionNotNamed,
        ChangedMeanwhile,
    )
    | {201: {"model": CensusOut, "description": "The census was not there before."}},
)
def put_census(
    year: CensusYear,
    body: CensusIn,
    caller: CallerDep,
    precondition: CensusPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> CensusOut:
    """Set the dates of a census, or enter the one that comes next; for the national team.

    The body says all of them, extensions included. The same body again changes nothing.
    """
    stored = censuses.put_census(
        session,
        census=body.to_census(year),
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of(stored.census) or ""
    if stored.is_new:
        response.status_code = 201
        response.headers["Location"] = f"/v1/censuses/{year}"
    return CensusOut.from_domain(stored.census, with_extensions=True)
