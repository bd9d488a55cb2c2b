"""Progress of a trust: trajectory, gap and parity."""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from app.api.auth import CallerDep
from app.api.deps import (
    AsOf,
    ContinuityAsked,
    MethodAsked,
    NarrowedTo,
    Now,
    OdsCode,
    ReadSession,
    TurnoverAsked,
)
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.ready import ready
from app.api.schemas.base import ASSUMED_TURNOVER, ExactShare, exact_number
from app.api.schemas.progress import ProgressOut
from app.api.schemas.public_progress import ProgressListOut, PublicProgressOut, show
from app.domain.errors import (
    MeasureCannotBeNarrowed,
    MethodNotFound,
    NotAllowed,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
)
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.series import Continuity
from app.services.progress import Inquiry
from app.services.public_progress import show_progress

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/progress", tags=["progress"], route_class=GuardedRoute
)


async def _inquiry(
    as_of: AsOf = None,
    reference: Annotated[
        ReferenceKind | None,
        Query(description="What parity means; the target's or the measure's own if left out."),
    ] = None,
    reference_share: Annotated[
        ExactShare | None, Query(description="The share of `reference=fixed`.")
    ] = None,
    turnover: TurnoverAsked = ASSUMED_TURNOVER,
    horizon: Annotated[
        int, Query(ge=1, le=30, description="Years to which forecasts are listed.")
    ] = 30,
    continuity: ContinuityAsked = Continuity.COMBINED,
    method: MethodAsked = None,
) -> Inquiry:
    """Return how progress is asked for."""
    return Inquiry(
        as_of=as_of,
        reference=reference,
        reference_share=None if reference_share is None else Decimal(reference_share),
        turnover=exact_number(turnover),
        horizon=horizon,
        continuity=continuity,
        method=method,
    )


Asked = Annotated[Inquiry, Depends(_inquiry)]


@router.get(
    "",
    summary="Report progress",
    response_model=ProgressListOut,
    responses=documented(
        TrustNotFound,
        MethodNotFound,
        TokenInvalid,
        NotAllowed,
        MeasureCannotBeNarrowed,
        UnacceptableQuestion,
    ),
)
def list_progress(
    ods_code: OdsCode,
    inquiry: Asked,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    measure: Annotated[
        list[Measure] | None,
        Query(description="Measures; every one with a target if left out.", max_length=13),
    ] = None,
    staff_group: NarrowedTo = None,
) -> Response:
    """Where each measure stands: trajectory, gap, chances and parity, one item a measure.

    Who may not read the trust's figures exactly gets every measure of released censuses, with
    `"figures": "controlled"`: rounded or hidden, and nothing about targets.
    """
    found = show_progress(
        session,
        ods_code=ods_code,
        scopes=[Scope(one, staff_group) for one in measure or ()],
        inquiry=inquiry,
        caller=caller,
        now=now,
        staff_group=staff_group,
    )
    return ready(ProgressListOut(items=[show(one) for one in found], next=None))


@router.get(
    "/{measure}",
    summary="Report progress of one measure",
    response_model=ProgressOut | PublicProgressOut,
    responses=documented(
        TrustNotFound,
        MethodNotFound,
        TokenInvalid,
        NotAllowed,
        MeasureCannotBeNarrowed,
        UnacceptableQuestion,
    ),
)
def get_progress(
    ods_code: OdsCode,
    measure: Annotated[Measure, Path(description="The measure.", examples=["leadership"])],
    inquiry: Asked,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    staff_group: NarrowedTo = None,
    target: Annotated[
        str | None,
        Query(
            max_length=60,
            description="Identifier of the target that `target_version` is of, the closing or"
            " the current one; left out, the current one, else the closing one.",
            examples=["leadership-2022-2025"],
        ),
    ] = None,
    target_version: Annotated[
        int | None,
        Query(
            ge=1,
            le=10_000,
            description="A version of the target that was submitted; the one in force if left"
            " out.",
        ),
    ] = None,
) -> Response:
    """Where one measure stands: actuals with intervals, target, gap, forecast and parity.

    The counts are exact; intervals describe the process behind them. Everything is
    closed-form, so the same data give the same answer on any day.

    Who may not read the trust's figures exactly gets what has been released, with
    `"figures": "controlled"`: counts rounded or hidden, no target, and the outlook in words and
    whole years of groups of at least 100 people that are shown throughout.
    """
    found = show_progress(
        session,
        ods_code=ods_code,
        scopes=[Scope(measure, staff_group)],
        inquiry=replace(inquiry, target=target, target_version=target_version),
        caller=caller,
        now=now,
    )
    return ready(show(found[0]))
