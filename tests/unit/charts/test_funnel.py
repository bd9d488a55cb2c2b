"""The funnel as a chart: who is named, who is within the limits, and what is said of it."""

import pytest

from app.charts.funnel import LONGEST_NAME, make_chart, short_name
from app.charts.look import WIDTHS, Form
from app.charts.words import percent
from app.domain.benchmarks import assemble
from app.domain.codes import FunnelPosition
from app.domain.funnels import Funnel, draw_funnel
from tests.unit.charts.telling import as_text, texts_of, values_of
from tests.unit.domain.comparing import OCCASION, trust

COUNTS = ((12, 100), (30, 200), (13, 90), (20, 150), (16, 120), (42, 300), (97, 700), (11, 80),
          (61, 400), (45, 310), (70, 505), (22, 160), (14, 99), (120, 850), (33, 220), (19, 140),
          (50, 700), (30, 300), (58, 250), (320, 1000))  # fmt: skip


def funnel(counts: tuple[tuple[int, int], ...] = COUNTS) -> Funnel:
    """Return the funnel of invented trusts with BME people of all people."""
    trusts = [trust(f"ZZ{number:03}", *count) for number, count in enumerate(counts)]
    return draw_funnel(assemble(trusts, expected=len(counts)), OCCASION, synthetic=True)


@pytest.mark.parametrize("form", list(Form))
def test_every_trust_is_drawn_where_its_table_says(form: Form) -> None:
    found = funnel()

    chart = make_chart(found, form)

    drawn = {one["ods_code"]: one for one in values_of(chart.specification) if "ods_code" in one}
    assert list(drawn.keys() - {row[1] for row in chart.table.rows}) == []
    assert {code: one["people"] for code, one in drawn.items()} == {
        one.ods_code: one.total for one in found.points
    }
    padding = chart.specification["padding"]
    wide = chart.specification["width"] + padding["left"] + padding["right"]
    assert wide == WIDTHS[form]


def test_what_lies_beyond_the_limits_is_named_and_counted() -> None:
    found = funnel()
    beyond = [one for one in found.points if one.position.value.endswith("998")]
    within = [one for one in found.points if one.position is FunnelPosition.INSIDE]
    outside = beyond[-1]

    share = sum(x for x, _ in COUNTS) / sum(n for _, n in COUNTS)

    chart = make_chart(found)
    narrow = make_chart(found, Form.NARROW)

    assert short_name(outside.name) in texts_of(chart.specification)
    assert outside.ods_code in texts_of(narrow.specification)
    assert chart.reading == (
        f"At the census of 31 March 2024, {percent(share)}"
        " of leadership was BME in the 20 of 20 trusts that can be compared. The shares of"
        f" {len(within)} lie within the 95% limits of chance for their size, {len(beyond)} beyond"
        " the 99.8% limits."
    )
    assert beyond
    assert len(within) < len(COUNTS)
    row = next(row for row in chart.table.rows if row[1] == outside.ods_code)
    assert row[-1].endswith(" 99.8% limits")


def test_trusts_without_people_make_no_funnel() -> None:
    chart = make_chart(funnel(((0, 0), (0, 0))))

    assert chart.table.rows == ()
    assert chart.reading == "No trusts can be compared: there is nobody in the group."
    assert "ods_code" not in as_text(chart.specification)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Pepperwick Health Care NHS Trust (demonstration)", "Pepperwick Health Care"),
        ("Ivorybrook Hospitals NHS Foundation Trust", "Ivorybrook Hospitals"),
        ("Umberdale University Hospitals Partnership", "Umberdale University Hosp…"),
    ],
)
def test_a_name_in_the_picture_is_short(name: str, short: str) -> None:
    assert short_name(name) == short
    assert len(short) <= LONGEST_NAME
