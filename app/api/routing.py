"""Routes that read bodies strictly, and do a request that names itself once."""

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi import Request, Response, params
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from app.api.json_bodies import read_json
from app.api.once import answer_once

_UNSUPPORTED = 415

Answer = Callable[[Request], Coroutine[Any, Any, Response]]


class BodyRequest(Request):
    """A request whose JSON has been read."""

    said: object = None

    async def json(self) -> object:
        """Return what the body says."""
        return self.said


class BodyRoute(APIRoute):
    """A route that takes a body, or is a POST.

    JSON that readers would take differently is refused. A POST with an `Idempotency-Key` is
    done once.
    """

    is_secret: ClassVar[bool] = False
    """Whether answers hold a secret, so that only their having been given is kept."""

    def get_route_handler(self) -> Answer:
        """Return what answers a request."""
        answer = super().get_route_handler()
        takes_json = self.body_field is not None and not isinstance(
            self.body_field.field_info, params.Form
        )

        async def read_and_answer(asked: Request) -> Response:
            request = BodyRequest(asked.scope, asked.receive)
            if takes_json and (body := await request.body()):
                _require_json(request)
                request.said = read_json(body)
            if request.method != "POST":
                return await answer(request)
            return await answer_once(request, answer, is_secret=self.is_secret)

        return read_and_answer


def _require_json(request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    main, _, kind = media_type.partition("/")
    if main != "application" or not (kind == "json" or kind.endswith("+json")):
        raise HTTPException(_UNSUPPORTED, "Send the body as application/json.")
