"""What trusts have sent and set for the census of 2024, and how the list of it shows that.

Figures are sent in the name of the national team, a second after each other from 9 o'clock on.
"""

from httpx2 import Response
from starlette.testclient import TestClient

from tests.bodies import JSON, Headers, actuals_body, board_body, indicators_body
from tests.given import Given

PATH = "/v1/england/returns/2024"

DATES = {
    "opens": "2024-04-01",
    "due": "2024-06-30",
    "extensions": [{"ods_code": "RZ2", "due": "2024-07-31", "reason": "A new payroll system"}],
}

TARGET = {"measure": "leadership", "cycle": "2022-2025", "goal_share": "0.2"}

PLAN = {
    "targets": ["leadership-2022-2025"],
    "published_url": None,
    "published_on": None,
    "actions": [
        {
            "id": "sponsors",
            "title": "Sponsors for every band 7",
            "aim": {"indicator": 2},
            "owner": "Chief People Officer",
            "due": "2023-09-30",
            "status": "embedded",
            "notes": None,
        }
    ],
    "reviews": [{"after_years": 1, "comment": "On course"}],
}


def send(client: TestClient, _given: Given, national: Headers) -> None:
    """Let RZ1 send all that is due, for RZ0 too, and RZ2 set a target and nothing else."""
    first, second = "/v1/trusts/RZ1", "/v1/trusts/RZ2"
    approval = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}
    own = actuals_body(covers=["RZ0", "RZ1"])
    for response in (
        client.put("/v1/censuses/2024", json=DATES, headers=national | {"If-Match": '"0"'}),
        client.put(f"{second}/actuals/2022", json=actuals_body(), headers=national),
        client.put(f"{first}/actuals/2024", json=own, headers=national),
        client.post(f"{first}/actuals/2024/sign-off", json=approval, headers=national),
        client.put(f"{first}/board/2024", json=board_body(), headers=national),
        *_set(client, second, national),
        client.put(f"{second}/action-plans/2022-2025", json=PLAN, headers=national),
        client.put(f"{first}/indicators/2024", json=indicators_body(), headers=national),
    ):
        assert response.is_success, response.text


def _set(client: TestClient, trust: str, national: Headers) -> tuple[Response, Response]:
    """Draft a target and submit it."""
    drafted = client.post(f"{trust}/targets", json=TARGET, headers=national)
    named = national | {"If-Match": drafted.headers["ETag"]}
    return drafted, client.post(f"{drafted.headers['Location']}/submit", headers=named)


NOT_SENT: JSON = {
    "sent": False,
    "sent_at": None,
    "sent_at_reason": "not_sent",
    "revision": None,
    "revision_reason": "not_sent",
}
"""The board, or the indicators, of a trust that has sent none."""

SENT: JSON = {
    "sent_at": "2026-11-23T09:00:02Z",
    "revision": 1,
    "state": "signed_off",
    "due": "2024-06-30",
    "days_overdue": None,
    "days_overdue_reason": "already_sent",
    "days_left": None,
    "days_left_reason": "already_sent",
}
"""What is told of both trusts whose staff the return of RZ1 counts."""

OVERDUE: JSON = {
    "ods_code": "RZ2",
    "name": "Second Example NHS Trust",
    "region": "Y63",
    "icb": "QHM",
    "actuals": {
        "status": "overdue",
        "sent_at": None,
        "sent_at_reason": "not_sent",
        "revision": None,
        "revision_reason": "not_sent",
        "state": None,
        "state_reason": "not_sent",
        "covered_by": None,
        "covered_by_reason": "not_covered",
        "due": "2024-07-31",
        "days_overdue": 845,
        "days_left": None,
        "days_left_reason": "due_date_passed",
    },
    "board": NOT_SENT,
    "indicators": NOT_SENT,
    "targets": [
        {
            "id": "leadership-2022-2025",
            "measure": "leadership",
            "staff_group": None,
            "cycle": "2022-2025",
            "closing": False,
            "version": 1,
            "state": "submitted",
            "submitted_at": "2026-11-23T09:00:06Z",
            "waiting_since": "2026-11-23T09:00:06Z",
            "days_waiting": 0,
        }
    ],
    "action_plan": {
        "revision": 1,
        "published_on": None,
        "published_on_reason": "not_published",
        "actions": 1,
        "reviews": [1],
    },
    "plans": [
        {
            "cycle": "2022-2025",
            "closing": False,
            "action_plan": {
                "revision": 1,
                "published_on": None,
                "published_on_reason": "not_published",
                "actions": 1,
                "reviews": [1],
            },
        }
    ],
    "overdue": True,
}

