"""Milestones: they rise from the baseline to the goal, in steps that people can take."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import Caution, WarningCode
from app.domain.errors import Fault
from app.domain.target_checks import (
    find_goal_faults,
    find_milestone_faults,
    find_path_cautions,
    find_terms_faults,
)
from app.domain.targets import Baseline, Goal, GoalForm, Milestone, Path, Terms
from tests.unit.domain.given import LEADERSHIP, cycle, target

TODAY = date(2026, 11, 23)
CYCLE = cycle(2022)
BASELINE = Baseline(2022, 47, 431, 1110, 5480)
NOBODY = Baseline(2022, 0, 0, 1110, 5480)
MAINTAIN = Goal(GoalForm.MAINTAIN)
NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")


def shares(goal: str, *stated: tuple[int, str]) -> Terms:
    milestones = tuple(Milestone(year, share=Decimal(due)) for year, due in stated)
    return Terms(Goal(GoalForm.SHARE, share=Decimal(goal)), milestones)


def people(goal: int, *stated: tuple[int, int]) -> Terms:
    milestones = tuple(Milestone(year, headcount=due) for year, due in stated)
    return Terms(Goal(GoalForm.HEADCOUNT, headcount=goal), milestones)


def faults(terms: Terms) -> list[Fault]:
    return list(find_terms_faults(LEADERSHIP, CYCLE, terms, TODAY))


# A path only rises.


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(shares("0.18"), id="none"),
        pytest.param(shares("0.18", (2023, "0.13"), (2024, "0.15")), id="rising"),
        pytest.param(shares("0.18", (2024, "0.15"), (2023, "0.13")), id="in any order"),
        pytest.param(shares("0.18", (2023, "0.15"), (2024, "0.15")), id="level"),
        pytest.param(shares("0.18", (2023, "0.18"), (2024, "0.18")), id="the goal at once"),
        pytest.param(shares("0.18", (2024, "0.13"), (2025, "0.18")), id="with the goal's own"),
        pytest.param(people(60, (2023, 50), (2024, 60)), id="people"),
        pytest.param(people(0, (2023, 0)), id="nobody"),
    ],
)
def test_milestones_that_rise_to_the_goal_have_no_fault(terms: Terms) -> None:
    assert faults(terms) == []


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param(
            shares("0.18", (2023, "0.1801")),
            [(0, "0.1801 in 2023 is above 0.18, which is due later; a path only rises.")],
            id="above the goal",
        ),
        pytest.param(
            shares("0.18", (2024, "0.13"), (2023, "0.15")),
            [(1, "0.15 in 2023 is above 0.13, which is due later; a path only rises.")],
            id="above the next, whatever their order",
        ),
        pytest.param(
            shares("0.18", (2023, "0.20"), (2024, "0.19")),
            [
                (0, "0.20 in 2023 is above 0.18, which is due later; a path only rises."),
                (1, "0.19 in 2024 is above 0.18, which is due later; a path only rises."),
            ],
            id="each above the goal",
        ),
        pytest.param(
            people(60, (2023, 55), (2024, 54), (2025, 60)),
            [(0, "55 in 2023 is above 54, which is due later; a path only rises.")],
            id="people above the next",
        ),
        pytest.param(
            people(60, (2024, 61)),
            [(0, "61 in 2024 is above 60, which is due later; a path only rises.")],
            id="people above the goal",
        ),
    ],
)
def test_each_milestone_above_what_is_due_later_is_named(
    terms: Terms, expected: list[tuple[int, str]]
) -> None:
    assert faults(terms) == [
        Fault(f"/milestones/{index}", "not_rising", detail) for index, detail in expected
    ]


def test_a_last_milestone_that_is_not_the_goal_is_no_fall_of_its_own() -> None:
    terms = shares("0.18", (2023, "0.13"), (2025, "0.20"))

    assert [(one.pointer, one.code) for one in faults(terms)] == [
        ("/milestones/1", "differs_from_goal")
    ]


@given(
    goal=st.integers(0, 60),
    stated=st.dictionaries(st.sampled_from([2023, 2024]), st.integers(0, 60)),
    is_share=st.booleans(),
    is_reversed=st.booleans(),
)
def test_a_path_has_a_fall_exactly_where_it_is_told(
    *, goal: int, stated: dict[int, int], is_share: bool, is_reversed: bool
) -> None:
    order = sorted(stated.items(), reverse=is_reversed)
    terms = (
        shares(f"0.{goal:02}", *((year, f"0.{due:02}") for year, due in order))
        if is_share
        else people(goal, *order)
    )

    found = {one.pointer for one in faults(terms)}

    line = [*(due for _, due in sorted(stated.items())), goal]
    assert (not found) == all(one <= other for one, other in pairwise(line))
    years = [year for year, _ in order]
    assert found == {
        f"/milestones/{years.index(year)}"
        for index, year in enumerate(sorted(stated))
        if line[index] > min(line[index + 1 :])
    }


# Nor does it fall below where it starts.


@pytest.mark.parametrize(
    ("terms", "baseline"),
    [
        pytest.param(shares("0.18", (2023, "0.1091")), BASELINE, id="just above the baseline"),
        pytest.param(
            shares("0.5", (2023, "0.25")), Baseline(2022, 1, 4, 1, 9), id="exactly the baseline"
        ),
        pytest.param(people(60, (2023, 47)), BASELINE, id="the baseline's people"),
        pytest.param(shares("0.5", (2023, "0.1")), NOBODY, id="nothing to be below"),
        pytest.param(people(3, (2023, 0)), NOBODY, id="nobody"),
        pytest.param(Terms(MAINTAIN), BASELINE, id="no milestones"),
    ],
)
def test_milestones_at_or_above_the_baseline_have_no_fault(
    terms: Terms, baseline: Baseline
) -> None:
    assert list(find_milestone_faults(terms, baseline)) == []


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param(
            shares("0.18", (2024, "0.15"), (2023, "0.1090")),
            [(1, "0.1090 in 2023 is below the baseline of 47 of 431 (0.1090).")],
            id="just below the share",
        ),
        pytest.param(
            people(60, (2023, 45), (2024, 46)),
            [
                (0, "45 in 2023 is below the baseline of 47 people."),
                (1, "46 in 2024 is below the baseline of 47 people."),
            ],
            id="people",
        ),
    ],
)
def test_each_milestone_below_the_baseline_is_named(
    terms: Terms, expected: list[tuple[int, str]]
) -> None:
    assert list(find_milestone_faults(terms, BASELINE)) == [
        Fault(f"/milestones/{index}", "below_baseline", detail) for index, detail in expected
    ]


@given(
    bme=st.integers(0, 20),
    others=st.integers(0, 20),
    goal=st.integers(0, 30),
    stated=st.dictionaries(st.sampled_from([2023, 2024]), st.integers(0, 30)),
    is_share=st.booleans(),
)
def test_what_has_no_fault_has_a_path_that_never_falls(
    *, bme: int, others: int, goal: int, stated: dict[int, int], is_share: bool
) -> None:
    baseline = Baseline(2022, bme, bme + others, 1, 9)
    terms = (
        shares(f"{goal / 40:.4f}", *((year, f"{due / 40:.4f}") for year, due in stated.items()))
        if is_share
        else people(goal, *stated.items())
    )
    found = [
        *faults(terms),
        *find_goal_faults(terms.goal, baseline, None),
        *find_milestone_faults(terms, baseline),
    ]

    if not found:
        path = Path.make(terms, baseline, CYCLE)
        line = [
            path.required(year, max(baseline.total, 1))[path.is_of_people] for year in path.years
        ]
        assert line == sorted(line)
        assert line[0] == (bme if path.is_of_people else baseline.share)


# Steps of whole people.


def cautions(goal: Goal | str | int, bme: int, total: int, *stated: Milestone) -> list[Caution]:
    aim = target(goal, bme=bme, total=total, milestones=stated)
    return list(find_path_cautions(aim))


def same(total: int, years: str) -> Caution:
    return Caution(
        WarningCode.MILESTONES_WITHIN_ONE_PERSON,
        f"In a team of {total} the milestones of {years} take the same number of people;"
        " milestones in people would say it better.",
    )


@pytest.mark.parametrize(
    ("goal", "bme", "total", "caution"),
    [
        # 0.6, 1.2 and 1.8 of 9 people are 1, 2 and 2.
        pytest.param("0.2", 0, 9, same(9, "2024 and 2025"), id="the last two"),
        # 0.3, 0.6 and 0.9 are one person each year.
        pytest.param("0.1", 0, 9, same(9, "2023 and 2024, 2024 and 2025"), id="all three"),
        # From 3 of 10: 3 1/3, 3 2/3 and 4.
        pytest.param("0.4", 3, 10, same(10, "2023 and 2024, 2024 and 2025"), id="one person more"),
    ],
)
def test_a_small_team_is_told_which_milestones_take_the_same_people(
    goal: str, bme: int, total: int, caution: Caution
) -> None:
    assert cautions(goal, bme, total) == [caution]


@pytest.mark.parametrize(
    ("goal", "bme", "total"),
    [
        pytest.param("0.18", 47, 431, id="a team that is large enough"),
        pytest.param("0.3", 0, 10, id="a person a year"),
        pytest.param("0.25", 1, 4, id="a goal that is there already"),
        pytest.param(MAINTAIN, 1, 9, id="to maintain"),
        pytest.param(NOT_NEEDED, 1, 9, id="none needed"),
        pytest.param(1, 0, 9, id="people, who are stated as they are"),
        pytest.param(10, 3, 10, id="the whole team"),
        pytest.param("1", 7, 10, id="the whole team as a share"),
        pytest.param(2, 0, 0, id="nobody yet"),
    ],
)
def test_a_path_of_whole_steps_has_no_caution(
    goal: Goal | str | int, bme: int, total: int
) -> None:
    assert cautions(goal, bme, total) == []


def test_more_people_than_the_team_has_are_told() -> None:
    assert cautions(12, 3, 10) == [
        Caution(WarningCode.GOAL_ABOVE_TEAM, "The goal of 12 people is more than the team of 10.")
    ]


def test_a_target_without_a_baseline_has_no_caution() -> None:
    aim = target("0.1", bme=0, total=9)

    assert list(find_path_cautions(aim.with_baseline(None))) == []


@given(total=st.integers(1, 40), data=st.data())
def test_milestones_within_one_person_are_told_exactly_where_they_are(
    total: int, data: st.DataObject
) -> None:
    bme = data.draw(st.integers(0, total))
    goal = data.draw(st.integers(-(-100 * bme // total), 100))

    found = cautions(str(Decimal(goal) / 100), bme, total)

    start = Fraction(bme, total)
    line = [start + (Fraction(goal, 100) - start) * step / 3 for step in (1, 2, 3)]
    due = [ceil(share * total) for share in line]
    together = [
        f"{year} and {year + 1}"
        for year, (one, other) in zip((2023, 2024), pairwise(due), strict=True)
        if one == other
    ]
    is_told = bool(together) and due[-1] != bme
    assert found == ([same(total, ", ".join(together))] if is_told else [])
