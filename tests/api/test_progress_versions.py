"""Progress against a named version of a target."""

from datetime import timedelta

import pytest

from tests.api import progress, versions
from tests.api.progress import ONE, example
from tests.api.setting import Body, Param, Service, goal, problem_of
from tests.api.targets import STATED
from tests.api.versions import TARGET, TWENTY, asked, planned, revise, two_versions
from tests.bodies import fault, malformed, problem

service = progress.service
twice = versions.twice


def shown(version: int, state: str, *milestones: tuple[int, float, int]) -> Body:
    """Return a version as progress shows it, people at the latest team size."""
    return {
        "id": "leadership-2022-2025",
        "version": version,
        "state": state,
        "cycle": "2022-2025",
        "form": "share",
        "baseline": {"year": 2022, "bme": 47, "total": 431, "share": 0.109049},
        "milestones": [
            {"year": year, "share": share, "headcount": headcount}
            for year, share, headcount in milestones
        ],
    }


TO_EIGHTEEN = ((2023, 0.132699, 60), (2024, 0.15635, 71), (2025, 0.18, 82))
TO_TWENTY = ((2023, 0.139366, 63), (2024, 0.169683, 77), (2025, 0.2, 91))


def gap(path: tuple[float, int], goal: tuple[float, int]) -> Body:
    """Return the gap of the 69 leaders of 452 in 2024 to path and goal, a year before it."""
    return {
        "year": 2024,
        "to_path": {"share": path[0], "people": path[1]},
        "to_goal": {"share": goal[0], "people": goal[1]},
        "position": "behind",
        "beyond_chance": False,
        "met": False,
        "share_a_year_needed": goal[0],
        "share_a_year_observed": 0.015306,
    }


def test_progress_is_against_the_version_in_force(twice: Service) -> None:
    body = asked(twice)

    assert body["current_target"] == shown(2, "submitted", *TO_TWENTY)
    # The path of 2024 takes 76.7 of 452 people, the goal 90.4.
    assert body["gap"] == gap((0.017028, 8), (0.047345, 22))


def test_progress_is_told_against_a_version_that_was_superseded(twice: Service) -> None:
    body = asked(twice, target_version=1)

    assert body["current_target"] == shown(1, "superseded", *TO_EIGHTEEN)
    assert body["gap"] == gap((0.003695, 2), (0.027345, 13))
    assert body["goal_outlook"] == {"probability": 0.2707, "outlook": "possible"}
    assert body["appointments"]["arithmetic_share_needed"] == 0.380531


def test_the_version_in_force_may_be_named_too(twice: Service) -> None:
    assert asked(twice, target_version=2) == asked(twice)


def test_naming_a_version_changes_only_what_depends_on_the_target(twice: Service) -> None:
    depends = {"current_target", "gap", "yearly_need", "goal_outlook", "appointments"}

    old, new = asked(twice, target_version=1), asked(twice)

    assert {name for name in new if old[name] != new[name]} == depends


# As of an instant.


def test_a_version_is_there_from_when_it_was_submitted(twice: Service) -> None:
    before = twice.clock.now - timedelta(minutes=90)

    then, now = asked(twice, as_of=before), asked(twice, as_of=twice.clock.now)

    assert then["current_target"] == shown(1, "submitted", *TO_EIGHTEEN)
    assert then["yearly_need"]["planned"] == planned("submitted")
    assert now["current_target"] == shown(2, "submitted", *TO_TWENTY)
    assert now["yearly_need"]["planned"] == planned("superseded", "submitted")


def test_a_version_had_the_state_that_it_had_then(twice: Service) -> None:
    before = twice.clock.now - timedelta(minutes=90)

    states = [
        asked(twice, target_version=1, as_of=instant)["current_target"]["state"]
        for instant in (before, twice.clock.now)
    ]

    assert states == ["submitted", "superseded"]


def unknown(version: int, about: str = "the target leadership-2022-2025") -> Body:
    detail = f"No version {version} of {about} was submitted."
    return problem(
        422,
        "unacceptable-question",
        "Unacceptable question",
        detail,
        errors=[fault("?target_version", "target_version_not_found", detail)],
    )


