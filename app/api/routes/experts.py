"""WRES experts and the trusts that they support."""

import logging
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Path, Query, Request, Response
from sqlalchemy import Engine

from app.api.auth import CallerDep
from app.api.cursors import After, next_cursor
from app.api.deps import (
    GivenPrecondition,
    Now,
    OdsCode,
    ReadSession,
    WriteSession,
    engine_of,
)
from app.api.negotiation import CSV, prefers_csv
from app.api.problems import documented
from app.api.routing import BodyRoute
from app.api.schemas.base import Day
from app.api.schemas.experts import (
    ExpertIn,
    ExpertListOut,
    ExpertOut,
    TrustSupportListOut,
    TrustSupportOut,
)
from app.api.tables import as_csv
from app.domain.callers import Role
from app.domain.errors import (
    ExpertErased,
    ExpertNotFound,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TokenInvalid,
    TrustNotFound,
    UnacceptableExpert,
)
from app.domain.experts import ExpertRevision
from app.services import experts
from app.services.expert_counts import count_experts, key_of_trust
from app.services.experts import Filter, key_of, tag_of
from app.store.engine import Clearing, clear_log

router = APIRouter(prefix="/v1", tags=["experts"], route_class=BodyRoute)

_log = logging.getLogger("parity.api")

_COLUMNS = ("ods_code", "name", "region", "icb", "synthetic", "on", "experts")

ExpertId = Annotated[
    str,
    Path(
        pattern=r"^x[0-9a-f]{12}$",
        description="Identifier of the expert.",
        examples=["x0123456789ab"],
    ),
]

Limit = Annotated[int, Query(ge=1, le=500, description="How many a page.")]

OnDay = Annotated[
    Day | None, Query(description="On this day; today if left out.", examples=["2026-03-31"])
]


def _listed(found: list[ExpertRevision], limit: int) -> ExpertListOut:
    """Return a page, given one expert more than it holds if there are more."""
    page = found[:limit]
    return ExpertListOut(
        items=[ExpertOut.from_domain(one) for one in page],
        next=next_cursor(key_of(page[-1])) if len(found) > limit else None,
    )


@router.get("/experts", summary="List experts", responses=documented(TokenInvalid, NotAllowed))
def list_experts(
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    after: After,
    trust: Annotated[
        str | None,
        Query(
            max_length=5,
            description="Only who supports this trust, at any time unless `on` is given.",
            examples=["ZZ001"],
        ),
    ] = None,
    on: Annotated[
        Day | None,
        Query(description="Only who supports a trust on this day.", examples=["2026-03-31"]),
    ] = None,
    cohort: Annotated[
        str | None, Query(max_length=100, description="Only this cohort.", examples=["2018"])
    ] = None,
    limit: Limit = 100,
) -> ExpertListOut:
    """The experts of whom the caller may know, in the order in which they were recorded.

    The national team is shown all. A trust is shown who supports it or has supported it, or one
    of its predecessors, and nothing of what else they do.
    """
    found = experts.list_experts(
        session,
        wanted=Filter(trust, on, cohort),
        after=after,
        limit=limit + 1,
        caller=caller,
        now=now,
    )
    return _listed(found, limit)


@router.post(
    "/experts",
    summary="Record an expert",
    status_code=201,
    responses=documented(TokenInvalid, NotAllowed, UnacceptableExpert),
)
def post_expert(
    body: ExpertIn, caller: CallerDep, now: Now, session: WriteSession, response: Response
) -> ExpertOut:
    """Record a WRES expert and the trusts supported; for the national team."""
    made = experts.post_expert(session, submission=body.to_submission(), caller=caller, now=now)
    response.headers["ETag"] = tag_of(made)
    response.headers["Location"] = f"/v1/experts/{made.id}"
    return ExpertOut.from_domain(made)


@router.get(
    "/experts/{expert_id}",
    summary="Get an expert",
    responses=documented(ExpertNotFound, TokenInvalid, NotAllowed),
)
def get_expert(
    expert_id: ExpertId, caller: CallerDep, now: Now, session: ReadSession, response: Response
) -> ExpertOut:
    """One expert; to a trust, only one who supports it or has supported it."""
    found = experts.get_expert(session, expert_id=expert_id, caller=caller, now=now)
    if caller.role is Role.NATIONAL:
        # What a trust is shown depends on the day and the register too.
        response.headers["ETag"] = tag_of(found)
    return ExpertOut.from_domain(found)


