"""Teams as they are expected to be: against chance worked out person by person, and Decimals."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, comb, floor, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm

from app.domain.attainability import share_of_appointments_needed
from app.domain.counts import Count
from app.domain.expected_teams import ExpectedTeam, PeopleInterval, Scenario, expect_teams
from tests.unit.domain.given import people
from tests.unit.domain.suppositions import counts, scenarios, shares, turnovers, years

LEADERS = people(69, 452)
HALF = Fraction(1, 2)
ZERO, ONE = Fraction(0), Fraction(1)


def scenario(
    bme_share: str | Fraction, turnover: str | Fraction = "0.12", growth: str | Fraction = "0"
) -> Scenario:
    return Scenario(Fraction(turnover), Fraction(bme_share), Fraction(growth))


def likely_numbers(bme: int, size: int, supposed: Scenario, ahead: int) -> list[Fraction]:
    """Return the probability of each number of BME people of a team that keeps its size.

    Everybody leaves or stays, and everybody appointed is BME or not, one by one.
    """
    chances = [ZERO] * (size + 1)
    chances[bme] = ONE
    places = int(supposed.turnover * size)
    appointed = binomial(places, supposed.bme_share)
    for _ in range(ahead):
        after = [ZERO] * (len(chances) + places)
        for here, chance in enumerate(chances):
            for staying, stays in enumerate(binomial(here, 1 - supposed.turnover)):
                for coming, comes in enumerate(appointed):
                    after[staying + coming] += chance * stays * comes
        chances = after
    return chances


def binomial(number: int, chance: Fraction) -> list[Fraction]:
    return [comb(number, k) * chance**k * (1 - chance) ** (number - k) for k in range(number + 1)]


# Mean and variance.


def test_the_share_needed_of_the_worked_example_gives_81_36_leaders() -> None:
    needed = share_of_appointments_needed(Fraction(18, 100), LEADERS, 1, Fraction(12, 100))

    _, after = expect_teams(LEADERS, scenario(needed), 1)

    assert after.bme == Fraction("81.36") == Fraction(18, 100) * 452
    assert after.total == 452


@pytest.mark.parametrize(("bme", "ahead"), [(0, 1), (3, 1), (3, 2), (8, 3)])
def test_mean_and_variance_are_those_of_chance_person_by_person(bme: int, ahead: int) -> None:
    supposed = scenario(Fraction(1, 3), HALF)
    chances = likely_numbers(bme, 8, supposed, ahead)
    mean = sum(k * chance for k, chance in enumerate(chances))

    found = expect_teams(people(bme, 8), supposed, ahead)[-1]

    assert found.bme == mean
    assert found.variance == sum((k - mean) ** 2 * c for k, c in enumerate(chances))


@given(counts, scenarios, years)
def test_teams_agree_with_decimals_step_by_step(
    count: Count, supposed: Scenario, ahead: int
) -> None:
    teams = expect_teams(count, supposed, ahead)

    with localcontext(prec=60):
        leaving, share, growing = (
            Decimal(value.numerator) / Decimal(value.denominator)
            for value in (supposed.turnover, supposed.bme_share, supposed.growth)
        )
        x, v, n = Decimal(count.bme), Decimal(0), Decimal(count.total)
        for team in teams:
            for found, by_hand in ((team.bme, x), (team.variance, v), (team.total, n)):
                assert float(found) == pytest.approx(float(by_hand), rel=1e-12, abs=1e-30)
            appointed = (leaving + growing) * n
            v = (1 - leaving) ** 2 * v + leaving * (1 - leaving) * x
            v += appointed * share * (1 - share)
            x = (1 - leaving) * x + share * appointed
            n *= 1 + growing


@given(counts, scenarios, years)
def test_a_share_needed_reaches_the_goal_exactly(
    count: Count, supposed: Scenario, ahead: int
) -> None:
    turnover, growth = supposed.turnover, supposed.growth
    none, everyone = (
        expect_teams(count, scenario(share, turnover, growth), ahead)[-1].share
        for share in (ZERO, ONE)
    )
    # A goal that some share of appointments reaches, whatever the growth.
    goal = none + supposed.bme_share * (everyone - none)

    needed = share_of_appointments_needed(goal, count, ahead, turnover, growth)

    reached = expect_teams(count, scenario(needed, turnover, growth), ahead)[-1]
    assert needed == supposed.bme_share
    assert reached.bme == goal * count.total * (1 + growth) ** ahead


@given(counts, scenarios, shares, years)
def test_more_appointments_of_bme_people_never_lower_the_path(
    count: Count, supposed: Scenario, other: Fraction, ahead: int
) -> None:
    less, more = sorted((supposed.bme_share, other))
    turnover, growth = supposed.turnover, supposed.growth

    below = expect_teams(count, scenario(less, turnover, growth), ahead)
    above = expect_teams(count, scenario(more, turnover, growth), ahead)

    assert all(low.bme <= high.bme for low, high in zip(below, above, strict=True))


@given(counts, scenarios, years)
def test_nobody_is_expected_beyond_the_team(count: Count, supposed: Scenario, ahead: int) -> None:
    for team in expect_teams(count, supposed, ahead):
        assert 0 <= team.bme <= team.total
        assert team.variance >= 0


@given(counts, turnovers, years)
def test_a_team_that_appoints_as_it_is_stays_as_it_is(
    count: Count, turnover: Fraction, ahead: int
) -> None:
    share = Fraction(count.bme, count.total)

    teams = expect_teams(count, scenario(share, turnover, "0.02"), ahead)

    assert {team.share for team in teams} == {share}


# The probability of a number of people.


def test_the_probability_of_the_worked_example() -> None:
    team = expect_teams(LEADERS, scenario("0.3"), 1)[-1]

    sd = sqrt(0.12 * 0.88 * 69 + 0.12 * 452 * 0.3 * 0.7)
    mean = 0.88 * 69 + 0.3 * 0.12 * 452
    assert team.probability_of(82) == pytest.approx(norm.cdf((mean - 81.5) / sd), rel=1e-12)


@pytest.mark.parametrize("people_wanted", [10, 16, 20, 24])
def test_the_probability_is_near_that_of_chance_person_by_person(people_wanted: int) -> None:
    supposed = scenario(Fraction(2, 5), Fraction(1, 4))
    chances = likely_numbers(15, 60, supposed, 1)

    found = expect_teams(people(15, 60), supposed, 1)[-1].probability_of(people_wanted)

    assert found == pytest.approx(float(sum(chances[people_wanted:])), abs=0.01)


def test_the_probability_of_the_goal_rises_with_the_share_of_appointments() -> None:
    teams = [expect_teams(LEADERS, scenario(Fraction(tenths, 10)), 1)[-1] for tenths in range(11)]

    found = [team.probability_of(82) for team in teams]

    assert found == sorted(set(found))


@given(counts, turnovers, shares, shares, st.data())
def test_the_probability_rises_wherever_chance_is_wider_than_the_distance(
    count: Count, turnover: Fraction, one: Fraction, other: Fraction, data: st.DataObject
) -> None:
    wanted = data.draw(st.integers(1, count.total))
    shares_in_order = sorted((one, other))
    teams = [expect_teams(count, scenario(s, turnover), 1)[-1] for s in shares_in_order]
    # In one year Φ((x − k + ½)/√v) has a derivative in q of the sign of
    # 2v − (x − k + ½)(1 − 2q), which is a line in q: its ends decide.
    for share, team in zip(shares_in_order, teams, strict=True):
        assume(2 * team.variance >= (team.bme - wanted + HALF) * (1 - 2 * share))

    low, high = (team.probability_of(wanted) for team in teams)

    assert low <= high + 1e-15


@given(counts, scenarios, years, st.integers(-10, 6000))
def test_more_people_are_never_more_probable(
    count: Count, supposed: Scenario, ahead: int, wanted: int
) -> None:
    team = expect_teams(count, supposed, ahead)[-1]

    assert 0 <= team.probability_of(wanted + 1) <= team.probability_of(wanted) <= 1


@pytest.mark.parametrize(
    ("team", "wanted", "probability"),
    [
        pytest.param(ExpectedTeam(ZERO, ONE, Fraction(10)), 0, 1.0, id="nobody is wanted"),
        pytest.param(ExpectedTeam(Fraction(9), ONE, Fraction(10)), 11, 0.0, id="beyond the team"),
        pytest.param(ExpectedTeam(Fraction(5), ZERO, Fraction(10)), 5, 1.0, id="surely there"),
        pytest.param(ExpectedTeam(Fraction(5), ZERO, Fraction(10)), 6, 0.0, id="surely not"),
        pytest.param(ExpectedTeam(Fraction(5), ONE, Fraction(10)), 5, norm.cdf(0.5), id="mean"),
        pytest.param(
            ExpectedTeam(Fraction(10), ONE, Fraction("10.4")), 11, norm.cdf(-0.5),
            id="the last, broken place",
        ),
    ],
)  # fmt: skip
def test_the_ends_of_probability(team: ExpectedTeam, wanted: int, probability: float) -> None:
    assert team.probability_of(wanted) == pytest.approx(probability, rel=1e-12)


def test_a_variance_too_small_for_a_float_is_none() -> None:
    tiny = Fraction(1, 10**400)

    team = expect_teams(people(0, 100), scenario(tiny), 1)[-1]

    assert team.variance > 0
    assert team.standard_deviation == 0
    assert team.probability_of(1) == 0


# The interval.


def test_the_interval_of_the_worked_example() -> None:
    team = expect_teams(LEADERS, scenario(Fraction(2064, 5424)), 1)[-1]

    assert team.standard_deviation == pytest.approx(4.480205, abs=5e-7)
    assert team.interval(0.80) == PeopleInterval(75, 88)


@given(counts, scenarios, years)
def test_the_interval_is_of_whole_people_of_the_team(
    count: Count, supposed: Scenario, ahead: int
) -> None:
    team = expect_teams(count, supposed, ahead)[-1]
    half = norm.ppf(0.9) * team.standard_deviation

    found = team.interval(0.80)

    assert 0 <= found.lower <= team.bme <= found.upper <= ceil(team.total)
    assert found.lower == pytest.approx(max(0, floor(float(team.bme) - half)), abs=1)
    assert found.upper == pytest.approx(min(ceil(team.total), ceil(float(team.bme) + half)), abs=1)


@pytest.mark.parametrize(
    ("team", "interval"),
    [
        pytest.param(ExpectedTeam(Fraction(5), ZERO, Fraction(10)), (5, 5), id="no chance"),
        pytest.param(ExpectedTeam(Fraction("5.5"), ZERO, Fraction(10)), (5, 6), id="between"),
        pytest.param(ExpectedTeam(Fraction(1), Fraction(9), Fraction(10)), (0, 5), id="nobody"),
        pytest.param(
            ExpectedTeam(Fraction(9), Fraction(9), Fraction(10)), (5, 10), id="everybody"
        ),
        pytest.param(
            ExpectedTeam(Fraction(9), Fraction(9), Fraction("10.2")), (5, 11), id="a broken place"
        ),
    ],
)
def test_an_interval_is_rounded_outwards_and_ends_with_the_team(
    team: ExpectedTeam, interval: tuple[int, int]
) -> None:
    assert team.interval(0.80) == PeopleInterval(*interval)


# What can be supposed.


@pytest.mark.parametrize(
    ("turnover", "bme_share", "growth", "why"),
    [
        ("0", "0.3", "0.1", "turnover 0 is not strictly between 0 and 1"),
        ("1", "0.3", "0", "turnover 1 is not strictly between 0 and 1"),
        ("0.12", "-0.1", "0", "-1/10 is no share of appointments"),
        ("0.12", "1.1", "0", "11/10 is no share of appointments"),
        ("0.12", "0.3", "-0.12", "a team cannot grow by -3/25 a year without dismissals"),
        ("0.12", "0.3", "-0.5", "a team cannot grow by -1/2 a year without dismissals"),
    ],
)
def test_what_cannot_be_is_not_supposed(
    turnover: str, bme_share: str, growth: str, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        scenario(bme_share, turnover, growth)
