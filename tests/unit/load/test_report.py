"""What a report says of latencies, and when a load counts as sound."""

from dataclasses import replace

import pytest

from tests.load.errands import Answered, Part
from tests.load.memory import Grown
from tests.load.report import Outcome, percentile, tell

QUIET = Grown("worker 1", second=300.0, last=301.0, highest=320.0, hourly=2.0)
LEAKING = replace(QUIET, last=400.0)

SOUND = Outcome(
    "SQLite",
    1800.0,
    [Answered(part, part, 0.02) for part in Part],
    [],
    [QUIET],
)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_percentiles_of_a_hundred_values(share: float, expected: int) -> None:
    assert percentile(range(1, 101), share) == expected


def test_the_percentiles_of_one_value_are_that_value() -> None:
    assert [percentile([7.0], share) for share in (0.5, 1.0)] == [7.0, 7.0]


@pytest.mark.parametrize(
    ("outcome", "is_sound"),
    [
        pytest.param(SOUND, True, id="nothing failed"),
        pytest.param(replace(SOUND, faults=["GET / has no name"]), False, id="a fault"),
        pytest.param(replace(SOUND, answered=SOUND.answered[:2]), False, id="no import was done"),
        pytest.param(replace(SOUND, memory=[QUIET, LEAKING]), False, id="a worker grows"),
        pytest.param(
            replace(SOUND, memory=[LEAKING], seconds=60.0), True, id="too short to tell growth"
        ),
    ],
)
def test_whether_a_load_is_sound(outcome: Outcome, *, is_sound: bool) -> None:
    assert outcome.is_sound == is_sound


def test_a_report_has_a_row_for_every_part_and_kind() -> None:
    lines = list(tell(replace(SOUND, faults=["GET / has no name"])))

    assert lines[0] == (
        "SQLite: 3 requests in 30 minutes, 0 a second; 1 not answered as they should be."
    )
    assert "| **all reads** | 1 | 20 | 20 | 20 | 20 |" in lines
    assert "| worker 1 | 300.0 | 301.0 | 320.0 | 2.0 | no |" in lines
    assert "- GET / has no name" in lines
