"""The life of a version, a target in all of its versions, and what they ask for."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest

from app.domain.callers import Role
from app.domain.codes import TargetState
from app.domain.errors import TargetVersionNotFound
from app.domain.records import Author, Record
from app.domain.target_comments import Comment, gather
from app.domain.target_moves import IN_FORCE, MOVES, Move
from app.domain.target_versions import Versions
from app.domain.targets import Target
from tests.unit.domain.given import NOW, target

DRAFT, SUBMITTED, REVIEWED, RETURNED, SUPERSEDED, WITHDRAWN = TargetState

ALLOWED = {
    DRAFT: {SUBMITTED, WITHDRAWN},
    SUBMITTED: {REVIEWED, RETURNED, SUPERSEDED, WITHDRAWN},
    RETURNED: {REVIEWED, SUPERSEDED, WITHDRAWN},
    REVIEWED: {SUPERSEDED, WITHDRAWN},
    SUPERSEDED: set[TargetState](),
    WITHDRAWN: set[TargetState](),
}
"""What each state can become, as the specification has it."""


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)


def record(days: int, reason: str | None = None, supplied_by: str | None = None) -> Record:
    return Record(at(days), Author("somebody", supplied_by), reason)


def lived(*states: TargetState, version: int = 1, since: int = 0) -> Target:
    """Return a version with a life of a move a day."""
    aim = target("0.1800")
    moves = tuple(Move(state, record(since + day)) for day, state in enumerate(states))
    return replace(aim, version=replace(aim.version, version=version, moves=moves))


# Moves.


def test_the_moves_are_those_of_the_specification() -> None:
    assert {state: set(onwards) for state, onwards in MOVES.items()} == ALLOWED
    assert {SUBMITTED, REVIEWED, RETURNED} == IN_FORCE


@pytest.mark.parametrize(("state", "wanted"), [*product(TargetState, TargetState)])
def test_a_version_makes_the_moves_that_are_allowed_and_no_other(
    state: TargetState, wanted: TargetState
) -> None:
    version = lived(state).version

    if wanted in ALLOWED[state]:
        moved = version.moved(wanted, record(9))
        assert moved == replace(version, moves=(*version.moves, Move(wanted, record(9))))
        assert moved.state is wanted
    else:
        with pytest.raises(ValueError, match=f"{state} does not become {wanted}"):
            version.moved(wanted, record(9))


@pytest.mark.parametrize("state", TargetState)
def test_a_version_counts_while_it_was_submitted_and_is_not_over(state: TargetState) -> None:
    assert lived(DRAFT, state).version.is_in_force == (state in {SUBMITTED, REVIEWED, RETURNED})


def test_a_version_tells_who_drafted_and_submitted_it() -> None:
    version = lived(DRAFT, SUBMITTED, RETURNED).version

    assert (version.created, version.submitted) == (record(0), record(1))
    assert lived(DRAFT).version.submitted is None


# Versions.


@pytest.mark.parametrize(
    ("lives", "shown", "in_force", "draft"),
    [
        pytest.param([[DRAFT]], 1, None, 1, id="a draft"),
        pytest.param([[DRAFT, SUBMITTED]], 1, 1, None, id="in force"),
        pytest.param([[DRAFT, SUBMITTED], [DRAFT]], 1, 1, 2, id="a draft beside it"),
        pytest.param(
            [[DRAFT, SUBMITTED, RETURNED, SUPERSEDED], [DRAFT, SUBMITTED]],
            2,
            2,
            None,
            id="the next",
        ),
        pytest.param([[DRAFT, SUBMITTED], [DRAFT, WITHDRAWN]], 1, 1, None, id="no draft any more"),
        pytest.param([[DRAFT, SUBMITTED, WITHDRAWN]], 1, None, None, id="withdrawn"),
        pytest.param(
            [[DRAFT, SUBMITTED, WITHDRAWN], [DRAFT]], 2, None, 2, id="a draft of another"
        ),
    ],
)
def test_a_target_shows_what_is_in_force_or_else_the_newest(
    lives: list[list[TargetState]], shown: int, in_force: int | None, draft: int | None
) -> None:
    held = Versions(tuple(lived(*life, version=n) for n, life in enumerate(lives, start=1)))

    assert held.shown is held.all[shown - 1]
    assert held.in_force is (held.all[in_force - 1] if in_force else None)
    assert held.draft is (held.all[draft - 1] if draft else None)
    assert held.newest is held.all[-1]
    assert held.submitted == tuple(one for one in held.all if one.version.submitted)


def test_a_version_is_had_by_its_number() -> None:
    held = Versions((lived(DRAFT, SUBMITTED), lived(DRAFT, version=2)))

    assert [held.get(number) for number in (1, 2)] == list(held.all)
    with pytest.raises(TargetVersionNotFound) as caught:
        held.get(3)
    assert caught.value.facts == {
        "ods_code": "ZZ001",
        "target_id": "leadership-2022-2025",
        "version": 3,
    }


@pytest.mark.parametrize(
    ("held", "changed_at"),
    [
        pytest.param([lived(DRAFT)], None, id="a draft"),
        pytest.param([lived(DRAFT, WITHDRAWN)], None, id="a draft that went"),
        pytest.param([lived(DRAFT, SUBMITTED)], at(1), id="submitted"),
        pytest.param([lived(DRAFT, SUBMITTED, RETURNED)], at(2), id="returned"),
        pytest.param(
            [lived(DRAFT, SUBMITTED), lived(DRAFT, version=2, since=5)], at(1), id="a draft later"
        ),
        pytest.param(
            [lived(DRAFT, SUBMITTED, SUPERSEDED), lived(DRAFT, SUBMITTED, version=2, since=5)],
            at(6),
            id="the next",
        ),
    ],
)
def test_an_answer_about_a_target_changes_with_every_move_but_drafting(
    held: list[Target], changed_at: datetime | None
) -> None:
    assert Versions(tuple(held)).changed_at == changed_at


# Comments.


def test_all_that_was_said_is_gathered_oldest_first() -> None:
    one = lived(DRAFT)
    moves = (
        Move(DRAFT, record(0)),
        Move(SUBMITTED, record(1)),
        Move(RETURNED, record(3, "Think again", "national")),
        Move(WITHDRAWN, record(6, "It moves")),
    )
    first = replace(one, version=replace(one.version, moves=moves))
    gone = (Move(DRAFT, record(4)), Move(WITHDRAWN, record(7, "No", "national")))
    second = replace(one, version=replace(one.version, version=2, moves=gone))
    said = [Comment(1, Role.AREA, text, record(day)) for text, day in (("How?", 2), ("Well", 5))]

    found = gather(Versions((first, second)), said)

    assert found == [
        said[0],
        Comment(1, Role.NATIONAL, "Think again", moves[2].record, RETURNED),
        said[1],
        Comment(1, Role.TRUST, "It moves", moves[3].record, WITHDRAWN),
        Comment(2, Role.NATIONAL, "No", gone[1].record, WITHDRAWN),
    ]
