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
        takes_form = self.body_field is not None and isinstance(
            self.body_field.field_info, params.Form
        )
        takes_json = self.body_field is not None and not takes_form

        async def read_and_answer(asked: Request) -> Response:
            request = BodyRequest(asked.scope, asked.receive)
            _require_plain(request)
            if takes_form:
                _require_form(request)
            if takes_json and (body := await request.body()):
                _require_json(request)
                request.said = read_json(body)
            if request.method != "POST":
                return await answer(request)
            return await answer_once(request, answer, is_secret=self.is_secret)

        return read_and_answer


def _require_plain(request: Request) -> None:
    """Refuse a body that is compressed: what it unpacks to, no limit has seen."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding != "identity":
        detail = "Send the body as it is, without Content-Encoding."
        raise HTTPException(_UNSUPPORTED, detail, {"Accept-Encoding": "identity"})


def _require_form(request: Request) -> None:
    """Refuse a body in which no file can be; without any, the route tells what is missing."""
    if _media_type(request) not in {"", "multipart/form-data"}:
        raise HTTPException(_UNSUPPORTED, "Send the body as multipart/form-data.")


def _require_json(request: Request) -> None:
    main, _, kind = _media_type(request).partition("/")
    if main != "application" or not (kind == "json" or kind.endswith("+json")):
        raise HTTPException(_UNSUPPORTED, "Send the body as application/json.")


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
