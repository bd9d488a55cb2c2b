"""WRES experts as they are recorded and shown."""

import re
from datetime import date, timedelta
from itertools import count

from httpx2 import Response
from starlette.testclient import TestClient

from tests.bodies import JSON, Headers, problem
from tests.given import START

PATH = "/v1/experts"

NOBODY = "x000000000000"
"""An identifier that no expert has."""

NAME, EMAIL = "Quillon Expert", "quillon.expert@trust.example"

TODAY = START.date()

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

_NUMBERS = count(1)

NO_TOKEN = problem(401, "token-invalid", "A valid token is required", "This takes a bearer token.")


def support(ods_code: str, starts: str | date = "2019-04-01", ends: str | None = None) -> JSON:
    """Return a support as it is sent and shown."""
    return {"ods_code": ods_code, "starts": str(starts), "ends": ends}


def expert_body(*supports: JSON, **changes: object) -> JSON:
    """Return an expert as one is sent, with changes."""
    return {"name": NAME, "email": EMAIL, "cohort": "2018", "supports": [*supports], **changes}


def shown(expert_id: str, *supports: JSON, **changes: object) -> JSON:
    """Return an expert as one is shown after the first request of a test, with changes."""
    return {
        "id": expert_id,
        "revision": 1,
        **expert_body(*supports),
        "recorded_at": "2026-11-23T09:00:00Z",
        "recorded_by": "national team",
        **changes,
    }


def erased(expert: JSON, at: str) -> JSON:
    """Return an expert as one is shown once erased: what went on has ended on that day."""
    why = {"name_reason": "erased", "email_reason": "erased"}
    supports = [one | {"ends": one["ends"] or at[:10]} for one in expert["supports"]]
    return expert | {"name": None, "email": None, **why, "supports": supports, "erased_at": at}


def record(client: TestClient, national: Headers, *supports: JSON, **changes: object) -> str:
    """Record an expert; return the identifier."""
    made = client.post(PATH, json=expert_body(*supports, **changes), headers=national)
    assert made.status_code == 201, made.text
    expert_id: str = made.json()["id"]
    assert re.fullmatch(r"x[0-9a-f]{12}", expert_id)
    return expert_id


def record_another(
    client: TestClient, national: Headers, *supports: JSON, **changes: object
) -> str:
    """Record an expert with an e-mail that no other has; return the identifier."""
    email = f"expert.{next(_NUMBERS)}@trust.example"
    return record(client, national, *supports, **{"email": email, **changes})


def erase(client: TestClient, national: Headers, expert_id: str) -> None:
    """Erase an expert."""
    assert client.delete(f"{PATH}/{expert_id}", headers=national).status_code == 204


def ids(response: Response) -> list[str]:
    """Return whom a list shows."""
    assert response.status_code == 200, response.text
    return [one["id"] for one in response.json()["items"]]


def not_found(expert_id: str) -> JSON:
    """Return the problem of an expert of whom the caller may not know."""
    return problem(
        404,
        "expert-not-found",
        "Expert not found",
        f"There is no WRES expert {expert_id}.",
        expert_id=expert_id,
    )
