"""A target's whole life over HTTP, as a trust, its area and the national team live it."""

from dataclasses import dataclass
from datetime import timedelta

from httpx2 import Response

from app.domain.callers import Role
from tests.api import targets
from tests.api.callers import NO_TOKEN_TO_CHANGE, not_allowed
from tests.api.setting import START, Body, Service, problem_of
from tests.api.targets import ONE, PROGRESS, TARGETS, WHOLE, beside, life, move, shown
from tests.bodies import Headers

service = targets.service


def instant(day: int) -> str:
    """Return the instant of what happens some days after the beginning."""
    return f"{START + timedelta(days=day):%Y-%m-%dT%H:%M:%SZ}"


def by(role: str, day: int) -> Body:
    """Return who did something, and when."""
    supplied_by = "national" if role == "national" else None
    return {"at": instant(day), "by": f"{role} of the test", "supplied_by": supplied_by}


def said(role: str, day: int, version: int, text: str, decision: str | None = None) -> Body:
    """Return a comment as it is shown."""
    who = {"at": instant(day), "by": f"{role} of the test"}
    return {"version": version, "role": role, "text": text, **who, "decision": decision}


@dataclass
class Voice:
    """Somebody who speaks to the service."""

    service: Service
    headers: Headers

    def sends(self, day: int, method: str, path: str, body: Body | None = None) -> Response:
        """Send a request some days after the beginning."""
        self.service.clock.now = START + timedelta(days=day)
        return self.service.client.request(method, path, json=body, headers=self.headers)


ASKED = "How will the four vacancies of band 8d be filled?"
LATE = "Milestones leave everything to the last year."
RAISED = "The board raised the goal after the review"
WELL = "Ambitious and well argued."
GONE = "The service moves to another trust in April."

AIM: Body = {
    "goal_share": "0.2000",
    "milestones": [{"year": 2023, "goal_share": "0.1500"}, {"year": 2024, "goal_share": "0.1750"}],
    "change_reason": RAISED,
}


OWN: Body = {"provenance": "set_by_trust"}


def first(*moves: Body, days: int = 0) -> Body:
    """Return the first version after some moves, alone."""
    return shown(OWN | {"rationale": "Two posts fall vacant", **life(*moves, days=days)})


def second(*moves: Body, days: int = 0) -> Body:
    """Return the second version: 15 % of 431 are 65 people, 17.5 % are 76, and 20 % are 87."""
    says: Body = {
        "version": 2,
        "change_reason": RAISED,
        "goal_share": "0.2000",
        "milestones": [
            {"year": 2023, "share": 0.15, "headcount": 65},
            {"year": 2024, "share": 0.175, "headcount": 76},
            {"year": 2025, "share": 0.2, "headcount": 87},
        ],
        "board_approved_on": None,
        "rationale": None,
    }
    return shown(
        OWN | says | life(*moves, days=days),
        need={"share": 0.030317, "people": 13.333333},
        takes={"people_needed": 40, "arithmetic_share_needed": 0.394585},
    )


DRAFTED, SUBMITTED = move("draft", by("trust", 0)), move("submitted", by("trust", 1))
RETURNED = move("returned", by("national", 4), LATE)
DRAFTED_AGAIN, SUBMITTED_AGAIN = move("draft", by("trust", 5)), move("submitted", by("trust", 6))
SUPERSEDED = move("superseded", by("trust", 6))
REVIEWED = move("reviewed", by("national", 8), WELL)
WITHDRAWN = move("withdrawn", by("trust", 9), GONE)


