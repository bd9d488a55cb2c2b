"""Years, instants, limits and cursors that cannot be."""

from tests.api.hostile.cases import ACTUALS, NOTHING_FOUND, get, hostile, wrong
from tests.bodies import problem

_LISTED = "/v1/organisations"
_PROGRESS = "/v1/trusts/RZ1/progress/leadership"


def _known_at(as_of: str) -> bytes:
    return get(f"{ACTUALS}?as_of={as_of}", by="national")


CASES = (
    hostile(
        "the year 99999",
        get("/v1/censuses/99999"),
        wrong("{year}", "too_large", '"99999": Input should be less than or equal to 2200.'),
    ),
    hostile(
        "the year 0",
        get("/v1/censuses/0"),
        wrong("{year}", "too_small", '"0": Input should be greater than or equal to 1900.'),
    ),
    hostile(
        "the year -1",
        get("/v1/censuses/-1"),
        wrong(
            "{year}",
            "value_error",
            '"-1": must be digits alone, without a sign, a point or a zero in front.',
        ),
    ),
    hostile(
        "a year of 400 digits",
        get("/v1/censuses/" + "9" * 400),
        wrong(
            "{year}",
            "too_large",
            '"9999999999999999999999999999999999999999999999999999999999\u2026: '
            "Input should be less than or equal to 2200.",
        ),
    ),
    hostile(
        "a year of 5,000 digits",
        get("/v1/censuses/" + "9" * 5_000),
        wrong(
            "{year}",
            "int_parsing_size",
            '"9999999999999999999999999999999999999999999999999999999999\u2026: '
            "Unable to parse input string as an integer, exceeded maximum size.",
        ),
    ),
    hostile(
        "a year with a point",
        get("/v1/censuses/2050.0"),
        wrong(
            "{year}",
            "value_error",
            '"2050.0": must be digits alone, without a sign, a point or a zero in front.',
        ),
    ),
    hostile(
        "a year with a sign",
        get("/v1/censuses/+2050"),
        wrong(
            "{year}",
            "value_error",
            '"+2050": must be digits alone, without a sign, a point or a zero in front.',
        ),
    ),
    hostile(
        "a year with an underscore",
        get("/v1/censuses/2_050"),
        wrong(
            "{year}",
            "value_error",
            '"2_050": must be digits alone, without a sign, a point or a zero in front.',
        ),
    ),
    hostile(
        "a year with a zero in front",
        get("/v1/censuses/02050"),
        wrong(
            "{year}",
            "value_error",
            '"02050": must be digits alone, without a sign, a point or a zero in front.',
        ),
    ),
    hostile(
        "a year behind a space",
        get("/v1/censuses/%202050"),
        wrong(
            "{year}",
            "value_error",
            '" 2050": must be digits alone, without a sign, a point or a zero in front.',
        ),
    ),
    hostile(
        "a revision of 30 digits",
        get("/v1/trusts/RZ1/actuals/2023/revisions/" + "9" * 30, by="national"),
        problem(
            404,
            "actuals-revision-not-found",
            "Revision of actuals not found",
            "The actuals of RZ1 for 2023 have no revision "
            "999999999999999999999999999999; the newest is 1.",
            ods_code="RZ1",
            year=2023,
            revision=999999999999999999999999999999,
            newest=1,
        ),
    ),
    hostile(
        "a revision with a sign",
        get("/v1/trusts/RZ1/actuals/2023/revisions/+1", by="national"),
        wrong(
            "{revision}",
            "value_error",
            '"+1": must be digits alone, without a sign, a point or a zero in front.',
        ),
    ),
    hostile(
        "a version of 2 to the 63",
        get(f"{_PROGRESS}?target_version={2**63}", by="national"),
        wrong(
            "?target_version",
            "too_large",
            '"9223372036854775808": Input should be less than or equal to 10000.',
        ),
    ),
    hostile(
        "a limit of 5,000 digits",
        get(f"{_LISTED}?limit=" + "9" * 5_000),
        wrong(
            "?limit",
            "int_parsing_size",
            '"9999999999999999999999999999999999999999999999999999999999\u2026: '
            "Unable to parse input string as an integer, exceeded maximum size.",
        ),
    ),
    hostile(
        "a limit below one",
        get(f"{_LISTED}?limit=-1"),
        wrong("?limit", "too_small", '"-1": Input should be greater than or equal to 1.'),
    ),
    hostile(
        "a limit above the largest",
        get(f"{_LISTED}?limit=501"),
        wrong("?limit", "too_large", '"501": Input should be less than or equal to 500.'),
    ),
    hostile(
        "a limit with an exponent",
        get(f"{_LISTED}?limit=1e2"),
        wrong(
            "?limit",
            "not_a_whole_number",
            '"1e2" is not a whole number; send one without quotes or decimals.',
        ),
    ),
    hostile(
        "a cursor that is a statement", get(f"{_LISTED}?cursor=fn4nIE9SIDE9MS0t"), NOTHING_FOUND
    ),
    hostile(
        "a cursor that is no base64",
        get(f"{_LISTED}?cursor=...."),
        wrong(
            "?cursor",
            "not_a_cursor",
            "This is no cursor; leave it out, or send the `next` of a page.",
        ),
    ),
    hostile(
        "a cursor that is no text",
        get(f"{_LISTED}?cursor=_-_-"),
        wrong(
            "?cursor",
            "not_a_cursor",
            "This is no cursor; leave it out, or send the `next` of a page.",
        ),
    ),
    hostile(
        "a cursor of 201 characters",
        get(f"{_LISTED}?cursor=" + "A" * 201),
        wrong(
            "?cursor",
            "string_too_long",
            '"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u2026: '
            "String should have at most 200 characters.",
        ),
    ),
    hostile(
        "a cursor that counts backwards",
        get("/v1/changes?cursor=LTE"),
        wrong(
            "?cursor",
            "not_a_cursor",
            "This is no cursor; leave it out, or send the `next` of a page.",
        ),
    ),
    hostile(
        "a cursor of 60 digits",
        get("/v1/changes?cursor=" + "OTk5" * 20),
        wrong(
            "?cursor",
            "not_a_cursor",
            "This is no cursor; leave it out, or send the `next` of a page.",
        ),
    ),
    hostile(
        "a cursor of superscript digits",
        get("/v1/audit?cursor=wrI", by="national"),
        wrong(
            "?cursor",
            "not_a_cursor",
            "This is no cursor; leave it out, or send the `next` of a page.",
        ),
    ),
    hostile(
        "the last instant",
        _known_at("9999-12-31T23:59:59-14:00"),
        wrong(
            "?as_of",
            "value_error",
            '"9999-12-31T23:59:59-14:00": must be an instant that a calendar has.',
        ),
    ),
    hostile(
        "the first instant",
        _known_at("0001-01-01T00:00:00%2B14:00"),
        wrong(
            "?as_of",
            "value_error",
            '"0001-01-01T00:00:00+14:00": must be an instant since 2000-01-01.',
        ),
    ),
    hostile(
        "the year 10000",
        _known_at("10000-01-01T00:00:00Z"),
        wrong(
            "?as_of",
            "datetime_from_date_parsing",
            '"10000-01-01T00:00:00Z": Input should be a valid datetime or date, '
            "invalid date separator, expected `-`.",
        ),
    ),
    hostile(
        "an instant of 400 digits",
        _known_at("9" * 400),
        wrong(
            "?as_of",
            "value_error",
            '"9999999999999999999999999999999999999999999999999999999999\u2026: '
            "must be an instant, such as 2026-11-23T09:00:00Z.",
        ),
    ),
    hostile(
        "a zone that nobody lives in",
        _known_at("2026-11-23T09:00:00%2B99:99"),
        wrong(
            "?as_of",
            "datetime_from_date_parsing",
            '"2026-11-23T09:00:00+99:99": Input should be a valid datetime or '
            "date, unexpected extra characters at the end of the input.",
        ),
    ),
    hostile(
        "30 February",
        _known_at("2026-02-30T00:00:00Z"),
        wrong(
            "?as_of",
            "datetime_from_date_parsing",
            '"2026-02-30T00:00:00Z": Input should be a valid datetime or date, '
            "day value is outside expected range.",
        ),
    ),
    hostile(
        "a leap second",
        _known_at("2026-11-23T23:59:60Z"),
        wrong(
            "?as_of",
            "datetime_from_date_parsing",
            '"2026-11-23T23:59:60Z": Input should be a valid datetime or date, '
            "unexpected extra characters at the end of the input.",
        ),
    ),
    hostile(
        "day nought",
        get(f"{_LISTED}?open_on=0000-00-00"),
        wrong(
            "?open_on",
            "date_from_datetime_parsing",
            '"0000-00-00": Input should be a valid date or datetime, month value '
            "is outside expected range of 1-12.",
        ),
    ),
    hostile(
        "seconds since 1970",
        get(f"{_LISTED}?open_on=1711843200"),
        wrong("?open_on", "value_error", '"1711843200": must be a day, such as 2026-03-31.'),
    ),
)
