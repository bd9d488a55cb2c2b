"""The share of appointments that a goal needs, exactly."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attainability import (
    POSITIVE_ACTION,
    expected_appointments,
    find_attainability,
    share_of_appointments_needed,
)
from app.domain.codes import AppointmentVerdict
from app.domain.counts import Count
from app.domain.progress import Appointments
from tests.unit.domain.given import people
from tests.unit.domain.suppositions import counts, growths, shares, turnovers, years

TWELVE = Fraction(12, 100)
LEADERS = people(69, 452)


def test_the_guidance_is_the_sentence_of_the_domain() -> None:
    assert POSITIVE_ACTION == (
        "Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality"
        " Act 2010, sections 158 and 159)."
    )


def test_the_worked_example_to_every_digit() -> None:
    needed = share_of_appointments_needed(Fraction(18, 100), LEADERS, 1, TWELVE)

    assert needed == Fraction(2064, 5424)
    assert round(float(needed), 6) == 0.380531
    assert expected_appointments(452, 1, TWELVE) == Fraction("54.24")


def test_what_a_goal_takes_is_told_with_its_verdict() -> None:
    found = find_attainability(Fraction(18, 100), LEADERS, 1, TWELVE)

    assert found == Appointments(0.12, 54.24, 2064 / 5424, AppointmentVerdict.BY_TURNOVER)


@pytest.mark.parametrize(
    ("goal", "growth", "expected", "needed", "verdict"),
    [
        pytest.param("0.2", "0", 50.0, 0.2, AppointmentVerdict.BY_TURNOVER, id="level"),
        pytest.param("0.2", "0.5", 100.0, 0.2, AppointmentVerdict.BY_TURNOVER, id="growing"),
        pytest.param("0.3", "0.5", 100.0, 0.35, AppointmentVerdict.BY_TURNOVER, id="more"),
        pytest.param("0.3", "-0.25", 25.0, 0.5, AppointmentVerdict.BY_TURNOVER, id="shrinking"),
        pytest.param(
            "0.6", "-0.25", 25.0, 1.4, AppointmentVerdict.NOT_BY_TURNOVER_ALONE, id="too few"
        ),
        pytest.param(
            "0.1", "-0.25", 25.0, -0.1, AppointmentVerdict.GOAL_ALREADY_COVERED, id="enough"
        ),
    ],
)
def test_a_team_that_grows_appoints_more_and_one_that_shrinks_fewer(
    goal: str, growth: str, expected: float, needed: float, verdict: AppointmentVerdict
) -> None:
    # Half of a hundred people leave, ten of twenty BME people among them.
    found = find_attainability(
        Fraction(goal), people(20, 100), 1, Fraction(1, 2), Fraction(growth)
    )

    assert found == Appointments(0.5, expected, needed, verdict)


@given(shares, counts, years, turnovers)
def test_without_growth_the_share_needed_is_that_of_the_method(
    goal: Fraction, count: Count, ahead: int, turnover: Fraction
) -> None:
    stay = (1 - turnover) ** ahead
    x, n = count.bme, count.total

    needed = share_of_appointments_needed(goal, count, ahead, turnover)

    assert needed == (goal * n - stay * x) / (n * (1 - stay))
    assert expected_appointments(n, ahead, turnover) == n * (1 - stay)


@given(shares, counts, years, turnovers, st.data())
def test_the_share_needed_agrees_with_decimals_year_by_year(
    goal: Fraction, count: Count, ahead: int, turnover: Fraction, data: st.DataObject
) -> None:
    growth = data.draw(growths(turnover))

    needed = share_of_appointments_needed(goal, count, ahead, turnover, growth)

    with localcontext(prec=60):
        leaving, growing = _decimal(turnover), _decimal(growth)
        staying, appointed, size = Decimal(count.bme), Decimal(0), Decimal(count.total)
        for _ in range(ahead):
            staying *= 1 - leaving
            appointed = appointed * (1 - leaving) + size * (leaving + growing)
            size *= 1 + growing
        by_hand = (_decimal(goal) * size - staying) / appointed
        assert abs(_decimal(needed) - by_hand) <= Decimal("1e-40") * (1 + abs(by_hand))
    assert float(expected_appointments(count.total, ahead, turnover, growth)) == pytest.approx(
        float(appointed), rel=1e-12
    )


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
