"""Counts as everybody may read them: rounded, hidden, and summed from what is shown."""

from fractions import Fraction

import pytest

from app.domain.counts import Count
from app.domain.disclosure import (
    DEFAULT_RULES,
    Decision,
    Layer,
    PublicCounts,
    Rules,
    Suppression,
)
from app.domain.measures import ALL_SCOPES, Measure, Scope
from app.domain.published_groups import BOARD, WORKFORCE, cells_of
from tests.unit.domain.disclosing import TRUST, bme_and_others

P, S = Suppression.PRIMARY, Suppression.SECONDARY

COUNTS = bme_and_others(
    low_clinical=(52, 21, 12),
    low_other=(60, 3, 0),
    high_clinical=(41, 18, 9),
    band_other=(9, 9, 9),
)

DECISION = Decision(
    DEFAULT_RULES, {"low/clinical": S, "low/other": P}, {"high/clinical": P, "high": P}
)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20)]
)
def test_a_count_is_rounded_to_the_nearest_five(count: int, shown: int) -> None:
    assert DEFAULT_RULES.rounded(count) == shown


def test_halves_are_rounded_up() -> None:
    assert [Rules(base=10).rounded(count) for count in (14, 15, 25)] == [10, 20, 30]


@pytest.mark.parametrize(("threshold", "base"), [(4, 5), (11, 5), (7, 0), (7, 11)])
def test_rules_out_of_range_are_refused(threshold: int, base: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        Rules(threshold, base)


def test_no_count_that_is_shown_is_rounded_to_nobody() -> None:
    for threshold in range(5, 11):
        for base in range(1, 11):
            assert Rules(threshold, base).rounded(threshold + 1) > 0


def test_a_shown_group_has_rounded_counts_and_shares_of_them() -> None:
    shown = DECISION.publish(TRUST, COUNTS, ["low/clinical", "low/other"])

    assert shown == PublicCounts(
        bme=25, total=150, suppressed=None, white=110, unknown=10, split_suppressed=None
    )
    assert (shown.share, shown.share_of_known, shown.unknown_share) == (
        Fraction(1, 6),
        Fraction(25, 135),
        Fraction(1, 15),
    )


def test_a_hidden_group_has_nothing_but_why() -> None:
    hidden = DECISION.publish(TRUST, COUNTS, ["low/clinical"])

    assert hidden == PublicCounts(None, None, S, None, None, S)
    assert (hidden.share, hidden.share_of_known, hidden.unknown_share) == (None, None, None)


def test_a_split_is_hidden_alone() -> None:
    shown = DECISION.publish(TRUST, COUNTS, ["high/clinical"])

    assert shown == PublicCounts(20, 70, None, None, None, P)
    assert (shown.share, shown.share_of_known) == (Fraction(2, 7), None)


def test_groups_that_are_shown_add_up_to_what_is_no_group() -> None:
    shown = DECISION.publish(TRUST, COUNTS, ["band/other", "high/clinical"])

    assert shown == PublicCounts(25, 95, None, None, None, P)


@pytest.mark.parametrize(
    ("cell", "why"), [("low/clinical", S), ("low/other", P)], ids=["secondary", "primary"]
)
def test_a_sum_with_a_hidden_group_is_hidden_for_what_is_hidden(
    cell: str, why: Suppression
) -> None:
    hidden = DECISION.publish(TRUST, COUNTS, ["band/other", cell])

    assert (hidden.bme, hidden.suppressed) == (None, why)


def test_nobody_is_shown_and_has_no_share() -> None:
    shown = DECISION.publish(TRUST, COUNTS, ["senior"])

    assert shown == PublicCounts(0, 0, None, 0, 0, None)
    assert (shown.share, shown.share_of_known, shown.unknown_share) == (None, None, None)


def test_what_is_hidden_of_a_row_is_hidden_of_its_split_too() -> None:
    assert [DECISION.shows("high", layer) for layer in Layer] == [True, False]
    assert [DECISION.shows("low/other", layer) for layer in Layer] == [False, False]
    assert set(DECISION.hidden(Layer.SPLIT)) == {
        "low/clinical",
        "low/other",
        "high/clinical",
        "high",
    }


def test_every_measure_that_is_not_narrowed_is_a_published_group() -> None:
    whole = [one for one in ALL_SCOPES if one.staff_group is None]
    groups = {**WORKFORCE.names, **BOARD.names}

    names = {scope.measure.value: groups.get(cells_of(scope)) for scope in whole}

    assert names.pop(Measure.BOARD_EXECUTIVE.value) is None
    assert names == {
        **{name: name for name in ("workforce", "leadership", "senior_leadership", "board")},
        **{f"band_{name}": name for name in ("8a", "8b", "8c", "8d", "9")},
        "vsm": "vsm",
        "consultants": "consultant",
        "board_voting": "voting",
    }


def test_a_part_of_the_board_is_a_sum_of_seats() -> None:
    executive = cells_of(Scope(Measure.BOARD_EXECUTIVE))
    seats = {"voting/executive": Count(9, 9, 9), "non_voting/executive": Count(9, 9, 9)}

    shown = Decision(DEFAULT_RULES).publish(BOARD, seats, executive)

    assert (shown.bme, shown.total) == (20, 55)
