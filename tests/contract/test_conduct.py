"""What holds for every operation, and is said of each: names, keys, limits and failures."""

import json
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from app.api.description import EVERYWHERE, WITH_BODY
from app.api.routing import BodyRoute
from app.dashboard.routing import PageRoute
from app.main import create_app
from app.settings import Settings
from tests.contract.openapi import DESCRIPTION, OPERATIONS, PATHS, PROBLEM, Json, resolve

ROUTES = [one for one in create_app(Settings()).routes if isinstance(one, APIRoute)]

TAKING = [one for one in ROUTES if one.body_field is not None or "POST" in (one.methods or ())]
"""Those that take a body, or are a POST."""


def named(operation: Json) -> dict[str, Json]:
    return {one["name"]: one for one in operation.get("parameters", [])}


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_an_operation_says_what_any_may_answer(method: str, operation: Json) -> None:
    del method
    wanted = EVERYWHERE | (WITH_BODY if "requestBody" in operation else {})

    said = {int(status) for status in operation["responses"]}

    assert wanted.keys() <= said
    assert list(operation["responses"]) == sorted(operation["responses"])


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_a_request_and_every_answer_to_it_have_a_name(method: str, operation: Json) -> None:
    del method
    assert named(operation)["X-Request-ID"]["in"] == "header"
    for response in operation["responses"].values():
        assert "X-Request-ID" in resolve(response)["headers"]


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_every_post_and_nothing_else_takes_a_key(method: str, operation: Json) -> None:
    key = named(operation).get("Idempotency-Key")

    assert (key is not None) == (method == "post")
    if key is not None:
        assert key["schema"]["maxLength"] == 255
        refusals = operation["responses"]["422"]["content"][PROBLEM]["examples"]
        assert "idempotency_key_reused" in refusals


def test_a_caller_who_is_to_come_back_is_told_when() -> None:
    shared = DESCRIPTION["components"]["responses"]

    assert "Retry-After" in shared["TooManyRequests"]["headers"]
    assert "Retry-After" in shared["ServiceUnavailable"]["headers"]


def test_what_is_said_of_all_operations_is_said_once() -> None:
    text = json.dumps(PATHS)

    assert all(sentence not in text for sentence in (EVERYWHERE | WITH_BODY).values())


def test_a_body_is_read_strictly_and_a_post_done_once() -> None:
    taking = [one for one in TAKING if one.include_in_schema]

    assert {"post_import", "post_target", "put_actuals"} <= {one.name for one in taking}
    assert [one.name for one in taking if not isinstance(one, BodyRoute)] == []


def test_every_form_of_a_page_is_taken_from_its_own_session_alone() -> None:
    taking = [one for one in TAKING if not one.include_in_schema]

    assert {"post_sign_in", "post_sign_out"} <= {one.name for one in taking}
    assert [one.name for one in taking if not isinstance(one, PageRoute)] == []


@pytest.mark.parametrize(("method", "operation"), OPERATIONS)
def test_every_list_and_text_that_is_sent_has_an_end(method: str, operation: Json) -> None:
    del method
    sent = [one["schema"] for one in operation.get("parameters", []) if one["in"] != "header"]
    sent += [one["schema"] for one in operation.get("requestBody", {}).get("content", {}).values()]

    assert [path for schema in sent for path in _without_end(schema, "")] == []


ENDS = {"maxLength", "pattern", "enum", "const", "format", "contentMediaType"}
"""What says how long a text can be; all headers together have an end too."""


def _without_end(schema: Json, path: str) -> Iterator[str]:
    schema = resolve(schema)
    for choice in schema.get("anyOf", []):
        yield from _without_end(choice, path)
    if schema.get("type") == "array":
        if "maxItems" not in schema:
            yield path
        yield from _without_end(schema["items"], f"{path}/0")
    for name, member in schema.get("properties", {}).items():
        yield from _without_end(member, f"{path}/{name}")
    if schema.get("type") == "string" and not ENDS & schema.keys():
        yield path
