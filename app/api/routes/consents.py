"""Which areas may read a trust's exact figures."""

from fastapi import APIRouter, Response

from app.api.auth import CallerDep
from app.api.deps import GivenPrecondition, Now, OdsCode, ReadSession, WriteSession
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.consents import ConsentsIn, ConsentsOut
from app.domain.errors import (
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    TokenInvalid,
    TrustNotFound,
    UnacceptableConsents,
)
from app.services import consents
from app.services.consents import tag_of

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/consents", tags=["consents"], route_class=GuardedRoute
)


@router.get(
    "",
    summary="Get a trust's consents",
    responses=documented(TrustNotFound, TokenInvalid, NotAllowed),
)
def get_consents(
    ods_code: OdsCode, caller: CallerDep, session: ReadSession, response: Response
) -> ConsentsOut:
    """Which areas may read the trust's exact figures, since when and by whom; and the history.

    A consent counts while the trust lies in the area. A trust that takes over from another
    inherits none.
    """
    held = consents.get_consents(session, ods_code=ods_code, caller=caller)
    response.headers["ETag"] = tag_of(held)
    return ConsentsOut.from_domain(held)


@router.put(
    "",
    summary="Put a trust's consents",
    responses=documented(
        TrustNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableConsents,
        RevisionStale,
        RevisionNotNamed,
    )
    | {201: {"model": ConsentsOut, "description": "The first that the trust says of it."}},
)
def put_consents(
    ods_code: OdsCode,
    body: ConsentsIn,
    caller: CallerDep,
    precondition: GivenPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> ConsentsOut:
    """Say which areas may read the trust's exact figures from now on; the others may no more.

    What was consented to before stays in the history.
    """
    stored = consents.put_consents(
        session,
        ods_code=ods_code,
        areas=tuple(body.areas),
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of(stored.consents)
    if stored.is_new:
        response.status_code = 201
        response.headers["Location"] = f"/v1/trusts/{ods_code}/consents"
    return ConsentsOut.from_domain(stored.consents)
