"""A trust that sets targets, and targets as they are sent and shown."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.api.setting import KINDS, START, Body, Registered, Service, goal, leaders_and_rest

TARGETS = "/v1/trusts/ZZ901/targets"
ONE = f"{TARGETS}/leadership-2022-2025"
PROGRESS = "/v1/trusts/ZZ901/progress/leadership"

LEADERS, WORKFORCE = (47, 431), (1110, 5480)


@pytest.fixture(params=KINDS)
def service(
    request: pytest.FixtureRequest, registered: Registered, tmp_path: Path
) -> Iterator[Service]:
    """A service with a trust that sent the census of 2022 an hour ago."""
    with registered.service(request.param, tmp_path, begin) as service:
        yield service


@pytest.fixture(scope="module", params=KINDS)
def strict(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """The same with a draft and a submitted target, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("strict")
    with registered.service(request.param, folder, begin) as service:
        service.target(goal(measure="band_8a"))
        service.done("POST", TARGETS, goal())
        yield service


def begin(service: Service) -> None:
    """Let a trust have sent the census of 2022 an hour ago."""
    service.clock.now = START - timedelta(hours=1)
    service.trust(region="Y56")
    service.actuals(2022, leaders_and_rest(LEADERS, WORKFORCE))


def draft(service: Service, body: Body) -> tuple[str, Body]:
    """Draft a target; return its path and its body."""
    response = service.done("POST", TARGETS, body)
    made: Body = response.json()
    return response.headers["Location"], made


def tag(service: Service, path: str) -> dict[str, str]:
    """Return the header that names what is held."""
    return {"If-Match": service.get(path).headers["ETag"]}


POSITIVE_ACTION = (
    "Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality Act"
    " 2010, sections 158 and 159)."
)

BY_NATIONAL: Body = {
    "at": "2026-11-23T09:00:00Z",
    "by": "national of the test",
    "supplied_by": "national",
}

NEED: Body = {"share": 0.02365, "people": 10.333333}
"""What the path of `DRAFT` asks for a year: 18 % of 431 are 78 people, 31 more than 47."""

_FIRST: Body = {
    "id": "leadership-2022-2025",
    "ods_code": "ZZ901",
    "synthetic": True,
    "measure": "leadership",
    "staff_group": None,
    "cycle": "2022-2025",
    "version": 1,
    "change_reason": None,
    "state": "draft",
    "in_force": False,
    "form": "share",
    "goal_share": "0.1800",
    "goal_headcount": None,
    "reason": None,
    "milestones": [
        {"year": 2023, "share": 0.132699, "headcount": 58},
        {"year": 2024, "share": 0.15635, "headcount": 68},
        {"year": 2025, "share": 0.18, "headcount": 78},
    ],
    "rounding": "half_up",
    "baseline": {
        "year": 2022,
        "bme": 47,
        "total": 431,
        "share": 0.109049,
        "workforce_bme": 1110,
        "workforce_total": 5480,
        "revision": 1,
        "covers": ["ZZ901"],
        "source": None,
    },
    "parity_reference": {"kind": "own_workforce", "share": None, "source": None},
    "board_approved_on": "2022-05-26",
    "rationale": "A goal for 2025",
    "provenance": "national",
    "proposal": None,
    "created": BY_NATIONAL,
    "submitted": None,
    "waiting_since": None,
    "days_waiting": None,
    "moves": [{"state": "draft", **BY_NATIONAL, "comment": None}],
    "attainability": {
        "method": "1",
        "links": {"method": "/v1/methods/1"},
        "census": 2022,
        "bme": 47,
        "total": 431,
        "years": 3,
        "people_needed": 31,
        "turnover": 0.12,
        "expected_appointments": 137.285568,
        "arithmetic_share_needed": 0.331796,
        "verdict": "by_turnover",
        "guidance": POSITIVE_ACTION,
    },
    "warnings": [],
}

_IN_SHORT = (
    *("version", "state", "form", "goal_share", "goal_headcount"),
    *("change_reason", "created", "submitted"),
)


def in_short(body: Body, need: Body | None = NEED) -> Body:
    """Return how a version stands beside the others, with what its path asks for a year."""
    return {name: body[name] for name in _IN_SHORT} | {"yearly_need": need}


