"""Proposals of targets over HTTP, by the arithmetic of the strategy and of appointments."""

import pytest

from tests.api import proposals
from tests.api.proposals import (
    OF_ZZ902,
    PROPOSALS,
    baseline,
    by_appointments,
    by_strategy,
    item,
    listed,
    maintained,
    over,
    people,
)
from tests.api.setting import Body, Service, problem_of, read
from tests.bodies import fault, malformed, problem

told = proposals.told

CYCLE = {"cycle": "2022-2025"}

EXAMPLE = over(2018, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34)
TINY = over(2018, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2)


def test_the_domains_examples_are_proposed_digit_for_digit(told: Service) -> None:
    asked = {**CYCLE, "measure": "band_8a", "method": "strategy"}

    clinical, others = (
        read(told.get(PROPOSALS, **asked, staff_group=group))
        for group in ("clinical", "non_clinical")
    )

    assert clinical == listed(
        item(
            *("strategy", "band_8a", baseline(22, 150)),
            people((24, 26, 28), EXAMPLE, by_strategy(14, 160)),
            staff_group="clinical",
        )
    )
    assert others == listed(
        item(
            *("strategy", "band_8a", baseline(0, 10)),
            people((1, 1, 1), TINY, by_strategy(0, 9)),
            staff_group="non_clinical",
        )
    )


def both(measure: str, start: Body, strategy: Body | str, appointments: Body | str) -> list[Body]:
    return [
        item("strategy", measure, start, strategy),
        item("appointments", measure, start, appointments),
    ]


def test_the_leadership_bands_are_proposed_for_by_every_method_that_applies(told: Service) -> None:
    body = read(told.get(PROPOSALS, **CYCLE))

    nobody = baseline(0, 0)
    # 8a: 21.2 % of 169 people are 35.828, 2.1828 a year more than 14; of 160 a quarter of the
    # appointments are 0.88 · 22 + 0.03 · 160 = 24.16, 26.0608 and 27.733504.
    # 8b: 80 % are BME; 17.6 of them stay, and a quarter of three who come are BME: 18.35, 16.898
    # and 15.62024. 8c: 2 of 20 become 2.36, 2.6768 and 2.955584.
    strategic = over(2018, 14, 16, 18, 21, 23, 25, 27, 29, 31, 34, 36)
    assert body == listed(
        *both(
            *("band_8a", baseline(22, 160)),
            people((25, 27, 29), strategic, by_strategy(14, 169)),
            people((24, 26, 28), over(2022, 22, 24, 26, 28), by_appointments(22, 160)),
        ),
        *both(
            *("band_8b", baseline(20, 25)),
            maintained(over(2018, *[20] * 11), by_strategy(20, 25)),
            maintained(over(2022, *[20] * 4), by_appointments(20, 25)),
        ),
        *both(
            *("band_8c", baseline(2, 20), "no_people"),
            people((2, 3, 3), over(2022, 2, 2, 3, 3), by_appointments(2, 20)),
        ),
        *both("band_8d", nobody, "no_people", "no_people"),
        *both("band_9", nobody, "no_people", "no_people"),
        *both("vsm", nobody, "no_people", "no_people"),
    )


def test_assumptions_are_what_is_asked_for(told: Service) -> None:
    asked = {**CYCLE, "measure": "band_8c"}

    strategic = told.get(PROPOSALS, **asked, method="strategy", baseline_year=2022, horizon=2030)
    appointed = told.get(
        PROPOSALS, **asked, method="appointments", turnover=0.2, bme_share_of_appointments=0.5
    )

    start = baseline(2, 20)
    # A quarter of 20 people are 5, 0.375 a year more than 2.
    path = over(2022, 2, 2, 3, 3, 4, 4, 4, 5, 5)
    inputs = by_strategy(2, 20, "0.25", baseline_year=2022, horizon=2030)
    assert read(strategic) == listed(
        item("strategy", "band_8c", start, people((2, 3, 3), path, inputs))
    )
    # 0.8 · 2 + 0.1 · 20 = 3.6; then 4.88 and 5.904.
    inputs = by_appointments(2, 20, "0.5", "0.2")
    assert read(appointed) == listed(
        item(
            *("appointments", "band_8c", start),
            people((4, 5, 6), over(2022, 2, 4, 5, 6), inputs),
        )
    )


def test_doctors_are_held_against_doctors_and_boards_against_the_workforce(told: Service) -> None:
    body = read(told.get(OF_ZZ902, **CYCLE, method="strategy", measure=["consultants", "board"]))

    # Two fifths of 50 consultants are 20, one a year more than 10; of 10 on the board 4, 0.3 a
    # year more than 1. Each change has an instant of its own, and the board's was the last.
    doctors, workforce = range(10, 21), (44, 100)
    seats = over(2018, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4)
    assert body == listed(
        item(
            *("strategy", "consultants", baseline(14, 50, workforce)),
            people((15, 16, 17), over(2018, *doctors), by_strategy(10, 50, "0.4")),
            ods_code="ZZ902",
            as_of="2026-11-23T07:00:00.000004Z",
        ),
        item(
            *("strategy", "board", baseline(1, 10, workforce)),
            people((3, 3, 3), seats, by_strategy(1, 10, "0.4")),
            ods_code="ZZ902",
            as_of="2026-11-23T08:30:00.000001Z",
        ),
    )


def test_a_staff_group_alone_narrows_the_bands(told: Service) -> None:
    body = read(told.get(PROPOSALS, **CYCLE, staff_group="clinical", method="strategy"))

    bands = ("band_8a", "band_8b", "band_8c", "band_8d", "band_9", "vsm")
    assert [(one["measure"], one["staff_group"]) for one in body["items"]] == [
        (band, "clinical") for band in bands
    ]


