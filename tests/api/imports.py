"""Files that are imported, and what is answered."""

from collections.abc import Mapping
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from tests.bodies import JSON, Headers, problem_of

IMPORTS = "/v1/imports"

LONG = (
    "ODS code,Year,Staff group,Band,Ethnic group,Headcount\n"
    "ZZ901,2024,clinical,8a,white,340\n"
    "ZZ901,2024,clinical,8a,bme,61\n"
)
"""The headcounts of the example in the description of the API."""

TOTALS: Mapping[str, Any] = {"expected_workforce": 401, "expected_bme": 61}

SOURCE: Mapping[str, Any] = {"source": "ESR staff in post, 31 March 2024"}


def send(
    client: TestClient,
    content: str | bytes,
    headers: Headers,
    *,
    name: str = "staff.csv",
    kind: str = "actuals",
    **fields: object,
) -> Response:
    """Send a file of figures."""
    form: Mapping[str, Any] = {"kind": kind, **{key: str(value) for key, value in fields.items()}}
    body = content.encode() if isinstance(content, str) else content
    return client.post(IMPORTS, data=dict(form), files={"file": (name, body)}, headers=headers)


def item(ods_code: str, name: str, outcome: str, revision: int, cells_changed: int) -> JSON:
    """Return one thing in a file, as it is answered."""
    return {
        "ods_code": ods_code,
        "name": name,
        "outcome": outcome,
        "revision": revision,
        "cells_changed": cells_changed,
    }


def outcomes(new: int = 0, revised: int = 0, unchanged: int = 0) -> JSON:
    """Return how many things became what, as it is answered."""
    return {"new": new, "revised": revised, "unchanged": unchanged}


def told(client: TestClient, content: str, headers: Headers, **fields: Any) -> list[JSON]:  # noqa: ANN401 — whatever a form has
    """Return the faults of a file that is refused, each as its pointer and its sentence."""
    response = send(client, content, headers, **fields)
    assert response.status_code == 422, response.text
    found = problem_of(response)
    assert found["type"] == "/problems/unacceptable-import"
    return [{one["pointer"]: one["detail"]} for one in found["errors"]]
