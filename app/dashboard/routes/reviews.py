"""The route of the page that lists what waits for the national team."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute
from app.dashboard.views.reviews import HEADINGS, NUMBERS, Wish, list_reviews
from app.domain.organisations import Kind
from app.services.organisations import Filter, list_organisations
from app.services.reviews import list_waiting
from app.services.target_views import View

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/reviews")
def show_reviews(
    caller: PageCaller,
    now: Now,
    session: ReadSession,
    region: Annotated[str, Query(max_length=5)] = "",
    cycle: Annotated[str, Query(max_length=9)] = "",
) -> Response:
    """List the targets that wait for a review."""
    found = list_waiting(session, caller=caller, view=View(now))
    regions = list_organisations(session, wanted=Filter(kind=Kind.REGION), after=None, limit=None)
    places = {one.ods_code: one for one in regions}
    page = list_reviews(found, Wish(region, cycle), places)
    return render("reviews.html", page=page, headings=HEADINGS, numbers=NUMBERS)