def shown(
    changes: Body | None = None, *, need: Body | None = NEED, takes: Body | None = None
) -> Body:
    """Return `DRAFT` as it is shown with changes, as its only version.

    Args:
        changes: Members that differ.
        need: What its path asks for a year.
        takes: Members of its attainability that differ.
    """
    body = _FIRST | (changes or {})
    body["attainability"] = body["attainability"] | (takes or {})
    return body | {"versions": [in_short(body, need)]}


def beside(body: Body, *versions: Body) -> Body:
    """Return a version as it is shown beside others, each of which was shown alone."""
    return body | {"versions": [one for version in versions for one in version["versions"]]}


def move(state: str, record: Body, comment: str | None = None) -> Body:
    """Return a move as it is shown."""
    return {"state": state, **record, "comment": comment}


def life(*moves: Body, days: int = 0) -> Body:
    """Return the members that tell of a version's life.

    Args:
        moves: Its moves, oldest first.
        days: That it has waited for a review, if it does.
    """
    records = {one["state"]: {name: one[name] for name in BY_NATIONAL} for one in moves}
    state, submitted = moves[-1]["state"], records.get("submitted")
    is_waiting = state == "submitted"
    return {
        "state": state,
        "in_force": state in {"submitted", "reviewed", "returned"},
        "created": records["draft"],
        "submitted": submitted,
        "waiting_since": submitted["at"] if submitted and is_waiting else None,
        "days_waiting": days if is_waiting else None,
        "moves": [*moves],
    }


AT_ONCE: Body = BY_NATIONAL | {"at": "2026-11-23T09:00:00.000001Z"}
"""Who did the second thing of a day, and when: no two changes share an instant."""

IN_FORCE = (move("draft", BY_NATIONAL), move("submitted", AT_ONCE))
"""The moves of a target that was drafted and submitted at once."""

REVISED: Body = {
    "warnings": [
        {
            "code": "baseline_revised",
            "detail": "The census of 2022 was corrected after the target leadership-2022-2025 was"
            " submitted; its path stays as it was.",
        }
    ],
    "rebase": "/v1/trusts/ZZ901/target-proposals?cycle=2022-2025&measure=leadership"
    "&method=rebased",
}
"""What a target in force shows once the census of its baseline was corrected."""

DRAFT: Body = shown()
"""The first draft of `WHOLE`, as it is shown."""


def raised(changes: Body | None = None) -> Body:
    """Return a version with a goal of 20 %: 87 of 431 people, 40 more than 47."""
    says: Body = {
        "goal_share": "0.2000",
        "milestones": [
            {"year": 2023, "share": 0.139366, "headcount": 61},
            {"year": 2024, "share": 0.169683, "headcount": 74},
            {"year": 2025, "share": 0.2, "headcount": 87},
        ],
    }
    if changes:
        says |= {"version": 2, "board_approved_on": None, "rationale": None, **changes}
    return shown(
        says,
        need={"share": 0.030317, "people": 13.333333},
        takes={"people_needed": 40, "arithmetic_share_needed": 0.394585},
    )


WHOLE = goal(
    staff_group=None,
    milestones=None,
    parity_reference={"kind": "own_workforce", "share": None, "source": None},
    board_approved_on="2022-05-26",
    rationale="A goal for 2025",
)

STATED: Body = {
    "bme": 12,
    "total": 90,
    "workforce_bme": 300,
    "workforce_total": 1500,
    "source": "WRES report 2019, table 1",
}


def faults(kind: str, *errors: tuple[str, str, str]) -> Body:
    """Return the problem of a body with faults."""
    names = {
        "invalid_request": ("Invalid request", "The request has"),
        "unacceptable_target": ("Unacceptable target", "The target has"),
    }
    title, subject = names[kind]
    number = "1 fault" if len(errors) == 1 else f"{len(errors)} faults"
    return {
        "type": f"/problems/{kind.replace('_', '-')}",
        "title": title,
        "status": 422,
        "detail": f"{subject} {number}; nothing was stored.",
        "errors": [
            {"pointer": pointer, "code": code, "detail": detail}
            for pointer, code, detail in errors
        ],
    }


ONE_GOAL = ("", "one_goal", "Give one of goal_share, goal_headcount and goal.")
REASON = ("", "reason_with_goal", "A reason goes with no_target_needed, and only so.")
BELOW = "is below the baseline of 47 of 431 (0.1090); a goal is never below it."
