"""Submission of targets over HTTP: in force, and never changed again."""

import pytest

from tests.api import targets
from tests.api.setting import Body, Service, goal, leaders_and_rest, problem_of
from tests.api.targets import (
    BELOW,
    BY_NATIONAL,
    PROGRESS,
    TARGETS,
    WHOLE,
    WORKFORCE,
    draft,
    faults,
    life,
    move,
    shown,
    tag,
)

service = targets.service
strict = targets.strict


def test_a_submitted_target_is_in_force_with_its_baseline_frozen(service: Service) -> None:
    path, _ = draft(service, WHOLE)
    service.clock.forward(hours=1)

    response = service.send("POST", f"{path}/submit", headers=tag(service, path))

    assert response.status_code == 200
    later = BY_NATIONAL | {"at": "2026-11-23T10:00:00Z"}
    assert response.json() == shown(life(move("draft", BY_NATIONAL), move("submitted", later)))
    assert service.get(path).json() == response.json()
    assert service.get(path).headers["ETag"] == response.headers["ETag"]
    assert service.get(PROGRESS).json()["current_target"]["id"] == "leadership-2022-2025"


def test_submitting_what_has_changed_since_is_refused(service: Service) -> None:
    path, _ = draft(service, WHOLE)
    seen = tag(service, path)
    service.done("PATCH", path, {"rationale": "Another"}, seen)

    response = service.send("POST", f"{path}/submit", headers=seen)

    assert (response.status_code, problem_of(response)["type"]) == (
        412,
        "/problems/revision-stale",
    )
    assert service.get(path).json()["state"] == "draft"


@pytest.mark.parametrize(
    ("method", "end", "body"),
    [
        pytest.param("POST", "/submit", None, id="submitted again"),
        pytest.param("PATCH", "", {"rationale": "Another"}, id="changed"),
    ],
)
def test_a_submitted_target_never_changes(
    strict: Service, method: str, end: str, body: Body | None
) -> None:
    path = f"{TARGETS}/band-8a-2022-2025"
    before = strict.get(path)

    response = strict.send(method, f"{path}{end}", body, tag(strict, path))

    assert response.status_code == 409
    assert problem_of(response) == {
        "type": "/problems/target-not-draft",
        "title": "Target is not a draft",
        "status": 409,
        "detail": "The target band-8a-2022-2025 of ZZ901 is submitted; only a draft can be"
        " changed or submitted.",
        "ods_code": "ZZ901",
        "target_id": "band-8a-2022-2025",
        "state": "submitted",
    }
    assert strict.get(path).content == before.content


def test_a_target_without_a_baseline_cannot_be_submitted(service: Service) -> None:
    path, made = draft(service, goal(cycle="2019-2022"))

    response = service.send("POST", f"{path}/submit")

    assert problem_of(response) == faults(
        "unacceptable_target",
        (
            "/baseline",
            "baseline_missing",
            "No actuals for 2019 are held; send them, or state the baseline with its source.",
        ),
    )
    assert service.get(path).json() == made


def test_a_draft_that_fits_its_actuals_no_longer_cannot_be_submitted(service: Service) -> None:
    path, _ = draft(service, goal("0.1100"))
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    response = service.send("POST", f"{path}/submit")

    assert problem_of(response) == faults(
        "unacceptable_target",
        (
            "/goal_share",
            "below_baseline",
            f"The goal 0.1100 {BELOW.replace('47', '48').replace('0.1090', '0.1114')}",
        ),
    )
