"""Trusts that became one, each with what it had set out to reach."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.api.proposals import STRATEGY, baseline, over, people
from tests.api.setting import (
    KINDS,
    START,
    Body,
    Registered,
    Service,
    goal,
    leaders_and_rest,
)

ASKED = {"cycle": "2022-2025", "measure": "leadership", "method": "predecessors"}
TAKE = STRATEGY | {"method": "predecessors"}

SENT = {
    "ZZ901": leaders_and_rest((20, 150), (300, 1100)),
    "ZZ902": leaders_and_rest((10, 100), (100, 500)),
    "ZZ903": leaders_and_rest((5, 50), (50, 200)),
}
"""The census of 2022: together 35 of 300 leaders are BME, and 450 of 1800 people."""

JOINED = baseline(35, 300, (450, 1800))


@pytest.fixture(params=KINDS)
def service(
    request: pytest.FixtureRequest, registered: Registered, tmp_path: Path
) -> Iterator[Service]:
    """A service with three trusts that sent the census of 2022 a day ago."""
    with registered.service(request.param, tmp_path, _begin) as service:
        service.clock.now = START - timedelta(days=1)
        yield service


def _begin(service: Service) -> None:
    service.clock.now = START - timedelta(days=1)
    for code, body in SENT.items():
        service.trust(code)
        service.actuals(2022, body, code)


def aim(service: Service) -> None:
    """Let two of them have targets, one in people and one as a share."""
    service.target(goal(goal_share=None, goal_headcount=35))
    service.target(goal("0.1500"), "ZZ902")


def take_over(service: Service, code: str, *predecessors: tuple[str, str]) -> None:
    """Let a trust have acquired others, each from a day on."""
    organisation = f"/v1/organisations/{code}"
    acquired = [
        {"ods_code": one, "effective_date": day, "kind": "acquired"} for one, day in predecessors
    ]
    service.done(
        "PUT",
        organisation,
        {"kind": "trust", "name": f"Trust {code} (demonstration)", "predecessors": acquired},
        {"If-Match": service.get(organisation).headers["ETag"]},
    )


def acquire(service: Service) -> None:
    """Let the first turn out to have acquired the others; it sent 2024's census an hour ago."""
    service.clock.now = START - timedelta(hours=2)
    take_over(service, "ZZ901", ("ZZ902", "2023-04-01"), ("ZZ903", "2023-04-01"))
    service.clock.now = START - timedelta(hours=1)
    service.actuals(2024, leaders_and_rest((42, 310), (520, 3100)))
    service.clock.now = START


def merge(service: Service) -> None:
    """Let the last two have become ZZ904 on the day after the census of 2022, an hour ago."""
    service.clock.now = START - timedelta(hours=1)
    predecessors = [
        {"ods_code": code, "effective_date": "2022-04-01", "kind": "merged"}
        for code in ("ZZ902", "ZZ903")
    ]
    service.trust("ZZ904", opened="2022-04-01", predecessors=predecessors)
    service.clock.now = START


def aimed(code: str, version: int, *headcounts: int) -> Body:
    return {
        "ods_code": code,
        "version": version,
        "headcounts": dict(zip(("2023", "2024", "2025"), headcounts, strict=True)),
    }


PARTS: Body = {
    "targets": [aimed("ZZ901", 1, 25, 30, 35), aimed("ZZ902", 1, 12, 14, 15)],
    "people_without_target": 5,
}
"""From 20 to 35 in people; from 10 of 100 to 15 %, by 11.67 and 13.33; and five who stay."""

SUM = people((42, 49, 55), over(2022, 35, 42, 49, 55), PARTS)
