"""Errors as problem details (RFC 9457).

`STATUS` is the only place where a domain error meets a status code. The handlers and the
API description both read it, so they cannot disagree.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from itertools import groupby
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.api.allowed_methods import list_methods
from app.api.faults import describe_faults
from app.api.schemas.base import is_none
from app.domain.errors import (
    Conflict,
    DomainError,
    Faulty,
    Forbidden,
    InvalidRequest,
    IssuerUnavailable,
    NotFound,
    OutcomeUnknown,
    PreconditionFailed,
    PreconditionRequired,
    StorageUnavailable,
    TokenInvalid,
    Unacceptable,
    Unauthenticated,
    Unavailable,
    name_of,
    sentence_of,
)
from app.domain.fault_codes import FaultCode
from app.requests import PROBLEM, route_of

MEDIA_TYPE = PROBLEM
"""The media type of every error."""

STATUS: Mapping[type[DomainError], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    PreconditionFailed: 412,
    Unacceptable: 422,
    PreconditionRequired: 428,
    Unavailable: 503,
}
"""The status of each branch of the tree of errors."""

TITLES: Mapping[int, str] = {
    400: "Bad request",
    401: "Unauthorised",
    403: "Forbidden",
    404: "Not found",
    408: "Request timed out",
    409: "Conflict",
    412: "Precondition failed",
    413: "Content too large",
    414: "URI too long",
    415: "Unsupported media type",
    422: "Unacceptable",
    428: "Precondition required",
    429: "Too many requests",
    431: "Headers too large",
    500: "Internal Server Error",
    503: "Service unavailable",
}
"""What each status is called; Python's own names differ between versions."""

EVERYWHERE: Sequence[type[DomainError]] = (InvalidRequest, StorageUnavailable, OutcomeUnknown)
"""What every operation can answer with."""

_METHOD_NOT_ALLOWED: Final = 405

_log = logging.getLogger("parity.api")


class Problem(BaseModel):
    """What went wrong. Members beyond these four are facts about this occurrence."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Names the kind of problem; programs compare this.")
    title: str = Field(description="Says what the kind of problem means.")
    status: int = Field(description="Repeats the HTTP status code.")
    detail: str = Field(description="Says what went wrong this time.")


class PlaceOut(BaseModel):
    """Where in a file something stands."""

    sheet: str | None = Field(description="Null in a CSV file.", examples=["Staff"])
    row: int | None = Field(description="As the file counts, from 1.", examples=[12])
    column: str | None = Field(description="Its letter; null for the row.", examples=["C"])
    heading: str | None = Field(description="Of the column.", examples=["BME"])
    value: str | None = Field(description="What the cell shows, shortened.", examples=["12.5%"])


class FaultOut(BaseModel):
    """One thing that is wrong with what was sent."""

    pointer: str = Field(
        description="JSON pointer into the body, `?name` of a query parameter or `{name}` of the"
        " path; empty for the whole. In a file `/file/Sheet!C12`, in a CSV file `/file/C12`.",
        examples=["/headcounts/3/headcount"],
    )
    code: FaultCode = Field(
        description="Names the kind of fault; explained at /v1/codes.",
        examples=["not_a_whole_number"],
    )
    detail: str = Field(
        description="What is wrong, and what would be right.",
        examples=["61.5 is not a whole number."],
    )
    place: PlaceOut | None = Field(
        default=None,
        description="Where it stands in a file; present only where a file was sent.",
        exclude_if=is_none,
    )


class FaultyProblem(Problem):
    """A problem with one or more faults, all of which are listed."""

    errors: list[FaultOut] = Field(description="Every fault.")


def install(app: FastAPI) -> None:
    """Make every error that `app` answers with a problem."""

    @app.exception_handler(DomainError)
    async def domain_error(request: Request, error: DomainError) -> Response:
        if isinstance(error, Unavailable):
            said = error.code, error.particulars
            _log.error("unavailable: %s: %s: %s", _asked(request), *said)
        return _respond(_describe(error), _headers(request, error))

    @app.exception_handler(RequestValidationError)
    async def invalid_request(request: Request, error: RequestValidationError) -> Response:
        return await domain_error(request, InvalidRequest(describe_faults(error.errors())))

    # Starlette's own exception, or its 404 and 405 would escape as plain text.
    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        headers = error.headers
        if error.status_code == _METHOD_NOT_ALLOWED:
            headers = {"Allow": ", ".join(list_methods(request))}
        return _respond(_untyped(error.status_code, str(error.detail)), headers)

    # Nobody reads this answer; without it a caller who left would be logged as a failure of ours.
    @app.exception_handler(ClientDisconnect)
    async def caller_left(_request: Request, _error: ClientDisconnect) -> Response:
        return _respond(_untyped(400, "The caller left before the whole body had come."))

    @app.exception_handler(Exception)
    async def unexpected_error(request: Request, error: Exception) -> Response:
        _log.error("failed: %s", _asked(request), exc_info=error)
        return _respond(_untyped(500, "The service failed; the failure has been logged."))


def _asked(request: Request) -> str:
    """Return what was asked for, without a word that the caller wrote."""
    return f"{request.method} {route_of(request.scope)}"


def _headers(request: Request, error: DomainError) -> dict[str, str]:
    """Return what tells a program how to go on (RFC 6750, section 3, and RFC 9110)."""
    match error:
        case Unauthenticated() if "authorization" in request.headers:
            return {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        case Unauthenticated():
            return {"WWW-Authenticate": "Bearer"}
        case Unavailable():
            return {"Retry-After": str(error.retry_after_s)}
        case _:
            return {}


def refuse(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer to a request that no route has seen."""
    return _respond(_untyped(status, detail), headers)


