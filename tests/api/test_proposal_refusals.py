"""Proposals that cannot be taken over: nothing is stored."""

import pytest

from tests.api import targets
from tests.api.proposals import PROPOSALS, STRATEGY, begin, rows
from tests.api.setting import Body, Service, problem_of
from tests.api.targets import TARGETS, WHOLE, faults
from tests.bodies import fault, malformed, problem

service = targets.service


def open_draft(version: int) -> Body:
    return problem(
        409,
        "target-draft-open",
        "A draft is open",
        f"Version {version} of the target leadership-2022-2025 of ZZ901 is a draft; change it,"
        " submit it or withdraw it before another one is begun.",
        ods_code="ZZ901",
        target_id="leadership-2022-2025",
        version=version,
    )


@pytest.mark.parametrize("version", [1, 2])
def test_a_draft_is_not_written_over(service: Service, version: int) -> None:
    begin(service)
    if version == 1:
        service.done("POST", TARGETS, WHOLE)
    else:
        service.target(WHOLE)
        service.done("POST", PROPOSALS, STRATEGY)
    before = rows(service)

    response = service.send("POST", PROPOSALS, STRATEGY)

    assert problem_of(response) == open_draft(version)
    assert rows(service) == before


@pytest.mark.parametrize(
    ("method", "measure", "reason", "sentence"),
    [
        ("strategy", "leadership", "no_actuals", "No census has been sent."),
        ("appointments", "vsm", "no_people", "There is nobody in the group."),
        (
            *("predecessors", "leadership", "not_needed"),
            "Nothing has changed that would call for it.",
        ),
        ("rebased", "leadership", "no_target", "No target is in force."),
    ],
)
def test_without_a_proposal_nothing_is_stored(
    service: Service, method: str, measure: str, reason: str, sentence: str
) -> None:
    before = rows(service)

    response = service.send(
        "POST", PROPOSALS, {"method": method, "measure": measure, "cycle": "2022-2025"}
    )

    assert problem_of(response) == faults("unacceptable_target", ("/method", reason, sentence))
    assert rows(service) == before


def test_the_workforce_is_the_reference_and_gets_no_strategy(service: Service) -> None:
    begin(service)
    before = rows(service)

    response = service.send("POST", PROPOSALS, {**STRATEGY, "measure": "workforce"})

    assert problem_of(response)["errors"] == [
        fault(
            "/method",
            "is_the_reference",
            "The workforce is what others are compared with; only a fixed reference applies to"
            " it.",
        )
    ]
    assert rows(service) == before


def test_a_span_that_does_not_hold_the_cycle_stores_nothing(service: Service) -> None:
    before = rows(service)

    response = service.send(
        "POST", PROPOSALS, {**STRATEGY, "baseline_year": 2023, "horizon": 2024}
    )

    found = problem_of(response)
    assert (found["type"], [one["code"] for one in found["errors"]]) == (
        "/problems/unacceptable-question",
        ["after_cycle_start", "before_cycle_end"],
    )
    assert rows(service) == before


def test_a_cycle_that_is_not_there_is_not_found(service: Service) -> None:
    response = service.send("POST", PROPOSALS, {**STRATEGY, "cycle": "2028-2031"})

    assert problem_of(response) == problem(
        *(404, "cycle-not-found", "Cycle not found", "There is no cycle 2028-2031."),
        cycle="2028-2031",
    )


def test_a_malformed_body_has_every_fault_told(service: Service) -> None:
    body = {"method": "guess", "cycle": "2022", "horizon": 2028.5, "turnover": 1, "people": 3}

    response = service.send("POST", PROPOSALS, body)

    pattern = "'^[0-9]{4}-[0-9]{4}$'"
    assert problem_of(response) == malformed(
        fault(
            *("/method", "unknown_code"),
            "\"guess\" is not known; use one of 'strategy', 'appointments', 'predecessors' or"
            " 'rebased'.",
        ),
        fault("/measure", "missing", "This member is required."),
        fault(
            *("/cycle", "string_pattern_mismatch"),
            f'"2022": String should match pattern {pattern}.',
        ),
        fault(
            *("/horizon", "not_a_whole_number"),
            "2028.5 is not a whole number; send one without quotes or decimals.",
        ),
        fault("/turnover", "too_large", "1: Input should be less than 1."),
        fault("/people", "unknown_member", "There is no such member; leave it out."),
    )


@pytest.mark.parametrize(
    ("member", "value"),
    [("turnover", 0), ("turnover", "0.12"), ("bme_share_of_appointments", 1.5)],
)
def test_assumptions_that_nobody_can_make_store_nothing(
    service: Service, member: str, value: object
) -> None:
    before = rows(service)

    response = service.send("POST", PROPOSALS, {**STRATEGY, member: value})

    assert [one["pointer"] for one in problem_of(response)["errors"]] == [f"/{member}"]
    assert rows(service) == before
