"""The trusts of an area side by side: their names, their order, and what is said of them."""

from dataclasses import replace

from app.charts.look import Form
from app.charts.stories import Story
from app.charts.trusts import TOGETHER, make_chart
from app.domain.codes import Reason
from tests.unit.charts.telling import LONG_NAME, leaders, texts_of, values_of

YEARS = (2022, 2023, 2024)


def trust(name: str, bme: int, others: tuple[int, int] = (200, 1000)) -> Story:
    """Return leadership of a trust with so many BME people of a hundred, in three years."""
    (story, *_) = leaders(dict.fromkeys(YEARS, (bme, 100)), others)
    return replace(story, subject=replace(story.subject, name=name))


WHOLE = trust("Example ICB", 15)
ALPHA, BETA = trust("Alpha NHS Trust", 5), trust("beta NHS Foundation Trust", 40)


def hidden(story: Story) -> Story:
    """Return a story of which no share may be shown."""
    points = (
        replace(one, bme=None, total=None, share=None, interval=None, reason=Reason.SUPPRESSED)
        for one in story.points
    )
    return replace(story, points=tuple(points))


def test_trusts_stand_in_alphabetical_order_after_all_of_them_together() -> None:
    chart = make_chart(WHOLE, [BETA, ALPHA])

    named = [one for one in texts_of(chart.specification) if one in {TOGETHER, "Alpha", "beta"}]
    assert named == [TOGETHER, "Alpha", "beta"]
    assert list(dict.fromkeys(row[0] for row in chart.table.rows)) == [
        TOGETHER,
        "Alpha NHS Trust",
        "beta NHS Foundation Trust",
    ]
    assert chart.title == f"Trusts side by side: {WHOLE.heading}"


def test_the_drawing_has_the_numbers_of_the_table() -> None:
    chart = make_chart(WHOLE, [ALPHA, BETA])

    drawn = {
        (one["panel"], one["year"], one["share"])
        for one in values_of(chart.specification)
        if one.get("panel") == "beta"
    }
    rows = [row for row in chart.table.rows if row[0] == BETA.subject.name]
    reference = BETA.reference[0][1]
    assert drawn == {("beta", year, share) for year in YEARS for share in (0.4, reference)}
    assert rows[0] == (BETA.subject.name, "2022", "40", "100", "40.0%", rows[0][-1])


def test_what_is_said_names_the_span_and_who_has_reached_their_workforce() -> None:
    assert make_chart(WHOLE, [ALPHA, BETA]).reading == (
        "In leadership, the latest shares of all 2 trusts run from 5.0% to 40.0%. In 1 of the 2"
        " that can be compared the share has reached that of the trust's own workforce."
    )


def test_a_trust_whose_shares_are_hidden_counts_among_the_others() -> None:
    chart = make_chart(WHOLE, [ALPHA, hidden(BETA)])

    assert chart.reading == (
        "In leadership, the latest share of one trust is 5.0%, the only one of 2 that can be"
        " shown."
    )
    rows = [row[2:5] for row in chart.table.rows if row[0] == BETA.subject.name]
    assert rows == [("hidden: small number",) * 3] * 3
    assert 0.4 not in {one.get("share") for one in values_of(chart.specification)}


def test_a_trust_alone_is_told_alone() -> None:
    assert make_chart(WHOLE, [ALPHA]).reading == (
        "In leadership, the latest share of one trust is 5.0%."
    )


def test_where_no_share_can_be_shown_that_is_said() -> None:
    assert make_chart(WHOLE, [hidden(ALPHA)]).reading == "No trust has a share that can be shown."


def test_a_measure_that_is_held_against_nothing_is_compared_with_nothing() -> None:
    alone = [replace(one, reference=()) for one in (ALPHA, BETA, hidden(WHOLE))]

    assert make_chart(WHOLE, alone).reading == (
        "In leadership, the latest shares of 2 of 3 trusts run from 5.0% to 40.0%."
    )


def test_long_names_and_many_trusts_are_drawn_for_narrow_screens_too() -> None:
    many = [trust(f"{LONG_NAME} {number}", number) for number in range(14)]

    for form in Form:
        texts = texts_of(make_chart(WHOLE, many, form).specification)
        assert sum(one.endswith("…") for one in texts) == len(many)
