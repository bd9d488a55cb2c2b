"""Codes and numbers in characters that only look like them."""

from urllib.parse import quote

from app.domain.bands import Band
from app.domain.organisations import Kind
from tests.api.hostile.cases import (
    ACTUALS,
    NOT_FOUND,
    NOTHING_FOUND,
    ORGANISATION,
    TARGETS,
    get,
    hostile,
    no_code,
    post,
    put,
    unknown,
    wrong,
)
from tests.bodies import actuals_body, problem

_BANDS = tuple(Band)
_KINDS = tuple(Kind)

_CENSUS = "/v1/censuses/"
_LISTED = "/v1/organisations?"
_ORGANISATION = "/v1/organisations/"


def _of(**members: str) -> bytes:
    """Return actuals with one cell, of which something only looks right."""
    cell = {"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 1}
    return put(ACTUALS, actuals_body([cell | members], totals={"workforce": 1, "bme": 1}))


CASES = (
    hostile(
        "a Cyrillic letter",
        get(_ORGANISATION + quote("R\u04171")),
        no_code("{ods_code}", "R\u04171"),
    ),
    hostile(
        "a Greek letter", get(_ORGANISATION + quote("R\u03961")), no_code("{ods_code}", "R\u03961")
    ),
    hostile(
        "a digit of full width",
        get(_ORGANISATION + quote("RZ\uff11")),
        no_code("{ods_code}", "RZ\uff11"),
    ),
    hostile(
        "an Arabic-Indic digit",
        get(_ORGANISATION + quote("RZ\u0661")),
        no_code("{ods_code}", "RZ\u0661"),
    ),
    hostile(
        "a superscript", get(_ORGANISATION + quote("RZ\u00b9")), no_code("{ods_code}", "RZ\xb9")
    ),
    hostile(
        "a space of no width",
        get(_ORGANISATION + quote("RZ\u200b1")),
        no_code("{ods_code}", "RZ\u200b1"),
    ),
    hostile(
        "a soft hyphen", get(_ORGANISATION + quote("RZ\u00ad1")), no_code("{ods_code}", "RZ\xad1")
    ),
    hostile(
        "a byte order mark",
        get(_ORGANISATION + quote("\ufeffRZ1")),
        no_code("{ods_code}", "\ufeffRZ1"),
    ),
    hostile(
        "text from right to left",
        get(_ORGANISATION + quote("\u202e1ZR")),
        no_code("{ods_code}", "\u202e1ZR"),
    ),
    hostile(
        "an accent on its own",
        get(_ORGANISATION + quote("RZ1\u0301")),
        no_code("{ods_code}", "RZ1\u0301"),
    ),
    hostile(
        "a tag that nobody sees",
        get(_ORGANISATION + quote("RZ1\U000e0031")),
        no_code("{ods_code}", "RZ1\U000e0031"),
    ),
    hostile(
        "a bold letter of mathematics",
        get(_ORGANISATION + quote("\U0001d411Z1")),
        no_code("{ods_code}", "\U0001d411Z1"),
    ),
    hostile(
        "a year in Arabic-Indic digits",
        get(_CENSUS + quote("\u0662\u0660\u0665\u0660")),
        wrong(
            "{year}",
            "value_error",
            '"\u0662\u0660\u0665\u0660": must be digits alone, without a sign, a '
            "point or a zero in front.",
        ),
    ),
    hostile(
        "a year in digits of full width",
        get(_CENSUS + quote("\uff12\uff10\uff15\uff10")),
        wrong(
            "{year}",
            "value_error",
            '"\uff12\uff10\uff15\uff10": must be digits alone, without a sign, a '
            "point or a zero in front.",
        ),
    ),
    hostile(
        "a year with one digit in Devanagari",
        get(_CENSUS + quote("205\u0966")),
        wrong(
            "{year}",
            "value_error",
            '"205\u0966": must be digits alone, without a sign, a point or a zero in front.',
        ),
    ),
    hostile(
        "a cycle with a dash",
        get("/v1/cycles/" + quote("2022\u20132025")),
        wrong(
            "{code}",
            "string_pattern_mismatch",
            "\"2022\u20132025\": String should match pattern '^[0-9]{4}-[0-9]{4}$'.",
        ),
    ),
    hostile(
        "a measure with a Cyrillic letter",
        get("/v1/measures/" + quote("leader\u0455hip")),
        problem(
            404,
            "measure-not-found",
            "Measure not found",
            "There is no measure leader\u0455hip.",
            measure="leader\u0455hip",
        ),
    ),
    hostile("an address of full width", get("/v1/" + quote("\uff43ensuses/2050")), NOT_FOUND),
    hostile(
        "a limit of full width",
        get(_LISTED + "limit=" + quote("\uff11")),
        wrong(
            "?limit",
            "not_a_whole_number",
            '"\uff11" is not a whole number; send one without quotes or decimals.',
        ),
    ),
    hostile(
        "a day with a digit of full width",
        get(_LISTED + "open_on=" + quote("\uff12026-03-31")),
        wrong(
            "?open_on",
            "date_from_datetime_parsing",
            '"\uff12026-03-31": Input should be a valid date or datetime, '
            "invalid character in year.",
        ),
    ),
    hostile(
        "a kind with a Cyrillic letter",
        get(_LISTED + "kind=" + quote("tru\u0455t")),
        unknown("?kind", "tru\u0455t", *_KINDS),
    ),
    hostile("a region of full width", get(_LISTED + "region=" + quote("Y5\uff16")), NOTHING_FOUND),
    hostile(
        "a band with a Cyrillic letter",
        _of(band="8\u0430"),
        unknown("/headcounts/0/band", "8\u0430", *_BANDS),
    ),
    hostile(
        "a staff group with a ligature",
        _of(staff_group="clinica\u217c"),
        unknown(
            "/headcounts/0/staff_group", "clinica\u217c", "non_clinical", "clinical", "medical"
        ),
    ),
    hostile(
        "an ethnic group from right to left",
        _of(ethnic_group="\u202eemb"),
        unknown("/headcounts/0/ethnic_group", "\u202eemb", "white", "bme", "unknown"),
    ),
    hostile(
        "a source from right to left",
        put(ACTUALS, actuals_body(source="\u202eRSE")),
        wrong("/source", "value_error", '"\u202eRSE": has characters that cannot be printed.'),
    ),
    hostile(
        "a source with a space of no width",
        put(ACTUALS, actuals_body(source="E\u200bSR")),
        wrong("/source", "value_error", '"E\u200bSR": has characters that cannot be printed.'),
    ),
    hostile(
        "a member with a Cyrillic letter",
        put(ACTUALS, actuals_body() | {"n\u043etes": "None"}),
        wrong("/n\u043etes", "unknown_member", "There is no such member; leave it out."),
    ),
    hostile(
        "trusts that are covered",
        put(ACTUALS, actuals_body(covers=["RZ\u0661"])),
        no_code("/covers/0", "RZ\u0661"),
    ),
    hostile(
        "a headcount in quotes",
        put(ACTUALS, actuals_body() | {"totals": {"workforce": "\u0664\u0660\u0661", "bme": 61}}),
        wrong(
            "/totals/workforce",
            "not_a_whole_number",
            '"\u0664\u0660\u0661" is not a whole number; send one without quotes or decimals.',
        ),
    ),
    hostile(
        "a share of full width",
        post(
            TARGETS, {"measure": "leadership", "cycle": "2025-2028", "goal_share": "\uff10.\uff12"}
        ),
        wrong(
            "/goal_share",
            "string_pattern_mismatch",
            '"\uff10.\uff12": String should match pattern '
            "'^(0(\\.[0-9]{1,4})?|1(\\.0{1,4})?)$'.",
        ),
    ),
    hostile(
        "a role with a letter of Palochka",
        post("/v1/tokens", {"name": "x", "role": "nationa\u04c0", "organisations": []}),
        unknown("/role", "nationa\u04c0", "anonymous", "trust_data", "trust", "area", "national"),
    ),
    hostile(
        "a trust of a token",
        post("/v1/tokens", {"name": "x", "role": "trust", "organisations": ["R\u04171"]}),
        no_code("/organisations/0", "R\u04171"),
    ),
    hostile(
        "an area of a consent",
        put("/v1/trusts/RZ1/consents", {"areas": ["QH\u041c"]}),
        no_code("/areas/0", "QH\u041c"),
    ),
    hostile(
        "a new trust that looks held",
        put(
            _ORGANISATION + quote("R\uff3a1"), {"kind": "trust", "name": "First Example NHS Trust"}
        ),
        no_code("{ods_code}", "R\uff3a1"),
    ),
    hostile(
        "a name from right to left",
        put(ORGANISATION, {"kind": "trust", "name": "Trust \u202e)detartsnomed("}),
        wrong(
            "/name",
            "value_error",
            '"Trust \u202e)detartsnomed(": has characters that cannot be printed.',
        ),
    ),
    hostile(
        "a name with a space of no width",
        put(ORGANISATION, {"kind": "trust", "name": "First\u200b Example NHS Trust"}),
        wrong(
            "/name",
            "value_error",
            '"First\u200b Example NHS Trust": has characters that cannot be printed.',
        ),
    ),
)
