"""Moves that a target cannot make from where it is: each is refused, and nothing is stored."""

import pytest

from tests.api import targets
from tests.api.setting import Body, Service, problem_of
from tests.api.targets import ONE, TARGETS, WHOLE, tag

service = targets.service

AIM: Body = {"goal_share": "0.2000", "change_reason": "Raised"}

Steps = list[tuple[str, Body | None]]

SAID: Body = {"version": 1, "comment": "So"}

LIVES: dict[str, Steps] = {
    "draft": [],
    "submitted": [("submit", None)],
    "reviewed": [("submit", None), ("review", SAID)],
    "returned": [("submit", None), ("return", SAID)],
    "superseded": [("submit", None), ("versions", AIM), ("submit", None)],
    "withdrawn": [("submit", None), ("withdraw", SAID)],
}
"""How the first version comes to be in each state."""

ONWARDS: dict[str, list[str]] = {
    "draft": ["submitted", "withdrawn"],
    "submitted": ["reviewed", "returned", "superseded", "withdrawn"],
    "reviewed": ["superseded", "withdrawn"],
    "returned": ["reviewed", "superseded", "withdrawn"],
    "superseded": [],
    "withdrawn": [],
}
"""What each state can become, as the specification has it."""

DECISIONS = {"review": "reviewed", "return": "returned", "withdraw": "withdrawn"}


def live(service: Service, state: str) -> None:
    """Bring the first version into a state."""
    service.done("POST", TARGETS, WHOLE)
    for end, body in LIVES[state]:
        service.done("POST", f"{ONE}/{end}", body)


def not_allowed(state: str, wanted: str) -> Body:
    """Return the problem of a move that is not allowed."""
    onwards = ONWARDS[state]
    what = f"it can become {' or '.join(onwards)}" if onwards else "it stays so for good"
    return {
        "type": "/problems/target-move-not-allowed",
        "title": "Move not allowed",
        "status": 409,
        "detail": f"Version 1 of the target leadership-2022-2025 is {state} and cannot become"
        f" {wanted}; {what}.",
        "target_id": "leadership-2022-2025",
        "version": 1,
        "state": state,
        "allowed": onwards,
    }


@pytest.mark.parametrize("state", LIVES)
def test_a_decision_that_the_state_does_not_allow_is_refused(service: Service, state: str) -> None:
    live(service, state)
    before = service.get(f"{ONE}/versions").content
    refused = {end: wanted for end, wanted in DECISIONS.items() if wanted not in ONWARDS[state]}

    answers = {end: service.send("POST", f"{ONE}/{end}", SAID) for end in refused}

    assert {end: problem_of(one) for end, one in answers.items()} == {
        end: not_allowed(state, wanted) for end, wanted in refused.items()
    }
    assert service.get(f"{ONE}/versions").content == before


@pytest.mark.parametrize("state", [state for state in LIVES if state != "draft"])
def test_only_a_draft_is_changed_or_submitted(service: Service, state: str) -> None:
    live(service, state)
    before = service.get(f"{ONE}/versions").content
    newest = "submitted" if state == "superseded" else state

    answers = [
        service.send("PATCH", ONE, {"rationale": "Another"}, tag(service, ONE)),
        service.send("POST", f"{ONE}/submit"),
    ]

    assert [problem_of(one) for one in answers] == [
        {
            "type": "/problems/target-not-draft",
            "title": "Target is not a draft",
            "status": 409,
            "detail": f"The target leadership-2022-2025 of ZZ901 is {newest}; only a draft can be"
            " changed or submitted.",
            "ods_code": "ZZ901",
            "target_id": "leadership-2022-2025",
            "state": newest,
        }
    ] * 2
    assert service.get(f"{ONE}/versions").content == before


@pytest.mark.parametrize("state", [state for state in LIVES if state != "draft"])
def test_a_further_version_follows_whatever_became_of_the_last(
    service: Service, state: str
) -> None:
    live(service, state)

    made = service.send("POST", f"{ONE}/versions", AIM)

    number = 3 if state == "superseded" else 2
    assert (made.status_code, made.json()["version"], made.json()["state"]) == (
        201,
        number,
        "draft",
    )


def test_a_returned_version_can_be_reviewed_after_all(service: Service) -> None:
    live(service, "returned")

    reviewed = service.send("POST", f"{ONE}/review", SAID)

    assert (reviewed.status_code, reviewed.json()["state"]) == (200, "reviewed")
    assert [one["state"] for one in reviewed.json()["moves"]] == [
        "draft",
        "submitted",
        "returned",
        "reviewed",
    ]


def test_a_target_is_drafted_once_whatever_became_of_it(service: Service) -> None:
    live(service, "withdrawn")

    response = service.send("POST", TARGETS, WHOLE)

    assert (response.status_code, problem_of(response)["type"]) == (
        409,
        "/problems/target-already-set",
    )
