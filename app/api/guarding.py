"""What stands before every route: whoever can reach nothing behind it is refused there."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from app.api.auth import identify
from app.api.routing import BodyRoute
from app.domain.permissions import OPERATIONS
from app.services.access import require_admission


class GuardedRoute(BodyRoute):
    """A route that looks its operation up in the table of permissions.

    It does so before the body is read and before the query is looked at, so that what is wrong
    with a request is told to those only who may send it.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 — the framework's own
        """Make a route whose operation is called what its function is, as in the table."""
        super().__init__(path, endpoint, **{**options, "operation_id": endpoint.__name__})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        answer = super().get_route_handler()

        async def answer_if_admitted(request: Request) -> Response:
            operation = OPERATIONS[self.name]
            if not operation.is_open:
                require_admission(await identify(request), operation)
            return await answer(request)

        return answer_if_admitted


class SecretRoute(GuardedRoute):
    """A route whose answer to a POST holds a secret, which is shown once."""

    is_secret = True


def require_permissions(routes: Sequence[BaseRoute]) -> None:
    """Refuse routes that the table of permissions does not know, and entries without a route.

    Args:
        routes: All of the API's; pages for people come later, and are open to everybody.

    Raises:
        ValueError: There are some.
    """
    named, unguarded = set(), []
    for context in iter_route_contexts(routes):
        route = context.original_route
        if not isinstance(route, APIRoute):
            continue
        named.add(route.name)
        if not isinstance(route, GuardedRoute):
            unguarded.append(route.name)
    sentences = [
        *(f"{one} is no GuardedRoute, so that everybody may call it" for one in unguarded),
        *(f"{one} has a route and no entry" for one in sorted(named - OPERATIONS.keys())),
        *(f"{one} has an entry and no route" for one in sorted(OPERATIONS.keys() - named)),
    ]
    if sentences:
        raise ValueError(f"app/domain/permissions.py: {'; '.join(sentences)}.")
