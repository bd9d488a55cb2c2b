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


def test_without_a_proposal_nothing_is_stored(service: Service) -> None:
    before = rows(service)

    response = service.send("POST", PROPOSALS, {**STRATEGY, "method": "rebased"})

    told = ("/method", "no_target", "No target is in force.")
    assert problem_of(response) == faults("unacceptable_target", told)
    assert rows(service) == before


def test_what_contradicts_itself_has_every_fault_told_where_it_is(service: Service) -> None:
    before = rows(service)

    response = service.send(
        "POST",
        PROPOSALS,
        {
            **STRATEGY,
            "measure": "board",
            "staff_group": "clinical",
            "baseline_year": 2023,
            "horizon": 2024,
        },
    )

    whole = (
        "board cannot be narrowed to clinical: the workforce, consultants and the board stay"
        " whole, and other measures are clinical or non_clinical."
    )
    assert problem_of(response) == faults(
        "unacceptable_target",
        ("/baseline_year", "after_cycle_start", "The cycle 2022-2025 starts before 2023."),
        ("/horizon", "before_cycle_end", "The cycle 2022-2025 ends after 2024."),
        ("/staff_group", "measure_cannot_be_narrowed", whole),
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
        fault("/turnover", "too_large", "1: Input should be less than or equal to 0.999999."),
        fault("/people", "unknown_member", "There is no such member; leave it out."),
    )


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("turnover", 0),
        ("turnover", "0.12"),
        ("turnover", 0.1234567),
        ("bme_share_of_appointments", 1.5),
        ("bme_share_of_appointments", 5e-324),
        ("baseline_year", 2014),
        ("baseline_year", 2201),
        ("horizon", 2015),
    ],
)
def test_assumptions_that_nobody_can_make_store_nothing(
    service: Service, member: str, value: object
) -> None:
    before = rows(service)

    response = service.send("POST", PROPOSALS, {**STRATEGY, member: value})

    assert [one["pointer"] for one in problem_of(response)["errors"]] == [f"/{member}"]
    assert rows(service) == before
