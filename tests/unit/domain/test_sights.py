"""What is seen of groups of people in trusts and in sums over trusts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.area_units import Unit
from app.domain.bands import StaffGroup
from app.domain.disclosure import Decision, Rules, Suppression
from app.domain.measures import ALL_SCOPES, Measure, ReferenceKind, Scope
from app.domain.organisations import Kind, Organisation
from app.domain.panels import Question
from app.domain.published_groups import BOARD, WORKFORCE, Tree, cells_of
from app.domain.series import Head, Lineage
from app.domain.sights import (
    Hidden,
    Sight,
    list_groups,
    look_at,
    needed_names,
    reference_cells,
)

SENT = datetime(2025, 6, 1, tzinfo=UTC)
GROUPS = [cells_of(scope) for scope in ALL_SCOPES]
YEARS = (2023, 2024)


def unit(code: str, *senders: str, years: tuple[int, ...] = YEARS) -> Unit:
    """Return a trust whose censuses are made of its own returns, or of others'."""
    trust = Organisation(code, Kind.TRUST)
    parts = {
        year: tuple(Head(one, year, 1, (one,), SENT) for one in senders or (code,))
        for year in years
    }
    return Unit(Lineage(trust, {}, {}, ()), parts, parts)


def of_staff(decided: Mapping[tuple[str, int], Decision]) -> Hidden:
    return Hidden.of(WORKFORCE, decided)


def of_boards(decided: Mapping[tuple[str, int], Decision]) -> Hidden:
    return Hidden.of(BOARD, decided)


def labels(tree: Tree) -> st.SearchStrategy[dict[str, Suppression]]:
    """Draw why some of the groups of a tree are hidden."""
    return st.dictionaries(
        st.sampled_from([one.name for one in tree.groups]), st.sampled_from(Suppression)
    )


@st.composite
def decisions(draw: st.DrawFn, tree: Tree) -> Decision:
    """Draw any decision: all that hides a group hides all of its smallest groups or some."""
    return Decision(Rules(), draw(labels(tree)), draw(labels(tree)))


@given(decisions(WORKFORCE), decisions(BOARD))
@settings(max_examples=50)
def test_a_trust_is_seen_as_its_own_answer_shows_it(staff: Decision, board: Decision) -> None:
    sight = look_at(
        [unit("ZZ1")],
        YEARS,
        GROUPS,
        staff=of_staff({("ZZ1", 2024): staff}),
        boards=of_boards({("ZZ1", 2024): board}),
    )

    told = [
        (board if scope.is_of_board else staff).publish(
            BOARD if scope.is_of_board else WORKFORCE, {}, cells_of(scope)
        )
        for scope in ALL_SCOPES
    ]
    places = range(len(GROUPS))
    assert [sight.why_row(0, at, 1) for at in places] == [one.suppressed for one in told]
    assert [sight.why_split(0, at, 1) for at in places] == [one.split_suppressed for one in told]
    assert not sight.rows[0, :, 0].any()
    assert (sight.bases[0, :, 0].tolist(), sight.bases[0, :, 1].tolist()) == (
        [1] * len(GROUPS),
        [5] * len(GROUPS),
    )


def hiding(**rows: Suppression) -> Decision:
    return Decision(Rules(), rows)


def test_a_census_of_several_returns_is_seen_where_all_of_them_show_it() -> None:
    decided = {
        ("ZZ1", 2024): hiding(leadership=Suppression.SECONDARY),
        ("ZZ2", 2024): Decision(
            Rules(base=10), {"leadership": Suppression.PRIMARY}, {"workforce": Suppression.PRIMARY}
        ),
    }
    groups = [cells_of(Scope(Measure.LEADERSHIP)), cells_of(Scope(Measure.WORKFORCE))]

    sight = look_at(
        [unit("ZZ3", "ZZ1", "ZZ2")], YEARS, groups, staff=of_staff(decided), boards=of_boards({})
    )

    assert [sight.why_row(0, at, 1) for at in (0, 1)] == [Suppression.PRIMARY, None]
    assert [sight.why_split(0, at, 1) for at in (0, 1)] == [Suppression.PRIMARY] * 2
    assert sight.bases[0].tolist() == [[1, 10], [1, 10]]


