"""Who has sent and set what at a census, and what is overdue."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.auth import CallerDep
from app.api.cursors import After, next_cursor
from app.api.deps import AsOf, CensusYear, Now, ReadSession
from app.api.guarding import GuardedRoute
from app.api.negotiation import CSV, prefers_csv
from app.api.problems import documented
from app.api.schemas.return_lines import COLUMNS, ReturnLine
from app.api.schemas.returns import ReturnListOut
from app.api.tables import as_csv
from app.domain.codes import ReturnStatus
from app.domain.errors import CensusNotFound, NotAllowed, TokenInvalid, UnacceptableQuestion
from app.services import returns
from app.services.returns import Filter

router = APIRouter(prefix="/v1/england/returns", tags=["returns"], route_class=GuardedRoute)


@router.get(
    "/{year}",
    summary="Tell who has sent and set what",
    response_model=ReturnListOut,
    responses=documented(CensusNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion)
    | {200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)
def get_returns(
    year: CensusYear,
    request: Request,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    after: After,
    region: Annotated[
        str | None, Query(max_length=5, description="Code of a region.", examples=["Y56"])
    ] = None,
    icb: Annotated[
        str | None, Query(max_length=5, description="Code of an ICB.", examples=["QMF"])
    ] = None,
    status: Annotated[
        ReturnStatus | None, Query(description="Only trusts whose actuals stand so.")
    ] = None,
    as_of: AsOf = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many a page.")] = 500,
) -> ReturnListOut | Response:
    """Which trusts have sent actuals, set targets and had a plan reviewed, overdue ones first.

    Every trust that was open at the census is listed; one that has closed since is covered by
    the return of its successor. The dates are those of `/v1/censuses/{year}`, extensions
    included. For the national team, and for an area of its own trusts; once the census is
    published everybody is told how the actuals stand, and nothing else. As `text/csv` the whole
    selection comes in one answer, without pages.
    """
    found = returns.list_returns(
        session,
        year=year,
        wanted=Filter(region, icb, status),
        as_of=as_of,
        caller=caller,
        now=now,
    )
    if prefers_csv(request):
        lines = (ReturnLine.from_domain(one, is_public=found.is_public) for one in found.items)
        return Response(as_csv(COLUMNS, lines), media_type=CSV)
    rest = [one for one in found.items if after is None or one.order > after]
    page = rest[:limit]
    following = next_cursor(page[-1].order) if len(rest) > limit else None
    return ReturnListOut.from_domain(found, page, following=following)
