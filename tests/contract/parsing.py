"""What the parser can find wrong with a request, told from what requests are parsed by."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter

from app.api.faults import describe_faults
from app.main import create_app
from app.settings import Settings

FOUND = {
    "bool": {"bool_type", "bool_parsing"},
    "date": {"date_type", "date_from_datetime_parsing", "date_from_datetime_inexact"},
    "datetime": {"datetime_from_date_parsing", "timezone_aware"},
    "enum": {"enum"},
    "float": {"float_type", "float_parsing"},
    "function-after": {"value_error"},
    "function-plain": {"value_error"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float"},
    "list": {"list_type"},
    "literal": {"literal_error"},
    "model": {"model_attributes_type"},
    "model-fields": {"missing", "extra_forbidden"},
    "str": {"string_type", "string_unicode"},
}
"""What is found wrong where a kind of value is expected."""

LIMITS = {
    "ge": {"greater_than_equal"},
    "gt": {"greater_than"},
    "le": {"less_than_equal"},
    "lt": {"less_than"},
    "allow_inf_nan": {"finite_number"},
    "pattern": {"string_pattern_mismatch"},
}
"""What is found wrong where a limit is set."""

LENGTHS = {
    ("list", "min_length"): {"too_short"},
    ("list", "max_length"): {"too_long"},
    ("str", "min_length"): {"string_too_short"},
    ("str", "max_length"): {"string_too_long"},
}
"""Likewise of lengths, which are told of lists and of texts in different words."""

WRAPPERS = {
    "chain", "default", "definition-ref", "definitions", "function-before", "function-wrap",
    "model-field", "no-info",
    "with-info",
    "nullable",
}  # fmt: skip
"""What stands around the value that is expected, and finds nothing wrong itself."""

ALWAYS = {"missing", "json_invalid"}
"""What is found wrong before anything is parsed."""


def parser_codes() -> set[str]:
    """Return the codes of all that the parser can find wrong with a request."""
    kinds = set(ALWAYS)
    for expected in _schemas():
        name = expected["type"]
        if name not in WRAPPERS:
            kinds |= FOUND[name]
            kinds.update(*(LIMITS[limit] for limit in expected if limit in LIMITS))
            kinds.update(*(LENGTHS.get((name, limit), set()) for limit in expected))
    return {_code_of(kind) for kind in kinds}


def _code_of(kind: str) -> str:
    """Return what the service calls a kind of fault that the parser finds."""
    line = {
        "type": kind,
        "loc": ("body",),
        "msg": "",
        "input": None,
        "ctx": {"expected": "", "error": ""},
    }
    (fault,) = describe_faults([line])
    return fault.code


def _schemas() -> Iterator[dict[str, Any]]:
    """Yield what the parser expects, of every parameter and every body, part by part."""
    for context in iter_route_contexts(create_app(Settings()).routes):
        if isinstance(context.original_route, APIRoute):
            for dependant in _all(context.original_route.dependant):
                for field in (
                    *dependant.path_params,
                    *dependant.query_params,
                    *dependant.header_params,
                    *dependant.body_params,
                ):
                    info = field.field_info
                    expected: Any = Annotated[info.annotation, info]
                    yield from _parts(TypeAdapter(expected).core_schema)


def _all(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for one in dependant.dependencies:
        yield from _all(one)


def _parts(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for name, part in schema.items():
            if name not in {"metadata", "serialization"}:
                yield from _parts(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from _parts(part)
