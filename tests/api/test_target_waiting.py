"""How long a target waits for a review, and the tag that counts days but never stands in a way."""

from datetime import timedelta

import pytest

from app.domain.preconditions import undated
from tests.api import targets
from tests.api.setting import START, Body, Service, leaders_and_rest, problem_of
from tests.api.targets import ONE, TARGETS, WHOLE, tag

service = targets.service

AIM: Body = {"goal_share": "0.2000", "change_reason": "Raised"}

SINCE = "2026-11-23T09:00:00.000001Z"


def waiting(service: Service, **params: str) -> tuple[str | None, int | None]:
    """Return since when the target has waited, and for how many days."""
    body = service.get(ONE, **params).json()
    return body["waiting_since"], body["days_waiting"]


def tag_of(service: Service) -> str:
    """Return the tag of the target as it is read."""
    tag: str = service.get(ONE).headers["ETag"]
    return tag


# Days.


def test_days_of_waiting_are_counted_by_the_clock(service: Service) -> None:
    service.target(WHOLE)

    # It was submitted at nine; days are those of the calendar.
    counted = []
    for hours in (0, 14, 15, 24, 24 * 9):
        service.clock.now = START + timedelta(hours=hours)
        counted.append(waiting(service))

    assert counted == [(SINCE, days) for days in (0, 0, 1, 1, 9)]


def test_days_of_waiting_are_counted_until_the_instant_that_is_asked_for(service: Service) -> None:
    service.target(WHOLE)
    service.clock.forward(days=9)

    counted = [
        waiting(service, as_of=as_of)
        for as_of in (
            "2026-11-23T10:00:00Z",
            "2026-11-25T23:59:59Z",
            "2026-11-25T23:30:00-05:00",
        )
    ]

    assert counted == [(SINCE, 0), (SINCE, 2), (SINCE, 3)]


@pytest.mark.parametrize("decision", ["review", "return", "withdraw"])
def test_what_was_decided_waits_no_longer(service: Service, decision: str) -> None:
    service.target(WHOLE)
    service.clock.forward(days=9)
    before = (START + timedelta(days=8)).isoformat()

    service.done("POST", f"{ONE}/{decision}", {"version": 1, "comment": "So"})

    assert waiting(service) == (None, None)
    assert waiting(service, as_of=before) == (SINCE, 8)


def test_a_further_version_waits_from_its_own_submission(service: Service) -> None:
    service.target(WHOLE)
    service.clock.forward(days=5)
    service.done("POST", f"{ONE}/versions", AIM)
    drafted = waiting(service, version="2")
    service.done("POST", f"{ONE}/submit")
    service.clock.forward(days=2)

    assert drafted == (None, None)
    assert waiting(service) == ("2026-11-28T09:00:00.000001Z", 2)
    assert waiting(service, version="1") == (None, None)


def test_a_change_that_comes_just_after_midnight_has_waited_for_no_day(service: Service) -> None:
    # The second change of an instant is recorded just after it: here on the next day.
    service.clock.now = START.replace(hour=23, minute=59, second=59, microsecond=999_999)
    service.done("POST", TARGETS, WHOLE)

    response = service.send("POST", f"{ONE}/submit")

    assert response.status_code == 200
    assert waiting(service) == ("2026-11-24T00:00:00Z", 0)


# Tags.


def test_every_move_changes_the_tag(service: Service) -> None:
    steps: list[tuple[str, str, Body | None]] = [
        ("POST", f"{ONE}/submit", None),
        ("POST", f"{ONE}/return", {"version": 1, "comment": "Think again"}),
        ("POST", f"{ONE}/versions", AIM),
        ("PATCH", ONE, {"rationale": "Two posts more"}),
        ("POST", f"{ONE}/submit", None),
        ("POST", f"{ONE}/review", {"version": 2}),
        ("POST", f"{ONE}/withdraw", {"version": 2, "comment": "No"}),
    ]
    told = [service.done("POST", TARGETS, WHOLE).headers["ETag"]]
    read = [tag_of(service)]

    for method, path, body in steps:
        made = service.done(method, path, body, {"If-Match": read[-1]})
        told.append(made.headers["ETag"])
        read.append(tag_of(service))

    # An answer to a change may show another version than the one that counts.
    assert [undated(tag) for tag in told] == [undated(tag) for tag in read]
    assert len({undated(tag) for tag in read}) == len(read)


