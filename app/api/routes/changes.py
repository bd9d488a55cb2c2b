"""What changed, for those who keep a copy."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.auth import CallerDep
from app.api.cursors import After, as_number
from app.api.deps import ReadSession
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.changes import ChangeListOut
from app.domain.errors import TokenInvalid
from app.services import changes

router = APIRouter(prefix="/v1/changes", tags=["changes"], route_class=GuardedRoute)


@router.get("", summary="Get changes", responses=documented(TokenInvalid))
def get_changes(
    session: ReadSession,
    caller: CallerDep,
    after: After,
    limit: Annotated[int, Query(ge=1, le=500, description="How many a page.")] = 100,
) -> ChangeListOut:
    """What was stored or changed since a cursor, in the order in which it was stored.

    Begin without a cursor, follow `next` to its end, keep `resume`, and go on from it later:
    nothing is skipped and nothing comes twice, however many write at the same time. Told is
    what the caller may know of; what it says now is read at its address.
    """
    found = changes.list_changes(
        session, after=0 if after is None else as_number(after), limit=limit, caller=caller
    )
    return ChangeListOut.from_domain(found)
