"""Trusts beside each other: the peers of one, and the funnel of all."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.auth import CallerDep
from app.api.deps import AsOf, MethodAsked, NarrowedTo, Now, OdsCode, ReadSession
from app.api.guarding import GuardedRoute
from app.api.negotiation import CSV, prefers_csv
from app.api.problems import documented
from app.api.schemas.benchmarks import FunnelOut, FunnelRow, PeersOut
from app.api.tables import as_csv
from app.domain.errors import (
    ActualsNotFound,
    BoardNotFound,
    MeasureCannotBeNarrowed,
    MethodNotFound,
    NotAllowed,
    ReturnsNotFound,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
)
from app.domain.measures import Measure, Scope
from app.services.benchmarks import find_peers, make_funnel

router = APIRouter(prefix="/v1", tags=["benchmarks"], route_class=GuardedRoute)


AtCensus = Annotated[
    int | None,
    Query(ge=1900, le=2200, description="Census year; the newest that was sent if left out."),
]


@router.get(
    "/trusts/{ods_code}/peers",
    summary="Get a trust's peers",
    responses=documented(
        TrustNotFound,
        MethodNotFound,
        ReturnsNotFound,
        ActualsNotFound,
        BoardNotFound,
        TokenInvalid,
        NotAllowed,
        MeasureCannotBeNarrowed,
        UnacceptableQuestion,
    ),
)
def get_peers(
    ods_code: OdsCode,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    measure: Annotated[Measure, Query(description="The measure.")] = Measure.LEADERSHIP,
    staff_group: NarrowedTo = None,
    year: AtCensus = None,
    number: Annotated[int, Query(ge=1, le=50, description="How many peers.")] = 10,
    as_of: AsOf = None,
    method: MethodAsked = None,
) -> PeersOut:
    """The trusts most like one, with their shares and where it stands among them.

    Trusts of the same type come first, then the nearest by workforce size (in logarithms) and
    BME share of the workforce. A rank never goes without the interval of ranks that chance
    could as well have given.
    """
    found = find_peers(
        session,
        ods_code=ods_code,
        scope=Scope(measure, staff_group),
        year=year,
        number=number,
        as_of=as_of,
        method=method,
        caller=caller,
        now=now,
    )
    return PeersOut.model_validate(found)


@router.get(
    "/england/funnel/{measure}",
    summary="Get the funnel of all trusts",
    response_model=FunnelOut,
    responses=documented(
        ReturnsNotFound,
        MethodNotFound,
        TokenInvalid,
        NotAllowed,
        MeasureCannotBeNarrowed,
        UnacceptableQuestion,
    )
    | {200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)
def get_funnel(
    request: Request,
    measure: Annotated[Measure, Path(description="The measure.", examples=["leadership"])],
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    staff_group: NarrowedTo = None,
    year: AtCensus = None,
    as_of: AsOf = None,
    method: MethodAsked = None,
) -> FunnelOut | Response:
    """Every trust's share around that of all together, with the limits of chance for its size.

    The limits allow for trusts that vary by more than chance. This is no league table: trusts
    come in the order of their codes, and a rank never goes without its interval. As `text/csv`
    the trusts come one a line.
    """
    found = make_funnel(
        session,
        scope=Scope(measure, staff_group),
        year=year,
        as_of=as_of,
        method=method,
        caller=caller,
        now=now,
    )
    shown = FunnelOut.model_validate(found)
    if prefers_csv(request):
        return Response(as_csv(tuple(FunnelRow.model_fields), shown.rows()), media_type=CSV)
    return shown
