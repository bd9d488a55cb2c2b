"""A trust's targets and their versions."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import ValidationError

from app.api.auth import CallerDep
from app.api.deps import GivenPrecondition, OdsCode, ReadSession, WriteSession
from app.api.faults import describe_faults
from app.api.problems import documented
from app.api.routes.target_parameters import ReadView, TargetId, WriteView, present_target
from app.api.routing import BodyRoute
from app.api.schemas.target_drafts import TargetIn, TargetPatch, VersionIn
from app.api.schemas.targets import TargetListOut, TargetOut
from app.domain.errors import (
    InvalidRequest,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TargetAlreadySet,
    TargetDraftOpen,
    TargetNotDraft,
    TargetNotFound,
    TargetVersionNotFound,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
    UnacceptableTarget,
)
from app.services import target_drafts, targets
from app.services.target_drafts import TargetDraft

router = APIRouter(prefix="/v1/trusts/{ods_code}/targets", tags=["targets"], route_class=BodyRoute)


@router.get(
    "",
    summary="List targets",
    responses=documented(TrustNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion),
)
def list_targets(
    ods_code: OdsCode, caller: CallerDep, view: ReadView, session: ReadSession
) -> TargetListOut:
    """A trust's targets by cycle and measure, drafts included, as of the instant.

    Of each the version in force is shown, else the newest.
    """
    found = targets.list_targets(session, ods_code=ods_code, caller=caller, view=view)
    return TargetListOut(items=[TargetOut.from_domain(one) for one in found], next=None)


@router.post(
    "",
    summary="Draft a target",
    status_code=201,
    responses=documented(
        TrustNotFound, TokenInvalid, NotAllowed, UnacceptableTarget, TargetAlreadySet
    ),
)
def post_target(
    ods_code: OdsCode,
    body: TargetIn,
    caller: CallerDep,
    view: WriteView,
    session: WriteSession,
    response: Response,
) -> TargetOut:
    """Set a target for one measure in one cycle, as a draft; submit it to put it in force."""
    shown = target_drafts.draft_target(
        session, ods_code=ods_code, draft=body.to_draft(), caller=caller, view=view
    )
    response.headers["Location"] = f"/v1/trusts/{ods_code}/targets/{shown.target.id}"
    return present_target(shown, response)


@router.get(
    "/{target_id}",
    summary="Get a target",
    responses=documented(
        TrustNotFound,
        TargetNotFound,
        TargetVersionNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableQuestion,
    ),
)
def get_target(
    ods_code: OdsCode,
    target_id: TargetId,
    caller: CallerDep,
    view: ReadView,
    session: ReadSession,
    response: Response,
    version: Annotated[
        int | None,
        Query(ge=1, le=10_000, description="A version; the one in force, else the newest."),
    ] = None,
) -> TargetOut:
    """One target with its baseline and path, as known at the instant."""
    shown = targets.get_target(
        session, ods_code=ods_code, id_=target_id, version=version, caller=caller, view=view
    )
    return present_target(shown, response)


@router.patch(
    "/{target_id}",
    summary="Change a draft",
    responses=documented(
        TrustNotFound,
        TargetNotFound,
        TargetNotDraft,
        TokenInvalid,
        NotAllowed,
        RevisionStale,
        RevisionNotNamed,
        UnacceptableTarget,
    ),
)
def patch_target(
    ods_code: OdsCode,
    target_id: TargetId,
    body: TargetPatch,
    caller: CallerDep,
    precondition: GivenPrecondition,
    view: WriteView,
    session: WriteSession,
    response: Response,
) -> TargetOut:
    """Change a draft; `If-Match` names what it changes. A submitted version never changes."""
    shown = target_drafts.change_draft(
        session,
        ods_code=ods_code,
        id_=target_id,
        change=_with_faults(body.apply),
        precondition=precondition,
        caller=caller,
        view=view,
    )
    return present_target(shown, response)


@router.get(
    "/{target_id}/versions",
    summary="List the versions of a target",
    responses=documented(
        TrustNotFound, TargetNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion
    ),
)
def list_target_versions(
    ods_code: OdsCode,
    target_id: TargetId,
    caller: CallerDep,
    view: ReadView,
    session: ReadSession,
) -> TargetListOut:
    """Every version, oldest first, each with its frozen baseline, its path and its life."""
    found = targets.list_versions(
        session, ods_code=ods_code, id_=target_id, caller=caller, view=view
    )
    return TargetListOut(items=[TargetOut.from_domain(one) for one in found], next=None)


@router.post(
    "/{target_id}/versions",
    summary="Draft a further version",
    status_code=201,
    responses=documented(
        TrustNotFound,
        TargetNotFound,
        TargetDraftOpen,
        TokenInvalid,
        NotAllowed,
        RevisionStale,
        UnacceptableTarget,
    ),
)
def post_target_version(
    ods_code: OdsCode,
    target_id: TargetId,
    body: VersionIn,
    caller: CallerDep,
    precondition: GivenPrecondition,
    view: WriteView,
    session: WriteSession,
    response: Response,
) -> TargetOut:
    """Draft a change of a target, with its reason.

    What is in force stays in force until the draft is submitted; then it is superseded.
    """
    shown = target_drafts.draft_version(
        session,
        ods_code=ods_code,
        id_=target_id,
        change=body.apply,
        precondition=precondition,
        caller=caller,
        view=view,
    )
    path = f"/v1/trusts/{ods_code}/targets/{target_id}"
    response.headers["Location"] = f"{path}?version={shown.target.version.version}"
    return present_target(shown, response)


def _with_faults(
    change: Callable[[TargetDraft], TargetDraft],
) -> Callable[[TargetDraft], TargetDraft]:
    """Return a change whose contradictions are told as those of the body."""

    def told(draft: TargetDraft) -> TargetDraft:
        try:
            return change(draft)
        except ValidationError as error:
            found = [one | {"loc": ("body", *one["loc"])} for one in error.errors()]
            raise InvalidRequest(describe_faults(found)) from error

    return told
