"""The description of the API, read as a caller would: complete, consistent and current."""

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.problems import STATUS, leaves, problem_type, status_of
from app.domain import errors
from app.domain.errors import DomainError
from app.main import create_app
from app.settings import Settings

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"

PROBLEM = "application/problem+json"

NOT_OVER_HTTP = {
    "cycle_not_found": "a fault of the target that names it",
    "token_not_found": "tokens are made and revoked on the command line",
    "unacceptable_token": "likewise",
    "register_file_refused": "files are read on the command line",
}
"""Kinds of problem that no operation answers with, and why."""

NEEDS_NO_EXAMPLE = {"boolean", "integer", "number"}
"""Types of parameters whose limits and default say enough."""

Json = dict[str, Any]


def render() -> str:
    """Return the description as it is committed."""
    app = create_app(Settings())
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


DESCRIPTION: Json = json.loads(render())

PATHS: dict[str, dict[str, Json]] = DESCRIPTION["paths"]

OPERATIONS = [
    pytest.param(method, operation, id=operation["operationId"])
    for methods in PATHS.values()
    for method, operation in methods.items()
]

ERRORS = [pytest.param(error, id=error.code) for error in leaves()]

PROBLEMS = [
    pytest.param(operation, id=operation["operationId"])
    for path, methods in PATHS.items()
    if not path.startswith("/health")
    for operation in methods.values()
]


def resolve(schema: Json) -> Json:
    """Return a schema, or the one that it refers to."""
    while "$ref" in schema:
        found: Any = DESCRIPTION
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found | {name: value for name, value in schema.items() if name != "$ref"}
    return schema


def test_the_committed_description_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == render(), "run `make openapi` and commit"


def test_the_description_names_its_version_and_licence() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")
    info = DESCRIPTION["info"]
    assert info["title"] == "Parity"
    assert info["description"].endswith(".")
    assert info["license"] == {"name": "MIT"}


def test_nothing_depends_on_the_machine_or_the_version_of_python() -> None:
    text = render()

    assert str(Path.cwd()) not in text
    assert "localhost" not in text
    phrases = {status.phrase for status in HTTPStatus}
    for methods in PATHS.values():
        for operation in methods.values():
            for response in operation["responses"].values():
                assert response["description"] not in phrases


# Operations.


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for m in PATHS.values() for operation in m.values()]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_an_operation_id_is_a_verb_and_a_noun(method: str, operation: Json) -> None:
    verb, _, noun = operation["operationId"].partition("_")

    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", noun)
    allowed = {
        "get": {"get", "list"},
        "put": {"put"},
        "patch": {"patch"},
        # A step in the life of a thing has a verb of its own.
        "post": {"post", "submit", "sign"},
    }
    assert verb in allowed[method]


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_an_operation_explains_itself(method: str, operation: Json) -> None:
    del method
    (tag,) = operation["tags"]

    assert tag in {one["name"] for one in DESCRIPTION["tags"]}
    assert re.match(r"[A-Z].*[^.]$", operation["summary"])
    assert operation["description"].endswith(".")


def test_tags_are_all_used_and_explained() -> None:
    used = {tag for m in PATHS.values() for operation in m.values() for tag in operation["tags"]}

    assert {tag["name"] for tag in DESCRIPTION["tags"]} == used
    assert all(tag["description"].endswith(".") for tag in DESCRIPTION["tags"])


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_parameter_explains_itself(method: str, operation: Json) -> None:
    del method
    for parameter in operation.get("parameters", []):
        assert parameter["description"].endswith("."), parameter["name"]


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_parameter_has_an_example(method: str, operation: Json) -> None:
    del method
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        parts = [resolve(one) for one in schema.get("anyOf", [schema])]
        says_enough = any(
            "enum" in part
            or part.get("type") in NEEDS_NO_EXAMPLE
            or "enum" in resolve(part.get("items", {}))
            for part in parts
        )
        # What a cursor looks like is nobody's business.
        says_enough |= parameter["name"] == "cursor"
        has_example = any("examples" in part for part in [parameter, schema, *parts])
        assert says_enough or has_example, parameter["name"]


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_path_names_its_parameters(method: str, operation: Json) -> None:
    path = next(path for path, methods in PATHS.items() if methods.get(method, {}) is operation)
    named = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}

    assert set(re.findall(r"{(\w+)}", path)) == named


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_body_has_an_example(method: str, operation: Json) -> None:
    if "requestBody" not in operation:
        assert method in {"get", "post"}
        return
    media: Json = operation["requestBody"]["content"]["application/json"]

    assert operation["requestBody"]["required"] is True
    has_whole = "examples" in media or "example" in media or "examples" in resolve(media["schema"])
    assert has_whole or list(_without_example(media["schema"], "")) == []


