"""Progress of boards."""

from app.domain.codes import Position
from app.domain.counts import Count
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.panels import Question
from tests.unit.domain.answers import one
from tests.unit.domain.given import holdings, people, seated, sent, target, team


def test_a_board_is_its_own_series_with_the_state_of_the_headcounts() -> None:
    board = Question(Scope(Measure.BOARD_VOTING), ReferenceKind.OWN_WORKFORCE)
    seats = {(True, True): Count(6, 1), (True, False): Count(5, 2), (False, True): Count(4)}
    held = holdings(
        sent(2023, team(people(1, 10), people(20, 100))),
        seated(2023, seats, revision=2),
        seated(2024, seats),
    )

    progress = one(held, board)

    assert [(f.year, f.bme, f.total, f.revision, f.state.value) for f in progress.actuals] == [
        (2023, 3, 14, 2, "signed_off"),
        (2024, 3, 14, 1, "provisional"),
    ]
    assert progress.parity is not None
    assert progress.parity.census == 2023


def test_a_board_is_held_against_its_target_also_before_the_headcounts_are_sent() -> None:
    board = Scope(Measure.BOARD)
    aim = target(3, bme=1, total=14, starts=2023, scope=board)
    seats = {(True, True): people(2, 14)}
    held = holdings(
        sent(2023, team(people(1, 10), people(20, 100))),
        seated(2023, {(True, True): people(1, 14)}),
        seated(2024, seats),
        targets=[aim],
    )

    progress = one(held, Question(board, ReferenceKind.OWN_WORKFORCE))

    assert progress.gap is not None
    assert (progress.gap.year, progress.gap.to_goal.people) == (2024, 1)
    assert progress.gap.position is Position.ON_PATH
