"""Goals that are proposed again, from baselines that were corrected."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.proposals import propose_rebased
from app.domain.targets import Basis, Goal, GoalForm, Milestone, ProposalMethod, Terms
from tests.unit.domain.given import target
from tests.unit.domain.proposing import MAINTAIN, NOT_NEEDED, at, due, in_people, teams


def as_share(goal: str) -> Goal:
    return Goal(GoalForm.SHARE, share=Decimal(goal))


def test_a_goal_above_the_corrected_baseline_stays() -> None:
    held = target("0.1800", milestones=(Milestone(2023, share=Decimal("0.1300")),))

    proposal = propose_rebased(held, at(48, 431), is_at_reference=False)

    # 13 % of 431 are 56.03, 15.5 % are 66.805, 18 % are 77.58.
    assert (proposal.goal, proposal.milestones) == (as_share("0.1800"), held_milestones("0.1300"))
    assert proposal.path == {2022: 48, 2023: 57, 2024: 67, 2025: 78}
    assert proposal.basis == Basis(
        ProposalMethod.REBASED,
        {
            "version": 1,
            "baseline_before": {"bme": 47, "total": 431},
            "baseline_now": {"bme": 48, "total": 431},
        },
    )


def held_milestones(share: str) -> tuple[Milestone, ...]:
    return (Milestone(2023, share=Decimal(share)),)


def test_shares_that_the_corrected_baseline_has_overtaken_are_raised_to_it() -> None:
    held = target("0.1800", milestones=held_milestones("0.1300"))

    proposal = propose_rebased(held, at(80, 431), is_at_reference=False)

    # 80 of 431 are 0.18561…, so that 0.1857 is the first share of four places above.
    assert (proposal.goal, proposal.milestones) == (as_share("0.1857"), held_milestones("0.1857"))
    assert proposal.path == {2022: 80, 2023: 81, 2024: 81, 2025: 81}


def test_people_that_the_corrected_baseline_has_overtaken_are_raised_to_it() -> None:
    held = target(60, milestones=(due(2023, 50), due(2024, 55)))

    proposal = propose_rebased(held, at(52, 431), is_at_reference=False)

    assert (proposal.goal, proposal.milestones) == (in_people(60), (due(2023, 52), due(2024, 55)))
    assert proposal.path == {2022: 52, 2023: 52, 2024: 55, 2025: 60}


def test_maintaining_keeps_the_share_of_the_corrected_baseline() -> None:
    proposal = propose_rebased(target(MAINTAIN), at(40, 400), is_at_reference=True)

    assert (proposal.goal, proposal.milestones) == (MAINTAIN, ())
    assert proposal.path == dict.fromkeys(range(2022, 2026), 40)


def test_a_share_that_turns_out_to_be_below_its_reference_becomes_the_people_it_is() -> None:
    proposal = propose_rebased(target(MAINTAIN), at(40, 400), is_at_reference=False)

    assert (proposal.goal, proposal.milestones) == (in_people(40), ())
    assert proposal.path == dict.fromkeys(range(2022, 2026), 40)


def test_people_are_proposed_though_nobody_is_left_at_the_baseline() -> None:
    proposal = propose_rebased(target(3, bme=2, total=20), at(0, 0), is_at_reference=False)

    assert proposal.path == {2022: 0, 2023: 1, 2024: 2, 2025: 3}


@pytest.mark.parametrize("goal", ["0.1800", MAINTAIN])
def test_a_share_is_not_proposed_from_nobody(goal: Goal | str) -> None:
    with pytest.raises(ValueError, match="without people"):
        propose_rebased(target(goal), at(0, 0), is_at_reference=True)


def test_what_has_no_goal_and_no_baseline_has_no_path() -> None:
    held = target(NOT_NEEDED).with_baseline(None)

    proposal = propose_rebased(held, at(40, 400), is_at_reference=True)

    assert (proposal.goal, proposal.path) == (NOT_NEEDED, {})
    assert proposal.basis.inputs["baseline_before"] is None


@given(teams(), st.integers(0, 10_000), st.integers(0, 10_000))
def test_every_rebased_share_is_the_least_of_four_places_that_does_not_fall(
    team: tuple[int, int], one: int, other: int
) -> None:
    milestone, goal = (Decimal(value).scaleb(-4) for value in sorted((one, other)))
    held = rebased(team, str(goal), Milestone(2023, share=milestone))

    (bme, total), shares = team, [m.share for m in held.milestones] + [held.goal.share]
    for stated, share in zip((milestone, goal), shares, strict=True):
        assert share is not None
        assert share == round(share, 4)
        assert share * total >= bme
        least = -(-bme * 10_000 // total)
        assert share * 10_000 == max(stated * 10_000, least)


@given(teams(), st.integers(0, 3000), st.integers(0, 3000))
def test_every_rebased_headcount_is_the_old_one_or_the_corrected_baseline(
    team: tuple[int, int], one: int, other: int
) -> None:
    milestone, goal = sorted((one, other))

    held = rebased(team, goal, due(2024, milestone))

    assert (held.goal.headcount, held.milestones) == (
        max(goal, team[0]),
        (due(2024, max(milestone, team[0])),),
    )


@given(teams(), st.integers(0, 10_000))
def test_every_rebased_path_rises_from_the_corrected_baseline(
    team: tuple[int, int], goal: int
) -> None:
    proposed = propose_rebased(
        target(str(Decimal(goal).scaleb(-4))), at(*team), is_at_reference=False
    )

    steps = list(proposed.path.values())
    assert steps == sorted(steps)
    assert steps[0] == team[0]
    assert steps[-1] <= team[1]


def rebased(team: tuple[int, int], goal: str | int, milestone: Milestone) -> Terms:
    """Return the goal and the milestone from a corrected baseline."""
    proposed = propose_rebased(
        target(goal, milestones=(milestone,)), at(*team), is_at_reference=False
    )
    return Terms(proposed.goal, proposed.milestones)
