"""Routes and the table of permissions: neither has what the other has not."""

import pytest
from fastapi import APIRouter, FastAPI

from app.api.guarding import GuardedRoute, require_permissions
from app.domain.permissions import OPERATIONS


def app_with(*names: str, unguarded: str | None = None) -> FastAPI:
    """Return an application with a route of each name."""
    app, router, plain = FastAPI(), APIRouter(route_class=GuardedRoute), APIRouter()
    for name in names:
        to = plain if name == unguarded else router
        to.add_api_route(f"/{name}", lambda: None, name=name)
    app.include_router(router)
    app.include_router(plain)
    return app


def test_a_table_and_routes_that_fit_are_accepted() -> None:
    require_permissions(app_with(*OPERATIONS).routes)


@pytest.mark.parametrize(
    ("app", "sentence"),
    [
        pytest.param(
            app_with(*OPERATIONS, "get_secrets"),
            "get_secrets has a route and no entry",
            id="a route too many",
        ),
        pytest.param(
            app_with(*(OPERATIONS.keys() - {"get_live"})),
            "get_live has an entry and no route",
            id="an entry too many",
        ),
        pytest.param(
            app_with(*OPERATIONS, unguarded="put_board"),
            "put_board is no GuardedRoute, so that everybody may call it",
            id="a route that does not look",
        ),
    ],
)
def test_a_route_or_an_entry_without_the_other_is_named(app: FastAPI, sentence: str) -> None:
    with pytest.raises(ValueError, match="permissions") as refused:
        require_permissions(app.routes)

    assert str(refused.value) == f"app/domain/permissions.py: {sentence}."
