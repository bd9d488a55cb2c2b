"""Placing labels: near what they name, clear of each other, within the picture."""

from hypothesis import given
from hypothesis import strategies as st

from app.charts.labels import Box, Label, place, trace

FRAME = Box(0, 0, 600, 300)

places = st.tuples(st.floats(0, 600), st.floats(0, 300))


@given(st.lists(places, min_size=1, max_size=4), st.lists(places, max_size=40))
def test_labels_neither_leave_the_picture_nor_cover_each_other(
    anchors: list[tuple[float, float]], obstacles: list[tuple[float, float]]
) -> None:
    labels = [Label(("Leadership 15.3%",), anchor, "#000") for anchor in anchors]

    boxes = [one.box for one in place(labels, FRAME, obstacles)]

    assert all(box.lies_within(FRAME) for box in boxes)
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]]
    assert not any(a.overlaps(b) for a, b in pairs)


def test_a_label_keeps_clear_of_a_line_where_it_can() -> None:
    line = list(trace([(0, 150), (600, 150)]))

    (placed,) = place([Label(("Goal 18.0%",), (300, 150), "#000")], FRAME, line)

    assert not any(placed.box.holds(point) for point in line)


def test_a_label_that_stands_far_off_is_tied_to_what_it_names() -> None:
    everywhere = [(float(x), float(y)) for x in range(0, 200, 5) for y in range(0, 300, 5)]

    (placed,) = place([Label(("Goal",), (10, 150), "#000")], FRAME, everywhere)

    marks = [layer["mark"]["type"] for layer in placed.layers()]
    assert marks == ["rule", "text", "text"]


def test_a_label_may_be_kept_to_a_part_of_the_picture() -> None:
    margin = Box(450, 0, 600, 300)

    (placed,) = place([Label(("Forecast",), (440, 150), "#000", within=margin)], FRAME)

    assert placed.box.lies_within(margin)
