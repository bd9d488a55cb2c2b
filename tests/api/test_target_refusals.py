"""Targets refused over HTTP: each is the whole problem, and nothing is stored."""

import pytest

from tests.api import targets
from tests.api.setting import Body, Service, goal, problem_of
from tests.api.targets import BELOW, ONE_GOAL, REASON, STATED, TARGETS, faults

strict = targets.strict

BASE: Body = {"measure": "senior_leadership", "cycle": "2022-2025"}
"""A target that could be set, but for its goal."""

PATTERN = "String should match pattern '^(0(\\.[0-9]{1,4})?|1(\\.0{1,4})?)$'"
NOT_NARROWED = (
    "cannot be narrowed to {}: the workforce, consultants and the board stay whole, and other"
    " measures are clinical or non_clinical."
)
FIXED_ONLY = (
    "/parity_reference/share",
    "share_with_fixed",
    "A share goes with the kind fixed, and only with it.",
)
SOURCE = ("/parity_reference/source", "source_missing", "Say where the fixed share comes from.")
AT_REST = "47 of 431 (0.1090) is below the reference (0.2026); state goal_share or goal_headcount."


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        pytest.param(BASE, [ONE_GOAL], id="no goal"),
        pytest.param(BASE | {"goal_share": "0.2", "goal_headcount": 60}, [ONE_GOAL], id="two"),
        pytest.param(BASE | {"goal": "no_target_needed"}, [REASON], id="reason missing"),
        pytest.param(BASE | {"goal_share": "0.2", "reason": "So"}, [REASON], id="reason unused"),
        pytest.param(
            BASE | {"goal_share": "0.18001"},
            [("/goal_share", "string_pattern_mismatch", f'"0.18001": {PATTERN}.')],
            id="five places",
        ),
        pytest.param(
            BASE | {"goal_share": "1.1"},
            [("/goal_share", "string_pattern_mismatch", f'"1.1": {PATTERN}.')],
            id="more than everybody",
        ),
        pytest.param(
            BASE | {"goal_share": 0.18},
            [("/goal_share", "string_type", "0.18: Input should be a valid string.")],
            id="a share that is no string",
        ),
        pytest.param(
            BASE | {"goal_headcount": 61.0},
            [
                (
                    "/goal_headcount",
                    "not_a_whole_number",
                    "61.0 is not a whole number; send one without quotes or decimals.",
                )
            ],
            id="a headcount with a decimal",
        ),
        pytest.param(
            BASE | {"goal_headcount": -1},
            [("/goal_headcount", "too_small", "-1 is negative; send 0 or more.")],
            id="a negative headcount",
        ),
        pytest.param(
            BASE | {"goal_share": "0.2", "milestones": [{"year": 2023}]},
            [("/milestones/0", "one_form", "Give either goal_share or goal_headcount.")],
            id="an empty milestone",
        ),
    ],
)
def test_a_malformed_target_is_refused(
    strict: Service, body: Body, errors: list[tuple[str, str, str]]
) -> None:
    _refused(strict, body, faults("invalid_request", *errors))


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        pytest.param(
            goal("0.1090"),
            [("/goal_share", "below_baseline", f"The goal 0.1090 {BELOW}")],
            id="a share below the baseline",
        ),
        pytest.param(
            goal(goal_share=None, goal_headcount=46),
            [
                (
                    "/goal_headcount",
                    "below_baseline",
                    "The goal 46 is below the baseline of 47 people; a goal is never below it.",
                )
            ],
            id="people below the baseline",
        ),
        pytest.param(
            goal(goal_share=None, goal="maintain"),
            [("/goal", "below_reference", AT_REST)],
            id="to maintain too little",
        ),
        pytest.param(
            goal(goal_share=None, goal="no_target_needed", reason="So"),
            [("/goal", "below_reference", AT_REST)],
            id="none needed, with too little",
        ),
        pytest.param(
            goal(measure="vsm"),
            [
                (
                    "/goal_share",
                    "nobody_at_baseline",
                    "Nobody was in the group in 2022; a share has no path from there.",
                )
            ],
            id="nobody",
        ),
        pytest.param(
            goal("0.3", measure="workforce", staff_group="clinical"),
            [
                (
                    "/staff_group",
                    "measure_cannot_be_narrowed",
                    f"workforce {NOT_NARROWED.format('clinical')}",
                )
            ],
            id="a workforce narrowed",
        ),
        pytest.param(
            goal(staff_group="medical"),
            [
                (
                    "/staff_group",
                    "measure_cannot_be_narrowed",
                    f"leadership {NOT_NARROWED.format('medical')}",
                )
            ],
            id="narrowed to medical staff",
        ),
        pytest.param(
            goal(cycle="2016-2019"),
            [("/cycle", "cycle_not_found", "There is no cycle 2016-2019.")],
            id="no such cycle",
        ),
        pytest.param(
            goal(parity_reference={"kind": "own_workforce", "share": "0.2"}),
            [FIXED_ONLY],
            id="a share that is not for the reference",
        ),
        pytest.param(
            goal(parity_reference={"kind": "fixed", "source": "Census 2021"}),
            [FIXED_ONLY],
            id="a fixed reference without share",
        ),
        pytest.param(
            goal(parity_reference={"kind": "fixed", "share": "0.2"}),
            [SOURCE],
            id="a fixed reference without source",
        ),
        pytest.param(
            goal(parity_reference={"kind": "own_staff_group"}),
            [
                (
                    "/parity_reference/kind",
                    "staff_group_missing",
                    "own_staff_group needs staff_group clinical or non_clinical.",
                )
            ],
            id="a staff group's reference without one",
        ),
        pytest.param(
            goal(board_approved_on="2026-11-24"),
            [
                (
                    "/board_approved_on",
                    "in_the_future",
                    "2026-11-24 has not come; leave it out until then.",
                )
            ],
            id="approved tomorrow",
        ),
        pytest.param(
            goal(baseline=STATED),
            [
                (
                    "/baseline",
                    "actuals_are_held",
                    "Actuals for 2022 are held, so the baseline comes from them; leave it out.",
                )
            ],
            id="a baseline beside actuals",
        ),
        pytest.param(
            BASE
            | {
                "cycle": "2019-2022",
                "goal_headcount": 100,
                "baseline": STATED | {"bme": 91, "workforce_bme": 1501},
            },
            [
                (
                    "/baseline/bme",
                    "subset_larger_than_whole",
                    "bme 91 is more than total 90.",
                ),
                (
                    "/baseline/workforce_bme",
                    "subset_larger_than_whole",
                    "workforce_bme 1501 is more than workforce_total 1500.",
                ),
            ],
            id="a stated baseline with more BME people than people",
        ),
    ],
)
def test_an_impossible_target_is_refused(
    strict: Service, body: Body, errors: list[tuple[str, str, str]]
) -> None:
    _refused(strict, body, faults("unacceptable_target", *errors))


def _refused(service: Service, body: Body, problem: Body) -> None:
    """See that a target is refused with a problem, and that nothing changes."""
    before = service.get(TARGETS).content

    response = service.send("POST", TARGETS, body)

    assert problem_of(response) == problem
    assert service.get(TARGETS).content == before
