"""Trusts whose progress is asked for, and what is asked."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.api.setting import (
    KINDS,
    START,
    Body,
    Registered,
    Service,
    goal,
    leaders_and_rest,
    staff,
)

ALL = "/v1/trusts/ZZ901/progress"
ONE = f"{ALL}/leadership"

MEASURES = [
    "workforce", "leadership", "senior_leadership", "band_8a", "band_8b", "band_8c", "band_8d",
    "band_9", "vsm", "consultants", "board", "board_voting", "board_executive",
]  # fmt: skip

LEADERS = {
    2019: (31, 402), 2020: (34, 410), 2021: (38, 418), 2022: (47, 431), 2023: (57, 440),
    2024: (69, 452),
}  # fmt: skip
WORKFORCE = {
    2019: (912, 5210), 2020: (960, 5300), 2021: (1022, 5395), 2022: (1110, 5480),
    2023: (1225, 5602), 2024: (1340, 5731),
}  # fmt: skip


def example(year: int) -> Body:
    """Return the actuals of a census of the worked example."""
    return leaders_and_rest(LEADERS[year], WORKFORCE[year])


def various(year: int) -> Body:
    """Return actuals with people in most bands, a little more of them BME each year."""
    more = year - 2020
    return staff(
        {
            ("non_clinical", "4"): (900 - 9 * more, 160 + 9 * more, 20),
            ("non_clinical", "8a"): (60 - more, 5 + more, 1),
            ("non_clinical", "8c"): (30, 2 + more // 2, 0),
            ("non_clinical", "vsm"): (8, 1, 0),
            ("clinical", "5"): (2000 - 40 * more, 600 + 40 * more, 60),
            ("clinical", "8a"): (140 - 2 * more, 16 + 2 * more, 4),
            ("clinical", "8b"): (70 - more, 6 + more, 0),
            ("medical", "consultant"): (150 - 2 * more, 90 + 2 * more, 10),
            ("medical", "trainee"): (90 - 2 * more, 110 + 2 * more, 20),
        }
    )


def board(voting_bme: int) -> Body:
    return {
        "source": "Board register",
        "reason": None,
        "members": [
            {"voting": True, "executive": True, "ethnic_group": "white", "headcount": 5},
            {"voting": True, "executive": False, "ethnic_group": "bme", "headcount": voting_bme},
            {"voting": True, "executive": False, "ethnic_group": "white", "headcount": 6},
            {"voting": False, "executive": True, "ethnic_group": "bme", "headcount": 1},
        ],
    }


@pytest.fixture(params=KINDS)
def service(
    request: pytest.FixtureRequest, registered: Registered, tmp_path: Path
) -> Iterator[Service]:
    """A service with a trust that has sent nothing."""
    with registered.service(request.param, tmp_path) as service:
        service.clock.now = START - timedelta(days=1)
        service.trust()
        yield service


@pytest.fixture(scope="module", params=KINDS)
def told(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service with the worked example, and another trust with people everywhere."""
    folder = tmp_path_factory.mktemp("told")
    with registered.service(request.param, folder, _tell) as service:
        yield service


def _tell(service: Service) -> None:
    """Let both have sent and set that an hour ago."""
    service.clock.now = START - timedelta(hours=1)
    service.trust()
    service.trust("ZZ902")
    for year in LEADERS:
        service.actuals(year, example(year))
        service.actuals(year, various(year), "ZZ902")
        service.done("PUT", f"/v1/trusts/ZZ902/board/{year}", board(year - 2019))
    service.target(goal())
    service.target(goal("0.3000", measure="workforce"))
    service.done("POST", "/v1/trusts/ZZ901/targets", goal(measure="band_8a"))
    service.target(goal("0.3000", measure="board"), "ZZ902")
    service.target(goal("0.2500", staff_group="clinical"), "ZZ902")


def codes(body: Body) -> list[str]:
    """Return the codes of an answer's warnings."""
    return [warning["code"] for warning in body["warnings"]]
