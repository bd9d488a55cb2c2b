"""A trust's action plans: what it does to reach its targets, and how it went."""

from fastapi import APIRouter, Response

from app.api.auth import CallerDep
from app.api.conditional import sealed
from app.api.deps import AsOf, CyclePath, Now, OdsCode, PlanPrecondition, ReadSession, WriteSession
from app.api.problems import documented
from app.api.routing import BodyRoute
from app.api.schemas.plan_bodies import ActionPlanIn
from app.api.schemas.plans import (
    ActionPlanListOut,
    ActionPlanOut,
    PlanHistoryListOut,
    PlanHistoryOut,
)
from app.domain.errors import (
    ActionPlanNotFound,
    ChangedMeanwhile,
    CycleNotFound,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TokenInvalid,
    TrustNotFound,
    UnacceptableActionPlan,
    UnacceptableQuestion,
)
from app.services import plans
from app.services.plans import tag_of

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/action-plans", tags=["action plans"], route_class=BodyRoute
)


@router.get(
    "",
    summary="List action plans",
    responses=documented(TrustNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion),
)
def list_action_plans(
    ods_code: OdsCode, caller: CallerDep, now: Now, session: ReadSession, as_of: AsOf = None
) -> ActionPlanListOut:
    """A trust's plans as they counted at the instant, oldest cycle first."""
    found = plans.list_plans(session, ods_code=ods_code, as_of=as_of, caller=caller, now=now)
    return ActionPlanListOut(items=[ActionPlanOut.from_domain(one) for one in found], next=None)


@router.get(
    "/{cycle}",
    summary="Get an action plan",
    responses=documented(
        TrustNotFound,
        CycleNotFound,
        ActionPlanNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableQuestion,
    ),
)
def get_action_plan(
    ods_code: OdsCode,
    cycle: CyclePath,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    response: Response,
    as_of: AsOf = None,
) -> ActionPlanOut:
    """A trust's plan for a cycle, in the revision that counted at the instant.

    What is overdue is told for the day of `as_of`, or for today.
    """
    shown = plans.get_plan(
        session, ods_code=ods_code, cycle=cycle, as_of=as_of, caller=caller, now=now
    )
    body = ActionPlanOut.from_domain(shown)
    response.headers["ETag"] = sealed(tag_of(shown.revision), body)
    return body


@router.put(
    "/{cycle}",
    summary="Put an action plan",
    responses=documented(
        TrustNotFound,
        CycleNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableActionPlan,
        RevisionStale,
        RevisionNotNamed,
        ChangedMeanwhile,
    )
    | {201: {"model": ActionPlanOut, "description": "The first revision of the plan."}},
)
def put_action_plan(
    ods_code: OdsCode,
    cycle: CyclePath,
    body: ActionPlanIn,
    caller: CallerDep,
    precondition: PlanPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> ActionPlanOut:
    """Store a trust's plan for a cycle, whole; a change is a new revision.

    Several people may edit a plan: `If-Match` names the revision that a change builds on. The
    figures of a review are filled in when it is first sent, and stay; the same body again
    changes nothing.
    """
    stored = plans.put_plan(
        session,
        ods_code=ods_code,
        cycle=cycle,
        plan=body.to_plan(),
        precondition=precondition,
        caller=caller,
        now=now,
    )
    shown = ActionPlanOut.from_domain(stored.shown)
    response.headers["ETag"] = sealed(tag_of(stored.shown.revision), shown)
    if stored.is_new:
        response.status_code = 201
        response.headers["Location"] = f"/v1/trusts/{ods_code}/action-plans/{cycle}"
    return shown


@router.get(
    "/{cycle}/revisions",
    summary="List revisions of an action plan",
    responses=documented(
        TrustNotFound,
        CycleNotFound,
        ActionPlanNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableQuestion,
    ),
)
def list_action_plan_revisions(
    ods_code: OdsCode,
    cycle: CyclePath,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    as_of: AsOf = None,
) -> PlanHistoryListOut:
    """Every revision of a plan by the instant, oldest first: who, when, and what it changed."""
    found = plans.list_revisions(
        session, ods_code=ods_code, cycle=cycle, as_of=as_of, caller=caller, now=now
    )
    items = [
        PlanHistoryOut.from_domain(one, before)
        for one, before in zip(found, [None, *found[:-1]], strict=True)
    ]
    return PlanHistoryListOut(items=items, next=None)
