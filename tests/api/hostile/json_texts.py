"""Bodies that are no JSON, or JSON that readers take differently (RFC 8259, RFC 7493)."""

from tests.api.hostile.cases import ACTUALS, hostile, put, untyped, wrong
from tests.bodies import fault, malformed

_WHICH_TYPE = untyped(415, "Unsupported media type", "Send the body as application/json.")


def _put(body: str | bytes) -> bytes:
    return put(ACTUALS, body)


def _from(source: str, further: str = "") -> bytes:
    """Return actuals whose source, or whatever comes behind it, need not be well meant."""
    cell = '{"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 1}'
    totals = '{"workforce": 1, "bme": 1}'
    return _put(f'{{"source": {source}, "totals": {totals}, "headcounts": [{cell}]{further}}}')


def _as(media_type: str, body: str = "{}") -> bytes:
    return put(ACTUALS, body, headers=[("Content-Type", media_type)])


CASES = (
    hostile("nothing", _put(""), wrong("", "missing", "This member is required.")),
    hostile(
        "blanks", _put("   "), wrong("", "not_json", "The body is not JSON: Expecting value.")
    ),
    hostile(
        "half",
        _put('{"source": "ESR", '),
        wrong(
            "",
            "not_json",
            "The body is not JSON: Expecting property name enclosed in double quotes.",
        ),
    ),
    hostile("two", _put("{}{}"), wrong("", "not_json", "The body is not JSON: Extra data.")),
    hostile(
        "no UTF-8",
        _put(b'{"source": "\xff\xfe"}'),
        wrong("", "not_json", "The body is not UTF-8 at byte 12."),
    ),
    hostile(
        "UTF-16",
        _put("{}".encode("utf-16")),
        wrong("", "not_json", "The body is not UTF-8 at byte 0."),
    ),
    hostile(
        "a byte order mark",
        _put(b"\xef\xbb\xbf{}"),
        wrong(
            "", "not_json", "The body is not JSON: Unexpected UTF-8 BOM (decode using utf-8-sig)."
        ),
    ),
    hostile(
        "a NUL",
        _put('{"source": "a\0b"}'),
        wrong("", "not_json", "The body is not JSON: Invalid control character at."),
    ),
    hostile(
        "a list",
        _put("[]"),
        wrong(
            "",
            "model_attributes_type",
            "[]: Input should be a valid dictionary or object to extract fields from.",
        ),
    ),
    hostile(
        "a number",
        _put("1"),
        wrong(
            "",
            "model_attributes_type",
            "1: Input should be a valid dictionary or object to extract fields from.",
        ),
    ),
    hostile(
        "null",
        _put("null"),
        wrong(
            "",
            "model_attributes_type",
            "null: Input should be a valid dictionary or object to extract fields from.",
        ),
    ),
    hostile(
        "NaN", _put("NaN"), wrong("", "finite_number", "NaN is not JSON; send a number, or null.")
    ),
    hostile(
        "single quotes",
        _put("{'source': 1}"),
        wrong(
            "",
            "not_json",
            "The body is not JSON: Expecting property name enclosed in double quotes.",
        ),
    ),
    hostile(
        "a comment",
        _put('{"source": 1 /* one */}'),
        wrong("", "not_json", "The body is not JSON: Expecting ',' delimiter."),
    ),
    hostile(
        "a comma too many",
        _put('{"source": 1,}'),
        wrong(
            "",
            "not_json",
            "The body is not JSON: Expecting property name enclosed in double quotes.",
        ),
    ),
    hostile(
        "20,000 lists in each other",
        _put("[" * 20_000 + "]" * 20_000),
        wrong("", "too_deep", "The body is nested too deeply to be read."),
    ),
    hostile(
        "20,000 objects in each other",
        _put('{"a":' * 20_000 + "1" + "}" * 20_000),
        wrong("", "too_deep", "The body is nested too deeply to be read."),
    ),
    hostile(
        "100,000 lists that never end",
        _put("[" * 100_000),
        wrong("", "too_deep", "The body is nested too deeply to be read."),
    ),
    hostile(
        "900 lists where a text is due",
        _from("[" * 900 + "]" * 900),
        wrong(
            "/source",
            "string_type",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\u2026: "
            "Input should be a valid string.",
        ),
    ),
    hostile(
        "a member twice",
        _put('{"source": "ESR", "source": "Mine"}'),
        wrong("/source", "duplicate_member", "This member was sent twice; send it once."),
    ),
    hostile(
        "members twice, deeper",
        _put('{"totals": {"bme": 1, "bme": 2}, "headcounts": [{"band": "8a", "band": "9"}]}'),
        malformed(
            fault("/totals/bme", "duplicate_member", "This member was sent twice; send it once."),
            fault(
                "/headcounts/0/band",
                "duplicate_member",
                "This member was sent twice; send it once.",
            ),
        ),
    ),
    hostile(
        "a member twice, once escaped",
        _put('{"source": "ESR", "s\\u006furce": "Mine"}'),
        wrong("/source", "duplicate_member", "This member was sent twice; send it once."),
    ),
    hostile(
        "a member that is never sent",
        _from('"ESR"', ', "recorded_by": "national team", "__proto__": {"role": "national"}'),
        malformed(
            fault("/recorded_by", "unknown_member", "There is no such member; leave it out."),
            fault("/__proto__", "unknown_member", "There is no such member; leave it out."),
        ),
    ),
    hostile(
        "a member with a pointer in its name",
        _from('"ESR"', ', "a/b~c": 1'),
        wrong("/a~1b~0c", "unknown_member", "There is no such member; leave it out."),
    ),
    hostile(
        "a member of 100,000 characters",
        _from('"ESR"', f', "{"x" * 100_000}": 1'),
        wrong("/" + "x" * 100_000, "unknown_member", "There is no such member; leave it out."),
    ),
    hostile(
        "a member that is half a character",
        _from('"ESR"', ', "\\ud800": 1'),
        wrong(
            "",
            "string_unicode",
            '"\\ud800": Input should be a valid string, unable to parse raw data '
            "as a unicode string.",
        ),
    ),
    hostile(
        "an escaped NUL",
        _from('"a\\u0000b"'),
        wrong("/source", "value_error", '"a\x00b": has characters that cannot be printed.'),
    ),
    hostile(
        "an escape of a terminal",
        _from('"a\\u001b[31mb"'),
        wrong("/source", "value_error", '"a\x1b[31mb": has characters that cannot be printed.'),
    ),
    hostile(
        "half a character",
        _from('"\\ud800"'),
        wrong(
            "/source",
            "string_unicode",
            '"\\ud800": Input should be a valid string, unable to parse raw data '
            "as a unicode string.",
        ),
    ),
    hostile(
        "a line separator",
        _from('"a\\u2028b"'),
        wrong("/source", "value_error", '"a\u2028b": has characters that cannot be printed.'),
    ),
    hostile(
        "no character",
        _from('"\\uffff"'),
        wrong("/source", "value_error", '"\uffff": has characters that cannot be printed.'),
    ),
    hostile(
        "nothing but blanks",
        _from('"   "'),
        wrong("/source", "string_too_short", '"   ": String should have at least 1 character.'),
    ),
    hostile(
        "100,000 characters",
        _from('"' + "x" * 100_000 + '"'),
        wrong(
            "/source",
            "string_too_long",
            '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\u2026: '
            "String should have at most 500 characters.",
        ),
    ),
    hostile("plain text", _as("text/plain"), _WHICH_TYPE),
    hostile("a form", _as("application/x-www-form-urlencoded", "source=ESR"), _WHICH_TYPE),
    hostile("no type", _as(""), _WHICH_TYPE),
    hostile("another kind of JSON", _as("text/html+json"), _WHICH_TYPE),
    hostile(
        "XML with an entity",
        _as("application/xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        _WHICH_TYPE,
    ),
    hostile(
        "packed",
        put(ACTUALS, b"\x1f\x8b\x08\x00", headers=[("Content-Encoding", "gzip")]),
        untyped(
            415, "Unsupported media type", "Send the body as it is, without Content-Encoding."
        ),
    ),
)
