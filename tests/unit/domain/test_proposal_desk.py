"""Proposals from all that is known of a trust, and why there are none."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.actuals import ActualsRevision
from app.domain.censuses import Cycle
from app.domain.codes import Reason
from app.domain.holdings import Changes, Holdings
from app.domain.measures import Measure, Scope
from app.domain.proposal_desk import Assumptions, Desk, find_target
from app.domain.proposals import Proposal
from app.domain.target_versions import Versions
from app.domain.targets import Baseline, Goal, ProposalMethod, Target
from tests.unit.domain.given import (
    LEADERSHIP,
    NOW,
    cycle,
    holdings,
    lineage,
    merger,
    people,
    sent,
    target,
    team,
)
from tests.unit.domain.proposing import MAINTAIN, NOT_NEEDED, due, in_people, of

CYCLE = cycle(2022)
FIRST = sent(2018, team(people(30, 400), people(170, 600)))
"""A fifth of 1000 people are BME, of 400 leaders 30."""

NOBODY = sent(2022, {})

WORKFORCE = Scope(Measure.WORKFORCE)
VSM = Scope(Measure.VSM)


def starts(
    bme: int, total: int, *, by: str = "ZZ001", covers: tuple[str, ...] = ()
) -> ActualsRevision:
    """Return a census of 2022 with leaders among 1000 people, of whom 200 are BME."""
    others = people(200 - bme, 1000 - total)
    return sent(2022, team(people(bme, total), others), by=by, covers=covers)


def desk(
    held: Holdings, *before: Target, assuming: Assumptions | None = None, over: Cycle = CYCLE
) -> Desk:
    """Return where proposals are made from what is held, and from predecessors' targets."""
    return Desk(held, tuple(Versions((one,)) for one in before), over, assuming or Assumptions())


def proposed(at: Desk, method: ProposalMethod, scope: Scope = LEADERSHIP) -> Proposal:
    """Return what is proposed, which is something."""
    outcome = at.propose(scope, method).outcome
    assert isinstance(outcome, Proposal), outcome
    return outcome


# What is assumed.


@pytest.mark.parametrize(
    ("over", "span"),
    [
        (Cycle("2015-2018", 2015, 2018, 2028, "Earlier"), (2015, 2028)),
        (cycle(2022), (2018, 2028)),
        (Cycle("2028-2031", 2028, 2031, 2031, "Another"), (2018, 2031)),
        (Cycle("2028-2031", 2028, 2031, 2028, "Late"), (2018, 2031)),
    ],
)
def test_the_strategys_path_goes_from_2018_to_the_ambition_and_holds_the_cycle(
    over: Cycle, span: tuple[int, int]
) -> None:
    assert Assumptions().span(over) == span


def test_a_span_that_is_stated_is_kept() -> None:
    assert Assumptions(2020, 2026).span(CYCLE) == (2020, 2026)


def test_a_later_cycle_has_the_ambition_of_its_own_as_the_horizon() -> None:
    later = Cycle("2025-2028", 2025, 2028, 2038, "Another")
    held = holdings(FIRST, replace(starts(40, 400), year=2025))

    strategy = proposed(desk(held, over=later), ProposalMethod.STRATEGY)

    # 80 of 400 in twenty years: two and a half a year more than 30.
    assert (strategy.goal, strategy.path[2038]) == (in_people(55), 80)


# The strategy, and appointments.


def test_who_is_at_the_reference_now_maintains_by_every_method() -> None:
    at = desk(holdings(FIRST, starts(20, 40)))

    goals = [
        proposed(at, method).goal
        for method in (ProposalMethod.STRATEGY, ProposalMethod.APPOINTMENTS)
    ]

    assert goals == [MAINTAIN, MAINTAIN]


def test_the_strategy_asks_a_team_that_was_split_up_for_everybody_at_most() -> None:
    strategy = proposed(desk(holdings(FIRST, starts(5, 40))), ProposalMethod.STRATEGY)

    assert (strategy.goal, strategy.milestones) == (
        in_people(40),
        (due(2023, 40), due(2024, 40)),
    )


def test_a_share_of_appointments_is_that_of_the_workforce_or_as_stated() -> None:
    held = holdings(starts(20, 400))
    stated = Assumptions(turnover=Decimal("0.5"), bme_share=Decimal("0.5"))

    paths = [
        proposed(desk(held, assuming=one), ProposalMethod.APPOINTMENTS).path
        for one in (None, stated)
    ]

    # 0.88 · 20 + 0.024 · 400 = 27.2, 33.536 and 39.11168; then 110, 155 and 177.5.
    assert paths == [
        {2022: 20, 2023: 27, 2024: 34, 2025: 39},
        {2022: 20, 2023: 110, 2024: 155, 2025: 178},
    ]


