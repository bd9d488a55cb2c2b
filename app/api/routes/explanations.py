"""What trusts say to the warnings that stay with their figures."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.api.auth import CallerDep
from app.api.deps import GivenPrecondition, Now, OdsCode, WriteSession
from app.api.problems import documented
from app.api.routing import BodyRoute
from app.api.schemas.explanations import ExplanationIn, ExplanationOut
from app.domain.errors import (
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TokenInvalid,
    TrustNotFound,
    WarningNotFound,
)
from app.services import explanations
from app.services.explanations import tag_of

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/warnings", tags=["actuals"], route_class=BodyRoute
)


@router.put(
    "/{warning_id}",
    summary="Put an explanation",
    responses=documented(
        TrustNotFound,
        WarningNotFound,
        TokenInvalid,
        NotAllowed,
        RevisionStale,
        RevisionNotNamed,
    ),
)
def put_explanation(
    ods_code: OdsCode,
    warning_id: Annotated[
        str,
        Path(max_length=60, description="`id` of a warning.", examples=["actuals-2024-1-0"]),
    ],
    body: ExplanationIn,
    caller: CallerDep,
    precondition: GivenPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> ExplanationOut:
    """Say what a warning comes from; it is shown beside the warning from then on.

    A change is a further edition, and takes the `ETag` of the one held in `If-Match`.
    """
    held = explanations.put_explanation(
        session,
        ods_code=ods_code,
        warning_id=warning_id,
        text=body.explanation,
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of(held) or ""
    return ExplanationOut.from_domain(held)
