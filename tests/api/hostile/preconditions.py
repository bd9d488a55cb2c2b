"""Preconditions that are garbage: never taken for what is held, nor for anything."""

from tests.api.hostile.cases import ACTUALS, NO_CENSUS, get, hostile, put
from tests.bodies import actuals_body, problem

_STALE = problem(
    412,
    "revision-stale",
    "Revision is stale",
    'The precondition does not hold: what is held is "1". Read it again, then repeat the change.',
    held='"1"',
)
_NOT_NAMED = problem(
    428,
    "revision-not-named",
    "If-Match is required",
    'To change what is held, send its ETag in If-Match: "1".',
    held='"1"',
)

_HELD = "/v1/trusts/RZ1/actuals/2023"


def _matching(*tags: str) -> bytes:
    """Return a change to what is held, on these conditions."""
    return put(
        _HELD, actuals_body(reason="Corrected"), headers=[("If-Match", tag) for tag in tags]
    )


CASES = (
    hostile("nothing", _matching(), _NOT_NAMED),
    hostile("an empty one", _matching(""), _STALE),
    hostile("a comma", _matching(","), _STALE),
    hostile("an empty tag", _matching('""'), _STALE),
    hostile("two stars", _matching("**"), _STALE),
    hostile("a star in quotes", _matching('"*"'), _STALE),
    hostile("a star in a list", _matching('*, "1"'), _STALE),
    hostile("a weak tag", _matching('W/"1"'), _STALE),
    hostile("a tag without quotes", _matching("1"), _STALE),
    hostile("single quotes", _matching("'1'"), _STALE),
    hostile("an open quote", _matching('"1'), _STALE),
    hostile("a semicolon between", _matching('"1";"2"'), _STALE),
    hostile("nothing between", _matching('"1" "2"'), _STALE),
    hostile("a tag with a tail", _matching('"1"x'), _STALE),
    hostile("a percent sign", _matching('"%31"'), _STALE),
    hostile("a superscript", _matching('"\xb9"'), _STALE),
    hostile("a stale tag", _matching('"2"'), _STALE),
    hostile("20,000 characters", _matching("1" * 20_000), _STALE),
    hostile("two lines", _matching('"7"', '"8"'), _STALE),
    hostile("two lines, of which one is no tag", _matching('"1"', "x"), _STALE),
    hostile(
        "only if nothing is held",
        put(_HELD, actuals_body(), headers=[("If-None-Match", "*")]),
        _STALE,
    ),
    hostile(
        "both at once",
        put(_HELD, actuals_body(), headers=[("If-Match", "*"), ("If-None-Match", "*")]),
        _STALE,
    ),
    hostile(
        "only if something is held",
        put(ACTUALS, actuals_body(), headers=[("If-Match", "*")]),
        problem(
            412,
            "revision-stale",
            "Revision is stale",
            "The precondition does not hold: nothing is held. Read it again, "
            "then repeat the change.",
            held=None,
        ),
    ),
    hostile(
        "a date that is none",
        put(
            _HELD,
            actuals_body(),
            headers=[("If-Unmodified-Since", "Mon, 32 Foo 99999 99:99:99 GMT")],
        ),
        _NOT_NAMED,
    ),
    hostile(
        "an opposite that is no tag",
        put(_HELD, actuals_body(), headers=[("If-None-Match", "x")]),
        _NOT_NAMED,
    ),
    hostile(
        "parts of a harmless answer",
        get("/v1/censuses/2050", headers=[("Range", "bytes=0-0,0-0"), ("If-Range", "x")]),
        NO_CENSUS,
    ),
)