def test_a_target_from_its_first_draft_until_it_is_withdrawn(service: Service) -> None:
    trust = Voice(service, service.bearer(Role.TRUST, "ZZ901"))
    area = Voice(service, service.bearer(Role.AREA, "Y56"))
    national, anybody = Voice(service, service.headers), Voice(service, {})

    # The trust drafts a target, changes the draft, and puts it in force.
    answer = trust.sends(0, "POST", TARGETS, WHOLE)
    assert (answer.status_code, answer.json()) == (201, shown(OWN | life(DRAFTED)))
    trust.headers["If-Match"] = answer.headers["ETag"]
    answer = trust.sends(0, "PATCH", ONE, {"rationale": "Two posts fall vacant"})
    assert (answer.status_code, answer.json()) == (200, first(DRAFTED))
    trust.headers["If-Match"] = answer.headers["ETag"]
    answer = trust.sends(1, "POST", f"{ONE}/submit")
    assert (answer.status_code, answer.json()) == (200, first(DRAFTED, SUBMITTED))
    del trust.headers["If-Match"]

    # It counts from now on, while it waits. The area asks; the national team sends it back.
    answer = area.sends(2, "POST", f"{ONE}/comments", {"version": 1, "text": ASKED})
    assert (answer.status_code, answer.json()) == (201, said("area", 2, 1, ASKED))
    answer = anybody.sends(3, "GET", ONE)
    assert answer.json() == first(DRAFTED, SUBMITTED, days=2)
    assert anybody.sends(3, "GET", PROGRESS).json()["current_target"]["version"] == 1
    answer = national.sends(4, "POST", f"{ONE}/return", {"version": 1, "comment": LATE})
    returned = first(DRAFTED, SUBMITTED, RETURNED)
    assert (answer.status_code, answer.json()) == (200, returned)

    # The trust drafts a second version; the first is in force until that one is submitted.
    answer = trust.sends(5, "POST", f"{ONE}/versions", AIM)
    draft = second(DRAFTED_AGAIN)
    assert (answer.status_code, answer.json()) == (201, beside(draft, returned, draft))
    assert answer.headers["Location"] == f"{ONE}?version=2"
    trust.headers["If-Match"] = answer.headers["ETag"]
    assert anybody.sends(5, "GET", ONE).json() == beside(returned, returned, draft)
    answer = trust.sends(6, "POST", f"{ONE}/submit")
    del trust.headers["If-Match"]
    superseded = first(DRAFTED, SUBMITTED, RETURNED, SUPERSEDED)
    submitted = second(DRAFTED_AGAIN, SUBMITTED_AGAIN)
    assert (answer.status_code, answer.json()) == (200, beside(submitted, superseded, submitted))

    # Only the national team reviews it.
    review: Body = {"version": 2, "comment": WELL}
    refusals = [one.sends(7, "POST", f"{ONE}/review", review) for one in (area, trust, anybody)]
    assert [problem_of(one) for one in refusals] == [
        not_allowed("area", "national"),
        not_allowed("trust", "national"),
        NO_TOKEN_TO_CHANGE,
    ]
    waiting = second(DRAFTED_AGAIN, SUBMITTED_AGAIN, days=1)
    assert anybody.sends(7, "GET", ONE).json() == beside(waiting, superseded, waiting)
    answer = national.sends(8, "POST", f"{ONE}/review", review)
    reviewed = second(DRAFTED_AGAIN, SUBMITTED_AGAIN, REVIEWED)
    assert (answer.status_code, answer.json()) == (200, beside(reviewed, superseded, reviewed))

    # The trust takes it back: nothing is in force, and everything stays on record.
    answer = trust.sends(9, "POST", f"{ONE}/withdraw", {"version": 2, "comment": GONE})
    withdrawn = second(DRAFTED_AGAIN, SUBMITTED_AGAIN, REVIEWED, WITHDRAWN)
    last = beside(withdrawn, superseded, withdrawn)
    assert (answer.status_code, answer.json()) == (200, last)
    assert anybody.sends(9, "GET", ONE).json() == last
    progress = anybody.sends(9, "GET", PROGRESS).json()
    assert (progress["current_target"], progress["current_target_reason"]) == (None, "no_target")
    assert anybody.sends(9, "GET", f"{ONE}/versions").json() == {
        "items": [beside(one, superseded, withdrawn) for one in (superseded, withdrawn)],
        "next": None,
    }
    assert anybody.sends(9, "GET", f"{ONE}/comments").json() == {
        "items": [
            said("area", 2, 1, ASKED),
            said("national", 4, 1, LATE, "returned"),
            said("national", 8, 2, WELL, "reviewed"),
            said("trust", 9, 2, GONE, "withdrawn"),
        ],
        "next": None,
    }