@router.put(
    "/experts/{expert_id}",
    summary="Put an expert",
    responses=documented(
        ExpertNotFound,
        ExpertErased,
        TokenInvalid,
        NotAllowed,
        UnacceptableExpert,
        RevisionStale,
        RevisionNotNamed,
    ),
)
def put_expert(
    expert_id: ExpertId,
    body: ExpertIn,
    caller: CallerDep,
    precondition: GivenPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> ExpertOut:
    """Store what an expert is now, whole, as a new revision; for the national team.

    A support that has come to its end stays, with its last day. The same body again changes
    nothing.
    """
    stored = experts.put_expert(
        session,
        expert_id=expert_id,
        submission=body.to_submission(),
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of(stored)
    return ExpertOut.from_domain(stored)


@router.delete(
    "/experts/{expert_id}",
    summary="Erase an expert",
    status_code=204,
    response_class=Response,
    responses=documented(ExpertNotFound, TokenInvalid, NotAllowed, RevisionStale)
    | {204: {"description": "The person is erased, now or before."}},
)
def delete_expert(
    expert_id: ExpertId,
    caller: CallerDep,
    precondition: GivenPrecondition,
    now: Now,
    session: WriteSession,
    request: Request,
    background: BackgroundTasks,
) -> None:
    """Erase name and e-mail from everything held, for good; for the national team.

    Cohort and trusts supported stay without the person, so that counts of the past stay; what
    was still supported has this day as its last one. Repeating it changes nothing, and clears
    the disk if that could not be done before.
    """
    experts.erase_expert(
        session, expert_id=expert_id, precondition=precondition, caller=caller, now=now
    )
    # After the answer, and so after the commit.
    background.add_task(_clear_log, engine_of(request), expert_id)


def _clear_log(engine: Engine, expert_id: str) -> None:
    """Bring an erased expert off the disk, or tell the operator that it is still there."""
    if clear_log(engine) is Clearing.BUSY:
        _log.warning("erased, but not off the disk yet: expert %s; delete it again", expert_id)


@router.get(
    "/trusts/{ods_code}/experts",
    summary="List the experts of a trust",
    responses=documented(TrustNotFound, TokenInvalid, NotAllowed),
)
def list_experts_of_trust(
    ods_code: OdsCode,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    after: After,
    on: OnDay = None,
    limit: Limit = 100,
) -> ExpertListOut:
    """Who supports a trust; for the trust and the national team."""
    found = experts.list_experts_of_trust(
        session,
        ods_code=ods_code,
        on=on,
        after=after,
        limit=limit + 1,
        caller=caller,
        now=now,
    )
    return _listed(found, limit)


@router.get(
    "/england/experts",
    summary="Count the experts of each trust",
    response_model=TrustSupportListOut,
    responses=documented(TokenInvalid, NotAllowed)
    | {200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)
def list_experts_by_trust(
    *,
    request: Request,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    after: After,
    on: OnDay = None,
    without: Annotated[
        bool, Query(description="Whether only trusts without an expert are wanted.")
    ] = False,
    limit: Limit = 500,
) -> TrustSupportListOut | Response:
    """How many experts support each trust open on the day, those without any first.

    For the national team, and for an area of its own trusts; nobody is named. As `text/csv` the
    whole selection comes in one answer, without pages.
    """
    is_file = prefers_csv(request)
    found = count_experts(
        session,
        on=on,
        without=without,
        after=after,
        limit=None if is_file else limit + 1,
        caller=caller,
        now=now,
    )
    if is_file:
        lines = [TrustSupportOut.from_domain(one) for one in found]
        return Response(as_csv(_COLUMNS, lines), media_type=CSV)
    page = found[:limit]
    return TrustSupportListOut(
        items=[TrustSupportOut.from_domain(one) for one in page],
        next=next_cursor(key_of_trust(page[-1])) if len(found) > limit else None,
    )
