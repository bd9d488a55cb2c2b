"""All pages together, and those that lead to the others."""

from fastapi import APIRouter, FastAPI, Response

from app.dashboard.assets import PREFIX, Assets
from app.dashboard.rendering import render
from app.dashboard.routes import (
    actuals,
    areas,
    census_forms,
    consents,
    definitions,
    documents,
    plan_forms,
    plans,
    reviews,
    sending,
    signing_in,
    target_forms,
    target_moves,
    targets,
    trusts,
)
from app.dashboard.routing import PageRoute
from app.dashboard.views.help import HELP, tell_help
from app.dashboard.views.index import ACCESSIBILITY, HOME

router = APIRouter(route_class=PageRoute, include_in_schema=False)


def install(app: FastAPI) -> None:
    """Make `app` answer with pages, and with what they are styled by."""
    for routes in (
        router,
        areas.router,
        trusts.router,
        # The form's own paths go before those of targets.
        target_forms.router,
        targets.router,
        target_moves.router,
        reviews.router,
        documents.router,
        sending.router,
        actuals.router,
        census_forms.router,
        consents.router,
        plans.router,
        plan_forms.router,
        signing_in.way_in,
        signing_in.router,
        definitions.router,
    ):
        # As they are: included, each would be made a second time.
        app.router.routes.extend(routes.routes)
    app.mount(PREFIX, Assets())


@router.get("/")
def show_home() -> Response:
    """Lead to a trust, an area or England."""
    return render("home.html", page=HOME)


@router.get(HELP)
def show_help() -> Response:
    """Say how to read the figures."""
    return render("help.html", page=tell_help())


@router.get("/accessibility")
def show_accessibility() -> Response:
    """Say how far everybody can use the pages."""
    return render("definition.html", page=ACCESSIBILITY)
