"""Health, for the operator."""

from fastapi import APIRouter, Request, Response
from starlette.datastructures import State

from app.api.guarding import GuardedRoute
from app.api.schemas.base import BodyOut
from app.domain.codes import StorageReason
from app.domain.errors import StorageUnavailable
from app.requests import age_of_stand_in
from app.store.schema import NEWEST, current, is_known

STOPPING = "The service is being stopped."
ANOTHER_SCHEMA = "The database has another schema; run `parity db upgrade`."

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
    """The database answers, has the schema that this release needs, and nobody stops the service.

    A process that found that schema stays ready when a newer release migrates the database, since
    each release goes on with the schema of the next. While the database does not answer, its
    replica may stand in: then reads are answered.
    """
    state = request.app.state
    if not state.is_draining and (age_s := age_of_stand_in(request)) is not None:
        away = StorageReason.NOT_ANSWERING.sentence
        told = f"{away} Reads are answered by its replica, as of {age_s} s ago."
        return HealthOut(status="ready", detail=told)
    try:
        detail = STOPPING if state.is_draining else _wrong_with_schema(state)
    except StorageUnavailable as error:
        detail = error.reason.sentence
    if detail is None:
        return HealthOut(status="ready")
    response.status_code = 503
    return HealthOut(status="not ready", detail=detail)


def _wrong_with_schema(state: State) -> str | None:
    """Return what is wrong with the database's schema; None if nothing is."""
    revision = current(state.engine)
    if revision == NEWEST:
        state.has_been_ready = True
        return None
    is_newer = state.has_been_ready and revision is not None and not is_known(revision)
    return None if is_newer else ANOTHER_SCHEMA
