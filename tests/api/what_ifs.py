"""Trusts of which it is asked what would be if."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from httpx2 import Response

from tests.api.progress import LEADERS, WORKFORCE, board, various
from tests.api.setting import KINDS, START, Registered, Service, goal, leaders_and_rest

ASKED = "/v1/trusts/ZZ901/progress/leadership/what-if"


@pytest.fixture(scope="module", params=KINDS)
def told(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service with the worked example, signed off, and a trust with people everywhere."""
    with registered.service(request.param, tmp_path_factory.mktemp("what_if")) as service:
        service.clock.now = START - timedelta(hours=1)
        service.trust()
        service.trust("ZZ902")
        for year, counts in LEADERS.items():
            service.actuals(year, leaders_and_rest(counts, WORKFORCE[year]))
            service.actuals(year, various(year), "ZZ902")
            service.done("PUT", f"/v1/trusts/ZZ902/board/{year}", board(year - 2019))
        signed = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}
        service.done("POST", "/v1/trusts/ZZ901/actuals/2024/sign-off", signed)
        service.target(goal())
        service.clock.now = START
        yield service


def ask(service: Service, path: str = ASKED, **body: object) -> Response:
    """Ask without a token."""
    return service.client.post(path, json=body)
