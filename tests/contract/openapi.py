"""The description of the API, and what the tests read of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"

PROBLEM = "application/problem+json"

Json = dict[str, Any]


def render() -> str:
    """Return the description as it is committed."""
    app = create_app(Settings())
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


DESCRIPTION: Json = json.loads(COMMITTED.read_text(encoding="utf-8"))
"""As it is committed, which one test compares with what the service says."""

PATHS: dict[str, dict[str, Json]] = DESCRIPTION["paths"]

OPERATIONS = [
    pytest.param(method, operation, id=operation["operationId"])
    for methods in PATHS.values()
    for method, operation in methods.items()
]


def resolve(schema: Json) -> Json:
    """Return a schema, or the one that it refers to."""
    while "$ref" in schema:
        found: Any = DESCRIPTION
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found | {name: value for name, value in schema.items() if name != "$ref"}
    return schema
