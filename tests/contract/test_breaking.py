"""What callers rely on stays: the description breaks no promise of the last one released."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract.breaking import OASDIFF, RELEASED, find_breaches
from tests.contract.openapi import COMMITTED

Json = dict[str, Any]

Change = Callable[[Json], object]

pytestmark = pytest.mark.skipif(
    not OASDIFF.exists(), reason="npm has oasdiff for Linux on x86-64 alone"
)

MEMBERS = {
    "name": {"type": "string", "maxLength": 20},
    "kind": {"type": "string", "enum": ["a", "b"]},
    "count": {"type": "integer"},
    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
}

API: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "paths": {
        "/things": {
            "get": {
                "operationId": "list_things",
                "tags": ["things"],
                "security": [{}, {"token": []}],
                "parameters": [
                    {
                        "name": "kind",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["a", "b"]},
                    }
                ],
                "responses": {
                    "200": {
                        "description": "Things.",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Out"}},
                            "text/csv": {"schema": {"type": "string"}},
                        },
                    }
                },
            },
            "post": {
                "operationId": "post_thing",
                "tags": ["things"],
                "security": [{"token": []}],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/In"}}
                    },
                },
                "responses": {"204": {"description": "Made."}},
            },
        }
    },
    "components": {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "In": {
                "type": "object",
                "properties": MEMBERS,
                "required": ["name"],
                "additionalProperties": False,
            },
            "Out": {"type": "object", "properties": MEMBERS, "required": ["name", "kind"]},
        },
    },
}


def listing(api: Json) -> Json:
    found: Json = api["paths"]["/things"]["get"]
    return found


def making(api: Json) -> Json:
    found: Json = api["paths"]["/things"]["post"]
    return found


def sent(api: Json) -> Json:
    found: Json = api["components"]["schemas"]["In"]
    return found


def shown(api: Json) -> Json:
    found: Json = api["components"]["schemas"]["Out"]
    return found


def rename(api: Json) -> None:
    """Give a schema another name."""
    schemas = api["components"]["schemas"]
    schemas["Sent"] = schemas.pop("In")
    making(api)["requestBody"]["content"]["application/json"]["schema"] = {
        "$ref": "#/components/schemas/Sent"
    }


def compare(change: Change, folder: Path) -> list[str]:
    """Return what a change of the description breaks, without its sentences."""
    changed = json.loads(json.dumps(API))
    change(changed)
    before, after = folder / "before.json", folder / "after.json"
    before.write_text(json.dumps(API), encoding="utf-8")
    after.write_text(json.dumps(changed), encoding="utf-8")
    return [one.rpartition("[")[2].rstrip("]") for one in find_breaches(before, after)]


def test_nothing_that_callers_rely_on_is_taken_away_unless_the_version_says_so() -> None:
    assert find_breaches(RELEASED, COMMITTED) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param(
            lambda api: api["paths"]["/things"].pop("post"),
            ["api-removed-without-deprecation"],
            id="an operation that is gone",
        ),
        pytest.param(
            lambda api: listing(api).update(operationId="get_things"),
            ["api-operation-id-removed"],
            id="another name of an operation",
        ),
        pytest.param(
            lambda api: listing(api).update(tags=["other"]), ["api-tag-removed"], id="another tag"
        ),
        pytest.param(rename, ["api-schema-removed"], id="another name of a schema"),
        pytest.param(
            lambda api: listing(api).update(security=[{"token": []}]),
            ["closed"],
            id="a token that nobody needed",
        ),
        pytest.param(
            lambda api: listing(api)["parameters"][0].update(required=True),
            ["request-parameter-became-required"],
            id="a parameter that became required",
        ),
        pytest.param(
            lambda api: listing(api)["parameters"].clear(),
            ["request-parameter-removed"],
            id="a parameter that is gone",
        ),
        pytest.param(
            lambda api: listing(api)["parameters"][0]["schema"].update(enum=["a"]),
            ["request-parameter-enum-value-removed"],
            id="a value of a parameter that is gone",
        ),
        pytest.param(
            lambda api: sent(api)["required"].append("kind"),
            ["request-property-became-required"],
            id="a member that became required",
        ),
        pytest.param(
            lambda api: sent(api)["properties"].pop("note"),
            ["request-property-removed"],
            id="a member that may not be sent any more",
        ),
        pytest.param(
            lambda api: sent(api)["properties"]["kind"].update(enum=["a"]),
            ["request-property-enum-value-removed"],
            id="a value that may not be sent any more",
        ),
        pytest.param(
            lambda api: sent(api)["properties"]["name"].update(maxLength=10),
            ["request-property-max-length-decreased"],
            id="a limit that is narrower",
        ),
        pytest.param(
            lambda api: sent(api)["properties"]["name"].update(pattern="^a"),
            ["request-property-pattern-added"],
            id="a pattern that is narrower",
        ),
        pytest.param(
            lambda api: sent(api)["properties"].update(note={"type": "string"}),
            ["request-property-list-of-types-narrowed"],
            id="a null that may not be sent any more",
        ),
        pytest.param(
            lambda api: (shown(api)["properties"].pop("kind"), shown(api)["required"].pop()),
            ["response-required-property-removed"],
            id="a member of an answer that is gone",
        ),
        pytest.param(
            lambda api: shown(api)["required"].remove("kind"),
            ["response-property-became-optional"],
            id="a member of an answer that may be missing",
        ),
        pytest.param(
            lambda api: shown(api)["properties"].update(count={"type": "string"}),
            ["response-property-type-changed"],
            id="a member of another type",
        ),
        pytest.param(
            lambda api: shown(api)["properties"].update(
                count={"anyOf": [{"type": "integer"}, {"type": "null"}]}
            ),
            ["response-property-list-of-types-widened"],
            id="a member that may be null",
        ),
        pytest.param(
            lambda api: listing(api)["responses"]["200"]["content"].pop("text/csv"),
            ["response-media-type-removed"],
            id="a type of file that is gone",
        ),
        pytest.param(
            lambda api: listing(api)["responses"].update(
                {"202": listing(api)["responses"].pop("200")}
            ),
            ["response-success-status-removed"],
            id="another status of success",
        ),
    ],
)
def test_a_change_that_breaks_callers_is_found(
    change: Change, found: list[str], tmp_path: Path
) -> None:
    assert compare(change, tmp_path) == found


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda api: api["paths"].update({"/others": api["paths"]["/things"]}),
            id="a further path",
        ),
        pytest.param(
            lambda api: listing(api)["parameters"].append(
                {"name": "text", "in": "query", "schema": {"type": "string"}}
            ),
            id="a further parameter that may be left out",
        ),
        pytest.param(
            lambda api: making(api)["security"].append({}), id="callers without a token admitted"
        ),
        pytest.param(
            lambda api: sent(api)["properties"].update(more={"type": "string"}),
            id="a further member that may be left out",
        ),
        pytest.param(
            lambda api: sent(api)["properties"]["kind"].update(enum=["a", "b", "c"]),
            id="a further value that may be sent",
        ),
        pytest.param(
            lambda api: shown(api)["properties"].update(more={"type": "string"}),
            id="a further member of an answer",
        ),
        pytest.param(
            lambda api: shown(api)["properties"]["kind"].update(enum=["a", "b", "c"]),
            id="a further value in an answer",
        ),
        pytest.param(lambda api: listing(api).update(summary="List them"), id="other words"),
    ],
)
def test_a_change_that_callers_need_not_notice_is_none(change: Change, tmp_path: Path) -> None:
    assert compare(change, tmp_path) == []


@pytest.mark.parametrize(("version", "found"), [("2", []), ("1.1", ["request-parameter-removed"])])
def test_the_next_generation_may_take_away_what_it_likes(
    version: str, found: list[str], tmp_path: Path
) -> None:
    def change(api: Json) -> None:
        api["info"]["version"] = version
        listing(api)["parameters"].clear()

    assert compare(change, tmp_path) == found
