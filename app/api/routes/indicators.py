"""Indicators 2 to 8 of a trust at a census."""

from fastapi import APIRouter, Response

from app.api.auth import CallerDep
from app.api.deps import (
    AsOf,
    CensusYear,
    IndicatorsPrecondition,
    Now,
    OdsCode,
    ReadSession,
    WriteSession,
)
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.indicator_bodies import IndicatorsIn
from app.api.schemas.indicators import IndicatorsOut
from app.domain.errors import (
    ChangedMeanwhile,
    IndicatorsNotFound,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    SyntheticBesideReal,
    TokenInvalid,
    TrustNotFound,
    UnacceptableIndicators,
    UnacceptableQuestion,
)
from app.domain.public_indicators import PublicIndicators
from app.services import indicators
from app.services.indicators import tag_of_answer

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/indicators", tags=["indicators"], route_class=GuardedRoute
)


@router.get(
    "/{year}",
    summary="Get indicators 2 to 8",
    responses=documented(
        TrustNotFound, IndicatorsNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion
    ),
)
def get_indicators(
    ods_code: OdsCode,
    year: CensusYear,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    response: Response,
    as_of: AsOf = None,
) -> IndicatorsOut:
    """What a trust has sent for one census, with the ratios and differences that it comes to.

    It is the revision that counted at the instant. Indicator 1 is the actuals, indicator 9 comes
    from the board; all nine are in the WRES report. Who may not read the trust's figures gets the
    newest national edition: each indicator rounded whole, or null as `suppressed`.
    """
    found = indicators.get_indicators(
        session, ods_code=ods_code, year=year, as_of=as_of, caller=caller, now=now
    )
    if isinstance(found, PublicIndicators):
        response.headers["ETag"] = found.tag
        return IndicatorsOut.from_public(found)
    response.headers["ETag"] = tag_of_answer(found)
    return IndicatorsOut.from_domain(found)


@router.put(
    "/{year}",
    summary="Put indicators 2 to 8",
    responses=documented(
        TrustNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableIndicators,
        RevisionStale,
        RevisionNotNamed,
        ChangedMeanwhile,
        SyntheticBesideReal,
    )
    | {201: {"model": IndicatorsOut, "description": "The first revision of the census."}},
)
def put_indicators(
    ods_code: OdsCode,
    year: CensusYear,
    body: IndicatorsIn,
    caller: CallerDep,
    precondition: IndicatorsPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> IndicatorsOut:
    """Send in a trust's pools, events and survey answers; a change is a new revision.

    Ratios and differences are computed, never accepted.
    """
    stored = indicators.put_indicators(
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
        response.headers["Location"] = f"/v1/trusts/{ods_code}/indicators/{year}"
    return IndicatorsOut.from_domain(stored.revision)