def _without_example(schema: Json, path: str) -> Iterator[str]:
    """Yield the required members of a body of which nobody is told what they look like."""
    schema = resolve(schema)
    if "examples" in schema or "enum" in schema or "const" in schema:
        return
    if schema.get("type") == "array":
        yield from _without_example(schema["items"], f"{path}/0")
    elif schema.get("type") == "object":
        for name in schema.get("required", []):
            yield from _without_example(schema["properties"][name], f"{path}/{name}")
    else:
        yield path


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_body_is_an_object_that_refuses_unknown_members(method: str, operation: Json) -> None:
    del method
    if "requestBody" not in operation:
        return
    schema = resolve(operation["requestBody"]["content"]["application/json"]["schema"])

    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_an_operation_answers_with_an_object(method: str, operation: Json) -> None:
    del method
    successes = [one for status, one in operation["responses"].items() if status < "300"]

    assert successes
    for response in successes:
        assert response["description"].endswith((".", "Successful Response"))
        assert resolve(response["content"]["application/json"]["schema"])["type"] == "object"


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_list_has_items_and_next(method: str, operation: Json) -> None:
    del method
    if not operation["operationId"].startswith("list_"):
        return
    schema = resolve(operation["responses"]["200"]["content"]["application/json"]["schema"])

    assert set(schema["properties"]) == {"items", "next"}
    assert schema["required"] == ["items", "next"]


# Errors.


@pytest.mark.parametrize("operation", PROBLEMS)
def test_an_operation_describes_its_errors_as_problems(operation: Json) -> None:
    problems = {s: one for s, one in operation["responses"].items() if s >= "400"}

    assert problems
    for status, response in problems.items():
        assert list(response["content"]) == [PROBLEM]
        assert response["description"].endswith(".")
        for name, example in response["content"][PROBLEM].get("examples", {}).items():
            assert example["value"]["status"] == int(status)
            assert example["value"]["type"] == f"/problems/{name.replace('_', '-')}"
            assert example["summary"] == example["value"]["title"]


def documented() -> dict[str, set[str]]:
    """Return the operations that document each kind of problem."""
    found: dict[str, set[str]] = {}
    for methods in PATHS.values():
        for operation in methods.values():
            for response in operation["responses"].values():
                examples = response.get("content", {}).get(PROBLEM, {}).get("examples", {})
                for code in examples:
                    found.setdefault(code, set()).add(operation["operationId"])
    return found


@pytest.mark.parametrize("error", ERRORS)
def test_a_kind_of_problem_is_documented(error: type[DomainError]) -> None:
    assert (error.code in documented()) != (error.code in NOT_OVER_HTTP)


@pytest.mark.parametrize("error", ERRORS)
def test_a_kind_of_problem_has_a_code_and_a_title(error: type[DomainError]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code)
    assert re.match(r"[A-Z].*[^.]$", error.title)
    assert (error.__doc__ or "").partition("\n")[0].endswith(".")
    assert status_of(error) in STATUS.values()


def test_kinds_of_problems_have_codes_of_their_own() -> None:
    codes = [error.code for error in leaves()]

    assert len(codes) == len(set(codes))


def test_every_error_of_the_domain_is_a_kind_of_problem() -> None:
    classes = {
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, DomainError)
    }
    branches = {one for one in classes if any(other.__base__ is one for other in classes)}

    assert classes - branches == set(leaves())


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    faulty = {"Faulty"}  # a form that problems have, not a situation

    found = {
        name
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, DomainError) and one is not DomainError
    }
    assert set(drawn) == found - faulty
    assert len(drawn) == len(set(drawn))


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A client of a service that needs no database: nothing is stored about problems."""
    return TestClient(create_app(Settings()))


@pytest.mark.parametrize("error", ERRORS)
def test_there_is_a_page_behind_a_kind_of_problem(
    client: TestClient, error: type[DomainError]
) -> None:
    response = client.get(problem_type(error))

    assert response.status_code == 200
    assert response.json() == {
        "type": f"/problems/{error.code.replace('_', '-')}",
        "title": error.title,
        "status": status_of(error),
        "description": (error.__doc__ or "").partition("\n")[0],
    }


@pytest.mark.parametrize("name", ["trust_not_found", "Trust-Not-Found", "nothing"])
def test_there_is_no_page_behind_another_name(client: TestClient, name: str) -> None:
    response = client.get(f"/problems/{name}")

    assert response.headers["content-type"] == PROBLEM
    assert response.json() == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": f"No problem is called {name}.",
    }


# References and examples.


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


def test_every_schema_is_referred_to() -> None:
    used = {one["$ref"] for _, one in everything(DESCRIPTION) if "$ref" in one}

    named = {f"#/components/schemas/{name}" for name in DESCRIPTION["components"]["schemas"]}
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
