"""The board page of a trust: every word of the worked example, and what lies at the ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.documents.board_page import SCOPES, BoardPage, tell_board_page, typeset_board_page
from app.domain.assessment import assess
from app.domain.codes import Caution, WarningCode
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind
from app.domain.organisations import Kind, Organisation
from app.domain.panels import Question
from app.domain.progress import Progress
from app.services.charts import Shown
from tests.printed import Printed, read_pdf
from tests.unit.charts.telling import LONG_NAME, show
from tests.unit.domain.given import (
    SETTINGS,
    holdings,
    leaders_among,
    lineage,
    merger,
    people,
    sent,
    target,
    team,
    worked_example,
)

WORDS = (
    "Race equality in leadership Example NHS Trust (ZZ001) Board page, as of 23 November 2026"
    " Synthetic: these figures are invented, for demonstration."
    " At the census of 31 March 2024, 69 of 452 people in leadership were BME. The goal of 82 by"
    " the census of 31 March 2025 takes 13 more; the path asked for 2 more by now. Matching the"
    " workforce takes 37 more, the size of the team unchanged."
    " Count How many people in leadership are BME? 69 of 452 15.3% at the census of 31 March 2024"
    " (95% interval 12.2% to 18.9%), against 23.4% in the workforce."
    " Path Are we on course for our target? Behind The goal is 82 (18.0%) by 31 March 2025. The"
    " path asked for 2 more by now. As things are going, the chance of reaching it is 27%."
    " Gap in people How many people short are we? 13 to the goal 13 more are needed to reach the"
    " goal. 37 more are needed to match the workforce. The size of the team is taken as unchanged."
    " Direction Is the gap closing, and when will it be gone? Closing, about 2033 The gap is"
    " closing. There is about an even chance that leadership matches the workforce at the census"
    " of 31 March 2033, one in ten by 2028; it is still uncertain in 2054."
    " Band by band, lowest share first, and all together"
    " Group BME people All people BME share To parity Outlook for parity"
    " Band 8a 69 452 15.3% 37 closing, about 2033"
    " Band 8b 0 0 nobody – nobody Band 8c 0 0 nobody – nobody Band 8d 0 0 nobody – nobody"
    " Band 9 0 0 nobody – nobody VSM 0 0 nobody – nobody Senior leadership 0 0 nobody – nobody"
    " Leadership 69 452 15.3% 37 closing, about 2033 Board not sent not sent – – –"
    " Workforce 1,340 5,731 23.4% – what others are held against"
    " What changed since 31 March 2023 2023 2024 Change"
    " BME people in leadership 57 69 +12 All people in leadership 440 452 +12"
    " BME share of leadership 13.0% 15.3% +2.3 points"
    " BME share of the workforce 21.9% 23.4% +1.5 points"
    " Changes are computed before anything is rounded."
    " Before you draw conclusions"
    " • In log-odds parity is projected for 2033, on the scale of percentage points the lines"
    " cross in 2050."
    " • Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality Act"
    " 2010, sections 158 and 159)."
    " • What is said of the years ahead carries on what happened so far. It knows nothing of"
    " plans, and is the less certain the further it looks."
    " As of 23 November 2026, 09:00 UTC · Method 1 · Actuals 2023 (revision 1) and 2024"
    " (revision 1) · Target leadership-2022-2025, version 1."
    " BME stands for Black and minority ethnic, the name under which the Workforce Race Equality"
    " Standard (WRES) counts ethnic minority staff. Unknown is not “not BME”; white includes"
    " Irish, Gypsy, Roma and Traveller staff; BME joins groups that differ. Page 1 of 2"
)
"""What the first page says of the worked example."""


def shown(held: Holdings, name: str = "Example NHS Trust") -> Shown:
    """Return every measure of a trust, as a service shows them."""
    questions = [
        Question(one, None if one.measure is Measure.WORKFORCE else ReferenceKind.OWN_WORKFORCE)
        for one in SCOPES
    ]
    answers = assess(held, questions, SETTINGS)
    return show(answers, answers[0], name=name)


def told(held: Holdings, name: str = "Example NHS Trust") -> BoardPage:
    return tell_board_page(shown(held, name))


def printed(page: BoardPage) -> Printed:
    return read_pdf(typeset_board_page(page))


def leading(*counts: tuple[int, int], name: str = LONG_NAME) -> BoardPage:
    """Return the page of a trust with BME leaders of leaders, one pair a census."""
    years = range(2020, 2020 + len(counts))
    teams = {year: people(*count) for year, count in zip(years, counts, strict=True)}
    return told(leaders_among(teams, dict.fromkeys(years, people(200, 1000))), name)


def test_the_worked_example_is_told_word_for_word() -> None:
    page = printed(told(worked_example(target("0.1800"))))

    assert page.words[0] == WORDS
    assert [page.title, len(page.pages)] == [
        "Race equality in leadership: Example NHS Trust (ZZ001)",
        2,
    ]


def test_the_second_page_has_the_charts_with_what_they_say() -> None:
    board = told(worked_example(target("0.1800")))
    page = printed(board)

    assert page.words[1].startswith(
        "Charts Example NHS Trust (ZZ001) Board page, as of 23 November 2026 Synthetic:"
    )
    for words in ("Parity about 2033", "Goal 18.0%", "106 would match", "Band 8a", "Page 2 of 2"):
        assert words in page.words[1]
    for picture in board.pictures:
        assert f"{picture.table.caption}. {picture.reading}" in page.everything


def test_a_document_can_be_read_aloud_and_is_the_same_on_every_machine() -> None:
    board = told(worked_example(target("0.1800")))
    page = printed(board)

    assert page.language == "en-GB"
    assert page.is_tagged
    assert "<pdfuaid:part>1</pdfuaid:part>" in page.everything
    assert page.created == "D:20261123090000Z"
    assert {one.split("+")[1] for one in page.fonts} == {"LiberationSans", "LiberationSans-Bold"}
    later = replace(board, as_of=board.as_of + timedelta(microseconds=1))
    assert typeset_board_page(later) == typeset_board_page(board)


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param((), id="nothing sent"),
        pytest.param(((0, 30), (0, 31)), id="no BME leaders"),
        pytest.param(((0, 0),), id="no leaders at all"),
        pytest.param(((12, 60),), id="one census"),
        pytest.param(((60, 60), (60, 60), (61, 61)), id="everybody"),
        pytest.param(((4, 400), (40, 600), (399, 800), (2, 9)), id="wild"),
    ],
)
def test_the_ends_of_what_can_be_stay_on_two_pages(counts: tuple[tuple[int, int], ...]) -> None:
    page = printed(leading(*counts))

    assert len(page.pages) == 2
    assert "Page 1 of 2" in page.pages[0]
    assert LONG_NAME in page.words[0]


def test_many_warnings_stay_on_one_page() -> None:
    everything = shown(worked_example(target("0.1800")), LONG_NAME)
    warnings = tuple(Caution(one, f"{one.sentence} In 2024 it was so.") for one in WarningCode)
    answers = tuple(
        replace(one, warnings=warnings)
        if isinstance(one, Progress) and one.measure is Measure.LEADERSHIP
        else one
        for one in everything.answers
    )

    page = printed(tell_board_page(replace(everything, answers=answers)))

    assert len(page.pages) == 2
    for one in warnings:
        assert one.detail in page.words[0]


def figures(board: BoardPage) -> list[tuple[str, str]]:
    """Return the label and the figure of each tile."""
    return [(one.label, one.figure) for one in board.tiles]


def test_what_is_missing_is_said_with_what_to_do() -> None:
    board = told(holdings())

    assert figures(board) == [
        ("Count", "Not sent"),
        ("Path", "None yet"),
        ("Gap in people", "None yet"),
        ("Direction", "None yet"),
    ]
    assert board.tiles[0].words == (
        "No census has been sent. Send in the actuals to see where you stand."
    )
    assert [board.changes, board.pictures] == [None, ()]
    assert "There is no earlier census to compare with." in printed(board).words[0]


def test_a_trust_without_a_target_is_told_of_parity_alone() -> None:
    board = told(worked_example())

    assert figures(board)[1:3] == [("Path", "None yet"), ("Gap in people", "37 to parity")]
    assert board.tiles[1].words == "No target is in force."
    assert not any("Target" in one for one in board.made_from)


@pytest.mark.parametrize(
    ("share", "course", "words"),
    [
        ("0.1100", "Goal reached", "The goal is 50 (11.0%) by 31 March 2025."),
        (
            "0.1600",
            "Ahead",
            "The goal is 73 (16.0%) by 31 March 2025. More BME people than the path requires.",
        ),
    ],
)
def test_a_trust_is_told_how_it_stands_against_its_path(
    share: str, course: str, words: str
) -> None:
    board = told(worked_example(target(share)))

    assert board.tiles[1].figure == course
    assert board.tiles[1].words.startswith(words)


def test_a_goal_that_is_reached_needs_nobody_more() -> None:
    tile = told(worked_example(target("0.1100"))).tiles[2]

    assert tile.figure == "0 to the goal"
    assert tile.words.startswith("Nobody more is needed to reach the goal. 37 more are needed")


def test_one_person_short_is_one_person() -> None:
    board = leading((19, 100), (19, 100), (19, 100))

    assert "1 more BME person is needed to match the workforce." in board.tiles[2].words


def test_bands_come_lowest_share_first_and_changes_have_signs() -> None:
    board = leading((12, 100), (10, 90))

    assert board.changes is not None
    assert [row[-1] for row in board.changes.rows] == ["−2", "−10", "−0.9 points", "0.0 points"]
    assert [row[0] for row in board.measures.rows[-4:]] == [
        "Senior leadership",
        "Leadership",
        "Board",
        "Workforce",
    ]


def test_a_census_of_predecessors_alone_is_said_to_be() -> None:
    headcounts = team(people(20, 100), people(200, 900))
    returns = [sent(2023, headcounts, by="RZ0"), sent(2024, headcounts)]
    since = date(2023, 4, 1)
    trust = Organisation("ZZ001", Kind.TRUST, opened=since)
    family = lineage(merger("RZ0", since), trust=trust, opened={"RZ0": None})

    board = told(holdings(*returns, of=family))

    assert board.made_from[2] == "Actuals 2023 (from 1 return) and 2024 (revision 1)"


def test_nobody_in_leadership_is_no_share() -> None:
    board = leading((0, 0), (0, 0))

    assert board.tiles[0].figure == "0 of 0"
    assert board.tiles[0].words == "There is nobody in the group."
    assert board.changes is not None
    assert board.changes.rows[2] == ("BME share of leadership", "nobody", "nobody", "–")
