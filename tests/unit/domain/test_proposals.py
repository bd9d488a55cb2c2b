"""Goals that arithmetic proposes, against whole numbers and plain recursions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.proposals import propose_by_appointments, propose_by_strategy, strategy_path
from app.domain.targets import Baseline, Basis, ProposalMethod
from tests.unit.domain.given import cycle
from tests.unit.domain.proposing import MAINTAIN, at, due, half_up, in_people, teams

CYCLE = cycle(2022)
SPAN = (2018, 2028)
P = Fraction("0.212")


# The strategy's arithmetic.


@pytest.mark.parametrize(
    ("total", "bme", "expected"),
    [
        (160, 14, [14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34]),
        (9, 0, [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2]),
    ],
)
def test_the_path_of_the_strategy_is_that_of_the_domains_examples(
    total: int, bme: int, expected: list[int]
) -> None:
    path = strategy_path(bme, total, P, *SPAN)

    assert path == dict(zip(range(2018, 2029), expected, strict=True))


def test_halves_of_people_go_up() -> None:
    path = strategy_path(0, 10, Fraction(1, 2), *SPAN)

    assert list(path.values()) == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize("bme", [34, 40, 160])
def test_a_path_never_falls_below_where_it_starts(bme: int) -> None:
    path = strategy_path(bme, 160, P, *SPAN)

    assert set(path.values()) == {bme}


@given(teams(), teams(), st.integers(1, 40))
def test_every_path_is_that_of_whole_numbers(
    team: tuple[int, int], workforce: tuple[int, int], years: int
) -> None:
    (b, n), (x, w) = team, workforce

    path = strategy_path(b, n, Fraction(x, w), 2018, 2018 + years)

    rise = max(n * x - b * w, 0)
    expected = [half_up(b * w * years + rise * k, w * years) for k in range(years + 1)]
    assert path == dict(zip(range(2018, 2019 + years), expected, strict=True))


@given(teams(), teams(), st.integers(1, 40))
def test_every_path_rises_from_the_team_to_its_share_of_the_workforce(
    team: tuple[int, int], workforce: tuple[int, int], years: int
) -> None:
    (b, n), (x, w) = team, workforce

    steps = list(strategy_path(b, n, Fraction(x, w), 2018, 2018 + years).values())

    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (b, max(half_up(n * x, w), b))
    assert max(steps) <= n


def test_a_cycle_gets_its_part_of_the_strategys_path() -> None:
    proposal = propose_by_strategy(at(14, 160), P, SPAN, CYCLE, at(20, 150), is_at_reference=False)

    assert (proposal.goal, proposal.milestones) == (in_people(28), (due(2023, 24), due(2024, 26)))
    assert proposal.path == strategy_path(14, 160, P, *SPAN)
    assert proposal.basis == Basis(
        ProposalMethod.STRATEGY,
        {
            "baseline_year": 2018,
            "horizon": 2028,
            "bme": 14,
            "total": 160,
            "reference_share": "0.212",
            "rounding": "half_up",
        },
    )


def test_another_census_and_horizon_have_a_path_of_their_own() -> None:
    # A third of 36 is 12, four more than 8 in four years.
    proposal = propose_by_strategy(
        at(8, 36), Fraction(1, 3), (2021, 2025), CYCLE, at(8, 36), is_at_reference=False
    )

    assert (proposal.goal, proposal.milestones) == (in_people(12), (due(2023, 10), due(2024, 11)))
    assert proposal.path == {2021: 8, 2022: 9, 2023: 10, 2024: 11, 2025: 12}
    assert proposal.basis.inputs["reference_share"] == "1/3"
    assert (proposal.basis.inputs["baseline_year"], proposal.basis.inputs["horizon"]) == (
        2021,
        2025,
    )


def test_no_goal_falls_below_the_baseline_of_the_cycle() -> None:
    # The path asks for 24, 26 and 28; there are 25 already.
    proposal = propose_by_strategy(at(14, 160), P, SPAN, CYCLE, at(25, 150), is_at_reference=False)

    assert (proposal.goal, proposal.milestones) == (in_people(28), (due(2023, 25), due(2024, 26)))
    assert proposal.path[2023] == 24


def test_no_goal_is_more_than_everybody_in_the_team() -> None:
    # The path asks for 24, 26 and 28; the team was split up, and 25 are left.
    proposal = propose_by_strategy(at(14, 160), P, SPAN, CYCLE, at(4, 25), is_at_reference=False)

    assert (proposal.goal, proposal.milestones) == (in_people(25), (due(2023, 24), due(2024, 25)))
    assert proposal.path == strategy_path(14, 160, P, *SPAN)


@pytest.mark.parametrize("first", [at(14, 160), at(53, 160)])
def test_who_is_at_the_reference_maintains_wherever_the_path_began(first: Baseline) -> None:
    proposal = propose_by_strategy(first, P, SPAN, CYCLE, at(50, 150), is_at_reference=True)

    assert (proposal.goal, proposal.milestones) == (MAINTAIN, ())
    assert proposal.path == strategy_path(first.bme, 160, P, *SPAN)


def test_who_has_fallen_below_the_reference_does_not_maintain() -> None:
    # A quarter of 160 people were 40.
    proposal = propose_by_strategy(
        at(40, 160), Fraction(1, 4), SPAN, CYCLE, at(20, 150), is_at_reference=False
    )

    assert (proposal.goal, proposal.milestones) == (in_people(40), (due(2023, 40), due(2024, 40)))


@given(teams(), teams(), teams())
def test_every_goal_of_a_cycle_lies_between_its_baseline_and_everybody(
    first: tuple[int, int], workforce: tuple[int, int], now: tuple[int, int]
) -> None:
    bme, total = now

    proposal = propose_by_strategy(
        at(*first), Fraction(*workforce), SPAN, CYCLE, at(*now), is_at_reference=False
    )

    steps = [*(m.headcount or 0 for m in proposal.milestones), proposal.goal.headcount or 0]
    assert steps == [sorted((bme, proposal.path[year], total))[1] for year in (2023, 2024, 2025)]
    assert steps == sorted(steps)


# A share of appointments.


def test_appointments_bring_the_people_that_are_expected() -> None:
    # 0.88 · 22 + 0.03 · 150 = 23.86; then 25.4968 and 26.937184.
    proposal = propose_by_appointments(
        at(22, 150), CYCLE, Fraction("0.12"), Fraction(1, 4), is_at_reference=False
    )

    assert (proposal.goal, proposal.milestones) == (in_people(27), (due(2023, 24), due(2024, 25)))
    assert proposal.path == {2022: 22, 2023: 24, 2024: 25, 2025: 27}
    assert proposal.basis == Basis(
        ProposalMethod.APPOINTMENTS,
        {
            "bme": 22,
            "total": 150,
            "turnover": "0.12",
            "bme_share_of_appointments": "0.25",
            "rounding": "half_up",
        },
    )


def test_a_share_that_no_decimal_says_is_kept_as_a_fraction() -> None:
    proposal = propose_by_appointments(
        at(22, 150), CYCLE, Fraction("0.12"), Fraction(3, 11), is_at_reference=False
    )

    assert proposal.basis.inputs["bme_share_of_appointments"] == "3/11"


def test_half_a_person_who_is_expected_is_one() -> None:
    # Half of two people leave; half of those who come are BME: 0.5, 0.75 and 0.875.
    half = Fraction(1, 2)

    proposal = propose_by_appointments(at(0, 2), CYCLE, half, half, is_at_reference=False)

    assert proposal.path == {2022: 0, 2023: 1, 2024: 1, 2025: 1}


def test_who_is_at_the_reference_maintains_whatever_appointments_bring() -> None:
    proposal = propose_by_appointments(
        at(60, 150), CYCLE, Fraction("0.12"), Fraction(1, 2), is_at_reference=True
    )

    # 0.88 · 60 + 0.06 · 150 = 61.8; then 63.384 and 64.77792.
    assert (proposal.goal, proposal.milestones) == (MAINTAIN, ())
    assert proposal.path == {2022: 60, 2023: 62, 2024: 63, 2025: 65}


@given(teams(), st.integers(1, 99), st.integers(0, 100))
def test_every_proposal_by_appointments_is_that_of_a_plain_recursion(
    team: tuple[int, int], leaving: int, appointed: int
) -> None:
    bme, total = team
    turnover, share = Fraction(leaving, 100), Fraction(appointed, 100)

    proposal = propose_by_appointments(
        at(bme, total), CYCLE, turnover, share, is_at_reference=False
    )

    expected, staff = [bme], Fraction(bme)
    for _ in range(3):
        leavers, posts = turnover * staff, turnover * total
        staff = staff - leavers + share * posts
        expected.append(max(half_up(staff.numerator, staff.denominator), bme))
    assert list(proposal.path.values()) == expected
    assert [*(m.headcount for m in proposal.milestones), proposal.goal.headcount] == expected[1:]


@given(teams(), st.integers(1, 99), st.integers(0, 100))
def test_every_proposal_by_appointments_rises_towards_their_share(
    team: tuple[int, int], leaving: int, appointed: int
) -> None:
    bme, total = team

    steps = list(
        propose_by_appointments(
            at(bme, total),
            CYCLE,
            Fraction(leaving, 100),
            Fraction(appointed, 100),
            is_at_reference=False,
        ).path.values()
    )

    assert steps == sorted(steps)
    assert bme <= max(steps) <= max(half_up(appointed * total, 100), bme)
