"""The description of the API, read as a caller would: complete, consistent and current."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from app.domain.codes import WarningCode
from app.domain.fault_codes import FaultCode
from tests.contract.openapi import COMMITTED, DESCRIPTION, OPERATIONS, PATHS, Json, render, resolve

NEEDS_NO_EXAMPLE = {"boolean", "integer", "number"}
"""Types of parameters whose limits and default say enough."""

FILES = (
    {"application/pdf"},
    {"application/zip"},
    {"image/svg+xml", "image/png", "application/vnd.vegalite+json"},
)
"""What some operations answer with in place of an object; it describes itself."""


def test_the_committed_description_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == render(), "run `make openapi` and commit"


def test_the_description_names_its_version_and_licence() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")
    info = DESCRIPTION["info"]
    assert info["title"] == "Parity"
    assert info["description"].endswith(".")
    assert info["license"] == {"name": "MIT", "identifier": "MIT"}


def test_nothing_depends_on_the_machine_or_the_version_of_python() -> None:
    text = render()

    assert str(Path.cwd()) not in text
    assert "localhost" not in text
    phrases = {status.phrase for status in HTTPStatus}
    for methods in PATHS.values():
        for operation in methods.values():
            for response in operation["responses"].values():
                assert resolve(response)["description"] not in phrases


def test_no_two_schemas_have_one_name() -> None:
    # Where two would, the framework puts their modules before it.
    assert [name for name in DESCRIPTION["components"]["schemas"] if "__" in name] == []


def test_codes_that_are_explained_are_enumerated() -> None:
    schemas = DESCRIPTION["components"]["schemas"]
    said = "plained at /v1/codes"

    plain = [
        f"{name}.{member}"
        for name, schema in schemas.items()
        for member, one in schema.get("properties", {}).items()
        if said in one.get("description", "")
        and not all("enum" in resolve(choice) for choice in one.get("anyOf", [one]))
    ]

    assert plain == []
    for name, enumeration in (("WarningOut", WarningCode), ("FaultOut", FaultCode)):
        assert resolve(schemas[name]["properties"]["code"])["enum"] == list(enumeration)


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
        "post": {"post", "submit", "review", "return", "withdraw", "sign", "release"},
        "delete": {"delete"},
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
        assert method in {"get", "post", "delete"}
        return
    (media,) = operation["requestBody"]["content"].values()

    assert operation["requestBody"]["required"] is True
    has_whole = "examples" in media or "example" in media or "examples" in resolve(media["schema"])
    assert has_whole or list(_without_example(media["schema"], "")) == []


def _without_example(schema: Json, path: str) -> Iterator[str]:
    """Yield the required members of a body of which nobody is told what they look like."""
    schema = resolve(schema)
    if "examples" in schema or "enum" in schema or "const" in schema:
        return
    if "contentMediaType" in schema:  # a file
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
    ((kind, media),) = operation["requestBody"]["content"].items()
    schema = resolve(media["schema"])

    # A file comes in a form.
    has_file = "file" in schema.get("properties", {})
    assert kind == ("multipart/form-data" if has_file else "application/json")
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_an_operation_answers_with_an_object(method: str, operation: Json) -> None:
    del method
    successes = [one for status, one in operation["responses"].items() if status < "300"]

    assert successes
    for response in successes:
        if "content" not in response:
            assert "204" in operation["responses"]
            continue
        assert response["description"].endswith((".", "Successful Response"))
        if "application/json" not in response["content"]:
            assert set(response["content"]) in FILES
            continue
        schema = response["content"]["application/json"]["schema"]
        for one in schema.get("anyOf", [schema]):  # exact figures, or those that are public
            assert resolve(one)["type"] == "object"


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_list_has_items_and_next(method: str, operation: Json) -> None:
    del method
    if not operation["operationId"].startswith("list_"):
        return
    schema = resolve(operation["responses"]["200"]["content"]["application/json"]["schema"])

    assert set(schema["properties"]) == {"items", "next"}
    assert schema["required"] == ["items", "next"]


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_link_leads_to_an_operation_and_names_every_parameter_of_its_path(
    method: str, operation: Json
) -> None:
    del method
    own = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
    for response in operation["responses"].values():
        for name, link in response.get("links", {}).items():
            (following,) = (
                one for m in PATHS.values() for one in m.values() if one["operationId"] == name
            )
            parts = [one["name"] for one in following["parameters"] if one["in"] == "path"]
            assert link["operationId"] == name
            for part in parts:
                where = link["parameters"][part]
                is_own = where == f"$request.path.{part}" and part in own
                assert is_own or where == "$response.body#/id"
                if not is_own:
                    made = resolve(response["content"]["application/json"]["schema"])
                    assert "id" in made["properties"]
