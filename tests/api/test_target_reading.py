"""Targets read over HTTP: lists, instants, and what is not there."""

from datetime import timedelta

import pytest

from tests.api import targets
from tests.api.setting import START, Body, Service, goal, leaders_and_rest, problem_of
from tests.api.targets import ONE, STATED, TARGETS, WHOLE, WORKFORCE, draft, tag

service = targets.service
strict = targets.strict


def test_targets_are_listed_by_cycle_and_measure(service: Service) -> None:
    bodies = [
        goal(measure="band_8a"),
        goal("0.2500", measure="workforce"),
        goal(),
        goal(cycle="2019-2022", baseline=STATED),
    ]
    made = [draft(service, body)[1] for body in bodies]

    response = service.get(TARGETS)

    assert response.json() == {"items": [made[3], made[1], made[2], made[0]], "next": None}


def test_targets_are_read_as_of_an_instant(service: Service) -> None:
    path, made = draft(service, WHOLE)
    service.clock.forward(days=1)
    service.done("POST", f"{path}/submit")

    assert service.get(path, as_of=START).json() == made
    assert service.get(TARGETS, as_of=START).json() == {"items": [made], "next": None}
    assert service.get(TARGETS, as_of=START - timedelta(minutes=1)).json()["items"] == []
    assert service.get(path).json()["state"] == "submitted"


def test_a_draft_is_read_as_it_was_before_it_changed(service: Service) -> None:
    path, made = draft(service, WHOLE)
    service.clock.forward(days=1)
    service.done("PATCH", path, {"goal_share": "0.2000"}, tag(service, path))

    assert service.get(path, as_of=START).json() == made


def test_a_draft_is_read_with_the_baseline_known_then(service: Service) -> None:
    path, made = draft(service, WHOLE)
    service.clock.forward(days=1)
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    assert service.get(path, as_of=START).json() == made


def test_a_target_that_was_not_there_yet_is_not_found(service: Service) -> None:
    path, _ = draft(service, WHOLE)

    response = service.get(path, as_of=START - timedelta(minutes=1))

    assert response.status_code == 404
    assert problem_of(response) == {
        "type": "/problems/target-not-found",
        "title": "Target not found",
        "status": 404,
        "detail": "ZZ901 has no target leadership-2022-2025.",
        "ods_code": "ZZ901",
        "target_id": "leadership-2022-2025",
    }


@pytest.mark.parametrize("path", [TARGETS, ONE])
def test_whoever_holds_an_answer_is_told_that_it_still_holds(strict: Service, path: str) -> None:
    first = strict.get(path)

    again = strict.client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_the_future_is_not_told(strict: Service) -> None:
    response = strict.get(TARGETS, as_of=START + timedelta(days=1))

    detail = (
        "as_of is 2026-11-24T09:00:00+00:00, but it is 2026-11-23T09:00:00+00:00: nobody knows"
        " yet."
    )
    assert problem_of(response) == {
        "type": "/problems/unacceptable-question",
        "title": "Unacceptable question",
        "status": 422,
        "detail": detail,
        "errors": [{"pointer": "?as_of", "code": "as_of_in_future", "detail": detail}],
    }


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("GET", f"{TARGETS}/nothing", None, id="read"),
        pytest.param("PATCH", f"{TARGETS}/nothing", {"rationale": "So"}, id="changed"),
        pytest.param("POST", f"{TARGETS}/nothing/submit", None, id="submitted"),
    ],
)
def test_a_target_that_is_not_there_is_not_found(
    strict: Service, method: str, path: str, body: Body | None
) -> None:
    response = strict.send(method, path, body)

    assert response.status_code == 404
    assert problem_of(response) == {
        "type": "/problems/target-not-found",
        "title": "Target not found",
        "status": 404,
        "detail": "ZZ901 has no target nothing.",
        "ods_code": "ZZ901",
        "target_id": "nothing",
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_targets_of_an_unknown_trust_are_not_found(strict: Service, method: str) -> None:
    response = strict.send(method, "/v1/trusts/ZZ998/targets", goal())

    assert problem_of(response) == {
        "type": "/problems/trust-not-found",
        "title": "Trust not found",
        "status": 404,
        "detail": "No trust has the ODS code ZZ998.",
        "ods_code": "ZZ998",
    }
