"""When memory counts as growing: what fills up does not, and what goes on does."""

import pytest

from tests.load.memory import judge

MINUTES = range(30)


def test_a_process_that_takes_more_and_more_grows() -> None:
    grown = judge("worker 1", [(60 * minute, 300 + 2 * minute) for minute in MINUTES])

    assert (grown.second, grown.last) == (320, 352)
    assert grown.hourly == pytest.approx(120)
    assert grown.grows


def test_a_process_that_fills_what_it_keeps_and_stops_does_not_grow() -> None:
    grown = judge("worker 1", [(60 * minute, 300 + 10 * min(minute, 6)) for minute in MINUTES])

    assert (grown.second, grown.last, grown.hourly) == (360, 360, 0)
    assert not grown.grows


def test_an_answer_that_took_much_for_a_moment_is_no_growth() -> None:
    grown = judge("worker 1", [(60 * minute, 300 + 500 * (minute == 27)) for minute in MINUTES])

    assert (grown.second, grown.last, grown.highest, grown.hourly) == (300, 300, 800, 0)
    assert not grown.grows


def test_a_large_process_may_swing_by_a_share_of_its_size() -> None:
    grown = judge("worker 1", [(60 * minute, 600 + 30 * (minute > 20)) for minute in MINUTES])

    assert grown.last - grown.second == 30
    assert not grown.grows
