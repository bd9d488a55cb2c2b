"""Nothing that trusts hide can be worked out from sums over them, whoever looks."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.counts import Count
from app.domain.disclosure import Edition, Rules
from app.domain.measures import ALL_SCOPES
from app.domain.published_groups import BOARD, WORKFORCE, Cells, Tree, cells_of
from app.domain.suppression import decide
from tests.examples import examples
from tests.unit.domain.area_attack import Area, AreaAttack, Table, released_once

RULES = Rules()
Span = tuple[float, float]
"""The lowest and the highest value that a count may have."""

LOOKED_AT = 4
"""Hidden counts that are attacked in each example, chosen at random: all would take minutes."""


def groups_of(tree: Tree) -> list[frozenset[str]]:
    """Return every group that sums are told of: published ones, and all measures."""
    measures = [cells_of(scope) for scope in ALL_SCOPES]
    return [*tree.cells, *(one for one in measures if one <= tree.cells[0])]


def random_cells(random: Random, tree: Tree, scale: int) -> Cells:
    """Return a sparse table: many groups without people, most of the others with few."""
    cells = {}
    for name in sorted(tree.cells[0]):
        size = random.choice([0, 0, 1, 2, 4, 8]) * scale
        bme, unknown = (random.choice([0, random.randint(0, size)]) // 3 for _ in range(2))
        cells[name] = Count(size - bme - unknown, bme, unknown)
    return cells


def random_table(random: Random, code: str, tree: Tree, scale: int) -> Table:
    """Return a table that was released once, or, corrected a little, a second time."""
    first = random_cells(random, tree, scale)
    made = [Edition(decide(tree, first, RULES), first)]
    if random.random() < 0.3:
        cell = random.choice(sorted(first))
        second = {**first, cell: first[cell] + Count(white=random.randint(0, 9), bme=1)}
        made.append(Edition(decide(tree, second, RULES, made), second))
    return Table(code, made)


def list_narrowed(area: Area, random: Random) -> list[tuple[Span, Span]]:
    """Return what trusts, and sums, tell of hidden counts of which sums tell more, or too much."""
    attack = AreaAttack(area)
    hidden = attack.list_hidden()
    found = []
    for trust, group, cell in random.sample(hidden, min(LOOKED_AT, len(hidden))):
        alone = AreaAttack(replace(area, tables=[area.tables[trust]], groups=(), insider=None))
        expected, told = alone.span(0, group, cell), attack.span(trust, group, cell)
        is_wide = told[1] - told[0] >= RULES.width - 1e-6
        if told != pytest.approx(expected, abs=1e-6) or not (is_wide or told[1] == 0):
            found.append((expected, told))
    return found


@pytest.mark.parametrize(
    ("tree", "scale", "number"), [(BOARD, 2, 5), (BOARD, 9, 5), (WORKFORCE, 5, 1)]
)
def test_sums_tell_nothing_that_their_trusts_hide(tree: Tree, scale: int, number: int) -> None:
    groups = groups_of(tree)

    @given(st.randoms(use_true_random=False), st.integers(2, 6), st.booleans())
    @settings(max_examples=examples(number), deadline=None)
    def attack(random: Random, trusts: int, is_inside: bool) -> None:  # noqa: FBT001
        tables = [random_table(random, f"ZZ{at}", tree, scale) for at in range(trusts)]
        insider = tables[0].code if is_inside else None
        area = Area(tree, tables, insider, groups=groups)

        assert list_narrowed(area, random) == []

    attack()


def seats(white: int, bme: int, other_white: int, other_bme: int) -> dict[str, Count]:
    """Return a board of executive and of other voting members."""
    return {
        "voting/executive": Count(white, bme),
        "voting/non_executive": Count(other_white, other_bme),
    }


def board(code: str, cells: Cells) -> Table:
    return released_once(code, cells, decide(BOARD, cells, RULES))


def two_boards() -> Sequence[Table]:
    """Return a board that shows everything, and one that hides its few BME members."""
    return [board("ZZ0", seats(20, 12, 16, 10)), board("ZZ1", seats(20, 3, 30, 9))]


def span_of_the_small(*, insider: str | None, is_controlled: bool) -> tuple[float, float]:
    tables = two_boards()
    area = Area(BOARD, tables, insider, is_controlled=is_controlled, groups=groups_of(BOARD))
    hidden = BOARD.numbers["voting/executive"]
    assert not tables[1].newest.decision.shows("voting/executive")
    return AreaAttack(area).span(1, hidden, "bme")


@pytest.mark.parametrize("insider", [None, "ZZ0"])
def test_sums_that_were_not_controlled_would_tell(insider: str | None) -> None:
    lowest, highest = span_of_the_small(insider=insider, is_controlled=True)

    assert highest - lowest >= RULES.width
    assert span_of_the_small(insider=insider, is_controlled=False) == pytest.approx((3, 3))


def test_sums_of_trusts_that_show_everything_are_told() -> None:
    tables = [board(f"ZZ{at}", seats(20, 12, 16, 10)) for at in range(3)]
    area = Area(BOARD, tables, groups=groups_of(BOARD))

    told = [group for _, group, is_split in area.tell() if not is_split]

    assert told == [group for _ in range(2) for group in groups_of(BOARD)]