@pytest.mark.parametrize(
    ("method", "scope", "returns", "reason"),
    [
        (ProposalMethod.STRATEGY, LEADERSHIP, [FIRST], Reason.NO_ACTUALS),
        (ProposalMethod.REBASED, LEADERSHIP, [FIRST], Reason.NO_ACTUALS),
        (ProposalMethod.STRATEGY, LEADERSHIP, [starts(20, 400)], Reason.NO_ACTUALS),
        (ProposalMethod.STRATEGY, WORKFORCE, [FIRST, starts(20, 400)], Reason.IS_THE_REFERENCE),
        (ProposalMethod.STRATEGY, VSM, [FIRST, starts(20, 400)], Reason.NO_PEOPLE),
        (ProposalMethod.STRATEGY, LEADERSHIP, [FIRST, NOBODY], Reason.NO_PEOPLE),
        (ProposalMethod.APPOINTMENTS, VSM, [starts(20, 400)], Reason.NO_PEOPLE),
        (ProposalMethod.APPOINTMENTS, WORKFORCE, [NOBODY], Reason.NO_PEOPLE),
        (ProposalMethod.PREDECESSORS, LEADERSHIP, [starts(20, 400)], Reason.NOT_NEEDED),
        (ProposalMethod.REBASED, LEADERSHIP, [starts(20, 400)], Reason.NO_TARGET),
        (ProposalMethod.STRATEGY, Scope(Measure.BOARD), [starts(20, 400)], Reason.NO_ACTUALS),
    ],
)
def test_what_is_not_proposed_has_a_reason(
    method: ProposalMethod, scope: Scope, returns: list[ActualsRevision], reason: Reason
) -> None:
    assert desk(holdings(*returns)).propose(scope, method).outcome is reason


# Trusts that are one now.


def test_one_return_for_several_trusts_has_the_targets_of_all_added_up() -> None:
    family = lineage(merger("ZZ002", date(2022, 4, 1)))
    both = starts(30, 250, covers=("ZZ001", "ZZ002"))
    held = holdings(both, of=family, targets=[of("ZZ001", 35, 20, 150)])

    total = proposed(desk(held, of("ZZ002", 25, 10, 100)), ProposalMethod.PREDECESSORS)

    assert total.goal == in_people(60)
    assert total.basis.inputs["people_without_target"] == 0


def test_a_chain_of_mergers_counts_nobody_twice() -> None:
    # ZZ002 added up its own target and that of ZZ003, which it had acquired.
    family = lineage(
        merger("ZZ003", date(2022, 10, 1), into="ZZ002"), merger("ZZ002", date(2023, 4, 1))
    )
    returns = [starts(20, 150), starts(10, 100, by="ZZ002"), starts(5, 50, by="ZZ003")]
    held = holdings(*returns, of=family, targets=[of("ZZ001", 35, 20, 150)])
    before = (of("ZZ002", 35, 15, 150, "ZZ003"), of("ZZ003", 10, 5, 50))

    total = proposed(desk(held, *before), ProposalMethod.PREDECESSORS)

    assert total.goal == in_people(70)


def test_a_target_that_covers_all_of_the_trusts_leaves_nothing_to_add_up() -> None:
    family = lineage(merger("ZZ002", date(2022, 4, 1)))
    returns = [starts(20, 150), starts(10, 100, by="ZZ002")]
    held = holdings(*returns, of=family, targets=[of("ZZ001", 60, 30, 250, "ZZ002")])

    told = desk(held, of("ZZ002", 25, 10, 100)).propose(LEADERSHIP, ProposalMethod.PREDECESSORS)

    assert told.outcome is Reason.NOT_NEEDED


def test_targets_of_other_measures_and_cycles_are_not_added_up() -> None:
    family = lineage(merger("ZZ002", date(2022, 4, 1)))
    held = holdings(starts(20, 150), starts(10, 100, by="ZZ002"), of=family)
    others = (target(25, scope=VSM), target(25, starts=2019))

    told = desk(held, *others).propose(LEADERSHIP, ProposalMethod.PREDECESSORS)

    assert told.outcome is Reason.NO_TARGET


# Baselines that were corrected.


def rebase(goal: Goal | str | int, now: ActualsRevision) -> Proposal | Reason:
    """Return what is proposed to who had a target from 100 leaders of 400."""
    own = target(goal, bme=100, total=400, workforce=(200, 1000))
    told = desk(holdings(now, targets=[own])).propose(LEADERSHIP, ProposalMethod.REBASED)
    return told.outcome


