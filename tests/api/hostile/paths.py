"""Addresses that a proxy and the service might read differently."""

from tests.api.hostile.cases import (
    NO_CENSUS,
    NOT_FOUND,
    NOT_HTTP,
    get,
    hostile,
    no_code,
    put,
    request,
    untyped,
    wrong,
)
from tests.bodies import actuals_body

_ORGANISATION = "/v1/organisations/"

CASES = (
    hostile("nothing", get("/v1"), NOT_FOUND),
    hostile("up, out of the root", get("/../../etc/passwd"), NOT_FOUND),
    hostile("up, and down again", get("/v1/health/../censuses/2050"), NOT_FOUND),
    hostile("a dot", get("/v1/./censuses/2050"), NOT_FOUND),
    hostile("encoded dots", get("/v1/health/%2e%2e/censuses/2050"), NOT_FOUND),
    hostile(
        "dots and encoded slashes", get("/v1/organisations/..%2f..%2fetc%2fpasswd"), NOT_FOUND
    ),
    hostile("an encoded slash for a slash", get("/v1%2Fcensuses%2f2050"), NOT_FOUND),
    hostile("an encoded slash in a code", get(_ORGANISATION + "RZ%2F1"), NOT_FOUND),
    hostile(
        "encoded twice",
        get(_ORGANISATION + "%252e%252e%252fRZ1"),
        no_code("{ods_code}", "%2e%2e%2fRZ1"),
    ),
    hostile("two slashes at the start", get("//v1/censuses/2050"), NOT_FOUND),
    hostile("two slashes within", get("/v1//censuses/2050"), NOT_FOUND),
    hostile("a slash at the end", get("/v1/censuses/2050/"), NOT_FOUND),
    hostile("backslashes", get("/v1\\censuses\\2050"), NOT_FOUND),
    hostile("encoded backslashes", get("/v1%5ccensuses%5c2050"), NOT_FOUND),
    hostile(
        "an encoded NUL and another suffix",
        get(_ORGANISATION + "RZ1%00.json"),
        no_code("{ods_code}", "RZ1\x00.json"),
    ),
    hostile("a NUL", get(_ORGANISATION + "RZ1\0"), NOT_HTTP),
    hostile(
        "an encoded line end",
        get(_ORGANISATION + "RZ1%0d%0aX-A:%20b"),
        no_code("{ods_code}", "RZ1\r\nX-A: b"),
    ),
    hostile("a dot at the end", get(_ORGANISATION + "RZ1."), no_code("{ods_code}", "RZ1.")),
    hostile("a suffix", get(_ORGANISATION + "RZ1.json"), no_code("{ods_code}", "RZ1.json")),
    hostile(
        "a parameter of a segment",
        get(_ORGANISATION + "RZ1;role=national"),
        no_code("{ods_code}", "RZ1;role=national"),
    ),
    hostile("an address in capitals", get("/V1/CENSUSES/2050"), NOT_FOUND),
    hostile("a code in small letters", get(_ORGANISATION + "rz1"), no_code("{ods_code}", "rz1")),
    hostile(
        "overlong UTF-8 for dots",
        get(_ORGANISATION + "%c0%ae%c0%ae"),
        no_code("{ods_code}", "\ufffd\ufffd\ufffd\ufffd"),
    ),
    hostile("overlong UTF-8 for a slash", get("/v1/censuses%c0%af2050"), NOT_FOUND),
    hostile("no UTF-8", get(_ORGANISATION + "%ff%fe"), no_code("{ods_code}", "\ufffd\ufffd")),
    hostile(
        "half a surrogate pair in UTF-8",
        get(_ORGANISATION + "%ed%a0%80"),
        no_code("{ods_code}", "\ufffd\ufffd\ufffd"),
    ),
    hostile("bytes as they are", get(_ORGANISATION + "RZ\u00e9"), NOT_HTTP),
    hostile("a percent sign alone", get(_ORGANISATION + "RZ%"), no_code("{ods_code}", "RZ%")),
    hostile(
        "a percent sign before letters", get(_ORGANISATION + "%zz"), no_code("{ods_code}", "%zz")
    ),
    hostile(
        "the percent signs of old browsers",
        get(_ORGANISATION + "%u0052Z1"),
        no_code("{ods_code}", "%u0052Z1"),
    ),
    hostile("a space", get(_ORGANISATION + "RZ 1"), NOT_HTTP),
    hostile("a fragment", get("/v1/censuses/2050#/v1/audit"), NO_CENSUS),
    hostile("another host's address", get("http://evil.example/v1/censuses/2050"), NO_CENSUS),
    hostile("a file", get("file:///etc/passwd"), NOT_HTTP),
    hostile("no slash", get("v1/censuses/2050"), NOT_HTTP),
    hostile("the server itself", request("OPTIONS", "*", by=None), NOT_FOUND),
    hostile("a tunnel", request("CONNECT", "evil.example:443", by=None), NOT_HTTP),
    hostile(
        "5,000 characters",
        get(_ORGANISATION + "A" * 5_000),
        wrong(
            "{ods_code}",
            "string_pattern_mismatch",
            '"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u2026: '
            "String should match pattern '^[A-Z0-9]{3,5}$'.",
        ),
    ),
    hostile("70,000 characters", get("/" + "a" * 70_000), NOT_HTTP),
    hostile("3,000 segments", get("/" + "a/" * 3_000), NOT_FOUND),
    hostile("a statement", get(_ORGANISATION + "RZ1'--"), no_code("{ods_code}", "RZ1'--")),
    hostile(
        "a script",
        get("/problems/%3Cscript%3E"),
        untyped(404, "Not found", "No problem is called <script>."),
    ),
    hostile("up, out of the style sheets", get("/static/..%2f..%2fmain.py"), NOT_FOUND),
    hostile(
        "encoded dots out of the style sheets", get("/static/%2e%2e/%2e%2e/main.py"), NOT_FOUND
    ),
    hostile("a file of the machine as a style sheet", get("/static//etc/passwd"), NOT_FOUND),
    hostile(
        "up, at a write", put("/v1/trusts/RZ2/../RZ1/actuals/2024", actuals_body()), NOT_FOUND
    ),
)
