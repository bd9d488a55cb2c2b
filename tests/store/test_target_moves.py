"""The moves that the database itself allows are those of the one table of moves."""

from collections.abc import Sequence

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.domain.codes import TargetState
from app.domain.target_moves import MOVES
from app.store.rows import Row
from tests.store.rows_to_try import GOOD, fill

DRAFT, SUBMITTED, REVIEWED, RETURNED, SUPERSEDED, WITHDRAWN = TargetState

WAYS: dict[TargetState, list[TargetState]] = {
    DRAFT: [DRAFT],
    SUBMITTED: [DRAFT, SUBMITTED],
    REVIEWED: [DRAFT, SUBMITTED, REVIEWED],
    RETURNED: [DRAFT, SUBMITTED, RETURNED],
    SUPERSEDED: [DRAFT, SUBMITTED, SUPERSEDED],
    WITHDRAWN: [DRAFT, WITHDRAWN],
}
"""How a version comes to be in each state."""


class Lives:
    """Versions of the target of the good rows, each a life of its own."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._version = 1

    def begin(self, states: Sequence[TargetState] = ()) -> None:
        """Let a further version live through states."""
        self._version += 1
        values = GOOD["target_version"][-1] | {"version": self._version}
        self._session.execute(insert(Row.metadata.tables["target_version"]).values(values))
        for ordinal, state in enumerate(states):
            assert self.takes(ordinal, state), f"{states} is a life"

    def takes(self, *moves: int | TargetState) -> bool:
        """Return whether the database takes moves, each an ordinal and a state, at once."""
        good = GOOD["target_move"][-1] | {"version": self._version}
        pairs = zip(moves[::2], moves[1::2], strict=True)
        rows = [good | {"ordinal": ordinal, "state": state} for ordinal, state in pairs]
        try:
            with self._session.begin_nested():
                self._session.execute(insert(Row.metadata.tables["target_move"]), rows)
        except IntegrityError as error:
            diagnosis = getattr(error.orig, "diag", None)
            said = str(error.orig) if diagnosis is None else diagnosis.message_primary
            assert said == "a version does not move so"
            return False
        return True


@pytest.fixture
def lives(session: Session) -> Lives:
    fill(session)
    return Lives(session)


def test_the_database_allows_the_moves_of_the_table_and_no_other(lives: Lives) -> None:
    allowed: dict[TargetState, set[TargetState]] = {}
    for before, way in WAYS.items():
        allowed[before] = set()
        for after in TargetState:
            lives.begin(way)
            if lives.takes(len(way), after):
                allowed[before].add(after)

    assert allowed == {before: set(after) for before, after in MOVES.items()}


def test_a_life_begins_as_a_draft(lives: Lives) -> None:
    begins = set()
    for state in TargetState:
        lives.begin()
        if lives.takes(0, state):
            begins.add(state)

    assert begins == {DRAFT}


@pytest.mark.parametrize("ordinal", [-1, 0, 2, 3])
def test_a_move_follows_the_one_before_it(lives: Lives, ordinal: int) -> None:
    lives.begin()
    if ordinal:
        lives.begin([DRAFT])

    assert not lives.takes(ordinal, SUBMITTED)


def test_moves_of_other_versions_do_not_count(lives: Lives) -> None:
    lives.begin([DRAFT, SUBMITTED])
    lives.begin([DRAFT])

    assert not lives.takes(2, REVIEWED)


def test_a_whole_life_is_taken_at_once(lives: Lives) -> None:
    lives.begin()
    taken = lives.takes(0, DRAFT, 1, SUBMITTED, 2, RETURNED, 3, REVIEWED, 4, SUPERSEDED)

    lives.begin()
    left_out = lives.takes(0, DRAFT, 1, SUBMITTED, 2, RETURNED, 4, SUPERSEDED)

    assert (taken, left_out) == (True, False)