@pytest.mark.parametrize(("bme", "goal"), [(79, in_people(79)), (80, MAINTAIN)])
def test_who_is_no_longer_at_the_reference_does_not_maintain(bme: int, goal: Goal) -> None:
    outcome = rebase(MAINTAIN, starts(bme, 400))

    # A fifth of 400 people are 80.
    assert isinstance(outcome, Proposal)
    assert outcome.goal == goal


@pytest.mark.parametrize(
    ("goal", "now", "reason"),
    [
        (MAINTAIN, starts(100, 400), Reason.NOT_NEEDED),
        (MAINTAIN, starts(99, 400, covers=("ZZ001", "ZZ002")), Reason.NOT_NEEDED),
        (NOT_NEEDED, starts(99, 400), Reason.NO_TARGET_NEEDED),
        (MAINTAIN, NOBODY, Reason.NO_PEOPLE),
    ],
)
def test_what_is_not_re_based_has_a_reason(
    goal: Goal, now: ActualsRevision, reason: Reason
) -> None:
    assert rebase(goal, now) is reason


def test_after_a_merger_a_corrected_census_does_not_re_base_but_adds_up() -> None:
    family = lineage(merger("ZZ002", date(2022, 4, 1)))
    returns = [starts(90, 400), starts(10, 100, by="ZZ002")]
    own = target(110, bme=100, total=400, workforce=(200, 1000))
    at = desk(holdings(*returns, of=family, targets=[own]))

    rebased = at.propose(LEADERSHIP, ProposalMethod.REBASED).outcome
    added = proposed(at, ProposalMethod.PREDECESSORS)

    assert rebased is Reason.NOT_NEEDED
    assert added.goal == in_people(120)


def test_people_are_re_based_though_nobody_is_left() -> None:
    outcome = rebase(101, NOBODY)

    assert isinstance(outcome, Proposal)
    assert outcome.goal == in_people(101)


# As of when.


def test_a_proposal_is_as_of_the_newest_change_that_it_depends_on() -> None:
    family = lineage(merger("ZZ002", date(2022, 4, 1)))
    held = replace(
        holdings(starts(20, 150), starts(10, 100, by="ZZ002"), of=family),
        changes=Changes(staff=NOW - timedelta(days=1)),
    )

    instants = [
        one.propose(LEADERSHIP, ProposalMethod.PREDECESSORS).as_of
        for one in (
            desk(held),
            desk(held, of("ZZ002", 25, 10, 100)),
            desk(held, target(25, scope=VSM)),
            replace(desk(held), as_of=NOW - timedelta(hours=1)),
        )
    ]

    # The target of ZZ002 was submitted now; the other is of another measure.
    day, hour = timedelta(days=1), timedelta(hours=1)
    assert instants == [NOW - day, NOW, NOW - day, NOW - hour]


def test_a_target_is_found_by_its_measure_and_cycle() -> None:
    held = [
        Versions((one,)) for one in (target(25, starts=2019), target(25), target(25, scope=VSM))
    ]

    found = [find_target(held, scope, CYCLE) for scope in (LEADERSHIP, VSM, WORKFORCE)]

    assert found == [held[1], held[2], None]


# What was frozen, where no actuals are held.


def test_targets_that_cover_everybody_say_where_they_start_together() -> None:
    held = holdings(starts(20, 150), of=lineage(merger("ZZ002", date(2023, 4, 1))))
    own, other = of("ZZ001", 35, 20, 150), of("ZZ002", 25, 10, 100)
    at = desk(replace(held, versions=(Versions((own,)),)), other)

    told = at.propose(LEADERSHIP, ProposalMethod.PREDECESSORS)

    assert told.baseline == Baseline(
        *(2022, 30, 250, 2220, 10960),
        covers=("ZZ001", "ZZ002"),
        source="Frozen baselines of targets in force: ZZ001 (version 1), ZZ002 (version 1)",
    )
    assert isinstance(told.outcome, Proposal)
    assert told.outcome.goal == in_people(60)


def test_targets_that_leave_somebody_out_do_not_say_where_they_start_together() -> None:
    both = lineage(merger("ZZ002", date(2023, 4, 1)), merger("ZZ003", date(2023, 4, 1)))
    held = holdings(starts(20, 150), of=both, targets=[of("ZZ001", 35, 20, 150)])

    told = desk(held, of("ZZ002", 25, 10, 100)).propose(LEADERSHIP, ProposalMethod.PREDECESSORS)

    assert (told.baseline, told.outcome) == (None, Reason.NO_ACTUALS)
