"""The instant that an answer about progress names."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.domain.assessment import assess
from app.domain.codes import TargetState
from app.domain.holdings import BEFORE_ALL, Changes
from app.domain.measures import Measure, Scope
from app.domain.panels import Question
from app.domain.records import Author, Record
from app.domain.target_moves import Move
from app.domain.targets import Target
from tests.unit.domain.given import LEADERSHIP, NOW, OWN_WORKFORCE, SETTINGS, holdings, target


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)


def submitted(scope: Scope, on: datetime) -> Target:
    aim = target("0.1800", scope=scope)
    draft, _ = aim.version.moves
    moves = (draft, Move(TargetState.SUBMITTED, Record(on, Author("test"))))
    return replace(aim, version=replace(aim.version, moves=moves))


BOARD = Scope(Measure.BOARD)
CHANGES = Changes(entry=at(9), lineage=at(1), staff=at(2), boards=at(3))


@pytest.mark.parametrize(
    ("scope", "changes", "targets", "expected"),
    [
        pytest.param(LEADERSHIP, Changes(), [], BEFORE_ALL, id="nothing"),
        pytest.param(LEADERSHIP, Changes(entry=at(9)), [], at(9), id="an entry only"),
        pytest.param(LEADERSHIP, CHANGES, [], at(2), id="headcounts, not the entry or boards"),
        pytest.param(BOARD, CHANGES, [], at(3), id="a board"),
        pytest.param(BOARD, replace(CHANGES, staff=at(4)), [], at(4), id="what a board is beside"),
        pytest.param(BOARD, replace(CHANGES, lineage=at(5)), [], at(5), id="a merger"),
        pytest.param(
            LEADERSHIP,
            CHANGES,
            [submitted(LEADERSHIP, at(6)), submitted(BOARD, at(7))],
            at(6),
            id="a target of the scope",
        ),
        pytest.param(
            LEADERSHIP,
            Changes(entry=at(9)),
            [submitted(LEADERSHIP, at(6)), submitted(LEADERSHIP, at(5))],
            at(6),
            id="the newest of targets",
        ),
        pytest.param(
            LEADERSHIP, CHANGES, [submitted(LEADERSHIP, at(0))], at(2), id="an older target"
        ),
    ],
)
def test_without_an_instant_an_answer_is_as_of_the_newest_change_that_it_depends_on(
    scope: Scope, changes: Changes, targets: list[Target], expected: datetime
) -> None:
    held = replace(holdings(targets=targets), changes=changes)

    (told,) = assess(held, [Question(scope, None)], replace(SETTINGS, as_of=None))

    assert held.changed_at(scope) == told.as_of == expected


def test_an_instant_that_is_asked_for_is_named() -> None:
    held = replace(holdings(), changes=CHANGES)

    (told,) = assess(held, [OWN_WORKFORCE], SETTINGS)

    assert told.as_of == NOW


def test_a_target_that_is_not_submitted_changes_nothing() -> None:
    aim = target("0.1800")
    draft = replace(aim, version=replace(aim.version, moves=aim.version.moves[:1]))

    assert holdings(targets=[draft]).changed_at(LEADERSHIP) == BEFORE_ALL
