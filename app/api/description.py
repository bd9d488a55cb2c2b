"""The description of the API: what each route says of itself, and what holds for all of them."""

from collections.abc import Iterator
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api import links, once, request_ids
from app.api.problems import MEDIA_TYPE, TITLES, FaultyProblem, Problem, problem_type
from app.domain.callers import ANONYMOUS
from app.domain.errors import IdempotencyKeyReused, sentence_of
from app.domain.permissions import OPERATIONS

Json = dict[str, Any]

EVERYWHERE: Final = {
    400: "What was sent cannot be read as HTTP, or as a form.",
    413: "The body has more bytes than are read.",
    414: "The query has more bytes than are read.",
    429: "The caller asks too often; `Retry-After` says when to come back.",
    431: "All headers together have more bytes than are read.",
    500: "The service failed; the failure has been logged.",
    503: "The service cannot answer just now; `Retry-After` says when to come back.",
}
"""What any operation may answer, whatever it does."""

WITH_BODY: Final = {
    408: "The body came too slowly.",
    415: "The body is of another type than the operation takes.",
}
"""What any operation that takes a body may answer besides."""

RETRY_LATER: Final = frozenset({429, 503})
"""Statuses that come with `Retry-After`."""

REQUEST_ID: Final[Json] = {
    "name": request_ids.HEADER,
    "in": "header",
    "required": False,
    "description": "Names the request, in its answer and in the log; up to 64 letters, digits,"
    " `.`, `_` and `-`. Anything else is replaced by a name of the service's own.",
    "schema": {"type": "string", "examples": ["3f9c2d1e"]},
}

IDEMPOTENCY_KEY: Final[Json] = {
    "name": once.HEADER,
    "in": "header",
    "required": False,
    "description": "The caller's own name for the request, of 1 to 255 printable characters of"
    " ASCII. The same request with the same key is done once, and gets the same answer for 24"
    " hours. A request that was refused is tried anew.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": once.LONGEST_KEY,
        "pattern": "^[ -~]*$",
        "examples": ["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    },
}

HEADERS: Final[Json] = {
    "RequestId": {
        "description": "The name of the request that this answers.",
        "schema": {"type": "string", "examples": ["3f9c2d1e"]},
    },
    "IdempotencyReplayed": {
        "description": "`true` where the answer was given before to the same key.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "RetryAfter": {
        "description": "Seconds after which the same request is worth another try.",
        "schema": {"type": "integer", "minimum": 1},
    },
}
"""Headers of answers, by the names of their descriptions."""


def describe(app: FastAPI) -> None:
    """Make an application describe itself, with all that its routes do not say."""

    def openapi() -> Json:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
                license_info=app.license_info,
            )
            _define(schema["components"])
            for path in schema["paths"].values():
                for method, operation in path.items():
                    _complete(operation, method)
            links.add_headers(schema["paths"])
            links.add_links(schema["paths"])
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # as FastAPI's documentation does it


def _define(components: Json) -> None:
    """Add what operations refer to: problems, headers and answers."""
    models = components["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        models.pop(unused, None)
    for model in (Problem, FaultyProblem):
        made = model.model_json_schema(ref_template="#/components/schemas/{model}")
        models |= made.pop("$defs", {})
        models[model.__name__] = made
    components["headers"] = HEADERS | links.HEADERS
    components["responses"] = {
        _name(status): _refusal(status, sentence)
        for status, sentence in (EVERYWHERE | WITH_BODY).items()
    }


def _complete(operation: Json, method: str) -> None:
    """Add what holds for every operation, for those with a body, and for every POST."""
    responses = operation["responses"]
    if "security" in operation and OPERATIONS[operation["operationId"]].admits(ANONYMOUS):
        # Whoever has no token gets what is open, public or invented.
        operation["security"].append({})
    # Said outright where nobody needs a token: programs take nothing for granted.
    operation.setdefault("security", [])
    if method == "post":
        _let_repeat(operation)
    for status in _list_statuses(operation):
        responses.setdefault(str(status), {"$ref": f"#/components/responses/{_name(status)}"})
    operation["responses"] = dict(sorted(responses.items()))
    for response in responses.values():
        if "$ref" not in response:
            response.setdefault("headers", {})[request_ids.HEADER] = _header("RequestId")
    operation.setdefault("parameters", []).append(REQUEST_ID)


def _list_statuses(operation: Json) -> Iterator[int]:
    yield from EVERYWHERE
    if "requestBody" in operation:
        yield from WITH_BODY


def _let_repeat(operation: Json) -> None:
    """Say of an operation that a request is done once which names itself."""
    operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    kind = IdempotencyKeyReused
    refused = operation["responses"]["422"]
    refused["description"] = f"{refused['description'][:-1]}; {kind.title}."
    media = refused["content"][MEDIA_TYPE]
    models = sorted([FaultyProblem.__name__, Problem.__name__])
    media["schema"] = {"anyOf": [{"$ref": f"#/components/schemas/{one}"} for one in models]}
    media["examples"][kind.code] = {
        "summary": kind.title,
        "value": {
            "type": problem_type(kind),
            "title": kind.title,
            "status": 422,
            "detail": sentence_of(kind),
        },
    }
    for status, response in operation["responses"].items():
        if status < "300":
            response.setdefault("headers", {})[once.REPLAYED] = _header("IdempotencyReplayed")


def _refusal(status: int, sentence: str) -> Json:
    headers = {request_ids.HEADER: _header("RequestId")}
    if status in RETRY_LATER:
        headers["Retry-After"] = _header("RetryAfter")
    problem = {"type": "about:blank", "title": TITLES[status], "status": status}
    return {
        "description": sentence,
        "headers": headers,
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": f"#/components/schemas/{Problem.__name__}"},
                "example": problem | {"detail": sentence},
            }
        },
    }


def _header(name: str) -> Json:
    return {"$ref": f"#/components/headers/{name}"}


def _name(status: int) -> str:
    """Return what the answer of a status is called in the description."""
    return "".join(word.capitalize() for word in TITLES[status].split())
