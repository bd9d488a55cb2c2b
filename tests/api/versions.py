"""A target in two versions, and what they ask for."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.api import progress
from tests.api.progress import ONE, example
from tests.api.setting import (
    KINDS,
    START,
    Body,
    Param,
    Registered,
    Service,
    find_unexplained,
    goal,
    read,
)

TARGET = "/v1/trusts/ZZ901/targets/leadership-2022-2025"

TWENTY: Body = {"goal_share": "0.2000", "change_reason": "The board raised the goal"}


@pytest.fixture(scope="module", params=KINDS)
def twice(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service with two versions of a target, for tests that change nothing."""
    with registered.service(request.param, tmp_path_factory.mktemp("twice")) as service:
        service.clock.now = START - timedelta(days=1)
        service.trust()
        two_versions(service)
        yield service


def revise(service: Service, body: Body, path: str = TARGET) -> None:
    """Put a further version of a target in force, an hour later, and an hour ago."""
    service.clock.forward(hours=1)
    service.done("POST", f"{path}/versions", body)
    service.done("POST", f"{path}/submit")
    service.clock.forward(hours=1)


def two_versions(service: Service) -> None:
    """Let the worked example have a goal of 18 %, and then one of 20 %."""
    for year in progress.LEADERS:
        service.actuals(year, example(year))
    service.target(goal())
    revise(service, TWENTY)


def asked(service: Service, **params: Param) -> Body:
    """Return progress, in which every null is explained."""
    body = read(service.get(ONE, **params))
    assert find_unexplained(body) == []
    return body


def planned(state: str, second: str | None = None) -> list[Body]:
    """Return what the versions planned: 31 and 40 people more than 47 of 431, in three years."""
    first = {"version": 1, "state": state, "share": 0.02365, "people": 10.333333}
    if second is None:
        return [first]
    return [first, {"version": 2, "state": second, "share": 0.030317, "people": 13.333333}]
