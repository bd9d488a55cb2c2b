"""Credentials that are none, or come where none are looked for."""

from tests.api.callers import NO_TOKEN_TO_CHANGE
from tests.api.hostile.cases import Answer, get, hostile
from tests.bodies import problem

_NOBODY = Answer(401, NO_TOKEN_TO_CHANGE, {"www-authenticate": "Bearer"})

CASES = (
    hostile(
        "a token in the query, by nobody",
        get("/v1/audit?access_token=<token:national>", by=None),
        _NOBODY,
    ),
    hostile(
        "a token in a cookie",
        get("/v1/audit", headers=[("Cookie", "token=<token:national>")]),
        _NOBODY,
    ),
    hostile(
        "a token as a password",
        get("/v1/audit", headers=[("Authorization", "Basic <token:national>")]),
        Answer(
            401,
            problem(
                401,
                "token-invalid",
                "A valid token is required",
                "The Authorization header does not carry a bearer token.",
            ),
            {"www-authenticate": 'Bearer error="invalid_token"'},
        ),
    ),
    hostile(
        "a token with something behind it",
        get("/v1/audit", headers=[("Authorization", "Bearer <token:national> x")]),
        Answer(
            401,
            problem(
                401, "token-invalid", "A valid token is required", "The bearer token is unknown."
            ),
            {"www-authenticate": 'Bearer error="invalid_token"'},
        ),
    ),
    hostile(
        "two tokens in a header",
        get(
            "/v1/audit",
            headers=[("Authorization", "Bearer <token:trust>, Bearer <token:national>")],
        ),
        Answer(
            401,
            problem(
                401, "token-invalid", "A valid token is required", "The bearer token is unknown."
            ),
            {"www-authenticate": 'Bearer error="invalid_token"'},
        ),
    ),
    hostile(
        "a token that nobody signed",
        get(
            "/v1/audit", headers=[("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
        ),
        Answer(
            401,
            problem(
                401,
                "token-invalid",
                "A valid token is required",
                "This service accepts no signed tokens.",
            ),
            {"www-authenticate": 'Bearer error="invalid_token"'},
        ),
    ),
    hostile(
        "a token of 60,000 characters",
        get("/v1/audit", headers=[("Authorization", "Bearer " + "a" * 60_000)]),
        Answer(
            401,
            problem(
                401, "token-invalid", "A valid token is required", "The bearer token is unknown."
            ),
            {"www-authenticate": 'Bearer error="invalid_token"'},
        ),
    ),
    hostile(
        "a token that is no text",
        get("/v1/audit", headers=[("Authorization", b"Bearer \xff\xfe")]),
        Answer(
            401,
            problem(
                401, "token-invalid", "A valid token is required", "The bearer token is unknown."
            ),
            {"www-authenticate": 'Bearer error="invalid_token"'},
        ),
    ),
)
