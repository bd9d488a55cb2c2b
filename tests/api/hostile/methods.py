"""Methods that are not there, or that something else is to stand for."""

from tests.api.hostile.cases import (
    ACTUALS,
    NO_CENSUS,
    NOT_HTTP,
    TARGETS,
    get,
    hostile,
    not_taken,
    post,
    request,
)
from tests.bodies import actuals_body

CASES = (
    hostile("TRACE", request("TRACE", ACTUALS), not_taken("GET, HEAD, PUT")),
    hostile("OPTIONS", request("OPTIONS", ACTUALS), not_taken("GET, HEAD, PUT")),
    hostile(
        "a question of another origin",
        request(
            "OPTIONS",
            ACTUALS,
            by=None,
            headers=[("Origin", "https://evil.example"), ("Access-Control-Request-Method", "PUT")],
        ),
        not_taken("GET, HEAD, PUT"),
    ),
    hostile("PATCH where a PUT is", request("PATCH", ACTUALS, {}), not_taken("GET, HEAD, PUT")),
    hostile(
        "DELETE of what is held",
        request("DELETE", "/v1/trusts/RZ1/actuals/2023", headers=[("If-Match", "*")]),
        not_taken("GET, HEAD, PUT"),
    ),
    hostile(
        "DELETE of a definition",
        request("DELETE", "/v1/measures/leadership"),
        not_taken("GET, HEAD"),
    ),
    hostile("POST to what everybody reads", post("/health/ready", {}), not_taken("GET, HEAD")),
    hostile("PROPFIND", request("PROPFIND", TARGETS), not_taken("GET, HEAD, POST")),
    hostile("a method in small letters", request("get", ACTUALS), NOT_HTTP),
    hostile("a method that nobody has", request("BREW", ACTUALS), NOT_HTTP),
    hostile("no method", request("", ACTUALS), NOT_HTTP),
    hostile("a NUL in a method", request("GE\0T", ACTUALS), NOT_HTTP),
    hostile(
        "a header in place of a method",
        post(
            "/v1/experts/<expert:RZ2>",
            {},
            headers=[("X-HTTP-Method-Override", "DELETE"), ("X-Method-Override", "DELETE")],
        ),
        not_taken("DELETE, GET, HEAD, PUT"),
    ),
    hostile(
        "a parameter in place of a method",
        post("/v1/experts/<expert:RZ2>?_method=DELETE", {}),
        not_taken("DELETE, GET, HEAD, PUT"),
    ),
    hostile(
        "a header that makes a write of a read",
        get("/v1/censuses/2050", by="national", headers=[("X-HTTP-Method-Override", "PUT")]),
        NO_CENSUS,
    ),
    hostile("a read with a body", request("GET", "/v1/censuses/2050", actuals_body()), NO_CENSUS),
)
