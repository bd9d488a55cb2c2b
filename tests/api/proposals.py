"""Trusts to whom targets are proposed, and proposals as they are shown."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import pytest

from tests.api.setting import (
    KINDS,
    START,
    Body,
    Counts,
    Registered,
    Service,
    leaders_and_rest,
    staff,
)
from tests.api.targets import POSITIVE_ACTION
from tests.given import Given

PROPOSALS = "/v1/trusts/ZZ901/target-proposals"
OF_ZZ902 = "/v1/trusts/ZZ902/target-proposals"

FIRST: Mapping[tuple[str, str], Counts] = {
    ("clinical", "8a"): (146, 14, 0),
    ("non_clinical", "8a"): (9, 0, 0),
    ("clinical", "8b"): (5, 20, 0),
    ("clinical", "5"): (628, 178, 0),
}
"""The census of 2018 of ZZ901: 212 of 1000 are BME, and so the two examples of the domain."""

STARTS: Mapping[tuple[str, str], Counts] = {
    ("clinical", "8a"): (128, 22, 0),
    ("non_clinical", "8a"): (10, 0, 0),
    ("clinical", "8b"): (5, 20, 0),
    ("clinical", "8c"): (18, 2, 0),
    ("clinical", "5"): (664, 231, 0),
}
"""That of 2022, where a cycle starts: 275 of 1100 are BME, a quarter."""

MEDICAL: Mapping[int, Mapping[tuple[str, str], Counts]] = {
    2018: {("medical", "consultant"): (40, 10, 0), ("medical", "trainee"): (20, 30, 0)},
    2022: {("medical", "consultant"): (36, 14, 0), ("medical", "trainee"): (20, 30, 0)},
}
"""The censuses of ZZ902: of its doctors two in five are BME in 2018, and 44 in 100 in 2022."""

STRATEGY: Body = {"method": "strategy", "measure": "leadership", "cycle": "2022-2025"}
"""What takes the strategy's proposal over."""

BOARD: Body = {
    "source": "Board register",
    "reason": None,
    "members": [
        {"voting": True, "executive": True, "ethnic_group": "white", "headcount": 9},
        {"voting": True, "executive": True, "ethnic_group": "bme", "headcount": 1},
    ],
}


@pytest.fixture(scope="module", params=KINDS)
def told(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service with two trusts that sent what a cycle and the strategy start from."""
    folder = tmp_path_factory.mktemp("told")
    with registered.service(request.param, folder, _tell) as service:
        yield service


def _tell(service: Service) -> None:
    """Let both have sent that by half an hour ago."""
    service.clock.now = START - timedelta(hours=2)
    for code in ("ZZ901", "ZZ902"):
        service.trust(code)
    service.actuals(2018, staff(FIRST))
    for year in MEDICAL:
        service.actuals(year, staff(MEDICAL[year]), "ZZ902")
    service.clock.now = START - timedelta(hours=1)
    service.actuals(2022, staff(STARTS))
    service.clock.now = START - timedelta(minutes=30)
    for year in MEDICAL:
        service.done("PUT", f"/v1/trusts/ZZ902/board/{year}", BOARD)


def begin(service: Service) -> None:
    """Let ZZ901 have sent the census of 2018 half an hour ago: a fifth of 1000 are BME."""
    service.clock.now = START - timedelta(minutes=30)
    service.actuals(2018, leaders_and_rest((30, 400), (200, 1000)))
    service.clock.now = START


def rows(service: Service) -> dict[str, int]:
    """Return how many rows each table has."""
    return Given(service.app.state.engine).count_rows()


def listed(*items: Body) -> Body:
    """Return proposals as they are listed."""
    return {"items": [*items], "next": None}


def baseline(
    bme: int,
    total: int,
    workforce: tuple[int, int] = (275, 1100),
    *,
    revision: int | None = 1,
) -> Body:
    """Return where a measure stood in 2022."""
    return {
        "year": 2022,
        "revision": revision,
        "bme": bme,
        "total": total,
        "workforce_bme": workforce[0],
        "workforce_total": workforce[1],
    }


def item(method: str, measure: str, start: Body | None, outcome: Body | str, **more: str) -> Body:
    """Return a proposal as it is shown.

    Args:
        method: By which it is made.
        measure: For which.
        start: Where the measure stood; None where that is not held.
        outcome: What is proposed, or the reason why nothing is.
        more: Members that differ from those of a whole measure of ZZ901 from 2022 to 2025, as of
            an hour ago.
    """
    told: Body = {"proposal": None, "proposal_reason": outcome}
    if isinstance(outcome, dict):
        told = {"proposal": outcome}
    if start is None:
        told |= {"baseline_reason": "no_actuals"}
    return {
        "ods_code": "ZZ901",
        "synthetic": True,
        "as_of": "2026-11-23T08:00:00Z",
        "method": method,
        "measure": measure,
        "staff_group": None,
        "cycle": "2022-2025",
        "baseline": start,
        **told,
        **more,
    }


def people(steps: Sequence[int], path: Mapping[int, int], inputs: Body) -> Body:
    """Return what is proposed in people, due in 2023, 2024 and 2025."""
    *milestones, goal = steps
    stated = [
        {"year": year, "goal_share": None, "goal_headcount": due}
        for year, due in zip((2023, 2024), milestones, strict=True)
    ]
    return headcount(goal, path, inputs) | {"milestones": stated}


def headcount(goal: int, path: Mapping[int, int], inputs: Body) -> Body:
    """Return what is proposed in people, in a straight line."""
    return _outcome("headcount", path, inputs, goal_headcount=goal)


def share(goal: str, path: Mapping[int, int], inputs: Body) -> Body:
    """Return what is proposed as a share, in a straight line."""
    return _outcome("share", path, inputs, goal_share=goal)


def maintained(path: Mapping[int, int], inputs: Body) -> Body:
    """Return the proposal to maintain a share."""
    return _outcome("maintain", path, inputs)


def _outcome(form: str, path: Mapping[int, int], inputs: Body, **goal: object) -> Body:
    return {
        "form": form,
        "goal_share": None,
        "goal_headcount": None,
        "milestones": [],
        "path": [{"year": year, "headcount": due} for year, due in path.items()],
        "inputs": inputs,
        "guidance": POSITIVE_ACTION,
        **goal,
    }


def over(starts: int, *headcounts: int) -> dict[int, int]:
    """Return people by census, from a first one on."""
    return dict(enumerate(headcounts, starts))


def by_strategy(bme: int, total: int, reference: str = "0.212", **more: int) -> Body:
    """Return what the strategy's arithmetic was given."""
    return {
        "baseline_year": 2018,
        "horizon": 2028,
        "bme": bme,
        "total": total,
        "reference_share": reference,
        "rounding": "half_up",
        **more,
    }


def by_appointments(bme: int, total: int, share: str = "0.25", turnover: str = "0.12") -> Body:
    """Return what the arithmetic of appointments was given."""
    return {
        "bme": bme,
        "total": total,
        "turnover": turnover,
        "bme_share_of_appointments": share,
        "rounding": "half_up",
    }
