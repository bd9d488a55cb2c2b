"""Versions of a target over HTTP: a submitted one never changes, a further one takes its place."""

from datetime import timedelta

import pytest

from tests.api import targets
from tests.api.setting import START, Body, Service, leaders_and_rest, problem_of
from tests.api.targets import (
    BY_NATIONAL,
    DRAFT,
    IN_FORCE,
    NEED,
    ONE,
    PROGRESS,
    REVISED,
    WHOLE,
    WORKFORCE,
    beside,
    faults,
    life,
    move,
    raised,
    shown,
    tag,
)

service = targets.service

AIM: Body = {"goal_share": "0.2000", "change_reason": "Raised"}

DAY = timedelta(days=1)


def record(day: int) -> Body:
    """Return the record of what the national team does some days later."""
    return BY_NATIONAL | {"at": f"2026-11-{23 + day}T09:00:00Z"}


def versions(service: Service, **params: str) -> list[tuple[int, str]]:
    """Return the versions of the target with their states."""
    items = service.get(f"{ONE}/versions", **params).json()["items"]
    return [(one["version"], one["state"]) for one in items]


# A draft beside what is in force.


def test_a_version_stays_in_force_while_the_next_is_a_draft(service: Service) -> None:
    service.target(WHOLE)
    service.clock.forward(days=1)

    made = service.send("POST", f"{ONE}/versions", AIM)

    first = shown(life(*IN_FORCE, days=1))
    second = raised({"change_reason": "Raised", **life(move("draft", record(1)))})
    both = (first, second)
    assert (made.status_code, made.json()) == (201, beside(second, *both))
    assert made.headers["Location"] == f"{ONE}?version=2"
    assert service.get(ONE).json() == beside(first, *both)
    assert service.get(ONE, version=1).json() == beside(first, *both)
    assert service.get(ONE, version=2).json() == made.json()
    assert service.get(f"{ONE}/versions").json() == {
        "items": [beside(one, *both) for one in both],
        "next": None,
    }
    assert service.get(targets.TARGETS).json()["items"] == [beside(first, *both)]
    assert service.get(PROGRESS).json()["current_target"]["version"] == 1


def test_what_is_in_force_is_superseded_when_the_next_is_submitted(service: Service) -> None:
    service.target(WHOLE)
    service.clock.forward(days=1)
    service.done("POST", f"{ONE}/versions", AIM)
    service.clock.forward(days=1)

    response = service.send("POST", f"{ONE}/submit")

    first = shown(life(*IN_FORCE, move("superseded", record(2))))
    again = life(move("draft", record(1)), move("submitted", record(2)))
    second = raised({"change_reason": "Raised", **again})
    assert (response.status_code, response.json()) == (200, beside(second, first, second))
    assert service.get(ONE, version=1).json() == beside(first, first, second)
    assert service.get(PROGRESS).json()["current_target"]["version"] == 2


def test_a_draft_that_is_withdrawn_leaves_what_is_in_force(service: Service) -> None:
    service.target(WHOLE)
    service.done("POST", f"{ONE}/versions", AIM)

    service.done("POST", f"{ONE}/withdraw", {"version": 2, "comment": "Not yet"})

    assert versions(service) == [(1, "submitted"), (2, "withdrawn")]
    assert service.get(ONE).json()["version"] == 1
    service.done("POST", f"{ONE}/versions", AIM)
    assert versions(service)[2:] == [(3, "draft")]


def test_a_target_that_was_withdrawn_is_set_again_by_a_further_version(service: Service) -> None:
    service.target(WHOLE)
    service.done("POST", f"{ONE}/withdraw", {"version": 1, "comment": "A mistake"})

    made = service.done("POST", f"{ONE}/versions", AIM).json()

    assert (made["version"], made["state"], made["in_force"]) == (2, "draft", False)
    assert service.get(ONE).json() == made
    service.done("POST", f"{ONE}/submit")
    assert versions(service) == [(1, "withdrawn"), (2, "submitted")]


def test_what_is_in_force_can_be_withdrawn_while_the_next_is_a_draft(service: Service) -> None:
    service.target(WHOLE)
    service.done("POST", f"{ONE}/versions", AIM)

    service.done("POST", f"{ONE}/withdraw", {"version": 1, "comment": "A mistake"})

    assert versions(service) == [(1, "withdrawn"), (2, "draft")]
    assert service.get(ONE).json()["version"] == 2
    service.done("POST", f"{ONE}/submit")
    assert versions(service) == [(1, "withdrawn"), (2, "submitted")]


