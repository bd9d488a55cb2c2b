"""Goals that are proposed from targets: those of trusts that are one now, and a trust's own."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.counts import Count
from app.domain.proposals import Part, propose_from_parts, propose_rebased
from app.domain.targets import Basis, Goal, GoalForm, Milestone, ProposalMethod, Terms
from tests.unit.domain.given import cycle, people, target
from tests.unit.domain.proposing import MAINTAIN, at, due, half_up, in_people, teams

CYCLE = cycle(2022)
NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")


def as_share(goal: str) -> Goal:
    return Goal(GoalForm.SHARE, share=Decimal(goal))


# Parts.


def part(code: str, count: Count, goal: Goal | str | int | None) -> Part:
    """Return a trust with a target from its own people, or without one."""
    if goal is None:
        return Part(code, count, None)
    return Part(code, count, target(goal, bme=count.bme, total=count.total, covers=(code,)))


def test_parts_add_up_in_people() -> None:
    parts = [
        part("ZZ001", people(20, 150), 35),
        part("ZZ002", people(10, 100), "0.1500"),
        part("ZZ003", people(5, 50), None),
        part("ZZ004", people(4, 8), NOT_NEEDED),
    ]

    proposal = propose_from_parts(parts, at(39, 308), CYCLE)

    # 15 % of 100 are 15: 11.67 in 2023 and 13.33 in 2024 take 12 and 14 people.
    assert (proposal.goal, proposal.milestones) == (in_people(59), (due(2023, 46), due(2024, 53)))
    assert proposal.path == {2022: 39, 2023: 46, 2024: 53, 2025: 59}
    assert proposal.basis == Basis(
        ProposalMethod.PREDECESSORS,
        {
            "parts": [
                _described("ZZ001", 1, 25, 30, 35),
                _described("ZZ002", 1, 12, 14, 15),
                _described("ZZ003", None, 5, 5, 5),
                _described("ZZ004", 1, 4, 4, 4),
            ]
        },
    )


def _described(code: str, version: int | None, *headcounts: int) -> dict[str, object]:
    return {
        "ods_code": code,
        "version": version,
        "headcounts": dict(zip(("2023", "2024", "2025"), headcounts, strict=True)),
    }


def test_parts_that_were_corrected_upwards_do_not_propose_a_fall() -> None:
    # The target started from 20 of 150; now 30 are known, more than its path asks for in 2024.
    proposal = propose_from_parts([part("ZZ001", people(20, 150), 32)], at(30, 150), CYCLE)

    assert proposal.path == {2022: 30, 2023: 30, 2024: 30, 2025: 32}
    assert (proposal.goal, proposal.milestones) == (in_people(32), (due(2023, 30), due(2024, 30)))


def test_a_part_that_had_nobody_counts_the_people_that_it_set_out_to_have() -> None:
    proposal = propose_from_parts([part("ZZ001", people(0, 0), 3)], at(0, 0), CYCLE)

    assert proposal.path == {2022: 0, 2023: 1, 2024: 2, 2025: 3}


Aimed = tuple[int, int, int | None, bool]
"""BME people, people, and the goal if there is one, in people or in ten-thousandths."""


@st.composite
def aims(draw: st.DrawFn) -> Aimed:
    bme, total = draw(teams())
    is_share = draw(st.booleans())
    lowest, highest = (-(-bme * 10_000 // total), 10_000) if is_share else (bme, 2 * total)
    return bme, total, draw(st.none() | st.integers(lowest, highest)), is_share


def asked_for(aim: Aimed, step: int) -> int:
    """Return the people due after some of three years, by whole numbers alone."""
    bme, total, goal, is_share = aim
    if goal is None:
        return bme
    if is_share:
        return -(-(30_000 * bme + (goal * total - 10_000 * bme) * step) // 30_000)
    return half_up(3 * bme + (goal - bme) * step, 3)


@given(st.lists(aims(), min_size=1, max_size=5))
def test_every_sum_is_that_of_the_paths_of_its_parts(sought: Sequence[Aimed]) -> None:
    parts = []
    for number, (bme, total, goal, is_share) in enumerate(sought):
        stated = str(Decimal(goal).scaleb(-4)) if goal is not None and is_share else goal
        parts.append(part(f"ZZ{number:03}", people(bme, total), stated))
    start = at(sum(aim[0] for aim in sought), sum(aim[1] for aim in sought))

    proposal = propose_from_parts(parts, start, CYCLE)

    assert proposal.path == {
        2022 + step: sum(asked_for(aim, step) for aim in sought) for step in range(4)
    }
    assert proposal.goal == in_people(proposal.path[2025])


# Baselines that were corrected.


def test_a_goal_above_the_corrected_baseline_stays() -> None:
    held = target("0.1800", milestones=(Milestone(2023, share=Decimal("0.1300")),))

    proposal = propose_rebased(held, at(48, 431))

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

    proposal = propose_rebased(held, at(80, 431))

    # 80 of 431 are 0.18561…, so that 0.1857 is the first share of four places above.
    assert (proposal.goal, proposal.milestones) == (as_share("0.1857"), held_milestones("0.1857"))
    assert proposal.path == {2022: 80, 2023: 81, 2024: 81, 2025: 81}


def test_people_that_the_corrected_baseline_has_overtaken_are_raised_to_it() -> None:
    held = target(60, milestones=(due(2023, 50), due(2024, 55)))

    proposal = propose_rebased(held, at(52, 431))

    assert (proposal.goal, proposal.milestones) == (in_people(60), (due(2023, 52), due(2024, 55)))
    assert proposal.path == {2022: 52, 2023: 52, 2024: 55, 2025: 60}


def test_maintaining_keeps_the_share_of_the_corrected_baseline() -> None:
    proposal = propose_rebased(target(MAINTAIN), at(40, 400))

    assert (proposal.goal, proposal.milestones) == (MAINTAIN, ())
    assert proposal.path == dict.fromkeys(range(2022, 2026), 40)


def test_people_are_proposed_though_nobody_is_left_at_the_baseline() -> None:
    proposal = propose_rebased(target(3, bme=2, total=20), at(0, 0))

    assert proposal.path == {2022: 0, 2023: 1, 2024: 2, 2025: 3}


@pytest.mark.parametrize("goal", ["0.1800", MAINTAIN])
def test_a_share_is_not_proposed_from_nobody(goal: Goal | str) -> None:
    with pytest.raises(ValueError, match="without people"):
        propose_rebased(target(goal), at(0, 0))


def test_what_has_no_goal_and_no_baseline_has_no_path() -> None:
    held = target(NOT_NEEDED).with_baseline(None)

    proposal = propose_rebased(held, at(40, 400))

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
    proposed = propose_rebased(target(str(Decimal(goal).scaleb(-4))), at(*team))

    steps = list(proposed.path.values())
    assert steps == sorted(steps)
    assert steps[0] == team[0]
    assert steps[-1] <= team[1]


def rebased(team: tuple[int, int], goal: str | int, milestone: Milestone) -> Terms:
    """Return the goal and the milestone from a corrected baseline."""
    proposed = propose_rebased(target(goal, milestones=(milestone,)), at(*team))
    return Terms(proposed.goal, proposed.milestones)