def test_before_a_version_was_submitted_it_cannot_be_named(twice: Service) -> None:
    before = twice.clock.now - timedelta(minutes=90)

    response = twice.get(ONE, target_version=2, as_of=before)

    assert problem_of(response) == unknown(2)


# Versions that cannot be named.


@pytest.mark.parametrize("version", [3, 10_000])
def test_a_version_that_is_not_there_cannot_be_named(twice: Service, version: int) -> None:
    response = twice.get(ONE, target_version=version)

    assert problem_of(response) == unknown(version)


def test_a_draft_cannot_be_named(service: Service) -> None:
    two_versions(service)
    service.done("POST", f"{TARGET}/versions", TWENTY)

    response = service.get(ONE, target_version=3)

    assert problem_of(response) == unknown(3)
    assert asked(service)["yearly_need"]["planned"] == planned("superseded", "submitted")


def test_a_draft_that_was_withdrawn_cannot_be_named(service: Service) -> None:
    two_versions(service)
    service.done("POST", f"{TARGET}/versions", TWENTY)
    service.done("POST", f"{TARGET}/withdraw", {"version": 3, "comment": "A mistake"})

    response = service.get(ONE, target_version=3)

    assert problem_of(response) == unknown(3)


@pytest.mark.parametrize(
    ("path", "params", "measure"),
    [
        ("band_8a", {}, "band_8a"),
        ("leadership", {"staff_group": "clinical"}, "leadership"),
    ],
)
def test_a_version_is_of_the_measure_that_is_asked_for(
    twice: Service, path: str, params: dict[str, Param], measure: str
) -> None:
    response = twice.get(f"{progress.ALL}/{path}", target_version=1, **params)

    assert problem_of(response) == unknown(1, f"a target for {measure}")


@pytest.mark.parametrize(
    ("version", "code", "complaint"),
    [
        (0, "too_small", "Input should be greater than or equal to 1."),
        (10_001, "too_large", "Input should be less than or equal to 10000."),
    ],
)
def test_versions_have_numbers_from_one_on(
    service: Service, version: int, code: str, complaint: str
) -> None:
    response = service.get(ONE, target_version=version)

    assert problem_of(response) == malformed(
        fault("?target_version", code, f'"{version}": {complaint}')
    )


# Other targets, and other references.


def test_a_withdrawn_version_may_be_named_though_nothing_is_in_force(service: Service) -> None:
    two_versions(service)
    service.done("POST", f"{TARGET}/withdraw", {"version": 2, "comment": "Too high"})

    nothing, named = asked(service), asked(service, target_version=2)

    assert (nothing["current_target"], nothing["gap_reason"]) == (None, "no_target")
    assert named["current_target"] == shown(2, "withdrawn", *TO_TWENTY)
    assert named["yearly_need"]["planned"] == planned("superseded", "withdrawn")


def test_a_named_version_leaves_the_closing_target(service: Service) -> None:
    for year in (2019, 2022):
        service.actuals(year, example(year))
    service.target(goal("0.1200", cycle="2019-2022"))
    service.target(goal())
    revise(service, TWENTY)

    named, newest = asked(service, target_version=1), asked(service)

    assert named["closing_target"] == newest["closing_target"]
    assert named["closing_target"]["id"] == "leadership-2019-2022"
    assert [one["current_target"]["version"] for one in (named, newest)] == [1, 2]


def test_a_closing_target_alone_may_be_looked_at_in_a_named_version(service: Service) -> None:
    for year in (2019, 2022):
        service.actuals(year, example(year))
    service.target(goal("0.1000", cycle="2019-2022"))
    earlier = {"goal_share": "0.1200", "change_reason": "The board raised the goal"}
    revise(service, earlier, "/v1/trusts/ZZ901/targets/leadership-2019-2022")

    verdicts = [
        asked(service, target_version=number)["closing_target"]["verdict"] for number in (1, 2)
    ]

    # 10 % of 431 people are 44 and 12 % are 52, where there are 47.
    assert verdicts == [
        {"met": True, "gap": {"share": -0.009049, "people": 0}},
        {"met": False, "gap": {"share": 0.010951, "people": 5}},
    ]


