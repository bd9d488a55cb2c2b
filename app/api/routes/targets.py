"""A trust's targets."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import ValidationError

from app.api.auth import CallerDep
from app.api.deps import AsOf, GivenPrecondition, Now, OdsCode, ReadSession, WriteSession
from app.api.faults import describe_faults
from app.api.problems import documented
from app.api.schemas.target_drafts import TargetIn, TargetPatch
from app.api.schemas.targets import TargetListOut, TargetOut
from app.domain.errors import (
    InvalidRequest,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TargetAlreadySet,
    TargetNotDraft,
    TargetNotFound,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
    UnacceptableTarget,
)
from app.services import targets
from app.services.targets import TargetDraft, tag_of

router = APIRouter(prefix="/v1/trusts/{ods_code}/targets", tags=["targets"])

TargetId = Annotated[
    str,
    Path(
        pattern=r"^[a-z0-9-]{1,60}$",
        description="Identifier of the target.",
        examples=["leadership-2022-2025"],
    ),
]


@router.get(
    "",
    summary="List targets",
    responses=documented(TrustNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion),
)
def list_targets(
    ods_code: OdsCode, caller: CallerDep, now: Now, session: ReadSession, as_of: AsOf = None
) -> TargetListOut:
    """A trust's targets by cycle and measure, drafts included, as of the instant."""
    found = targets.list_targets(session, ods_code=ods_code, as_of=as_of, caller=caller, now=now)
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
    now: Now,
    session: WriteSession,
    response: Response,
) -> TargetOut:
    """Set a target for one measure in one cycle, as a draft; submit it to put it in force."""
    shown = targets.draft_target(
        session, ods_code=ods_code, draft=body.to_draft(), caller=caller, now=now
    )
    response.headers["ETag"] = tag_of(shown.target)
    response.headers["Location"] = f"/v1/trusts/{ods_code}/targets/{shown.target.id}"
    return TargetOut.from_domain(shown)


@router.get(
    "/{target_id}",
    summary="Get a target",
    responses=documented(
        TrustNotFound, TargetNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion
    ),
)
def get_target(
    ods_code: OdsCode,
    target_id: TargetId,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    response: Response,
    as_of: AsOf = None,
) -> TargetOut:
    """One target with its baseline and path, in the version known at the instant."""
    shown = targets.get_target(
        session, ods_code=ods_code, id_=target_id, as_of=as_of, caller=caller, now=now
    )
    response.headers["ETag"] = tag_of(shown.target)
    return TargetOut.from_domain(shown)


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
    now: Now,
    session: WriteSession,
    response: Response,
) -> TargetOut:
    """Change a draft; `If-Match` names what it changes. A submitted target never changes."""

    def change(draft: TargetDraft) -> TargetDraft:
        try:
            return body.apply(draft)
        except ValidationError as error:
            found = [one | {"loc": ("body", *one["loc"])} for one in error.errors()]
            raise InvalidRequest(describe_faults(found)) from error

    shown = targets.change_draft(
        session,
        ods_code=ods_code,
        id_=target_id,
        change=change,
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of(shown.target)
    return TargetOut.from_domain(shown)


@router.post(
    "/{target_id}/submit",
    summary="Submit a target",
    responses=documented(
        TrustNotFound,
        TargetNotFound,
        TargetNotDraft,
        TokenInvalid,
        NotAllowed,
        RevisionStale,
        UnacceptableTarget,
    ),
)
def submit_target(
    ods_code: OdsCode,
    target_id: TargetId,
    caller: CallerDep,
    precondition: GivenPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> TargetOut:
    """Put a draft in force: its baseline is frozen, and from then on it never changes."""
    shown = targets.submit_target(
        session,
        ods_code=ods_code,
        id_=target_id,
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of(shown.target)
    return TargetOut.from_domain(shown)