def test_a_comment_changes_no_tag(service: Service) -> None:
    service.target(WHOLE)
    before = service.get(ONE)

    service.done("POST", f"{ONE}/comments", {"version": 1, "text": "How?"})

    after = service.get(ONE)
    assert (after.headers["ETag"], after.content) == (before.headers["ETag"], before.content)


def test_an_answer_that_counts_days_holds_for_the_day(service: Service) -> None:
    service.target(WHOLE)
    held = {"If-None-Match": tag_of(service)}

    service.clock.forward(hours=14)
    same_day = service.client.get(ONE, headers=held)
    service.clock.forward(hours=1)
    next_day = service.client.get(ONE, headers=held)

    assert (same_day.status_code, same_day.content) == (304, b"")
    assert next_day.status_code == 200
    assert next_day.json()["days_waiting"] == 1


def test_an_answer_that_counts_no_days_holds_on(service: Service) -> None:
    service.target(WHOLE)
    service.done("POST", f"{ONE}/review", {"version": 1})
    held = {"If-None-Match": tag_of(service)}

    service.clock.forward(days=30)

    assert service.client.get(ONE, headers=held).status_code == 304


@pytest.mark.parametrize("method", ["review", "return", "withdraw", "versions"])
def test_what_was_read_on_another_day_is_still_what_is_changed(
    service: Service, method: str
) -> None:
    service.target(WHOLE)
    seen = tag(service, ONE)
    service.clock.forward(days=3)
    body = AIM if method == "versions" else {"version": 1, "comment": "So"}

    response = service.send("POST", f"{ONE}/{method}", body, seen)

    assert tag_of(service) != seen["If-Match"]
    assert response.is_success


@pytest.mark.parametrize("end", ["review", "return", "withdraw", "versions"])
def test_what_has_changed_since_it_was_read_is_not_decided(service: Service, end: str) -> None:
    service.target(WHOLE)
    seen = tag(service, ONE)
    if end == "versions":
        service.done("POST", f"{ONE}/review", {"version": 1})
    else:
        service.done("POST", f"{ONE}/versions", AIM)
    before = service.get(f"{ONE}/versions").content
    body = AIM if end == "versions" else {"version": 1, "comment": "So"}

    response = service.send("POST", f"{ONE}/{end}", body, seen)

    held = problem_of(response)["held"]
    assert problem_of(response) == {
        "type": "/problems/revision-stale",
        "title": "Revision is stale",
        "status": 412,
        "detail": f"The precondition does not hold: what is held is {held}."
        " Read it again, then repeat the change.",
        "held": held,
    }
    assert service.get(f"{ONE}/versions").content == before
    assert service.send("POST", f"{ONE}/{end}", body, {"If-Match": held}).is_success


def test_a_draft_whose_baseline_was_corrected_is_not_submitted_as_it_was_read(
    service: Service,
) -> None:
    service.done("POST", TARGETS, WHOLE)
    seen = tag(service, ONE)
    service.actuals(2022, leaders_and_rest((48, 431), (1110, 5480), reason="One was missed"))

    response = service.send("POST", f"{ONE}/submit", headers=seen)

    assert response.status_code == 412
    assert service.get(ONE).json()["state"] == "draft"


def test_a_draft_goes_into_force_only_as_somebody_has_read_it(service: Service) -> None:
    made = service.done("POST", TARGETS, WHOLE)
    service.done("PATCH", ONE, {"goal_share": "0.9500"}, {"If-Match": made.headers["ETag"]})

    unnamed = service.client.post(f"{ONE}/submit", headers=service.headers)
    unread = service.send("POST", f"{ONE}/submit", headers={"If-Match": made.headers["ETag"]})
    state = service.get(ONE).json()["state"]
    read = service.send("POST", f"{ONE}/submit", headers=tag(service, ONE))

    assert problem_of(unnamed)["type"] == "/problems/revision-not-named"
    assert (unnamed.status_code, unread.status_code, state) == (428, 412, "draft")
    assert (read.status_code, read.json()["goal_share"]) == (200, "0.9500")


def test_an_answer_is_given_again_when_a_census_has_changed_what_the_goal_takes(
    service: Service,
) -> None:
    service.target(WHOLE)
    before = service.get(ONE)
    service.actuals(2023, leaders_and_rest((60, 440), (1225, 5602)))

    again = service.client.get(ONE, headers={"If-None-Match": before.headers["ETag"]})

    assert service.get(ONE).json()["attainability"] != before.json()["attainability"]
    assert again.status_code == 200