def test_a_sum_is_seen_where_every_part_of_it_is() -> None:
    units = [unit("ZZ1"), unit("ZZ2"), unit("ZZ3", years=(2024,))]
    decided = {
        ("ZZ1", 2023): hiding(vsm=Suppression.PRIMARY),
        ("ZZ2", 2024): hiding(vsm=Suppression.SECONDARY),
    }
    seen = look_at(
        units, YEARS, [cells_of(Scope(Measure.VSM))], staff=of_staff(decided), boards=of_boards({})
    )
    counted = np.array([[[1, 1], [1, 1], [0, 1]], [[0, 1], [1, 0], [0, 1]]], np.bool_)

    sums = seen.of_sums(counted, np.zeros_like(counted), [False])

    assert [[sums.why_row(area, 0, at) for at in (0, 1)] for area in (0, 1)] == [
        [Suppression.PRIMARY, Suppression.SECONDARY],
        [None, None],
    ]
    assert sums.bases[:, 0].tolist() == [[5, 5], [1, 1]]
    assert seen.of_some(np.array([True, True, False]), 0, 1) == (
        5,
        Suppression.SECONDARY,
        Suppression.SECONDARY,
    )
    assert seen.of_some(np.zeros(3, np.bool_), 0, 1) == (1, None, None)


def test_a_sum_of_boards_takes_those_whose_boards_are_in_it() -> None:
    groups = [cells_of(Scope(Measure.BOARD)), cells_of(Scope(Measure.VSM))]
    seen = look_at(
        [unit("ZZ1")],
        YEARS,
        groups,
        staff=of_staff({("ZZ1", 2024): hiding(vsm=Suppression.PRIMARY)}),
        boards=of_boards({("ZZ1", 2024): hiding(board=Suppression.PRIMARY)}),
    )
    everybody, nobody = np.ones((1, 1, 2), np.bool_), np.zeros((1, 1, 2), np.bool_)

    staff, boards = (
        seen.of_sums(*kinds, [True, False]).rows[0, :, 1].tolist()
        for kinds in ((everybody, nobody), (nobody, everybody))
    )

    assert (staff, boards) == ([0, 2], [2, 0])


def test_the_groups_of_questions_are_their_measures_and_what_they_are_held_against() -> None:
    medical = Question(Scope(Measure.CONSULTANTS), ReferenceKind.OWN_MEDICAL_WORKFORCE)
    of_group = Question(Scope(Measure.VSM, StaffGroup.CLINICAL), ReferenceKind.OWN_STAFF_GROUP)
    alone = Question(Scope(Measure.WORKFORCE), None)

    assert [WORKFORCE.names.get(one) for one in list_groups([medical, alone])] == [
        "consultant",
        "workforce",
        "medical",
        None,
    ]
    assert reference_cells(alone) == frozenset()
    assert reference_cells(of_group) == {
        name for name in WORKFORCE.cells[0] if name.startswith("clinical/")
    }


def test_nothing_is_hidden_of_nothing() -> None:
    assert not Sight.of_nothing(2, 3, 4).rows.any()


def test_what_is_not_known_is_not_taken_for_shown() -> None:
    vsm, workforce = (cells_of(Scope(one)) for one in (Measure.VSM, Measure.WORKFORCE))
    known = replace(of_staff({}), names=needed_names(WORKFORCE, [vsm]))

    with pytest.raises(ValueError, match="nothing is known"):
        look_at([unit("ZZ1")], YEARS, [vsm, workforce], staff=known, boards=of_boards({}))


def test_a_group_that_is_not_published_takes_all_groups_within_it() -> None:
    narrowed = cells_of(Scope(Measure.SENIOR_LEADERSHIP, StaffGroup.CLINICAL))

    assert needed_names(WORKFORCE, [narrowed, frozenset()]) == narrowed
    assert needed_names(BOARD, [cells_of(Scope(Measure.BOARD_EXECUTIVE))]) == {
        "voting/executive",
        "non_voting/executive",
    }
