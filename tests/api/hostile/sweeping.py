"""Where hostile input is sent in sweeps, and what is seen of its refusals."""

import json
from typing import Any

from tests.bodies import PROBLEM_JSON

ACTUALS = "/v1/trusts/ZZ901/actuals/2024"
SIGN_OFF = f"{ACTUALS}/sign-off"
BOARD = "/v1/trusts/ZZ901/board/2024"
TARGETS = "/v1/trusts/ZZ901/targets"
ORGANISATION = "/v1/organisations/ZZ911"


def assert_refused(response: Any, *statuses: int) -> None:  # noqa: ANN401 - of any client
    """See that a response is a problem document, whole and strict, of the caller's fault."""
    assert response.status_code in (statuses or range(400, 500)), response.text[:300]
    assert response.headers["content-type"] == PROBLEM_JSON, response.text[:300]
    found = json.loads(response.content.decode("utf-8"), parse_constant=_no_constant)
    assert {"type", "title", "status", "detail"} <= set(found)
    assert found["status"] == response.status_code
    assert all(isinstance(found[name], str) and found[name] for name in ("type", "title"))
    assert all(set(one) == {"pointer", "code", "detail"} for one in found.get("errors", ()))


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")
