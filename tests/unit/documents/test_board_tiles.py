"""The four figures of a board page, where something is missing or hidden."""

from dataclasses import replace

import pytest

from app.charts.stories import Story
from app.documents.board_tables import tell_changes
from app.documents.board_tiles import Tile, make_tiles
from app.domain.codes import Outlook, Reason
from app.domain.measures import Measure, ReferenceKind
from app.domain.progress import Progress
from app.domain.public_progress import PublicParity, PublicProgress
from app.domain.series import Continuity
from tests.unit.charts.telling import ask, example
from tests.unit.domain.given import NOW, target, worked_example

PUBLIC = PublicProgress(
    ods_code="ZZ001",
    measure=Measure.LEADERSHIP,
    staff_group=None,
    continuity=Continuity.COMBINED,
    as_of=NOW,
    method="1",
    synthetic=True,
    actuals=(),
    parity=None,
    parity_reason=Reason.SUPPRESSED,
)
"""An answer for everybody; what it tells is in the story."""

PARITY = PublicParity(
    census=2024,
    reference=ReferenceKind.OWN_WORKFORCE,
    reference_share=0.234,
    reference_share_reason=None,
    gap=0.0815,
    gap_reason=None,
    outlook=Outlook.WIDENING,
    year=None,
    probability_closing=None,
    probability_closing_reason=Reason.TOO_FEW_YEARS,
)


def hidden(story: Story) -> Story:
    """Return a story of which everybody is told nothing."""
    points = tuple(
        replace(one, bme=None, total=None, share=None, interval=None, reason=Reason.SUPPRESSED)
        for one in story.points
    )
    return replace(
        story,
        points=points,
        aim=None,
        aim_reason=Reason.NOT_PUBLIC,
        gap=None,
        parity=None,
        parity_reason=Reason.SUPPRESSED,
    )


def figures(tiles: tuple[Tile, ...]) -> list[str]:
    return [one.figure for one in tiles]


def answer() -> Progress:
    (told,) = ask(worked_example(target("0.1800")), Measure.LEADERSHIP)
    return told


def test_what_is_hidden_is_called_so_and_has_no_figure() -> None:
    tiles = make_tiles(hidden(example()), PUBLIC)

    assert figures(tiles) == ["Hidden", "Not public", "Hidden", "Hidden"]
    assert tiles[0].words == "Not shown, to protect people in small groups."


def test_changes_of_what_is_hidden_are_not_told() -> None:
    story = hidden(example())

    changes = tell_changes(story, story)

    assert changes is not None
    assert {row[1:] for row in changes.rows} == {("hidden", "hidden", "–")}


@pytest.mark.parametrize(
    ("parity", "figure", "words"),
    [
        (PARITY, "8.2 points", "The share in leadership is 8.2 points below that of"),
        (replace(PARITY, gap=-0.01), "1.0 points", "The share in leadership is 1.0 points above"),
        (
            replace(PARITY, gap=None, gap_reason=Reason.NO_PEOPLE),
            "None yet",
            "There is nobody in the group.",
        ),
    ],
)
def test_everybody_is_told_the_gap_in_points(
    parity: PublicParity, figure: str, words: str
) -> None:
    story = replace(hidden(example()), parity=parity, parity_reason=None)

    tile = make_tiles(story, PUBLIC)[2]

    assert (tile.label, tile.figure) == ("Gap", figure)
    assert tile.words.startswith(words)


def test_without_the_workforce_nothing_is_held_against_it() -> None:
    tile = make_tiles(replace(example(), reference=()), answer())[0]

    assert tile.words == "15.3% at the census of 31 March 2024 (95% interval 12.2% to 18.9%)."


def test_a_target_that_cannot_be_compared_says_why() -> None:
    told = replace(answer(), gap=None, gap_reason=Reason.PERIMETER_CHANGED)

    tiles = make_tiles(replace(example(), parity=None), told)

    assert tiles[1].words == Reason.PERIMETER_CHANGED.sentence
    assert tiles[2].words == Reason.PERIMETER_CHANGED.sentence


def test_a_goal_without_parity_is_told_by_itself() -> None:
    told = replace(answer(), goal_outlook=None)

    tiles = make_tiles(replace(example(), parity=None), told)

    assert "chance" not in tiles[1].words
    assert tiles[2].words == (
        "13 more are needed to reach the goal. The size of the team is taken as unchanged."
    )
