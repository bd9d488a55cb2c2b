"""The nine indicators of a trust in one answer."""

from fastapi import APIRouter

from app.api.auth import CallerDep
from app.api.deps import AsOf, CensusYear, ContinuityAsked, Now, OdsCode, ReadSession
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.wres import WresOut
from app.domain.errors import (
    NotAllowed,
    ReturnsNotFound,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
)
from app.domain.series import Continuity
from app.services.wres import report_wres

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/wres", tags=["indicators"], route_class=GuardedRoute
)


@router.get(
    "/{year}",
    summary="Report the nine WRES indicators",
    responses=documented(
        TrustNotFound, ReturnsNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion
    ),
)
def get_wres_report(
    ods_code: OdsCode,
    year: CensusYear,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    continuity: ContinuityAsked = Continuity.COMBINED,
    as_of: AsOf = None,
) -> WresOut:
    """All nine indicators and disparity ratios, beside the year before and all England.

    Indicator 1 comes from the actuals, 2 to 8 from the indicators sent, 9 from the board and the
    actuals. England's figures are sums of counts, never means of percentages; each says how many
    trusts it counts. The counts are exact; intervals describe the process behind them.
    """
    found = report_wres(
        session,
        ods_code=ods_code,
        year=year,
        continuity=continuity,
        as_of=as_of,
        caller=caller,
        now=now,
    )
    return WresOut.from_domain(found)