def refuse_for(error: DomainError) -> Response:
    """Return the answer to a request that no route has seen, for a kind of problem."""
    return _respond(_describe(error))


def problem_type(error: type[DomainError]) -> str:
    """Return the path that names a kind of problem, with a page behind it."""
    return f"/problems/{name_of(error)}"


def status_of(error: type[DomainError]) -> int:
    """Return the status that a kind of error answers with."""
    return next(STATUS[ancestor] for ancestor in error.__mro__ if ancestor in STATUS)


def documented(*errors: type[DomainError]) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that can raise `errors`.

    Wherever a token is looked at, it may be a signed one, whose issuer may not answer.
    """
    signed = {IssuerUnavailable} if TokenInvalid in errors else set()
    kinds: Iterable[type[DomainError]] = sorted({*errors, *signed, *EVERYWHERE}, key=_order)
    return {
        status: _response(status, list(group)) for status, group in groupby(kinds, key=status_of)
    }


def _order(error: type[DomainError]) -> tuple[int, str]:
    return status_of(error), error.code


def _response(status: int, kinds: list[type[DomainError]]) -> dict[str, Any]:
    """Return the description of the problems that share a status."""
    models = {FaultyProblem if issubclass(kind, Faulty) else Problem for kind in kinds}
    names = sorted(f"#/components/schemas/{model.__name__}" for model in models)
    references: list[dict[str, Any]] = [{"$ref": name} for name in names]
    described: dict[str, Any] = {
        "description": "; ".join(kind.title for kind in kinds) + ".",
        "content": {
            MEDIA_TYPE: {
                "schema": references[0] if len(references) == 1 else {"anyOf": references},
                "examples": {
                    kind.code: {"summary": kind.title, "value": _example(kind, status)}
                    for kind in kinds
                },
            }
        },
    }
    if any(issubclass(kind, Unavailable) for kind in kinds):
        described["headers"] = {"Retry-After": _RETRY_AFTER}
    return described


_RETRY_AFTER: Mapping[str, Any] = {
    "description": "Seconds after which another try is worth it.",
    "schema": {"type": "integer"},
}


def _example(kind: type[DomainError], status: int) -> dict[str, Any]:
    example = {
        "type": problem_type(kind),
        "title": kind.title,
        "status": status,
        "detail": sentence_of(kind),
    }
    if issubclass(kind, Faulty):
        pointer, code = "/headcounts/3/headcount", "not_a_whole_number"
        fault = {"pointer": pointer, "code": code, "detail": "61.5 is not a whole number."}
        return example | {"errors": [fault]}
    return example


def _describe(error: DomainError) -> Problem:
    kind = type(error)
    return Problem(
        type=problem_type(kind),
        title=kind.title,
        status=status_of(kind),
        detail=str(error),
        **error.facts,
    )


def _untyped(status: int, detail: str) -> Problem:
    title = TITLES.get(status) or HTTPStatus(status).phrase
    return Problem(type="about:blank", title=title, status=status, detail=detail)


def _respond(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(
        problem.model_dump(mode="json"),
        status_code=problem.status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )
