"""What a malformed request is told: where it is wrong, and what would be right."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.api.schemas.faults import printable
from app.domain.errors import Fault

_CODES: Mapping[str, str] = {
    "int_type": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "int_parsing": "not_a_whole_number",
    "greater_than_equal": "too_small",
    "greater_than": "too_small",
    "less_than_equal": "too_large",
    "less_than": "too_large",
    "enum": "unknown_code",
    "missing": "missing",
    "extra_forbidden": "unknown_member",
    "too_short": "too_short",
    "json_invalid": "not_json",
    "model_type": "model_attributes_type",
    "dict_type": "model_attributes_type",
}
"""Our names for the kinds of fault that the parser finds; others keep its own."""

_LONGEST_SHOWN = 60


def describe_faults(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Return the faults that the parser found, in words for the person who gets them."""
    # A parameter that two parts of a route ask for is found wrong twice.
    return list(dict.fromkeys(_describe(error) for error in errors))


def _describe(error: Mapping[str, Any]) -> Fault:
    kind = str(error["type"])
    context = error.get("ctx", {})
    if kind == "fault":
        return Fault(_pointer(error["loc"]), context["code"], context["detail"])
    return Fault(_pointer(error["loc"]), _CODES.get(kind, kind), _sentence(kind, error))


def _pointer(location: Sequence[str | int]) -> str:
    """Return where a fault is: a JSON pointer, or the parameter."""
    place, *path = location
    if place == "query":
        return f"?{path[0]}"
    if place == "path":
        return f"{{{path[0]}}}"
    if place == "body" and path and isinstance(path[0], int) and len(path) == 1:
        return ""  # a position in text that is not JSON
    return "".join(f"/{escape(str(part))}" for part in path)


def escape(part: str) -> str:
    """Return the name of a member as a step of a JSON pointer (RFC 6901)."""
    return printable(part).replace("~", "~0").replace("/", "~1")


_SENTENCES: Mapping[str, str] = {
    "not_a_whole_number": "{sent} is not a whole number; send one without quotes or decimals.",
    "unknown_code": "{sent} is not known; use one of {expected}.",
    "missing": "This member is required.",
    "unknown_member": "There is no such member; leave it out.",
    "too_short": "An empty list says nothing; send at least one.",
    "not_json": "The body is not JSON: {error}.",
}


def _sentence(kind: str, error: Mapping[str, Any]) -> str:
    context, sent = error.get("ctx", {}), _shown(error.get("input"))
    code = _CODES.get(kind, "")
    if code == "too_small" and context.get("ge") == 0:
        return f"{sent} is negative; send 0 or more."
    if code in _SENTENCES:
        return _SENTENCES[code].format(sent=sent, **context)
    return f"{sent}: {str(error['msg']).removeprefix('Value error, ')}."


def _as_json(value: object) -> str:
    """Return a value as it was sent; a file in a form by its name."""
    return json.dumps(value, ensure_ascii=False, default=lambda one: getattr(one, "filename", "?"))


def _shown(value: object) -> str:
    """Return what was sent, short enough to read."""
    shown = printable(value if isinstance(value, str) else _as_json(value))
    shown = f'"{shown}"' if isinstance(value, str) else shown
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}…"