ALL = ["strategy", "appointments", "predecessors", "rebased"]


def test_without_the_census_that_a_cycle_starts_from_nothing_is_proposed(told: Service) -> None:
    asked = {"cycle": "2019-2022", "measure": "band_8a"}

    every, usual = (
        read(told.get(PROPOSALS, **asked, method=ALL)),
        read(told.get(PROPOSALS, **asked)),
    )

    items = [item(method, "band_8a", None, "no_actuals", cycle="2019-2022") for method in ALL]
    assert every == listed(*items)
    assert usual == listed(*items[:2])


def test_what_is_not_proposed_has_a_reason_beside_its_baseline(told: Service) -> None:
    body = read(told.get(PROPOSALS, **CYCLE, method=ALL, measure="workforce"))

    start = baseline(275, 1100)
    path = over(2022, *[275] * 4)
    assert body == listed(
        item("strategy", "workforce", start, "is_the_reference"),
        item(
            *("appointments", "workforce", start),
            people((275, 275, 275), path, by_appointments(275, 1100)),
        ),
        item("predecessors", "workforce", start, "not_needed"),
        item("rebased", "workforce", start, "no_target"),
    )


# What cannot be asked for.


def test_a_cycle_lies_between_the_first_census_and_the_horizon(told: Service) -> None:
    response = told.get(PROPOSALS, **CYCLE, baseline_year=2023, horizon=2024)

    details = (
        "The cycle 2022-2025 starts before 2023.",
        "The cycle 2022-2025 ends after 2024.",
    )
    assert problem_of(response) == problem(
        422,
        "unacceptable-question",
        "Unacceptable question",
        " ".join(details),
        errors=[
            fault("?baseline_year", "after_cycle_start", details[0]),
            fault("?horizon", "before_cycle_end", details[1]),
        ],
    )


def test_a_path_may_begin_and_end_with_the_cycle(told: Service) -> None:
    asked = {**CYCLE, "method": "strategy", "measure": "band_8c"}

    body = read(told.get(PROPOSALS, **asked, baseline_year=2022, horizon=2025))

    # A quarter of 20 people are 5, one a year more than 2.
    inputs = by_strategy(2, 20, "0.25", baseline_year=2022, horizon=2025)
    outcome = people((3, 4, 5), over(2022, 2, 3, 4, 5), inputs)
    assert body == listed(item("strategy", "band_8c", baseline(2, 20), outcome))


def test_the_span_of_the_strategy_does_not_matter_to_appointments(told: Service) -> None:
    asked = {**CYCLE, "method": "appointments"}

    spanned = told.get(PROPOSALS, **asked, baseline_year=2023, horizon=2024)

    assert read(spanned) == read(told.get(PROPOSALS, **asked))


@pytest.mark.parametrize(
    ("path", "cycle", "answer"),
    [
        (
            *(PROPOSALS, "2028-2031"),
            problem(
                *(404, "cycle-not-found", "Cycle not found", "There is no cycle 2028-2031."),
                cycle="2028-2031",
            ),
        ),
        (
            *("/v1/trusts/ZZ999/target-proposals", "2022-2025"),
            problem(
                *(404, "trust-not-found", "Trust not found", "No trust has the ODS code ZZ999."),
                ods_code="ZZ999",
            ),
        ),
    ],
)
def test_what_is_not_there_is_not_found(
    told: Service, path: str, cycle: str, answer: Body
) -> None:
    assert problem_of(told.get(path, cycle=cycle)) == answer


def test_a_board_is_not_narrowed(told: Service) -> None:
    response = told.get(PROPOSALS, **CYCLE, measure="board", staff_group="clinical")

    detail = (
        "board cannot be narrowed to clinical: the workforce, consultants and the board stay"
        " whole, and other measures are clinical or non_clinical."
    )
    assert problem_of(response) == problem(
        422,
        "measure-cannot-be-narrowed",
        "Measure cannot be narrowed",
        detail,
        errors=[fault("?staff_group", "measure_cannot_be_narrowed", detail)],
        measure="board",
        staff_group="clinical",
    )


def test_a_question_has_every_fault_told(told: Service) -> None:
    response = told.get(
        PROPOSALS,
        cycle="2022",
        method="guess",
        horizon=2300,
        turnover=1,
        bme_share_of_appointments=1.5,
    )

    ways = "'strategy', 'appointments', 'predecessors' or 'rebased'"
    pattern = "'^[0-9]{4}-[0-9]{4}$'"
    found = problem_of(response)
    found["errors"].sort(key=lambda one: one["pointer"])
    assert found == malformed(
        fault(
            "?bme_share_of_appointments",
            "too_large",
            '"1.5": Input should be less than or equal to 1.',
        ),
        fault(
            "?cycle",
            "string_pattern_mismatch",
            f'"2022": String should match pattern {pattern}.',
        ),
        fault("?horizon", "too_large", '"2300": Input should be less than or equal to 2200.'),
        fault("?method", "unknown_code", f'"guess" is not known; use one of {ways}.'),
        fault("?turnover", "too_large", '"1": Input should be less than or equal to 0.999999.'),
    )


def test_proposals_that_have_not_changed_are_not_sent_again(told: Service) -> None:
    first = told.client.get(PROPOSALS, params=CYCLE)

    again = told.client.get(
        PROPOSALS, params=CYCLE, headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.content) == (304, b"")
