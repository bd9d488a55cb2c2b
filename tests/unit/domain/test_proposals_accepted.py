"""Whatever is proposed is accepted: the draft of it has no fault, whatever it is held against."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.actuals import ActualsRevision
from app.domain.codes import TargetState
from app.domain.holdings import Holdings
from app.domain.measures import ReferenceKind
from app.domain.proposal_desk import Assumptions, Desk
from app.domain.proposals import Proposal
from app.domain.records import Author, Record
from app.domain.target_checks import (
    find_goal_faults,
    find_milestone_faults,
    find_reference_share,
    find_terms_faults,
)
from app.domain.target_moves import Move
from app.domain.targets import Goal, ParityReference, ProposalMethod, Target, Terms
from tests.unit.domain.given import (
    LEADERSHIP,
    NOW,
    RECORD,
    cycle,
    holdings,
    people,
    sent,
    target,
    team,
)
from tests.unit.domain.proposing import MAINTAIN, in_people, teams

CYCLE = cycle(2022)
METHODS = (ProposalMethod.STRATEGY, ProposalMethod.APPOINTMENTS, ProposalMethod.REBASED)

Counts = tuple[int, int]


def census(year: int, leaders: Counts, others: Counts = (100, 1000)) -> ActualsRevision:
    return sent(year, team(people(*leaders), people(*others)))


def fixed(share: str) -> ParityReference:
    return ParityReference(ReferenceKind.FIXED, Decimal(share), "Census 2021")


def held_against(
    reference: ParityReference | None, goal: Goal | str | int, before: Counts = (40, 50)
) -> Target:
    """Return a target that was set from a census that was another one then."""
    own = target(goal, bme=before[0], total=before[1], workforce=(140, 1050))
    terms = replace(own.version.terms, reference=reference)
    return replace(own, version=replace(own.version, terms=terms))


def propose(held: Holdings, method: ProposalMethod) -> Goal | None:
    """Return the goal that is proposed, once the draft of it was found to have no fault."""
    told = Desk(held, (), CYCLE, Assumptions()).propose(LEADERSHIP, method)
    if not isinstance(told.outcome, Proposal):
        return None
    kept = held.versions[0].reference if held.versions else None
    terms = Terms(told.outcome.goal, told.outcome.milestones, kept, basis=told.outcome.basis)
    assert told.baseline is not None
    reference = find_reference_share(
        LEADERSHIP, kept, told.baseline, held.staff.censuses[CYCLE.starts]
    )
    assert [
        *find_terms_faults(LEADERSHIP, CYCLE, terms, NOW.date()),
        *find_goal_faults(terms.goal, told.baseline, reference),
        *find_milestone_faults(terms, told.baseline),
    ] == []
    return terms.goal


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("reference", "maintains"),
    [(None, True), (fixed("0.7500"), False), (fixed("0.7000"), True), (fixed("0.0500"), True)],
)
def test_who_has_a_reference_of_its_own_maintains_when_it_is_at_that_one(
    method: ProposalMethod, reference: ParityReference | None, *, maintains: bool
) -> None:
    # 35 of 50 leaders are BME, of the workforce an eighth.
    held = holdings(
        census(2018, (20, 50)),
        census(2022, (35, 50)),
        targets=[held_against(reference, MAINTAIN)],
    )

    assert (propose(held, method) == MAINTAIN) is maintains


@pytest.mark.parametrize("method", METHODS)
def test_who_is_above_a_low_reference_of_its_own_maintains_below_the_workforce(
    method: ProposalMethod,
) -> None:
    low = held_against(fixed("0.0500"), MAINTAIN, before=(2, 20))
    held = holdings(census(2018, (1, 20)), census(2022, (3, 20), (500, 1000)), targets=[low])

    assert propose(held, method) == MAINTAIN


@pytest.mark.parametrize("reference", [None, fixed("0.9000")])
def test_the_path_of_the_strategy_is_that_to_the_workforces_share(
    reference: ParityReference | None,
) -> None:
    held = holdings(
        census(2018, (20, 400), (220, 800)),
        census(2022, (40, 400)),
        targets=[held_against(reference, "0.9500")],
    )

    told = Desk(held, (), CYCLE, Assumptions()).propose(LEADERSHIP, ProposalMethod.STRATEGY)

    assert isinstance(told.outcome, Proposal)
    assert told.outcome.basis.inputs["reference_share"] == "0.2"


goals = st.one_of(
    st.just(MAINTAIN),
    st.integers(0, 2500).map(in_people),
    st.integers(0, 10_000)
    .map(lambda units: target(str(Decimal(units).scaleb(-4))))
    .map(lambda one: one.version.terms.goal),
)

references = st.one_of(
    st.none(),
    st.integers(0, 10_000).map(lambda units: fixed(f"{Decimal(units).scaleb(-4):.4f}")),
    st.sampled_from((ReferenceKind.OWN_WORKFORCE, ReferenceKind.OWN_WORKFORCE_AT_BASELINE)).map(
        ParityReference
    ),
)


@given(
    st.tuples(teams(), teams(), teams(), teams()),
    st.tuples(references, goals) | st.none(),
    st.sampled_from(METHODS),
)
@example(((20, 50), (40, 50), (35, 50), (100, 1000)), (fixed("0.7500"), MAINTAIN), METHODS[2])
@example(((20, 25), (20, 25), (20, 25), (100, 1000)), (fixed("0.9000"), MAINTAIN), METHODS[0])
@example(((20, 25), (20, 25), (20, 25), (100, 1000)), (fixed("0.9000"), MAINTAIN), METHODS[1])
def test_whatever_is_proposed_is_accepted(
    counts: tuple[Counts, Counts, Counts, Counts],
    own: tuple[ParityReference | None, Goal] | None,
    method: ProposalMethod,
) -> None:
    first, before, now, others = counts
    held = holdings(
        census(2018, first),
        census(2022, now, others),
        targets=[] if own is None else [held_against(*own, before=before)],
    )

    propose(held, method)


# As of when.


def test_a_reference_counts_from_when_it_was_last_changed() -> None:
    created, changed, withdrawn = (NOW + timedelta(days=days) for days in (1, 2, 3))
    own = held_against(fixed("0.7500"), MAINTAIN)
    drafted = (Move(TargetState.DRAFT, Record(created, Author("test"))),)
    given_up = (*drafted, Move(TargetState.WITHDRAWN, Record(withdrawn, Author("test"))))
    versions = [
        own.version,
        replace(own.version, moves=drafted),
        replace(own.version, moves=drafted, edited_at=changed),
        replace(own.version, moves=given_up, edited_at=changed),
    ]

    instants = [
        Desk(
            holdings(census(2022, (35, 50)), targets=[replace(own, version=version)]),
            (),
            CYCLE,
            Assumptions(),
        )
        .propose(LEADERSHIP, ProposalMethod.APPOINTMENTS)
        .as_of
        for version in versions
    ]

    assert instants == [RECORD.at, created, changed, withdrawn]
