"""What arithmetic proposes to a trust as targets."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.auth import CallerDep
from app.api.deps import (
    AsOf,
    NarrowedTo,
    Now,
    OdsCode,
    ReadSession,
    TurnoverAsked,
    WriteSession,
)
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.routes.target_parameters import present_target
from app.api.schemas.base import ASSUMED_TURNOVER, FewPlaces, exact_number
from app.api.schemas.proposals import ProposalIn, ProposalListOut, ProposalOut
from app.api.schemas.target_drafts import CycleCode
from app.api.schemas.targets import TargetOut
from app.domain.censuses import FIRST_YEAR, LAST_YEAR
from app.domain.errors import (
    CycleNotFound,
    MeasureCannotBeNarrowed,
    NotAllowed,
    TargetDraftOpen,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
    UnacceptableTarget,
)
from app.domain.measures import BAND_MEASURES, Measure, Scope
from app.domain.proposal_desk import Assumptions
from app.domain.targets import ProposalMethod
from app.services import proposals

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/target-proposals", tags=["targets"], route_class=GuardedRoute
)


def _assumptions(
    baseline_year: Annotated[
        int | None,
        Query(
            ge=FIRST_YEAR,
            le=LAST_YEAR,
            description="First census of the strategy's path; 2018 if left out.",
        ),
    ] = None,
    horizon: Annotated[
        int | None,
        Query(
            ge=FIRST_YEAR + 1,
            le=LAST_YEAR,
            description="Year by which that path reaches parity; the ambition's if left out.",
        ),
    ] = None,
    turnover: TurnoverAsked = ASSUMED_TURNOVER,
    bme_share_of_appointments: Annotated[
        float | None,
        Query(
            ge=0,
            le=1,
            description="The workforce's own at the baseline if left out; at most six decimal"
            " places.",
        ),
        FewPlaces,
    ] = None,
) -> Assumptions:
    """Return what proposals assume."""
    share = bme_share_of_appointments
    assumed: Decimal | None = None if share is None else exact_number(share)
    return Assumptions(baseline_year, horizon, exact_number(turnover), assumed)


@router.get(
    "",
    summary="List proposals",
    responses=documented(
        TrustNotFound,
        CycleNotFound,
        TokenInvalid,
        NotAllowed,
        MeasureCannotBeNarrowed,
        UnacceptableQuestion,
    ),
)
def list_proposals(
    ods_code: OdsCode,
    cycle: Annotated[CycleCode, Query()],
    assumptions: Annotated[Assumptions, Depends(_assumptions)],
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    method: Annotated[
        list[ProposalMethod] | None,
        Query(description="Ways of proposing; all that apply if left out.", max_length=4),
    ] = None,
    measure: Annotated[
        list[Measure] | None,
        Query(description="Measures; the leadership bands if left out.", max_length=13),
    ] = None,
    staff_group: NarrowedTo = None,
    as_of: AsOf = None,
) -> ProposalListOut:
    """Goals that arithmetic proposes for a cycle, each with all that went into it.

    By the strategy's arithmetic, by a share of appointments, from predecessors' targets after a
    merger, and re-based after a correction of the baseline.
    """
    found = proposals.list_proposals(
        session,
        ods_code=ods_code,
        cycle=cycle,
        scopes=[Scope(one, staff_group) for one in measure or BAND_MEASURES],
        methods=method or (),
        assumptions=assumptions,
        caller=caller,
        as_of=as_of,
        now=now,
    )
    items = [ProposalOut.from_domain(ods_code, one) for one in found]
    return ProposalListOut(items=items, next=None)


@router.post(
    "",
    summary="Take over a proposal",
    status_code=201,
    responses=documented(
        TrustNotFound,
        CycleNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableTarget,
        TargetDraftOpen,
    ),
)
def post_proposal(
    ods_code: OdsCode,
    body: ProposalIn,
    caller: CallerDep,
    now: Now,
    session: WriteSession,
    response: Response,
) -> TargetOut:
    """Make a proposal the draft of a target, or of a further version of one that is there.

    The draft keeps where it comes from; it is changed and submitted as any other.
    """
    shown = proposals.draft_proposal(
        session,
        ods_code=ods_code,
        wanted=body.to_wanted(),
        assumptions=body.to_assumptions(),
        caller=caller,
        now=now,
    )
    path, number = f"/v1/trusts/{ods_code}/targets", shown.target.version.version
    named = f"?version={number}" if number > 1 else ""
    response.headers["Location"] = f"{path}/{shown.target.id}{named}"
    return present_target(shown, response)
