"""The register of organisations."""

import csv
import io
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.auth import CallerDep
from app.api.cursors import After, next_cursor
from app.api.deps import Now, OdsCode, OrganisationPrecondition, ReadSession, WriteSession
from app.api.guarding import GuardedRoute
from app.api.negotiation import CSV, prefers_csv
from app.api.problems import documented
from app.api.schemas.base import Day
from app.api.schemas.organisations import (
    OrganisationIn,
    OrganisationListOut,
    OrganisationOut,
    SummaryOut,
)
from app.domain.errors import (
    ChangedMeanwhile,
    NotAllowed,
    OrganisationNotFound,
    RevisionNotNamed,
    RevisionStale,
    TokenInvalid,
    UnacceptableOrganisation,
)
from app.domain.organisations import Kind, Organisation, TrustType
from app.services import organisations
from app.services.organisations import Filter, tag_of

router = APIRouter(prefix="/v1/organisations", tags=["organisations"], route_class=GuardedRoute)

_COLUMNS = (
    "ods_code", "kind", "name", "type", "region", "icb", "opened", "closed", "synthetic",
)  # fmt: skip


@router.get(
    "",
    summary="List organisations",
    response_model=OrganisationListOut,
    responses=documented() | {200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)
def list_organisations(
    request: Request,
    session: ReadSession,
    after: After,
    kind: Annotated[Kind | None, Query(description="Only this kind.")] = None,
    trust_type: Annotated[
        TrustType | None, Query(alias="type", description="Only trusts of this type.")
    ] = None,
    region: Annotated[
        str | None, Query(max_length=5, description="Code of a region.", examples=["Y56"])
    ] = None,
    icb: Annotated[
        str | None, Query(max_length=5, description="Code of an ICB.", examples=["QMF"])
    ] = None,
    open_on: Annotated[
        Day | None, Query(description="Only those open on this day.", examples=["2026-03-31"])
    ] = None,
    text: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=100,
            description="Part of a code, name or alias.",
            examples=["Leeds"],
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many a page.")] = 100,
) -> OrganisationListOut | Response:
    """The register by code: trusts, integrated care boards, regions and England.

    As `text/csv` the whole selection comes in one answer, without pages.
    """
    wanted = Filter(kind, trust_type, region, icb, open_on, text)
    if prefers_csv(request):
        found = organisations.list_organisations(session, wanted=wanted, after=after, limit=None)
        return Response(_as_csv(found), media_type=CSV)
    found = organisations.list_organisations(session, wanted=wanted, after=after, limit=limit + 1)
    page = found[:limit]
    return OrganisationListOut(
        items=[SummaryOut.from_domain(one) for one in page],
        next=next_cursor(page[-1].ods_code) if len(found) > limit else None,
    )


def _as_csv(found: list[Organisation]) -> str:
    """Return the same columns as the list, one organisation a line."""
    file = io.StringIO()
    writer = csv.DictWriter(file, _COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for one in found:
        writer.writerow(SummaryOut.from_domain(one).model_dump(mode="json"))
    return file.getvalue()


@router.get(
    "/{ods_code}", summary="Get an organisation", responses=documented(OrganisationNotFound)
)
def get_organisation(
    ods_code: OdsCode, session: ReadSession, response: Response
) -> OrganisationOut:
    """One organisation with its dated names, types and places, and its succession both ways."""
    entry = organisations.get_organisation(session, ods_code=ods_code)
    response.headers["ETag"] = tag_of(entry.revision) or ""
    return OrganisationOut.from_entry(entry)


@router.put(
    "/{ods_code}",
    summary="Put an organisation",
    responses=documented(
        TokenInvalid,
        NotAllowed,
        UnacceptableOrganisation,
        RevisionStale,
        RevisionNotNamed,
        ChangedMeanwhile,
    )
    | {201: {"model": OrganisationOut, "description": "Nothing was held before."}},
)
def put_organisation(
    ods_code: OdsCode,
    body: OrganisationIn,
    caller: CallerDep,
    precondition: OrganisationPrecondition,
    now: Now,
    session: WriteSession,
    response: Response,
) -> OrganisationOut:
    """Enter an organisation, or change it from a day on; for the national team.

    Codes from `ZZ001` to `ZZ999` are reserved for invented organisations: what is sent for
    them is marked synthetic wherever it shows. The same body again changes nothing.
    """
    stored = organisations.put_organisation(
        session,
        entry=body.to_entry(ods_code),
        precondition=precondition,
        caller=caller,
        now=now,
    )
    response.headers["ETag"] = tag_of(stored.entry.revision) or ""
    if stored.is_new:
        response.status_code = 201
        response.headers["Location"] = f"/v1/organisations/{ods_code}"
    return OrganisationOut.from_entry(stored.entry)
