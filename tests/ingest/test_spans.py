from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.organisations import Dated
from app.ingest.spans import DAY, join_spans, restate

DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Dated, ...]:
    """Return values that follow each other, with or without breaks, the last one open or not."""
    starts, spans = draw(st.none() | DAYS), []
    for value in draw(st.lists(st.sampled_from("AB"), max_size=4)):
        ends = (starts or date(2020, 1, 1)) + timedelta(days=draw(st.integers(0, 9)))
        spans.append(Dated(value, starts, ends))
        starts = ends + timedelta(days=draw(st.integers(1, 3)))
    if draw(st.booleans()):
        spans.append(Dated("C", starts))
    return tuple(spans)


def value_on(spans: tuple[Dated, ...], day: date) -> list[str]:
    return [span.value for span in spans if span.holds_on(day)]


def test_equal_values_are_joined_only_without_a_break() -> None:
    day = date(2022, 7, 1)

    assert join_spans(
        [Dated("A", day, day), Dated("A", day + DAY, day + DAY), Dated("A", day + 3 * DAY)]
    ) == (Dated("A", day, day + DAY), Dated("A", day + 3 * DAY))


@given(histories(), DAYS)
def test_joined_spans_say_the_same_of_every_day(history: tuple[Dated, ...], day: date) -> None:
    assert value_on(join_spans(history), day) == value_on(history, day)


@given(histories(), st.none() | st.sampled_from("ABC"), DAYS, DAYS)
def test_another_value_holds_from_a_day_on_and_the_past_stays(
    history: tuple[Dated, ...], value: str | None, on: date, day: date
) -> None:
    expected = value_on(history, day) if day < on else [] if value is None else [value]

    assert value_on(restate(history, value, on), day) == expected
