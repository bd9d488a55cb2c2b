"""The chance of a goal, and the appointments that it takes."""

from fractions import Fraction

import numpy as np
import pytest

from app.domain.codes import AppointmentVerdict, GoalOutlook, Reason
from app.domain.gaps import Latest, find_appointments, find_goal_chance
from app.domain.methods import METHOD_1
from app.domain.progress import Appointments, GoalChance
from app.domain.targets import Target
from app.stats.walk import Forecast, probability_of_count
from tests.unit.domain.aims import AIM, latest, path_of
from tests.unit.domain.given import target
from tests.unit.stats import oracle

LIMITS = METHOD_1.thresholds


def prediction(centre: float = 0.0, variance: float = 1.0) -> Forecast:
    return Forecast(np.full((1, 30), centre), np.full((1, 30), variance))


# The chance of the goal.


@pytest.mark.parametrize(
    ("centre", "outlook"),
    [(3.0, GoalOutlook.LIKELY), (-0.5, GoalOutlook.POSSIBLE), (-3.0, GoalOutlook.UNLIKELY)],
)
def test_the_chance_of_a_goal_is_that_of_its_count(centre: float, outlook: GoalOutlook) -> None:
    found = find_goal_chance(AIM, path_of(AIM), latest(2024, 40, 150), prediction(centre), LIMITS)

    expected = oracle.cdf(centre - np.log(50.5 / 99.5))
    assert isinstance(found, GoalChance)
    assert found.probability == pytest.approx(expected, abs=1e-9)
    assert found.outlook is outlook


@pytest.mark.parametrize(
    ("goal", "chance"),
    [
        pytest.param(200, GoalChance(0.0, GoalOutlook.UNLIKELY), id="more than there are"),
        pytest.param("0.0000", GoalChance(1.0, GoalOutlook.LIKELY), id="nobody at all"),
    ],
)
def test_a_goal_beyond_all_chance_is_certain(goal: int | str, chance: GoalChance) -> None:
    aim = target(goal, bme=0, total=100)

    found = find_goal_chance(aim, path_of(aim), latest(2024, 3, 150), prediction(), LIMITS)

    assert found == chance


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (latest(2025, 40, 150), Reason.GOAL_CENSUS_PASSED),
        (latest(2026, 40, 150), Reason.GOAL_CENSUS_PASSED),
        (latest(2024, 0, 0), Reason.NO_PEOPLE),
        (latest(2024, 40, 150, censuses=2), Reason.TOO_FEW_YEARS),
        (latest(2024, 4, 9), Reason.TOO_SMALL),
        (latest(1994, 40, 150), Reason.TOO_FAR_AHEAD),
    ],
)
def test_a_chance_that_cannot_be_told_says_why(now: Latest, reason: Reason) -> None:
    assert find_goal_chance(AIM, path_of(AIM), now, prediction(), LIMITS) is reason


@pytest.mark.parametrize(("count", "size"), [(np.nan, 10), (1, 0)])
def test_a_count_that_is_not_known_or_of_nobody_has_no_probability(
    count: float, size: int
) -> None:
    with pytest.raises(ValueError, match="counts must be known, and groups must have people"):
        probability_of_count(prediction(), count, size)


# Appointments.

TURNOVER = Fraction(12, 100)


def appointments(aim: Target, now: Latest, turnover: Fraction = TURNOVER) -> object:
    return find_appointments(aim, path_of(aim), now, turnover)


def test_appointments_of_the_worked_example() -> None:
    found = appointments(target("0.1800"), latest(2024, 69, 452))

    assert isinstance(found, Appointments)
    assert found == Appointments(
        0.12, 54.24, found.arithmetic_share_needed, AppointmentVerdict.BY_TURNOVER
    )
    assert found.arithmetic_share_needed == pytest.approx(0.380531, abs=5e-7)


@pytest.mark.parametrize(
    ("goal", "bme", "verdict"),
    [
        pytest.param(24, 20, AppointmentVerdict.BY_TURNOVER, id="some"),
        pytest.param(60, 20, AppointmentVerdict.BY_TURNOVER, id="exactly all"),
        pytest.param(61, 20, AppointmentVerdict.NOT_BY_TURNOVER_ALONE, id="more than all"),
        pytest.param(10, 20, AppointmentVerdict.GOAL_ALREADY_COVERED, id="exactly none"),
        pytest.param(11, 20, AppointmentVerdict.BY_TURNOVER, id="few"),
        pytest.param(120, 20, AppointmentVerdict.NOT_BY_TURNOVER_ALONE, id="more than there are"),
    ],
)
def test_turnover_covers_a_goal_or_cannot(
    goal: int, bme: int, verdict: AppointmentVerdict
) -> None:
    # Half of a hundred leave: q = (goal − bme/2) / 50.
    found = appointments(target(goal, bme=0, total=100), latest(2024, bme, 100), Fraction(1, 2))

    assert found == Appointments(0.5, 50.0, (goal - bme / 2) / 50, verdict)


def test_appointments_run_to_the_goals_census() -> None:
    found = appointments(target("0.3400"), latest(2022, 40, 100), Fraction(1, 2))

    assert found == Appointments(0.5, 87.5, (34 - 5) / 87.5, AppointmentVerdict.BY_TURNOVER)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (latest(2025, 40, 150), Reason.GOAL_CENSUS_PASSED),
        (latest(2026, 40, 150), Reason.GOAL_CENSUS_PASSED),
        (latest(2024, 0, 0), Reason.NO_PEOPLE),
    ],
)
def test_appointments_that_cannot_be_told_say_why(now: Latest, reason: Reason) -> None:
    assert appointments(AIM, now) is reason