def test_a_version_of_the_closing_target_is_not_one_of_the_current(service: Service) -> None:
    for year in (2019, 2024):
        service.actuals(year, example(year))
    service.target(goal("0.1200", cycle="2019-2022"))
    revise(service, TWENTY, "/v1/trusts/ZZ901/targets/leadership-2019-2022")
    service.target(goal(baseline=STATED))

    first, second = service.get(ONE, target_version=1), service.get(ONE, target_version=2)

    assert first.json()["current_target"]["id"] == "leadership-2022-2025"
    assert problem_of(second) == unknown(2)


def test_a_named_version_has_the_reference_of_its_own(service: Service) -> None:
    for year in progress.LEADERS:
        service.actuals(year, example(year))
    fixed = {"kind": "fixed", "share": "0.3000", "source": "Census 2021"}
    service.target(goal(parity_reference=fixed))
    revise(service, TWENTY)

    parities = [asked(service, target_version=number)["parity"] for number in (1, 2)]

    assert [(one["reference"], one["reference_share"]) for one in parities] == [
        ("fixed", 0.3),
        ("own_workforce", 0.233816),
    ]


# A target that is named with its version.


def two_cycles(service: Service) -> None:
    """Let the cycle of 2019 close at the last census, in two versions, and the next begin."""
    for year in (2019, 2022):
        service.actuals(year, example(year))
    service.target(goal("0.1000", cycle="2019-2022"))
    earlier = {"goal_share": "0.1200", "change_reason": "The board raised the goal"}
    revise(service, earlier, "/v1/trusts/ZZ901/targets/leadership-2019-2022")
    service.target(goal())


def test_a_version_of_the_closing_target_is_named_with_it(service: Service) -> None:
    two_cycles(service)

    told = [
        asked(service, target="leadership-2019-2022", **version)
        for version in ({"target_version": 1}, {"target_version": 2}, {})
    ]

    assert [one["closing_target"]["version"] for one in told] == [1, 2, 2]
    assert [one["closing_target"]["verdict"]["met"] for one in told] == [True, False, False]
    assert {one["current_target"]["id"] for one in told} == {"leadership-2022-2025"}
    assert told[-1] == asked(service)


def test_a_withdrawn_target_leaves_the_numbers_to_those_in_force(service: Service) -> None:
    two_cycles(service)
    service.done("POST", f"{TARGET}/withdraw", {"version": 1, "comment": "Too low"})

    second = asked(service, target_version=2)
    named = asked(service, target="leadership-2022-2025", target_version=1)

    assert (second["closing_target"]["version"], second["current_target"]) == (2, None)
    assert named["current_target"]["state"] == "withdrawn"
    assert named["closing_target"]["version"] == 2


@pytest.mark.parametrize(
    "name", ["leadership-2025-2028", "vsm-2022-2025", "leadership-2019-2022", "nothing"]
)
def test_a_target_that_is_neither_closing_nor_current_cannot_be_named(
    twice: Service, name: str
) -> None:
    response = twice.get(ONE, target=name, target_version=1)

    detail = f"{name} is neither the closing nor the current target for leadership."
    assert problem_of(response) == problem(
        422,
        "unacceptable-question",
        "Unacceptable question",
        detail,
        errors=[fault("?target", "target_not_shown", detail)],
    )


def test_a_target_whose_cycle_is_over_is_not_looked_at(service: Service) -> None:
    for year in (2019, 2024):
        service.actuals(year, example(year))
    service.target(goal("0.1200", cycle="2019-2022"))
    service.target(goal(baseline=STATED))

    response = service.get(ONE, target="leadership-2019-2022")

    assert problem_of(response)["errors"][0]["code"] == "target_not_shown"
