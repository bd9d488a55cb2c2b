"""Releases: editions of what is public of a census; corrections made since."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.auth import CallerDep
from app.api.deps import Now, ReadSession, RulesInForce, WriteSession
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.releases import (
    CorrectionListOut,
    CorrectionOut,
    ReleasedCensusOut,
    ReleaseIn,
    ReleaseListOut,
    ReleaseOut,
)
from app.domain.errors import NotAllowed, TokenInvalid, UnacceptableQuestion, UnacceptableRelease
from app.services import releases

router = APIRouter(prefix="/v1", tags=["releases"], route_class=GuardedRoute)

OfOrganisation = Annotated[
    str | None,
    Query(
        pattern=r"^[A-Z0-9]{3,5}$", description="Only of this organisation.", examples=["ZZ001"]
    ),
]
OfYear = Annotated[
    int | None, Query(ge=1900, le=2200, description="Only of this census.", examples=[2024])
]


@router.get("/releases", summary="List releases", responses=documented())
def list_releases(
    session: ReadSession, ods_code: OfOrganisation = None, year: OfYear = None
) -> ReleaseListOut:
    """Every edition of what is public, in the order in which they were made.

    What an edition holds stays as it was; a correction comes in a later one.
    """
    found = releases.list_releases(session, ods_code=ods_code, year=year)
    return ReleaseListOut(items=[ReleaseOut.from_domain(one) for one in found], next=None)


@router.post(
    "/releases",
    summary="Release a census",
    status_code=201,
    responses=documented(TokenInvalid, NotAllowed, UnacceptableRelease, UnacceptableQuestion),
)
def post_release(
    body: ReleaseIn, caller: CallerDep, now: Now, rules: RulesInForce, session: WriteSession
) -> ReleasedCensusOut:
    """Release a census of all trusts as a new edition; its figures are public from then on.

    They are under disclosure control, unless a trust has released its own exact ones. What is
    hidden is decided now, by the rules now in force, and stays so. Of a table in which nothing
    less would protect every count nothing is shown; the answer names such tables.
    """
    made = releases.release_census(
        session, draft=body.to_draft(), caller=caller, now=now, rules=rules
    )
    return ReleasedCensusOut.from_outcome(made)


@router.get("/corrections", summary="List corrections", responses=documented())
def list_corrections(
    session: ReadSession, ods_code: OfOrganisation = None, year: OfYear = None
) -> CorrectionListOut:
    """What was corrected after it was public, in the words of who corrected it, oldest first."""
    found = releases.list_corrections(session, ods_code=ods_code, year=year)
    return CorrectionListOut(items=[CorrectionOut.model_validate(one) for one in found], next=None)
