"""References and examples in the description of the API, each judged by its schema."""

import re
from collections.abc import Iterator

import pytest

from tests.contract.openapi import DESCRIPTION, Json, resolve


def everything(part: object, path: str = "#") -> Iterator[tuple[str, Json]]:
    """Yield every object of the description, with where it stands."""
    if isinstance(part, dict):
        yield path, part
        for name, value in part.items():
            yield from everything(value, f"{path}/{name}")
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from everything(value, f"{path}/{index}")


def test_every_reference_leads_somewhere() -> None:
    references = {one["$ref"] for _, one in everything(DESCRIPTION) if "$ref" in one}

    assert references
    for reference in references:
        assert resolve({"$ref": reference})


def test_everything_that_is_shared_is_referred_to() -> None:
    used = {one["$ref"] for _, one in everything(DESCRIPTION) if "$ref" in one}

    named = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "responses", "headers")
        for name in DESCRIPTION["components"][kind]
    }
    assert named == used


def test_every_schema_explains_itself() -> None:
    for name, schema in DESCRIPTION["components"]["schemas"].items():
        assert schema["description"].endswith("."), name


def test_every_example_is_one() -> None:
    found = list(_examples())

    assert len(found) > 100
    for path, schema, example in found:
        assert list(violations(schema, example)) == [], f"{path}: {example!r}"


def _examples() -> Iterator[tuple[str, Json, object]]:
    """Yield every example, with its schema and where it stands."""
    for path, one in everything(DESCRIPTION):
        if path.endswith("/properties") or "/examples/" in path:
            continue
        examples = one.get("examples", [])
        if isinstance(examples, dict):
            for example in examples.values():
                yield path, one["schema"], example["value"]
        elif "schema" in one:
            for example in examples:
                yield path, one["schema"], example
        else:
            for example in examples:
                yield path, one, example
        if "default" in one and "type" in one:
            yield path, one, one["default"]


TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}

FORMATS = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "date-time": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})",
}


def violations(schema: Json, value: object) -> Iterator[str]:
    """Yield how a value contradicts a schema, by the keywords that this description uses."""
    schema = resolve(schema)
    if "anyOf" in schema:
        if all(list(violations(one, value)) for one in schema["anyOf"]):
            yield f"{value!r} is none of {schema['anyOf']}"
        return
    if not _is_of_type(schema.get("type"), value):
        yield f"{value!r} is no {schema['type']}"
        return
    if value not in schema.get("enum", [schema.get("const", value)]):
        yield f"{value!r} is not one of the values"
    if isinstance(value, str):
        yield from _of_text(schema, value)
    elif isinstance(value, int | float):
        yield from _of_number(schema, value)
    elif isinstance(value, list):
        for one in value:
            yield from violations(schema.get("items", {}), one)
    elif isinstance(value, dict):
        yield from _of_object(schema, value)


def _is_of_type(kind: str | None, value: object) -> bool:
    """Return whether a value has a type; a boolean is no number, though it is one to Python."""
    if kind is None or isinstance(value, bool):
        return kind in {None, "boolean"}
    return isinstance(value, TYPES[kind])


def _of_text(schema: Json, value: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{value!r} does not match {schema['pattern']}"
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{value!r} has {len(value)} characters"
    if "format" in schema and not re.fullmatch(FORMATS[schema["format"]], value):
        yield f"{value!r} is no {schema['format']}"


def _of_number(schema: Json, value: float) -> Iterator[str]:
    if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{value} is out of range"
    if value <= schema.get("exclusiveMinimum", value - 1):
        yield f"{value} is too small"
    if value >= schema.get("exclusiveMaximum", value + 1):
        yield f"{value} is too large"


def _of_object(schema: Json, value: Json) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{name} is missing" for name in schema.get("required", []) if name not in value)
    for name, one in value.items():
        if name in known:
            yield from violations(known[name], one)
        elif schema.get("additionalProperties", True) is False:
            yield f"{name} is not known"


@pytest.mark.parametrize(
    ("schema", "value", "is_one"),
    [
        pytest.param({"type": "integer"}, 1, True, id="a whole number"),
        pytest.param({"type": "integer"}, True, False, id="a boolean"),
        pytest.param({"type": "number", "exclusiveMinimum": 0}, 0.0, False, id="at the limit"),
        pytest.param({"type": "string", "pattern": "^a$"}, "b", False, id="another pattern"),
        pytest.param({"type": "string", "format": "date"}, "2024-03-31", True, id="a day"),
        pytest.param({"anyOf": [{"type": "null"}, {"type": "string"}]}, 1, False, id="neither"),
        pytest.param({"type": "array", "items": {"type": "null"}}, [1], False, id="items"),
        pytest.param({"type": "object", "required": ["a"]}, {}, False, id="missing"),
        pytest.param(
            {"type": "object", "additionalProperties": False}, {"a": 1}, False, id="unknown"
        ),
    ],
)
def test_examples_are_judged_by_their_schemas(
    schema: Json,
    value: object,
    is_one: bool,  # noqa: FBT001 - one of a test's parameters
) -> None:
    assert (list(violations(schema, value)) == []) is is_one
