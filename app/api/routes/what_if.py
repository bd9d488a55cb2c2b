"""What would become of a measure of a trust under a scenario."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.api.auth import CallerDep
from app.api.deps import AsOf, Now, OdsCode, ReadSession
from app.api.problems import documented
from app.api.routing import BodyRoute
from app.api.schemas.what_if import WhatIfIn, WhatIfOut
from app.domain.errors import (
    MethodNotFound,
    NotAllowed,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
)
from app.domain.measures import Measure
from app.services.what_if import ask_what_if

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/progress", tags=["progress"], route_class=BodyRoute
)


@router.post(
    "/{measure}/what-if",
    summary="Ask what would be if",
    responses=documented(
        TrustNotFound, MethodNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion
    ),
)
def post_what_if(
    ods_code: OdsCode,
    measure: Annotated[Measure, Path(description="The measure.", examples=["leadership"])],
    body: WhatIfIn,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    as_of: AsOf = None,
) -> WhatIfOut:
    """Path, probability of the goal and parity year for turnover, appointments and growth.

    Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality Act
    2010, sections 158 and 159). Nothing is stored.
    """
    found = ask_what_if(
        session,
        ods_code=ods_code,
        measure=measure,
        inquiry=body.to_inquiry(as_of),
        caller=caller,
        now=now,
    )
    return WhatIfOut.model_validate(found)