def test_one_draft_is_open_at_a_time(service: Service) -> None:
    service.target(WHOLE)
    service.done("POST", f"{ONE}/versions", AIM)
    before = service.get(f"{ONE}/versions").content

    response = service.send("POST", f"{ONE}/versions", AIM)

    assert problem_of(response) == {
        "type": "/problems/target-draft-open",
        "title": "A draft is open",
        "status": 409,
        "detail": "Version 2 of the target leadership-2022-2025 of ZZ901 is a draft; change it,"
        " submit it or withdraw it before another one is begun.",
        "ods_code": "ZZ901",
        "target_id": "leadership-2022-2025",
        "version": 2,
    }
    assert service.get(f"{ONE}/versions").content == before


@pytest.mark.parametrize(
    ("method", "end", "body"),
    [
        pytest.param("GET", "?version=2", None, id="read"),
        *(
            pytest.param("POST", f"/{end}", {"version": 2, member: "So"}, id=end)
            for end, member in (
                ("review", "comment"),
                ("return", "comment"),
                ("withdraw", "comment"),
                ("comments", "text"),
            )
        ),
    ],
)
def test_a_version_that_is_not_there_is_not_found(
    service: Service, method: str, end: str, body: Body | None
) -> None:
    service.target(WHOLE)

    response = service.send(method, f"{ONE}{end}", body)

    assert problem_of(response) == {
        "type": "/problems/target-version-not-found",
        "title": "Version of a target not found",
        "status": 404,
        "detail": "The target leadership-2022-2025 of ZZ901 has no version 2.",
        "ods_code": "ZZ901",
        "target_id": "leadership-2022-2025",
        "version": 2,
    }


# As of an instant.


def test_versions_are_read_as_they_were_between_their_moves(service: Service) -> None:
    steps: list[tuple[str, Body | None]] = [
        ("submit", None),
        ("return", {"version": 1, "comment": "Think again"}),
        ("versions", AIM),
        ("submit", None),
        ("review", {"version": 2}),
        ("withdraw", {"version": 2, "comment": "No"}),
    ]
    answers = [service.done("POST", targets.TARGETS, WHOLE).json()]
    for end, body in steps:
        service.clock.forward(days=1)
        answers.append(service.done("POST", f"{ONE}/{end}", body).json())

    instants = [(START + DAY * day).isoformat() for day in range(len(answers))]
    then = [versions(service, as_of=instant) for instant in instants]

    assert then == [
        [(1, "draft")],
        [(1, "submitted")],
        [(1, "returned")],
        [(1, "returned"), (2, "draft")],
        [(1, "superseded"), (2, "submitted")],
        [(1, "superseded"), (2, "reviewed")],
        [(1, "superseded"), (2, "withdrawn")],
    ]
    read = [service.get(ONE, as_of=instant).json() for instant in instants]
    drafted = 3  # what was in force is shown rather than the draft
    assert [one for day, one in enumerate(read) if day != drafted] == [
        one for day, one in enumerate(answers) if day != drafted
    ]
    assert service.get(ONE, as_of=instants[drafted], version=2).json() == answers[drafted]
    assert (read[drafted]["version"], read[drafted]["state"]) == (1, "returned")
    early = service.get(ONE, as_of=instants[2], version=2)
    assert problem_of(early)["type"] == "/problems/target-version-not-found"


def test_progress_follows_the_version_in_force_then(service: Service) -> None:
    service.target(WHOLE)
    service.clock.forward(days=1)
    service.done("POST", f"{ONE}/versions", AIM)
    service.clock.forward(days=1)
    service.done("POST", f"{ONE}/submit")

    found = [
        service.get(PROGRESS, as_of=(START + DAY * day).isoformat()).json()["current_target"]
        for day in (1, 2)
    ]

    assert [(one["version"], one["state"]) for one in found] == [
        (1, "submitted"),
        (2, "submitted"),
    ]


# Side by side.


def test_versions_stand_side_by_side_with_what_each_asks_for_a_year(service: Service) -> None:
    service.target(WHOLE)
    service.actuals(2022, leaders_and_rest((50, 431), WORKFORCE, reason="Three were missed"))
    local = {"kind": "fixed", "share": "0.1000", "source": "Census 2021"}
    for body in (
        {"goal_headcount": 80},
        {"goal": "maintain", "parity_reference": local},
        {"goal": "no_target_needed", "reason": "So", "parity_reference": local},
    ):
        service.done("POST", f"{ONE}/versions", {"change_reason": "Another", **body})
        service.done("POST", f"{ONE}/submit")

    found = service.get(ONE).json()["versions"]

    assert [(one["form"], one["yearly_need"]) for one in found] == [
        # From 47 of 431 to 18 %, which are 78 people.
        ("share", NEED),
        # From 50 people to 80: 30 of 431 in three years.
        ("headcount", {"share": 0.023202, "people": 10.0}),
        ("maintain", {"share": 0.0, "people": 0.0}),
        ("no_target_needed", None),
    ]
    assert [one["state"] for one in found] == ["superseded"] * 3 + ["submitted"]


