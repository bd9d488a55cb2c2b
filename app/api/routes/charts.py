"""Charts: answers about progress, and the funnel, as pictures."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from sqlmodel import Session

from app.api.auth import CallerDep
from app.api.charts import DRAWN, WantedForm, WantedType, send
from app.api.deps import AsOf, MethodAsked, NarrowedTo, Now, OdsCode, ReadSession
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.routes.areas import AreaCode, AskedOfArea
from app.api.routes.benchmarks import AtCensus
from app.api.routes.progress import Asked
from app.charts import funnel
from app.charts.chart import Chart
from app.charts.kinds import ChartKind, list_measures, make_chart
from app.charts.look import Form
from app.charts.stories import tell_stories
from app.domain.callers import Caller
from app.domain.errors import (
    AreaNotFound,
    MeasureCannotBeNarrowed,
    MethodNotFound,
    NotAllowed,
    ReturnsNotFound,
    TokenInvalid,
    TrustNotFound,
    UnacceptableQuestion,
)
from app.domain.measures import Measure, Scope
from app.services.area_scenes import AreaInquiry
from app.services.areas import ENGLAND
from app.services.benchmarks import make_funnel
from app.services.charts import show_area_measures, show_measures

router = APIRouter(prefix="/v1", tags=["charts"], route_class=GuardedRoute)

MeasureAsked = Annotated[Measure, Path(description="The measure.", examples=["leadership"])]

Kind = Annotated[
    ChartKind, Path(description="Which question it answers.", examples=["trajectory"])
]

_OF_AREAS = (
    documented(
        AreaNotFound,
        MethodNotFound,
        TokenInvalid,
        NotAllowed,
        MeasureCannotBeNarrowed,
        UnacceptableQuestion,
    )
    | DRAWN
)


@router.get(
    "/trusts/{ods_code}/progress/{measure}/charts/{kind}",
    summary="Draw the progress of one measure",
    response_class=Response,
    responses=documented(
        TrustNotFound,
        MethodNotFound,
        TokenInvalid,
        NotAllowed,
        MeasureCannotBeNarrowed,
        UnacceptableQuestion,
    )
    | DRAWN,
)
def get_chart(
    ods_code: OdsCode,
    measure: MeasureAsked,
    kind: Kind,
    inquiry: Asked,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    media_type: WantedType,
    staff_group: NarrowedTo = None,
    form: WantedForm = Form.WIDE,
) -> Response:
    """A chart of what the progress of the measure tells the caller, and of nothing else.

    As SVG, as PNG, or as the Vega-Lite specification with its data in it. Who may not read the
    trust's figures exactly gets a chart of released ones, rounded or hidden.
    """
    shown = show_measures(
        session,
        ods_code=ods_code,
        scopes=[Scope(one, staff_group) for one in list_measures(kind, measure)],
        inquiry=inquiry,
        caller=caller,
        now=now,
    )
    return send(make_chart(kind, tell_stories(shown), form), media_type)


@router.get(
    "/areas/{code}/progress/{measure}/charts/{kind}",
    summary="Draw the progress of an area",
    response_class=Response,
    responses=_OF_AREAS,
)
def get_area_chart(
    code: AreaCode,
    measure: MeasureAsked,
    kind: Kind,
    inquiry: AskedOfArea,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    media_type: WantedType,
    form: WantedForm = Form.WIDE,
) -> Response:
    """A chart of an area's trusts together, as far as the caller may see their sums."""
    return send(_draw(session, code, measure, kind, inquiry, caller, now, form), media_type)


@router.get(
    "/england/progress/{measure}/charts/{kind}",
    summary="Draw the progress of England",
    response_class=Response,
    responses=_OF_AREAS,
)
def get_england_chart(
    measure: MeasureAsked,
    kind: Kind,
    inquiry: AskedOfArea,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    media_type: WantedType,
    form: WantedForm = Form.WIDE,
) -> Response:
    """A chart of all trusts together, as far as the caller may see their sums."""
    return send(_draw(session, ENGLAND, measure, kind, inquiry, caller, now, form), media_type)


@router.get(
    "/england/funnel/{measure}/chart",
    summary="Draw the funnel of all trusts",
    response_class=Response,
    responses=documented(
        ReturnsNotFound,
        MethodNotFound,
        TokenInvalid,
        NotAllowed,
        MeasureCannotBeNarrowed,
        UnacceptableQuestion,
    )
    | DRAWN,
)
def get_funnel_chart(
    measure: MeasureAsked,
    caller: CallerDep,
    now: Now,
    session: ReadSession,
    media_type: WantedType,
    staff_group: NarrowedTo = None,
    year: AtCensus = None,
    as_of: AsOf = None,
    method: MethodAsked = None,
    form: WantedForm = Form.WIDE,
) -> Response:
    """A chart of every trust's share around that of all together, within the limits of chance.

    The trusts beyond the limits are named; this is no league table.
    """
    found = make_funnel(
        session,
        scope=Scope(measure, staff_group),
        year=year,
        as_of=as_of,
        method=method,
        caller=caller,
        now=now,
    )
    return send(funnel.make_chart(found, form), media_type)


def _draw(
    session: Session,
    code: str,
    measure: Measure,
    kind: ChartKind,
    inquiry: AreaInquiry,
    caller: Caller,
    now: datetime,
    form: Form,
) -> Chart:
    shown = show_area_measures(
        session,
        code=code,
        measures=list_measures(kind, measure),
        inquiry=inquiry,
        caller=caller,
        now=now,
    )
    return make_chart(kind, tell_stories(shown), form)
