"""Health, for the operator."""

from fastapi import APIRouter, Request, Response

from app.api.deps import engine_of
from app.api.guarding import GuardedRoute
from app.api.schemas.base import BodyOut
from app.domain.codes import StorageReason
from app.domain.errors import StorageUnavailable
from app.requests import age_of_stand_in
from app.store.schema import is_current

router = APIRouter(prefix="/health", tags=["health"], route_class=GuardedRoute)


class HealthOut(BodyOut):
    """Whether the service is well."""

    status: str
    detail: str | None = None


@router.get("/live", summary="Report life")
async def get_live() -> HealthOut:
    """The process answers."""
    return HealthOut(status="live")


@router.get(
    "/ready",
    summary="Report readiness",
    responses={503: {"model": HealthOut, "description": "Not ready."}},
)
def get_ready(request: Request, response: Response) -> HealthOut:
    """The database answers, and has the schema that this release needs.

    While it does not, its replica may stand in: then reads are answered.
    """
    if (age_s := age_of_stand_in(request)) is not None:
        away = StorageReason.NOT_ANSWERING.sentence
        told = f"{away} Reads are answered by its replica, as of {age_s} s ago."
        return HealthOut(status="ready", detail=told)
    try:
        if is_current(engine_of(request)):
            return HealthOut(status="ready")
        detail = "The database has another schema; run `parity db upgrade`."
    except StorageUnavailable as error:
        detail = error.reason.sentence
    response.status_code = 503
    return HealthOut(status="not ready", detail=detail)