def test_a_draft_without_a_baseline_asks_for_nothing_yet(service: Service) -> None:
    made = service.done("POST", targets.TARGETS, WHOLE | {"cycle": "2019-2022"}).json()

    assert [one["yearly_need"] for one in made["versions"]] == [None]
    assert (made["attainability"], made["attainability_reason"]) == (None, "no_actuals")


def test_a_headcount_from_an_empty_team_asks_for_people_but_no_share(service: Service) -> None:
    vsm = {"measure": "vsm", "cycle": "2022-2025", "goal_headcount": 2}

    made = service.done("POST", targets.TARGETS, vsm).json()

    assert made["versions"][0]["yearly_need"] == {
        "share": None,
        "share_reason": "no_people",
        "people": 0.666667,
    }
    assert (made["attainability"], made["attainability_reason"]) == (None, "no_people")


# Frozen baselines and paths.


def test_a_further_version_starts_from_the_corrected_baseline_and_the_first_stays(
    service: Service,
) -> None:
    service.target(WHOLE)
    service.clock.forward(days=1)
    service.actuals(2022, leaders_and_rest((50, 431), WORKFORCE, reason="Three were missed"))

    made = service.done("POST", f"{ONE}/versions", AIM).json()

    first = shown(life(*IN_FORCE, days=1)) | REVISED
    kept = service.get(ONE).json()
    assert {name: kept[name] for name in first if name != "versions"} == {
        name: first[name] for name in first if name != "versions"
    }
    corrected = {"bme": 50, "share": 0.116009, "revision": 2}
    assert made["baseline"] == DRAFT["baseline"] | corrected
    # From 50 of 431, the rest of the way to 20 % in three equal steps.
    assert made["milestones"] == [
        {"year": 2023, "share": 0.144006, "headcount": 63},
        {"year": 2024, "share": 0.172003, "headcount": 75},
        {"year": 2025, "share": 0.2, "headcount": 87},
    ]
    service.done("POST", f"{ONE}/submit")
    service.actuals(2022, leaders_and_rest((60, 431), WORKFORCE, reason="Ten more"))
    frozen = service.get(ONE).json()
    assert frozen["baseline"] == made["baseline"]
    assert frozen["milestones"] == made["milestones"]


def test_a_further_version_of_a_stated_baseline_takes_the_actuals_that_came(
    service: Service,
) -> None:
    stated = WHOLE | {"cycle": "2019-2022", "baseline": targets.STATED}
    path = service.target(stated)
    service.actuals(2019, leaders_and_rest((12, 95), (912, 5210)))

    made = service.done("POST", f"{path}/versions", AIM).json()
    refused = service.send("PATCH", f"{path}", {"baseline": targets.STATED}, tag(service, path))

    assert (made["baseline"]["total"], made["baseline"]["source"]) == (95, None)
    assert service.get(path, version=1).json()["baseline"]["total"] == 90
    assert [one["code"] for one in problem_of(refused)["errors"]] == ["actuals_are_held"]


# Reasons.


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({}, id="left out"),
        pytest.param({"change_reason": None}, id="null"),
        pytest.param({"change_reason": " "}, id="blank"),
    ],
)
def test_a_further_version_says_why(service: Service, members: Body) -> None:
    service.target(WHOLE)

    response = service.send("POST", f"{ONE}/versions", {"goal_share": "0.2000", **members})

    assert [one["pointer"] for one in problem_of(response)["errors"]] == ["/change_reason"]
    assert versions(service) == [(1, "submitted")]


WHY = (
    "/change_reason",
    "reason_of_further_version",
    "Say why a further version takes the place of the one before, and only then.",
)


def test_the_reason_of_a_further_version_is_changed_but_not_taken_away(service: Service) -> None:
    service.target(WHOLE)
    service.done("POST", f"{ONE}/versions", AIM)

    gone = service.send("PATCH", ONE, {"change_reason": None}, tag(service, ONE))
    changed = service.send("PATCH", ONE, {"change_reason": "Two posts more"}, tag(service, ONE))

    assert problem_of(gone) == faults("unacceptable_target", WHY)
    assert changed.json()["change_reason"] == "Two posts more"
    assert changed.json()["goal_share"] == "0.2000"


def test_a_first_version_takes_no_place_and_has_no_reason(service: Service) -> None:
    service.done("POST", targets.TARGETS, WHOLE)

    response = service.send("PATCH", ONE, {"change_reason": "So"}, tag(service, ONE))

    assert problem_of(response) == faults("unacceptable_target", WHY)
