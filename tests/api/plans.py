"""Action plans as they are sent and shown."""

import re
from collections.abc import Mapping

from httpx2 import Response

from app.domain.measures import Measure
from tests.bodies import JSON, problem
from tests.given import Counts, Given

PATH = "/v1/trusts/ZZ901/action-plans/2022-2025"
REVISIONS = f"{PATH}/revisions"

LEADERS: Mapping[int, tuple[int, int]] = {2022: (47, 431), 2023: (57, 440), 2024: (69, 452)}
"""BME leaders and all leaders, by census."""

REST = (3000, 1063, 0)

TARGET = "leadership-2022-2025"


def staff(year: int) -> dict[tuple[str, str], Counts]:
    """Return the headcounts of a census: leaders, and everybody else."""
    bme, total = LEADERS[year]
    return {("clinical", "8a"): (total - bme, bme, 0), ("clinical", "5"): REST}


def set_target(given: Given, *years: int) -> None:
    """Store censuses of ZZ901, that of 2022 first, and put its target for leadership in force."""
    for year in (2022, *years):
        given.actuals("ZZ901", year, staff(year))
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.1800")


def action(**changes: object) -> JSON:
    """Return an action as it is sent, with changes."""
    return {
        "id": "sponsors",
        "title": "A sponsor for every BME member of staff in band 7",
        "aim": {"measure": "leadership", "staff_group": None},
        "owner": "Chief People Officer",
        "due": "2026-11-20",
        "status": "in_progress",
        "notes": "Forty sponsors have been found.",
        **changes,
    }


PANELS = action(
    id="mixed-panels",
    title="No interview panel without a BME member",
    aim={"indicator": 2},
    owner="Head of Recruitment",
    due="2023-03-31",
    status="embedded",
    notes=None,
)


def plan_body(**changes: object) -> JSON:
    """Return a plan as it is sent, with changes."""
    return {
        "targets": [TARGET],
        "published_url": "https://trust.example/action-plan",
        "published_on": "2022-09-30",
        "actions": [action(), PANELS],
        "reviews": [],
        **changes,
    }


SHOWN: JSON = {
    "ods_code": "ZZ901",
    "cycle": "2022-2025",
    "revision": 1,
    "synthetic": True,
    "targets": [TARGET],
    "published_url": "https://trust.example/action-plan",
    "published_on": "2022-09-30",
    "actions": [
        action() | {"overdue": True, "days_overdue": 3},
        PANELS | {"overdue": False, "days_overdue": 0},
    ],
    "overdue_actions": 1,
    "reviews": [],
    "recorded_at": "2026-11-23T09:00:00Z",
    "recorded_by": "ZZ901 EDI lead",
    "supplied_by": None,
    "warnings": [],
}

TAG = '"1"'
"""The entity tag of `SHOWN`, without the digest of the answer."""

FIGURES: JSON = {
    "target_id": TARGET,
    "version": 1,
    "state": "submitted",
    "measure": "leadership",
    "staff_group": None,
    "census": {
        "year": 2024,
        "revision": 1,
        "bme": 69,
        "total": 452,
        "share": 0.152655,
        "share_of_known": 0.152655,
        "unknown_share": 0.0,
    },
    "required": {"share": 0.15635, "people": 71},
    "to_path": {"share": 0.003695, "people": 2},
    "to_goal": {"share": 0.027345, "people": 13},
    "position": "behind",
    "warnings": [],
}
"""How the target stood at the census of 2024: the worked example of the method."""

NOT_HELD = problem(
    404,
    "action-plan-not-found",
    "Action plan not found",
    "ZZ901 has no action plan for the cycle 2022-2025.",
    ods_code="ZZ901",
    cycle="2022-2025",
)


def tag_of(response: Response) -> str:
    """Return the entity tag of an answer, without the digest of the answer."""
    state, separator, digest = response.headers["etag"].strip('"').partition("@")
    assert re.fullmatch(r"@[0-9a-f]{16}", separator + digest)
    return f'"{state}"'


def review(years: int = 1, comment: str = "Sponsors work.") -> JSON:
    """Return a review as it is sent."""
    return {"after_years": years, "comment": comment}
