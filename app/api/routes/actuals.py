"""A trust's actuals: headcounts at a census."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.auth import CallerDep
from app.api.deps import (
    ActualsPrecondition,
    AsOf,
    CensusYear,
    ContinuityAsked,
    GivenPrecondition,
    InDigits,
    Now,
    OdsCode,
    ReadSession,
    WriteSession,
)
from app.api.guarding import GuardedRoute
from app.api.negotiation import CSV, XLSX, choose_file
from app.api.problems import documented
from app.api.public_files import as_public_file
from app.api.return_files import as_return_csv, as_return_xlsx
from app.api.schemas.actuals import (
    ActualsIn,
    ActualsOut,
    HeldListOut,
    HeldOut,
    HistoryListOut,
    HistoryOut,
    SignOffIn,
)
from app.api.schemas.public_tables import PublicTableOut
from app.api.schemas.releases import OwnReleaseIn, ReleaseOut
from app.api.schemas.revisions import ComparisonOut
from app.domain.errors import (
    ActualsNotFound,
    ActualsNotSignedOff,
    ActualsRevisionNotFound,
    AlreadySignedOff,
    ChangedMeanwhile,
    NotAllowed,
    RevisionNotNamed,
    RevisionStale,
    SyntheticBesideReal,
    TokenInvalid,
    TrustNotFound,
    UnacceptableActuals,
    UnacceptableQuestion,
    UnacceptableSignOff,
)
from app.domain.public_tables import PublicTable
from app.domain.series import Continuity
from app.services import actuals, held_actuals, national_return, releases
from app.services.held_actuals import tag_of_answer

router = APIRouter(
    prefix="/v1/trusts/{ods_code}/actuals", tags=["actuals"], route_class=GuardedRoute
)


@router.get(
    "",
    summary="List actuals",
    responses=documented(TrustNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion),
)
def list_actuals(
    ods_code: OdsCode, caller: CallerDep, now: Now, session: ReadSession, as_of: AsOf = None
) -> HeldListOut:
    """The censuses that a trust has sent, each with its newest revision, warnings and shares.

    As the trust itself reported them; `progress` has the series with its predecessors' counts.
    Who may not read the trust's figures gets what is public: what the trust released, exactly,
    else the newest national edition, under disclosure control.
    """
    found = held_actuals.list_actuals(
        session, ods_code=ods_code, as_of=as_of, caller=caller, now=now
    )
    items = [
        PublicTableOut.from_domain(one)
        if isinstance(one, PublicTable)
        else HeldOut.from_domain(one)
        for one in found
    ]
    return HeldListOut(items=items, next=None)


@router.get(
    "/{year}",
    summary="Get actuals",
    response_model=ActualsOut | PublicTableOut,
    responses=documented(
        TrustNotFound, ActualsNotFound, TokenInvalid, NotAllowed, UnacceptableQuestion
    )
    | {
        200: {
            "content": {
                CSV: {"schema": {"type": "string"}},
                XLSX: {"schema": {"type": "string", "format": "binary"}},
            }
        }
    },
)
def get_actuals(
    ods_code: OdsCode,
    year: CensusYear,
    request: Request,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    response: Response,
    as_of: AsOf = None,
) -> ActualsOut | PublicTableOut | Response:
    """A trust's headcounts at one census, in the revision that counted at the instant.

    As `text/csv` in the national return's own layout: the rows of the WRES template, with what
    each group comes to. As XLSX likewise, with a sheet each for indicators 1, 2 to 4, 5 to 8,
    and 9; who may not read the trust's figures gets only what is public. What the trust did not
    release itself comes from the newest national edition: rounded, with small counts null beside
    `suppressed`; files have an empty cell there, and the same column.
    """
    media_type = choose_file(request)
    found = held_actuals.read_actuals(
        session, ods_code=ods_code, year=year, as_of=as_of, caller=caller, now=now
    )
    if isinstance(found, PublicTable):
        response.headers["ETag"] = found.tag
        return as_public_file(found, media_type) or PublicTableOut.from_domain(found)
    if media_type == XLSX:
        sent = national_return.get_national_return(
            session, ods_code=ods_code, year=year, as_of=as_of, caller=caller, now=now
        )
        return Response(as_return_xlsx(sent), media_type=XLSX)
    if media_type == CSV:
        return Response(as_return_csv(found), media_type=CSV)
    response.headers["ETag"] = tag_of_answer(found)
    return ActualsOut.from_domain(found)


@router.put(
    "/{year}",
    summary="Put actuals",
    responses=documented(
        TrustNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableActuals,
        RevisionStale,
        RevisionNotNamed,
        ChangedMeanwhile,
        SyntheticBesideReal,
    )
    | {201: {"model": ActualsOut, "description": "The first revision of the census."}},
)
def put_actuals(
    ods_code: OdsCode,
    year: CensusYear,
    body: ActualsIn,
    caller: CallerDep,
    precondition: ActualsPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> ActualsOut:
    """Send in a trust's headcounts at one census; a change is a new revision with a reason.

    Nothing is stored unless everything is right; all faults are named at once. The same body
    again changes nothing and answers 200.
    """
    stored = actuals.put_actuals(
        session,
        ods_code=ods_code,
        year=year,
        submission=body.to_submission(),
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of_answer(stored.revision)
    if stored.is_new:
        response.status_code = 201
        response.headers["Location"] = f"/v1/trusts/{ods_code}/actuals/{year}"
    return ActualsOut.from_domain(stored.revision)


@router.get(
    "/{year}/revisions",
    summary="List revisions of actuals",
    responses=documented(TrustNotFound, ActualsNotFound, TokenInvalid, NotAllowed),
)
def list_actuals_revisions(
    ods_code: OdsCode, year: CensusYear, caller: CallerDep, session: ReadSession
) -> HistoryListOut:
    """Every revision of one census, oldest first: who, when, why, and what it changed."""
    found = held_actuals.list_revisions(session, ods_code=ods_code, year=year, caller=caller)
    items = [
        HistoryOut.from_domain(one, before)
        for one, before in zip(found, [None, *found[:-1]], strict=True)
    ]
    return HistoryListOut(items=items, next=None)


@router.get(
    "/{year}/revisions/{revision}",
    summary="Compare revisions of actuals",
    responses=documented(
        TrustNotFound,
        ActualsNotFound,
        ActualsRevisionNotFound,
        TokenInvalid,
        NotAllowed,
        UnacceptableQuestion,
    ),
)
def get_actuals_revision(
    ods_code: OdsCode,
    year: CensusYear,
    revision: Annotated[int, Path(ge=1, description="1 for the first.", examples=[2]), InDigits],
    caller: CallerDep,
    session: ReadSession,
    since: Annotated[
        int | None,
        Query(ge=0, description="The revision compared with; left out, the one before."),
    ] = None,
    continuity: ContinuityAsked = Continuity.COMBINED,
) -> ComparisonOut:
    """What a revision changed, and what that changed downstream: positions, outlooks, years.

    Downstream is compared with all else as it is now, so that only the revisions differ; also
    for trusts that took over from this one, whose history its counts are in.
    """
    found = held_actuals.compare_revisions(
        session,
        ods_code=ods_code,
        year=year,
        revision=revision,
        since=since,
        caller=caller,
        continuity=continuity,
    )
    return ComparisonOut.from_domain(found)


@router.post(
    "/{year}/sign-off",
    summary="Sign actuals off",
    responses=documented(
        TrustNotFound,
        ActualsNotFound,
        TokenInvalid,
        NotAllowed,
        RevisionStale,
        AlreadySignedOff,
        UnacceptableSignOff,
    ),
)
def sign_off_actuals(
    ods_code: OdsCode,
    year: CensusYear,
    body: SignOffIn,
    caller: CallerDep,
    precondition: GivenPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> ActualsOut:
    """Record the board's approval of the newest revision; `If-Match` names it, if sent."""
    signed = actuals.sign_off(
        session,
        ods_code=ods_code,
        year=year,
        board_date=body.board_date,
        lead_role=body.lead_role,
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of_answer(signed)
    return ActualsOut.from_domain(signed)


@router.post(
    "/{year}/release",
    summary="Release actuals",
    responses=documented(
        TrustNotFound,
        ActualsNotFound,
        TokenInvalid,
        NotAllowed,
        RevisionStale,
        ActualsNotSignedOff,
    )
    | {201: {"model": ReleaseOut, "description": "A new edition."}},
)
def release_actuals(
    ods_code: OdsCode,
    year: CensusYear,
    body: OwnReleaseIn,
    caller: CallerDep,
    precondition: GivenPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> ReleaseOut:
    """Make the trust's own exact figures of a census public, once its board has approved them.

    Everybody can read them from then on, as WRES reports print them. If nothing has changed
    since the edition before, that one is answered.
    """
    stored = releases.release_own(
        session,
        ods_code=ods_code,
        year=year,
        note=body.note,
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.status_code = 201 if stored.is_new else 200
    return ReleaseOut.from_domain(stored.release)