NO_PLANS: list[JSON] = [
    {
        "cycle": "2022-2025",
        "closing": False,
        "action_plan": None,
        "action_plan_reason": "no_action_plan",
    }
]
"""Those of a trust that has set none."""

COVERED: JSON = {
    "ods_code": "RZ0",
    "name": "Old Example NHS Trust",
    "region": "Y56",
    "icb": "QMF",
    "actuals": {**SENT, "status": "covered", "covered_by": "RZ1"},
    "board": NOT_SENT,
    "indicators": NOT_SENT,
    "targets": [],
    "action_plan": None,
    "action_plan_reason": "no_action_plan",
    "plans": NO_PLANS,
    "overdue": False,
}

SIGNED_OFF: JSON = {
    "ods_code": "RZ1",
    "name": "First Example NHS Trust",
    "region": "Y56",
    "icb": "QMF",
    "actuals": {
        **SENT,
        "status": "signed_off",
        "covered_by": None,
        "covered_by_reason": "not_covered",
    },
    "board": {"sent": True, "sent_at": "2026-11-23T09:00:04Z", "revision": 1},
    "indicators": {"sent": True, "sent_at": "2026-11-23T09:00:08Z", "revision": 1},
    "targets": [],
    "action_plan": None,
    "action_plan_reason": "no_action_plan",
    "plans": NO_PLANS,
    "overdue": False,
}

SHOWN: JSON = {
    "year": 2024,
    "day": "2026-11-23",
    "due": "2024-06-30",
    "cycle": "2022-2025",
    "as_of": "2026-11-23T09:00:08Z",
    "synthetic": False,
    "summary": {
        "expected": 3,
        "sent": 2,
        "signed_off": 2,
        "overdue": 1,
        "with_indicators": 1,
        "with_targets": 1,
        "targets_waiting": 1,
        "plans": 1,
        "plans_reviewed": 1,
        "plans_by_cycle": [
            {
                "cycle": "2022-2025",
                "closing": False,
                "plans": 1,
                "reviewed_after_one_year": 1,
                "reviewed_after_three_years": 0,
            }
        ],
    },
    "items": [OVERDUE, COVERED, SIGNED_OFF],
    "next": None,
}
"""What the national team is told on the same day."""

FILE = """\
year,ods_code,name,region,icb,synthetic,status,sent_at,revision,state,covered_by,due,days_overdue,\
days_left,board_sent,board_sent_at,board_revision,indicators_sent,indicators_sent_at,\
indicators_revision,targets_draft,targets_submitted,targets_reviewed,targets_returned,\
targets_withdrawn,days_waiting,action_plan_revision,\
action_plan_published_on,action_plan_actions,action_plan_reviews,overdue,targets,action_plans
2024,RZ2,Second Example NHS Trust,Y63,QHM,False,overdue,,,,,2024-07-31,845,,False,,,False,\
,,0,1,0,0,0,0,1,,1,1,True,leadership-2022-2025:submitted,2022-2025:1
2024,RZ0,Old Example NHS Trust,Y56,QMF,False,covered,2026-11-23T09:00:02Z,1,signed_off,RZ1,\
2024-06-30,,,False,,,False,,,0,0,0,0,0,,,,,,False,,2022-2025:-
2024,RZ1,First Example NHS Trust,Y56,QMF,False,signed_off,2026-11-23T09:00:02Z,1,signed_off,,\
2024-06-30,,,True,2026-11-23T09:00:04Z,1,True,2026-11-23T09:00:08Z,1,0,0,0,0,0,,\
,,,,False,,2022-2025:-
"""
"""The same as a file."""
