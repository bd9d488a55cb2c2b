"""Numbers that are huge, that are none, or that are written in a way of their own."""

from tests.api.hostile.cases import ACTUALS, TARGETS, get, hostile, post, put, wrong

_CELL = "/headcounts/0/headcount"
_TARGET = '{"measure": "leadership", "cycle": "2025-2028", '
_PROGRESS = "/v1/trusts/RZ1/progress/leadership"


def _counting(headcount: str) -> bytes:
    """Return actuals with one headcount, which need not be a number."""
    cell = (
        '{"staff_group": "clinical", "band": "8a", "ethnic_group": "bme",'
        f' "headcount": {headcount}}}'
    )
    totals = '{"workforce": 61, "bme": 61}'
    return put(ACTUALS, f'{{"source": "ESR", "totals": {totals}, "headcounts": [{cell}]}}')


CASES = (
    hostile(
        "NaN",
        _counting("NaN"),
        wrong(_CELL, "finite_number", "NaN is not JSON; send a number, or null."),
    ),
    hostile(
        "infinity",
        _counting("Infinity"),
        wrong(_CELL, "finite_number", "Infinity is not JSON; send a number, or null."),
    ),
    hostile(
        "minus infinity",
        _counting("-Infinity"),
        wrong(_CELL, "finite_number", "-Infinity is not JSON; send a number, or null."),
    ),
    hostile(
        "more than a double holds",
        _counting("1e400"),
        wrong(
            _CELL,
            "not_a_whole_number",
            "Infinity is not a whole number; send one without quotes or decimals.",
        ),
    ),
    hostile(
        "a power of ten",
        _counting("1e2"),
        wrong(
            _CELL,
            "not_a_whole_number",
            "100.0 is not a whole number; send one without quotes or decimals.",
        ),
    ),
    hostile(
        "minus nothing",
        _counting("-0.0"),
        wrong(
            _CELL,
            "not_a_whole_number",
            "-0.0 is not a whole number; send one without quotes or decimals.",
        ),
    ),
    hostile(
        "half a person",
        _counting("0.5"),
        wrong(
            _CELL,
            "not_a_whole_number",
            "0.5 is not a whole number; send one without quotes or decimals.",
        ),
    ),
    hostile(
        "2 to the 63",
        _counting(str(2**63)),
        wrong(
            _CELL,
            "too_large",
            "9223372036854775808: Input should be less than or equal to 10000000.",
        ),
    ),
    hostile(
        "less than -2 to the 63",
        _counting(str(-(2**63) - 1)),
        wrong(_CELL, "too_small", "-9223372036854775809 is negative; send 0 or more."),
    ),
    hostile(
        "10 to the 399",
        _counting("1" + "0" * 399),
        wrong(
            _CELL,
            "too_large",
            "10000000000000000000000000000000000000000000000000000000000\u2026: "
            "Input should be less than or equal to 10000000.",
        ),
    ),
    hostile(
        "10 to the 400",
        _counting("1" + "0" * 400),
        wrong(
            _CELL,
            "int_parsing_size",
            "A number of 401 digits is not read; send one of at most 400.",
        ),
    ),
    hostile(
        "5,000 digits",
        _counting("9" * 5_000),
        wrong(
            _CELL,
            "int_parsing_size",
            "A number of 5000 digits is not read; send one of at most 400.",
        ),
    ),
    hostile(
        "more people than there are",
        _counting("10000001"),
        wrong(_CELL, "too_large", "10000001: Input should be less than or equal to 10000000."),
    ),
    hostile(
        "true",
        _counting("true"),
        wrong(
            _CELL,
            "not_a_whole_number",
            "true is not a whole number; send one without quotes or decimals.",
        ),
    ),
    hostile(
        "a number in quotes",
        _counting('"61"'),
        wrong(
            _CELL,
            "not_a_whole_number",
            '"61" is not a whole number; send one without quotes or decimals.',
        ),
    ),
    hostile(
        "hexadecimal",
        _counting("0x3d"),
        wrong("", "not_json", "The body is not JSON: Expecting ',' delimiter."),
    ),
    hostile(
        "a zero in front",
        _counting("061"),
        wrong("", "not_json", "The body is not JSON: Expecting ',' delimiter."),
    ),
    hostile(
        "NaN for a share",
        post(TARGETS, _TARGET + '"goal_share": NaN}'),
        wrong("/goal_share", "finite_number", "NaN is not JSON; send a number, or null."),
    ),
    hostile(
        "NaN in quotes for a share",
        post(TARGETS, _TARGET + '"goal_share": "NaN"}'),
        wrong(
            "/goal_share",
            "string_pattern_mismatch",
            "\"NaN\": String should match pattern '^(0(\\.[0-9]{1,4})?|1(\\.0{1,4})?)$'.",
        ),
    ),
    hostile(
        "a share with an exponent",
        post(TARGETS, _TARGET + '"goal_share": "1e-1"}'),
        wrong(
            "/goal_share",
            "string_pattern_mismatch",
            "\"1e-1\": String should match pattern '^(0(\\.[0-9]{1,4})?|1(\\.0{1,4})?)$'.",
        ),
    ),
    hostile(
        "a goal of 401 digits",
        post(TARGETS, _TARGET + '"goal_headcount": 1' + "0" * 400 + "}"),
        wrong(
            "/goal_headcount",
            "int_parsing_size",
            "A number of 401 digits is not read; send one of at most 400.",
        ),
    ),
    hostile(
        "infinity for a turnover",
        post(f"{_PROGRESS}/what-if", '{"turnover": Infinity}'),
        wrong("/turnover", "finite_number", "Infinity is not JSON; send a number, or null."),
    ),
    hostile(
        "a turnover that is one",
        post(f"{_PROGRESS}/what-if", '{"turnover": 1e400}'),
        wrong("/turnover", "finite_number", "Infinity: Input should be a finite number."),
    ),
    hostile(
        "a turnover next to none",
        post(f"{_PROGRESS}/what-if", '{"turnover": 1e-400}'),
        wrong("/turnover", "too_small", "0.0: Input should be greater than or equal to 0.000001."),
    ),
    hostile(
        "NaN in a query",
        get(f"{_PROGRESS}?turnover=NaN", by="national"),
        wrong("?turnover", "too_large", '"NaN": Input should be less than or equal to 0.999999.'),
    ),
    hostile(
        "minus nothing in a query",
        get(f"{_PROGRESS}?turnover=-0.0", by="national"),
        wrong(
            "?turnover", "too_small", '"-0.0": Input should be greater than or equal to 0.000001.'
        ),
    ),
)
