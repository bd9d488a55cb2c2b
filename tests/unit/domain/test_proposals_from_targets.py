"""Goals that are proposed from the targets of trusts that are one now."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.proposals import Parts, gather_parts, propose_from_parts
from app.domain.targets import (
    Baseline,
    Basis,
    ProposalMethod,
)
from tests.unit.domain.given import cycle, target
from tests.unit.domain.proposing import NOT_NEEDED, at, due, half_up, in_people, of, teams

CYCLE = cycle(2022)


def returned(*codes: str, bme: int) -> tuple[frozenset[str], int]:
    """Return whom a return covers, and its BME people."""
    return frozenset(codes), bme


def test_targets_add_up_in_people() -> None:
    targets = (
        of("ZZ001", 35, 20, 150),
        of("ZZ002", "0.1500", 10, 100),
        of("ZZ004", NOT_NEEDED, 4, 8),
    )

    proposal = propose_from_parts(Parts(targets, 5), at(39, 308), CYCLE)

    # 15 % of 100 are 15: 11.67 in 2023 and 13.33 in 2024 take 12 and 14 people.
    assert (proposal.goal, proposal.milestones) == (in_people(59), (due(2023, 46), due(2024, 53)))
    assert proposal.path == {2022: 39, 2023: 46, 2024: 53, 2025: 59}
    assert proposal.basis == Basis(
        ProposalMethod.PREDECESSORS,
        {
            "targets": [
                _described("ZZ001", 25, 30, 35),
                _described("ZZ002", 12, 14, 15),
                _described("ZZ004", 4, 4, 4),
            ],
            "people_without_target": 5,
        },
    )


def _described(code: str, *headcounts: int) -> dict[str, object]:
    return {
        "ods_code": code,
        "version": 1,
        "headcounts": dict(zip(("2023", "2024", "2025"), headcounts, strict=True)),
    }


def test_targets_whose_census_was_corrected_upwards_do_not_propose_a_fall() -> None:
    # The target started from 20 of 150; now 30 are known, more than its path asks for in 2024.
    proposal = propose_from_parts(Parts((of("ZZ001", 32, 20, 150),), 0), at(30, 150), CYCLE)

    assert proposal.path == {2022: 30, 2023: 30, 2024: 30, 2025: 32}
    assert (proposal.goal, proposal.milestones) == (in_people(32), (due(2023, 30), due(2024, 30)))


def test_a_trust_that_had_nobody_counts_the_people_that_it_set_out_to_have() -> None:
    proposal = propose_from_parts(Parts((of("ZZ001", 3, 0, 0),), 0), at(0, 0), CYCLE)

    assert proposal.path == {2022: 0, 2023: 1, 2024: 2, 2025: 3}


def test_whom_no_target_covers_stay_as_they_are() -> None:
    alone = of("ZZ001", 35, 20, 150)

    parts = gather_parts([alone], [returned("ZZ001", bme=20), returned("ZZ002", bme=10)])

    assert parts == Parts((alone,), 10)


def test_one_return_for_several_trusts_keeps_the_targets_of_all() -> None:
    targets = (of("ZZ001", 35, 20, 150), of("ZZ002", 25, 10, 100))

    parts = gather_parts(targets, [returned("ZZ001", "ZZ002", bme=30)])

    assert parts == Parts(targets, 0)


def test_of_a_return_for_several_trusts_those_without_a_target_stay_as_they_are() -> None:
    alone = of("ZZ001", 35, 20, 150)

    parts = gather_parts([alone], [returned("ZZ001", "ZZ002", bme=30)])

    assert parts == Parts((alone,), 10)


def test_nobody_is_taken_away_for_whom_a_return_no_longer_counts() -> None:
    alone = of("ZZ001", 35, 20, 150)

    parts = gather_parts([alone], [returned("ZZ001", "ZZ002", bme=18)])

    assert parts == Parts((alone,), 0)


def test_a_target_for_several_trusts_takes_the_place_of_theirs() -> None:
    # ZZ002 became part of ZZ003, which set a target for both.
    first, both = of("ZZ001", 35, 20, 150), of("ZZ003", 35, 15, 150, "ZZ002")
    targets = (first, of("ZZ002", 25, 10, 100), both)
    returns = [returned(code, bme=bme) for code, bme in (("ZZ001", 20), ("ZZ002", 10))]

    parts = gather_parts(targets, [*returns, returned("ZZ003", bme=5)])

    assert parts == Parts((first, both), 0)
    assert [parts.required(year) for year in (2022, 2025)] == [35, 70]


@pytest.mark.parametrize("baseline", [Baseline(2022, 20, 150, 0, 0, source="A report"), None])
def test_a_target_that_says_nothing_else_covers_the_trust_that_set_it(
    baseline: Baseline | None,
) -> None:
    stated = target(NOT_NEEDED).with_baseline(baseline)

    parts = gather_parts([stated], [returned("ZZ001", bme=20), returned("ZZ002", bme=10)])

    assert parts == Parts((stated,), 10)
    assert parts.required(2025) == (30 if baseline else 10)


CODES = tuple(f"ZZ{number:03}" for number in range(1, 7))


@st.composite
def mergers(draw: st.DrawFn) -> tuple[dict[str, int], list[set[str]], list[set[str]]]:
    """BME people of trusts that are one now, whom each return covers, and whom each target.

    A target is of some trusts of one return, or of all trusts of several.
    """
    people = {code: draw(st.integers(0, 99)) for code in CODES}
    groups = draw(st.lists(st.integers(0, 3), min_size=6, max_size=6))
    returns = [{c for c, g in zip(CODES, groups, strict=True) if g == n} for n in set(groups)]
    several = st.lists(st.sampled_from(returns), min_size=1).map(lambda sets: set().union(*sets))
    some = st.sampled_from(returns).flatmap(
        lambda r: st.sets(st.sampled_from(sorted(r)), min_size=1)
    )
    return people, returns, draw(st.lists(st.one_of(several, some), max_size=6))


@given(mergers())
def test_at_the_first_census_everybody_is_counted_once(
    merger: tuple[dict[str, int], list[set[str]], list[set[str]]],
) -> None:
    people, returns, covered = merger
    targets = []
    for codes in covered:
        bme, (first, *others) = sum(people[code] for code in codes), sorted(codes)
        targets.append(of(first, bme + 9, bme, 1000, *others))

    parts = gather_parts(
        targets, [returned(*codes, bme=sum(people[code] for code in codes)) for codes in returns]
    )

    assert parts.required(2022) == sum(people.values())


Aimed = tuple[int, int, int, bool]
"""BME people, people, and the goal, in people or in ten-thousandths."""


@st.composite
def aims(draw: st.DrawFn) -> Aimed:
    bme, total = draw(teams())
    is_share = draw(st.booleans())
    lowest, highest = (-(-bme * 10_000 // total), 10_000) if is_share else (bme, 2 * total)
    return bme, total, draw(st.integers(lowest, highest)), is_share


def asked_for(aim: Aimed, step: int) -> int:
    """Return the people due after some of three years, by whole numbers alone."""
    bme, total, goal, is_share = aim
    if is_share:
        return -(-(30_000 * bme + (goal * total - 10_000 * bme) * step) // 30_000)
    return half_up(3 * bme + (goal - bme) * step, 3)


@given(st.lists(aims(), min_size=1, max_size=5), st.integers(0, 50))
def test_every_sum_is_that_of_the_paths_of_its_targets(
    sought: Sequence[Aimed], others: int
) -> None:
    targets = []
    for number, (bme, total, goal, is_share) in enumerate(sought):
        stated = str(Decimal(goal).scaleb(-4)) if is_share else goal
        targets.append(of(f"ZZ{number:03}", stated, bme, total))
    start = at(others + sum(aim[0] for aim in sought), 50 + sum(aim[1] for aim in sought))

    proposal = propose_from_parts(Parts(tuple(targets), others), start, CYCLE)

    assert proposal.path == {
        2022 + step: others + sum(asked_for(aim, step) for aim in sought) for step in range(4)
    }
    assert proposal.goal == in_people(proposal.path[2025])
