"""The life of a target: submitted, reviewed, returned, withdrawn, and talked about."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.api.auth import CallerDep
from app.api.deps import GivenPrecondition, OdsCode, ReadSession, WriteSession
from app.api.problems import documented
from app.api.routes.target_parameters import ReadView, TargetId, WriteView, present_target
from app.api.routing import BodyRoute
from app.api.schemas.target_life import (
    CommentIn,
    CommentListOut,
    CommentOut,
    ReturnIn,
    ReviewIn,
    WithdrawIn,
)
from app.api.schemas.targets import TargetOut
from app.domain.codes import TargetState
from app.domain.errors import (
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TargetMoveNotAllowed,
    TargetNotDraft,
    TargetNotFound,
    TargetVersionNotFound,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
    UnacceptableTarget,
)
from app.services import target_comments, target_moves
from app.services.target_moves import Decision

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/targets/{target_id}", tags=["targets"], route_class=BodyRoute
)

_DECIDING = documented(
    TrustNotFound,
    TargetNotFound,
    TargetVersionNotFound,
    TargetMoveNotAllowed,
    TokenInvalid,
    NotAllowed,
    RevisionStale,
)


@router.post(
    "/submit",
    summary="Submit a target",
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
def submit_target(
    ods_code: OdsCode,
    target_id: TargetId,
    caller: CallerDep,
    precondition: GivenPrecondition,
    view: WriteView,
    session: WriteSession,
    response: Response,
) -> TargetOut:
    """Put the draft in force: its baseline is frozen, and from then on it never changes.

    `If-Match` names the draft that was read, by its `ETag`. A version that was in force is
    superseded by it.
    """
    shown = target_moves.submit_target(
        session,
        ods_code=ods_code,
        id_=target_id,
        precondition=precondition,
        caller=caller,
        view=view,
    )
    return present_target(shown, response)


@dataclass(frozen=True, slots=True)
class _Target:
    """A target as a route is asked to move it on."""

    ods_code: OdsCode
    target_id: TargetId
    caller: CallerDep
    precondition: GivenPrecondition
    view: WriteView
    session: WriteSession
    response: Response

    def decide(self, state: TargetState, version: int, comment: str | None) -> TargetOut:
        """Decide on a version that was read, and return the target as it is then."""
        shown = target_moves.decide(
            self.session,
            ods_code=self.ods_code,
            id_=self.target_id,
            decision=Decision(version, state, comment),
            precondition=self.precondition,
            caller=self.caller,
            view=self.view,
        )
        return present_target(shown, self.response)


Asked = Annotated[_Target, Depends()]


@router.post("/review", summary="Mark a target as reviewed", responses=_DECIDING)
def review_target(target: Asked, body: ReviewIn) -> TargetOut:
    """The national team has reviewed a version; it names the version that it has read."""
    return target.decide(TargetState.REVIEWED, body.version, body.comment)


@router.post("/return", summary="Return a target with comments", responses=_DECIDING)
def return_target(target: Asked, body: ReturnIn) -> TargetOut:
    """The national team asks the trust to think again; the version stays in force meanwhile."""
    return target.decide(TargetState.RETURNED, body.version, body.comment)


@router.post("/withdraw", summary="Withdraw a target", responses=_DECIDING)
def withdraw_target(target: Asked, body: WithdrawIn) -> TargetOut:
    """The trust takes a version back, in force or a draft; it stays on record with its reason."""
    return target.decide(TargetState.WITHDRAWN, body.version, body.comment)


@router.get(
    "/comments",
    summary="List comments on a target",
    responses=documented(
        TrustNotFound, TargetNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion
    ),
)
def list_target_comments(
    ods_code: OdsCode,
    target_id: TargetId,
    caller: CallerDep,
    view: ReadView,
    session: ReadSession,
) -> CommentListOut:
    """What the national team and the area said, decisions included, oldest first."""
    found = target_comments.list_comments(
        session, ods_code=ods_code, id_=target_id, caller=caller, view=view
    )
    return CommentListOut(items=[CommentOut.from_domain(one) for one in found], next=None)


@router.post(
    "/comments",
    summary="Comment on a target",
    status_code=201,
    responses=documented(
        TrustNotFound, TargetNotFound, TargetVersionNotFound, TokenInvalid, NotAllowed
    ),
)
def post_target_comment(
    ods_code: OdsCode,
    target_id: TargetId,
    body: CommentIn,
    caller: CallerDep,
    view: WriteView,
    session: WriteSession,
    response: Response,
) -> CommentOut:
    """Say something about a version; it changes nothing else."""
    made = target_comments.add_comment(
        session,
        ods_code=ods_code,
        id_=target_id,
        version=body.version,
        text=body.text,
        caller=caller,
        view=view,
    )
    response.headers["Location"] = f"/v1/trusts/{ods_code}/targets/{target_id}/comments"
    return CommentOut.from_domain(made)
