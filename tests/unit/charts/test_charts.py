"""Every chart of the worked example and of what lies at the ends of what can be."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.charts import trajectory_words
from app.charts.kinds import ChartKind, list_measures, make_chart
from app.charts.look import WIDTHS, Form
from app.charts.stories import Story
from app.domain.codes import Outlook, Reason
from app.domain.measures import Measure, ReferenceKind
from app.domain.progress import Chance, Parity, SharePeople, YearInterval
from app.domain.public_progress import PublicParity
from app.domain.targets import Goal, GoalForm
from tests.unit.charts.telling import (
    LONG_NAME,
    as_text,
    example,
    leaders,
    stories_of,
    texts_of,
    values_of,
)
from tests.unit.domain.given import target, worked_example

YEARS = range(2019, 2025)

EXTREMES = {
    "the worked example": [example()],
    "nobody in it": leaders(dict.fromkeys(YEARS, (0, 0))),
    "no BME leaders": leaders(dict.fromkeys(YEARS, (0, 40))),
    "only BME leaders": leaders(dict.fromkeys(YEARS, (40, 40))),
    "everybody BME": leaders(dict.fromkeys(YEARS, (40, 40)), (1000, 1000)),
    "one census": leaders({2024: (3, 40)}),
    "a tiny team": leaders(dict.fromkeys(YEARS, (1, 3))),
    "a huge team": leaders(dict.fromkeys(YEARS, (30_000, 90_000)), (300_000, 900_000)),
    "ten years of a huge team": leaders(dict.fromkeys(range(2015, 2025), (130_000, 190_000))),
    "at parity": leaders(dict.fromkeys(YEARS, (40, 100))),
    "a missing census": leaders({2019: (3, 40), 2020: (4, 40), 2023: (5, 41), 2024: (6, 44)}),
    "no census": leaders({}),
    "the workforce": stories_of(worked_example(), Measure.WORKFORCE),
}


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("stories", EXTREMES.values(), ids=EXTREMES)
def test_every_chart_can_be_drawn_of_anything(
    stories: Sequence[Story], kind: ChartKind, form: Form
) -> None:
    chart = make_chart(kind, stories, form)

    drawn, padding = chart.specification, chart.specification["padding"]
    assert json.loads(as_text(drawn)) == drawn
    assert drawn["width"] + padding["left"] + padding["right"] == WIDTHS[form]
    assert drawn["description"] == chart.reading
    assert "url" not in as_text(drawn)
    assert chart.reading.endswith(".")
    assert all(len(row) == len(chart.table.headings) for row in chart.table.rows)
    said = [chart.title, chart.reading, *chart.table.notes, *sum(chart.table.rows, ())]
    assert not any("None" in text or "nan" in text.split() for text in said)
    assert all(said)


@pytest.mark.parametrize("kind", list(ChartKind))
def test_every_chart_of_invented_figures_says_so(kind: ChartKind) -> None:
    chart = make_chart(kind, EXTREMES["a tiny team"])

    assert any(text.startswith("Synthetic: ") for text in texts_of(chart.specification))


def test_a_long_name_is_broken_into_lines_that_fit() -> None:
    for form in Form:
        chart = make_chart(ChartKind.TRAJECTORY, EXTREMES["one census"], form)

        texts = texts_of(chart.specification)
        assert LONG_NAME not in texts
        assert LONG_NAME.startswith(texts[texts.index("Leadership (bands 8a to 9 and VSM)") + 1])


def test_the_worked_example_is_read_as_it_stands() -> None:
    assert make_chart(ChartKind.TRAJECTORY, [example()]).reading == (
        "At the census of 31 March 2024, 15.3% of leadership was BME, against 23.4% for the"
        " workforce. The gap is closing. There is about an even chance that leadership matches the"
        " workforce at the census of 31 March 2033, one in ten by 2028; it is still uncertain in"
        " 2054."
    )
    assert make_chart(ChartKind.PEOPLE, [example()]).reading == (
        "At the census of 31 March 2024, 69 of 452 people in leadership were BME. The goal of 82"
        " by the census of 31 March 2025 takes 13 more; the path asked for 2 more by now. Matching"
        " the workforce takes 37 more, the size of the team unchanged."
    )


def test_the_table_of_a_trajectory_has_the_numbers_of_the_worked_example() -> None:
    table = make_chart(ChartKind.TRAJECTORY, [example()]).table

    assert table.headings == (
        "Census of 31 March", "Counted or forecast", "BME people (headcount)",
        "All people (headcount)", "BME share (%)", "Interval (%)", "Path to the goal (%)",
        "Workforce (%)",
    )  # fmt: skip
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["2024"] == (
        "counted", "69", "452", "15.3%", "12.2% to 18.9% (95%)", "15.6%", "23.4%",
    )  # fmt: skip
    assert rows["2025"][:6] == (
        "forecast", "not counted yet", "not counted yet", "17.3%",
        "15.7% to 18.9% (80%), 14.9% to 19.8% (95%)", "18.0%",
    )  # fmt: skip
    assert list(rows) == [str(year) for year in range(2019, 2036)]


def test_drawing_and_table_have_the_same_numbers() -> None:
    chart = make_chart(ChartKind.TRAJECTORY, [example()])

    drawn = {
        (str(one["year"]), f"{one['lower']:.6f}", f"{one['share']:.6f}")
        for one in values_of(chart.specification)
        if "lower" in one
    }
    assert ("2024", "0.122436", "0.152655") in drawn
    assert {year for year, *_ in drawn} == {
        row[0] for row in chart.table.rows if row[1] == "counted"
    }


def test_bands_come_with_the_lowest_share_first_and_those_without_one_last() -> None:
    low, high, none = (leaders({2024: count})[0] for count in ((1, 100), (50, 100), (0, 0)))
    whole = leaders({2024: (51, 200)})[0]

    chart = make_chart(ChartKind.BANDS, [whole, high, none, low])

    assert [row[4] for row in chart.table.rows] == [
        "1.0%", "50.0%", "not known: there is nobody in the group",
    ]  # fmt: skip


def test_a_measure_that_has_no_parts_stands_for_itself() -> None:
    assert list_measures(ChartKind.BANDS, Measure.BAND_9) == (Measure.BAND_9,)
    assert list_measures(ChartKind.TRAJECTORY, Measure.LEADERSHIP) == (Measure.LEADERSHIP,)
    assert list_measures(ChartKind.MULTIPLES, Measure.SENIOR_LEADERSHIP) == (
        Measure.SENIOR_LEADERSHIP, Measure.BAND_8C, Measure.BAND_8D, Measure.BAND_9, Measure.VSM,
    )  # fmt: skip


def test_a_hidden_census_breaks_the_line() -> None:
    story = example()
    hidden = replace(
        story.points[2], bme=None, total=None, share=None, interval=None, reason=Reason.SUPPRESSED
    )
    points = (*story.points[:2], hidden, *story.points[3:])

    chart = make_chart(ChartKind.TRAJECTORY, [replace(story, points=points)])

    runs = {
        one["year"]: one["run"]
        for one in values_of(chart.specification)
        if "lower" in one and "run" in one
    }
    assert runs == {2019: 0, 2020: 0, 2022: 1, 2023: 1, 2024: 1}
    assert "hidden" in texts_of(chart.specification)
    row = next(row for row in chart.table.rows if row[0] == "2021")
    assert row[2:6] == ("hidden: small number",) * 4
    assert "Hidden: not shown, to protect people in small groups." in chart.table.notes


def test_a_year_of_parity_stands_above_the_plot_with_its_interval() -> None:
    wide, narrow = (
        texts_of(make_chart(ChartKind.TRAJECTORY, [example()], form).specification)
        for form in Form
    )

    assert "Parity about 2033 (2028 to after 2054 or never)" in wide
    assert {"Parity about 2033", "(2028 to after 2054 or never)"} <= set(narrow)


@pytest.mark.parametrize(
    ("probability", "align"),
    [pytest.param(0.11, "right", id="on the left"), pytest.param(0.3, "left", id="nowhere near")],
)
def test_the_curve_crosses_no_name_of_a_chance_on_a_narrow_screen(
    probability: float, align: str
) -> None:
    story = example()
    assert isinstance(story.parity, Parity)
    chances = tuple(
        Chance(year, probability if year < 2035 else 0.8) for year in range(2025, 2055)
    )
    parity = replace(story.parity, probability_at_parity=chances)

    chart = make_chart(ChartKind.CHANCES, [replace(story, parity=parity)], Form.NARROW)

    (mark,) = [
        layer["mark"]
        for layer in chart.specification["layer"]
        if layer.get("encoding", {}).get("text", {}).get("value") == "one in ten"
    ]
    assert mark["align"] == align


def test_chances_that_are_not_told_are_not_drawn() -> None:
    story = example()
    assert isinstance(story.parity, Parity)
    parity = replace(
        story.parity,
        outlook=Outlook.TOO_FEW_YEARS,
        year=None,
        interval_80=None,
        probability_at_parity=None,
        probability_at_parity_reason=Reason.TOO_FEW_YEARS,
    )

    chart = make_chart(ChartKind.CHANCES, [replace(story, parity=parity)])

    assert chart.table.rows == ()
    assert chart.reading == (
        "Fewer than three censuses can be compared, so no direction can be told."
    )
    assert not any("probability" in one for one in values_of(chart.specification))


def test_a_story_without_a_census_says_why() -> None:
    (story, *_) = EXTREMES["no census"]

    assert (
        trajectory_words.reading(story)
        == "No share is shown for leadership: no census has been sent."
    )


def test_bands_that_have_reached_their_reference_are_said_to() -> None:
    whole, *_ = leaders({2024: (40, 100)})

    assert make_chart(ChartKind.BANDS, [whole, whole, whole]).reading.endswith(
        "None of the 2 that can be compared is below its reference."
    )


def test_a_single_chance_is_a_point() -> None:
    story = example()
    assert isinstance(story.parity, Parity)
    parity = replace(story.parity, probability_at_parity=(Chance(2025, 0.02),))

    chart = make_chart(ChartKind.CHANCES, [replace(story, parity=parity)])

    assert chart.table.rows == (("2025", "2%"),)
    assert {"year": 2025, "probability": 0.02} in values_of(chart.specification)


def test_an_outlook_that_says_itself_why_it_has_no_date_says_it_once() -> None:
    story, *_ = leaders({2024: (10, 100)})
    assert isinstance(story.parity, Parity)
    assert story.parity.probability_at_parity_reason is Reason.TOO_FEW_YEARS

    chart = make_chart(ChartKind.CHANCES, [story])

    assert (
        chart.reading == "Fewer than three censuses can be compared, so no direction can be told."
    )


def test_a_released_year_of_parity_stands_without_an_interval() -> None:
    story = example()
    public = PublicParity(
        2024, ReferenceKind.OWN_WORKFORCE, 0.234, None, 0.08, None, Outlook.PROJECTED, 2033, 0.96,
        None,
    )  # fmt: skip
    shown = replace(
        story, parity=public, forecast=(), forecast_reason=Reason.NOT_PUBLIC, gap=None, aim=None,
        aim_reason=Reason.NOT_PUBLIC, reference_ahead=(),
    )  # fmt: skip

    chart = make_chart(ChartKind.TRAJECTORY, [shown])
    chances = make_chart(ChartKind.CHANCES, [shown])

    assert "Parity about 2033" in texts_of(chart.specification)
    assert chart.table.rows[-1][:2] == ("2033", "neither")
    assert chances.reading.endswith("Chances by year are not part of released figures.")


def test_an_interval_of_years_that_is_closed_ends_there() -> None:
    story = example()
    assert isinstance(story.parity, Parity)
    parity = replace(story.parity, year=2033, interval_80=YearInterval(2028, 2034, None))

    chart = make_chart(ChartKind.TRAJECTORY, [replace(story, parity=parity)])

    assert "Parity about 2033 (2028 to 2034)" in texts_of(chart.specification)


def test_a_team_ahead_of_its_path_is_told_of_its_goal_alone() -> None:
    story = example()
    assert story.gap is not None
    gap = replace(story.gap, to_path=SharePeople(-0.01, 0))

    assert (
        "takes 13 more. Matching"
        in make_chart(ChartKind.PEOPLE, [replace(story, gap=gap)]).reading
    )


def test_a_target_that_asks_for_nothing_has_no_path() -> None:
    none = target(Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity."))
    (story,) = stories_of(worked_example(none), Measure.LEADERSHIP)

    chart = make_chart(ChartKind.TRAJECTORY, [story])

    assert story.aim is None
    assert (
        "No target is shown: the trust stated that no target is needed, so there is no goal."
        in chart.table.notes
    )
