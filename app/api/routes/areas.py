"""Progress of integrated care boards, regions and England: the sums of their trusts."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlmodel import Session

from app.api.area_bodies import as_area_json
from app.api.area_files import as_area_csv, as_area_xlsx
from app.api.auth import CallerDep
from app.api.deps import AsOf, NarrowedTo, Now, ReadSession
from app.api.guarding import GuardedRoute
from app.api.negotiation import CSV, XLSX, choose_file
from app.api.problems import documented
from app.api.schemas.areas import AreaOut
from app.api.schemas.base import ExactShare
from app.api.schemas.public_areas import PublicAreaOut
from app.domain.areas import AreaReport, Boundaries, RowsOf
from app.domain.callers import Caller
from app.domain.errors import (
    AreaNotFound,
    MeasureCannotBeNarrowed,
    MethodNotFound,
    NotAllowed,
    TokenInvalid,
    UnacceptableQuestion,
)
from app.domain.measures import Measure, ReferenceKind
from app.domain.questions import AskedReference
from app.domain.series import Continuity
from app.services.area_scenes import AreaInquiry
from app.services.areas import ENGLAND
from app.services.public_areas import show_area

router = APIRouter(prefix="/v1", tags=["areas"], route_class=GuardedRoute)

_RESPONSES = documented(
    AreaNotFound,
    MethodNotFound,
    TokenInvalid,
    NotAllowed,
    MeasureCannotBeNarrowed,
    UnacceptableQuestion,
) | {
    200: {
        "content": {
            CSV: {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        }
    }
}


def _terms(
    staff_group: NarrowedTo = None,
    boundaries: Annotated[
        Boundaries,
        Query(
            description="`today`: the trusts that lie there today, each with its predecessors."
            " `at_census`: the trusts that lay there on the day of each census; before July 2022"
            " there were no integrated care boards."
        ),
    ] = Boundaries.TODAY,
    as_of: AsOf = None,
    reference: Annotated[
        ReferenceKind | None,
        Query(
            description="What parity means; if left out the measure's default, and in the rows of"
            " trusts their targets' own."
        ),
    ] = None,
    reference_share: Annotated[
        ExactShare | None, Query(description="The share of `reference=fixed`.")
    ] = None,
    continuity: Annotated[
        Continuity,
        Query(
            description="Whether predecessors' counts are added in: to rows, and to sums by the"
            " boundaries of today."
        ),
    ] = Continuity.COMBINED,
    horizon: Annotated[
        int, Query(ge=1, le=30, description="Years to which forecasts are listed.")
    ] = 30,
    method: Annotated[
        str | None,
        Query(
            description="Version of the method; the newest if left out.",
            max_length=20,
            examples=["1"],
        ),
    ] = None,
) -> AreaInquiry:
    """Return how the progress of an area is asked for, whatever the measures."""
    share = None if reference_share is None else Decimal(reference_share)
    return AreaInquiry(
        measures=(),
        staff_group=staff_group,
        boundaries=boundaries,
        continuity=continuity,
        as_of=as_of,
        reference=AskedReference(reference, share),
        horizon=horizon,
        method=method,
    )


AskedOfArea = Annotated[AreaInquiry, Depends(_terms)]


def _inquiry(
    terms: AskedOfArea,
    measure: Annotated[
        list[Measure] | None, Query(description="Measures; all if left out.", max_length=13)
    ] = None,
) -> AreaInquiry:
    """Return how the progress of an area is asked for."""
    return replace(terms, measures=tuple(measure or ()))


Asked = Annotated[AreaInquiry, Depends(_inquiry)]


AreaCode = Annotated[
    str,
    Path(
        pattern=r"^[A-Z0-9]{3,5}$",
        description="ODS code of an integrated care board or a region.",
        examples=["Y56"],
    ),
]


@router.get(
    "/areas/{code}/progress",
    summary="Report progress of an area",
    response_model=AreaOut | PublicAreaOut,
    responses=_RESPONSES,
)
def get_area_progress(
    code: AreaCode,
    request: Request,
    inquiry: Asked,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
) -> AreaOut | PublicAreaOut | Response:
    """The counts of an area's trusts added up, who reported, and a compact row for each trust.

    An area is the sum of its trusts' counts, never the mean of their percentages, and not the
    board's or region's own staff. Sums of boards are of positions, not of people: somebody may
    sit on several. A census that trusts with less than 95 % of the area's people reported is
    shown but left out of the trend. As `text/csv` or XLSX the rows come as a file.

    Of real trusts the national team reads this exactly. Everybody else reads what has been
    released: `"figures": "controlled"`, rounded, each sum only where every trust in it shows its
    part, and each row as the trust's own public answer has it.
    """
    return _answer(request, session, code, inquiry, caller, now)


@router.get(
    "/england/progress",
    summary="Report progress of England",
    response_model=AreaOut | PublicAreaOut,
    responses=_RESPONSES,
)
def get_england_progress(
    request: Request,
    inquiry: Asked,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    rows: Annotated[
        RowsOf, Query(description="What has a row: trusts, or the areas of England.")
    ] = RowsOf.TRUST,
) -> AreaOut | PublicAreaOut | Response:
    """The counts of all trusts added up, who reported, and a compact row for each trust or area.

    With `rows=area` each region and each open integrated care board has a row; they overlap.
    All else is as of an area.
    """
    return _answer(request, session, ENGLAND, replace(inquiry, rows=rows), caller, now)


def _answer(
    request: Request,
    session: Session,
    code: str,
    inquiry: AreaInquiry,
    caller: Caller,
    now: datetime,
) -> AreaOut | PublicAreaOut | Response:
    """Return an area as the caller prefers it: whole, or its rows as a file."""
    report = show_area(session, code=code, inquiry=inquiry, caller=caller, now=now)
    media_type = choose_file(request)
    if media_type is None and isinstance(report, AreaReport):
        return Response(as_area_json(report, inquiry.rows), media_type="application/json")
    if isinstance(report, AreaReport):
        shown: AreaOut | PublicAreaOut = AreaOut.from_domain(report, inquiry.rows)
    else:
        shown = PublicAreaOut.from_domain(report, inquiry.rows)
    if media_type is None:
        return shown
    file = as_area_csv(shown) if media_type == CSV else as_area_xlsx(shown)
    return Response(file, media_type=media_type)
