"""What is hidden of a table: small counts, and what would tell them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.counts import Count
from app.domain.disclosure import DEFAULT_RULES, Decision, Edition, Layer, Rules, Suppression
from app.domain.published_groups import WORKFORCE, Group, Tree
from app.domain.suppression import Draft, decide
from tests.examples import examples
from tests.unit.domain.disclosing import RULES, TREES, TRUST, bme_and_others, cells_in, revised
from tests.unit.domain.disclosure_attack import Attack

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

P, S = Suppression.PRIMARY, Suppression.SECONDARY

LARGE = bme_and_others(
    senior=(60, 40, 10),
    junior=(50, 50, 0),
    band_clinical=(80, 40, 20),
    band_other=(90, 30, 12),
    low_clinical=(50, 20, 0),
    low_other=(60, 25, 0),
    high_clinical=(40, 15, 9),
    high_other=(45, 18, 8),
)
"""A trust in which no count is small."""


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert decide(TRUST, LARGE, DEFAULT_RULES) == Decision(DEFAULT_RULES)


def test_a_small_count_is_hidden_and_so_is_what_would_tell_it() -> None:
    counts = LARGE | bme_and_others(high_clinical=(40, 3, 9))

    decision = decide(TRUST, counts, DEFAULT_RULES)

    assert decision == Decision(DEFAULT_RULES, {"high/clinical": P, "high/other": S})


def test_a_group_of_fewer_than_ten_is_hidden_with_all_its_parts() -> None:
    counts = LARGE | bme_and_others(high_clinical=(9, 0, 0), high_other=(0, 0, 0))

    decision = decide(TRUST, counts, DEFAULT_RULES)

    assert decision.rows == {
        "high": P,
        "high/clinical": P,
        "high/other": P,
        "low": S,
        "low/clinical": S,
    }


def test_a_small_split_is_hidden_without_its_row() -> None:
    counts = LARGE | bme_and_others(high_clinical=(46, 15, 3), high_other=(45, 18, 18))

    decision = decide(TRUST, counts, DEFAULT_RULES)

    assert decision == Decision(DEFAULT_RULES, {}, {"high/clinical": P, "high/other": S})


def test_hidden_groups_that_share_too_few_people_need_company() -> None:
    counts = LARGE | bme_and_others(high_clinical=(40, 1, 9), high_other=(45, 1, 8))

    decision = decide(TRUST, counts, DEFAULT_RULES)

    assert decision.rows["high"] is P
    assert {"low", "leaders"} & set(decision.rows)


def test_a_group_of_nobody_is_shown_as_such() -> None:
    counts = LARGE | bme_and_others(high_clinical=(0, 0, 0))

    assert decide(TRUST, counts, DEFAULT_RULES) == Decision(DEFAULT_RULES)


def test_the_same_counts_again_are_decided_as_before_whatever_the_rules() -> None:
    counts = LARGE | bme_and_others(high_clinical=(40, 3, 9))
    first = Edition(decide(TRUST, counts, DEFAULT_RULES), counts)

    again = decide(TRUST, counts, Rules(threshold=10), [first])

    assert again == first.decision


def test_a_correction_that_leaves_all_safe_is_shown_as_before() -> None:
    counts = LARGE | bme_and_others(high_clinical=(40, 3, 9))
    first = Edition(decide(TRUST, counts, DEFAULT_RULES), counts)
    corrected = counts | bme_and_others(low_clinical=(50, 21, 0))

    assert decide(TRUST, corrected, DEFAULT_RULES, [first]) == first.decision


@pytest.mark.parametrize(
    ("corrected", "rules"),
    [
        (bme_and_others(low_clinical=(50, 4, 0)), DEFAULT_RULES),
        (bme_and_others(high_other=(45, 18, 6)), DEFAULT_RULES),
        (bme_and_others(low_clinical=(51, 20, 0)), Rules(threshold=8)),
    ],
)
def test_a_correction_that_would_tell_something_is_hidden_wherever_it_counts(
    corrected: dict[str, Count], rules: Rules
) -> None:
    first = Edition(decide(TRUST, LARGE, DEFAULT_RULES), LARGE)
    changed = next(iter(corrected))

    decision = decide(TRUST, LARGE | corrected, rules, [first])

    assert decision == Decision(
        rules,
        {
            group.name: S
            for group, cells in zip(TRUST.groups, TRUST.cells, strict=True)
            if changed in cells
        },
    )


def test_after_figures_that_were_public_as_they_are_only_what_is_unchanged_is_shown() -> None:
    counts = LARGE | bme_and_others(high_clinical=(40, 3, 9))
    exact = Edition(Decision(DEFAULT_RULES), counts)
    corrected = counts | bme_and_others(low_clinical=(50, 21, 0))

    decision = decide(TRUST, corrected, DEFAULT_RULES, [exact])

    assert set(decision.rows) == {"everybody", "others", "leaders", "low", "low/clinical"}
    assert decision.shows("high/clinical")


UNDIVIDED = {
    "clinical/5": Count(white=100, bme=40, unknown=7),
    "clinical/6": Count(white=2, bme=20),
    "clinical/7": Count(white=2, bme=20, unknown=1),
}
"""Of 8 people of unknown ethnicity 7 are hidden; whoever knows the 8 knows that of the five others
in bands 6 and 7 at most one is, and nothing is left to hide but rows."""


TWO = Tree(Group("all", (Group("one"), Group("two"))))


def test_a_whole_is_hidden_where_it_tells_two_small_parts_too_closely() -> None:
    decision = decide(TWO, {"one": Count(unknown=9), "two": Count(unknown=5)}, DEFAULT_RULES)

    assert decision == Decision(DEFAULT_RULES, {"all": P, "one": P, "two": P})


def test_the_split_of_a_whole_is_hidden_where_it_tells_two_small_splits_too_closely() -> None:
    counts = {"one": Count(unknown=12), "two": Count(white=28, bme=10, unknown=5)}

    decision = decide(TWO, counts, DEFAULT_RULES)

    assert decision == Decision(DEFAULT_RULES, splits={"all": S, "one": P, "two": P})


def test_where_no_division_is_left_to_hide_nothing_is_shown() -> None:
    decision = decide(WORKFORCE, UNDIVIDED, DEFAULT_RULES)

    assert decision.shows_nothing(WORKFORCE)
    assert {name for name, why in decision.rows.items() if why is S} == {
        "workforce",
        "agenda_for_change",
        "5",
        "clinical/5",
    }
    assert decision.splits == {}
    assert list(Attack(WORKFORCE, [Edition(decision, UNDIVIDED)]).find_leaks()) == []


def test_where_nothing_is_shown_nothing_is_after_a_correction() -> None:
    first = Edition(decide(WORKFORCE, UNDIVIDED, DEFAULT_RULES), UNDIVIDED)
    corrected = UNDIVIDED | {"clinical/5": Count(white=900, bme=400, unknown=70)}

    assert decide(WORKFORCE, corrected, DEFAULT_RULES, [first]) == first.decision


def test_where_no_row_is_left_to_hide_it_ends() -> None:
    singles = Tree(Group("all", tuple(Group(str(number)) for number in range(36))))
    counts = {str(number): Count(white=1) for number in range(36)}

    decision = decide(singles, counts, DEFAULT_RULES)

    assert decision == Decision(DEFAULT_RULES, {group.name: P for group in singles.groups})


def test_where_a_whole_and_all_its_parts_are_hidden_the_next_one_up_gives_way() -> None:
    # No table has been found that comes to this: whatever tells a part tells its whole first.
    counts = dict.fromkeys(TRUST.cells[0], Count(white=50, bme=50, unknown=50))
    numbers = {group.name: number for number, group in enumerate(TRUST.groups)}
    whole, parts = numbers["low"], [numbers["low/clinical"], numbers["low/other"]]
    draft = Draft(TRUST, TRUST.add_up(counts), DEFAULT_RULES)

    for number in (whole, *parts):
        draft.splits[number] = S
    assert draft.choose_split(parts[0]) == numbers["high"]

    for number in (whole, *parts):
        draft.rows[number] = S
    assert draft.choose_row(parts[0]) == numbers["high"]


@settings(SLOW, max_examples=examples(6))
@given(data=st.data(), tree=TREES, rules=RULES)
def test_nobody_can_work_out_what_is_hidden(data: st.DataObject, tree: Tree, rules: Rules) -> None:
    counts = data.draw(cells_in(tree))

    decision = decide(tree, counts, rules)

    edition = Edition(decision, counts)
    assert list(Attack(tree, [edition]).find_leaks()) == []


@settings(SLOW, max_examples=examples(4))
@given(data=st.data(), tree=TREES, rules=RULES, editions=st.integers(2, 3))
def test_nobody_can_work_out_what_is_hidden_from_several_editions(
    data: st.DataObject, tree: Tree, rules: Rules, editions: int
) -> None:
    counts = data.draw(cells_in(tree))
    seen = [Edition(decide(tree, counts, rules), counts)]

    while len(seen) < editions:
        counts = data.draw(revised(counts))
        seen.append(Edition(decide(tree, counts, rules, seen), counts))

    assert list(Attack(tree, seen).find_leaks()) == []


@settings(SLOW, max_examples=examples(2))
@given(data=st.data(), rules=RULES)
def test_nobody_can_work_out_what_is_hidden_from_rounded_counts(
    data: st.DataObject, rules: Rules
) -> None:
    counts = data.draw(cells_in(TRUST))

    edition = Edition(decide(TRUST, counts, rules), counts)

    assert list(Attack(TRUST, [edition], is_exact=False).find_leaks()) == []


@settings(SLOW, max_examples=examples(2))
@given(data=st.data(), rules=RULES)
def test_nobody_can_work_out_what_is_hidden_who_knows_that_people_are_whole(
    data: st.DataObject, rules: Rules
) -> None:
    counts = data.draw(cells_in(TRUST))

    edition = Edition(decide(TRUST, counts, rules), counts)

    assert list(Attack(TRUST, [edition], whole=True).find_leaks()) == []


@settings(SLOW, max_examples=examples(20))
@given(data=st.data(), rules=RULES)
def test_every_workforce_can_be_decided_on_and_hides_what_is_small(
    data: st.DataObject, rules: Rules
) -> None:
    counts = data.draw(cells_in(WORKFORCE))

    decision = decide(WORKFORCE, counts, rules)

    for group, count in zip(WORKFORCE.groups, WORKFORCE.add_up(counts), strict=True):
        if decision.shows(group.name):
            assert count.total == 0 or count.total >= 10
            assert not rules.is_small(count.bme)
            assert not rules.is_small(count.total - count.bme)
        if decision.shows(group.name, Layer.SPLIT):
            assert not rules.is_small(count.white)
            assert not rules.is_small(count.unknown)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        (bme_and_others(high_clinical=(40, 3, 9)), "high/other"),
        (bme_and_others(high_clinical=(9, 0, 0), high_other=(0, 0, 0)), "low"),
    ],
)
def test_the_attack_works_out_what_is_hidden_alone(counts: dict[str, Count], shown: str) -> None:
    decision = decide(TRUST, LARGE | counts, DEFAULT_RULES)
    below = {
        group.name
        for group in TRUST.groups
        if group.name.startswith(shown) and group.name in decision.rows
    }
    alone = Decision(
        DEFAULT_RULES,
        {name: why for name, why in decision.rows.items() if name not in below},
        decision.splits,
    )

    leak = next(Attack(TRUST, [Edition(alone, LARGE | counts)]).find_leaks())

    assert below
    assert leak.lowest == leak.highest


def test_the_attack_subtracts_an_edition_from_the_one_before() -> None:
    counts = LARGE | bme_and_others(high_clinical=(40, 3, 9))
    first = Edition(decide(TRUST, counts, DEFAULT_RULES), counts)
    corrected = counts | bme_and_others(high_other=(45, 17, 8))
    heedless = Decision(DEFAULT_RULES, {"high/clinical": P, "high": S}, {})

    seen = [first, Edition(heedless, corrected)]

    assert [leak.group for leak in Attack(TRUST, seen).find_leaks()]


def test_a_part_is_hidden_where_the_label_and_what_is_shown_in_a_group_tell_too_much() -> None:
    counts = bme_and_others(
        senior=(11, 0, 0),
        junior=(8, 50, 0),
        band_clinical=(0, 49, 0),
        low_clinical=(5, 0, 0),
        low_other=(0, 1, 0),
        high_clinical=(0, 1, 0),
        high_other=(34, 0, 0),
    )

    edition = Edition(decide(TRUST, counts, DEFAULT_RULES), counts)

    assert {"high", "high/clinical", "high/other"} <= set(edition.decision.rows)
    assert list(Attack(TRUST, [edition]).find_leaks()) == []
