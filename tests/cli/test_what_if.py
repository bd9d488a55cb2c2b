"""What would be if, as the command line shows it."""

import re

import pytest

from app.domain.attainability import POSITIVE_ACTION
from app.domain.measures import Measure
from tests.cli.parity import Parity
from tests.given import Given

PAGE = """\
ZZ901 Acute Trust (demonstration)
What if, for the BME share of: Leadership (bands 8a to 9 and VSM)
Synthetic: these figures are invented, for demonstration.

Supposed
  From 69 of 452 people (15.3 %) at the census of 2024.
  Every year 12 % of staff leave, 38.1 % of appointments go to BME people, as the goal needs, and
  the team stays at its size.
  Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality Act 2010,
  sections 158 and 159).

  Census   BME expected   80 % interval   Team    Share      Required
 ─────────────────────────────────────────────────────────────────────
    2025           81.4        75 to 88    452   18.0 %   82 (18.0 %)
    2026           92.2       84 to 101    452   20.4 %             –
    2027          101.8       92 to 111    452   22.5 %             –


Goal
  82 BME people (18.0 %) at the census of 2025; 81.4 would be expected. Reaching it would be
  possible, with a chance of 49 %.
  Some 54 appointments fall before that census; the goal takes 38.1 % of them for BME people.

Parity with own workforce
  The expected share would not reach it within 30 years.

Warnings
  provisional: The census of 2024 has not been signed off by the board.

Counts are full counts; an interval describes the process behind them. BME: Black and minority
ethnic, which joins groups that differ. Unknown is not “not BME”; white includes Irish, Gypsy, Roma
and Traveller staff.
As of INSTANT, method 1.
Synthetic: these figures are invented, for demonstration.
"""

EMPTY = """\
ZZ902 Community Trust (demonstration)
What if, for the BME share of: Leadership (bands 8a to 9 and VSM), clinical
Synthetic: these figures are invented, for demonstration.

Supposed
  No census has been sent.
  There is no share of appointments to suppose: none was given, and no goal says one. No target is
  in force.

Goal
  No census has been sent.

Parity
  No census has been sent.

Counts are full counts; an interval describes the process behind them. BME: Black and minority
ethnic, which joins groups that differ. Unknown is not “not BME”; white includes Irish, Gypsy, Roma
and Traveller staff.
As of 2026-11-01T00:00:00Z, method 1.
Synthetic: these figures are invented, for demonstration.
"""


def told(parity: Parity, *arguments: str) -> str:
    """Return the page, its lines joined, with INSTANT in place of when the facts were stored."""
    page = parity.succeed("what-if", *arguments)
    return re.sub(r"As of 20\S+, method", "As of INSTANT, method", page)


def in_one_line(page: str) -> str:
    """Return a page without the breaks of its lines."""
    return " ".join(page.split())


def test_the_page_of_the_worked_example(example: Parity) -> None:
    assert told(example, "ZZ901", "leadership", "--horizon", "3") == PAGE


def test_the_page_of_a_trust_that_has_sent_nothing(parity: Parity, given: Given) -> None:
    assert given

    assert parity.succeed("what-if", "ZZ902", "leadership", "--staff-group", "clinical") == EMPTY


def test_a_real_trust_is_not_synthetic(parity: Parity, given: Given) -> None:
    given.actuals("RZ2", 2024)

    page = told(parity, "RZ2", "leadership", "--share", "0.3")

    assert "Synthetic" not in page
    assert in_one_line(POSITIVE_ACTION) in in_one_line(page)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--share", "0.5", "--turnover", "0.2", "--growth", "0.02"),
            "20 % of staff leave, 50.0 % of appointments go to BME people, and the team grows by",
        ),
        (("--share", "0.5", "--growth", "-0.025"), "and the team shrinks by 2.5 %."),
        (("--share", "0.5"), "The expected share would reach it at the census of 2028."),
        (
            ("--reference", "fixed", "--reference-share", "0.1"),
            "Parity with fixed share The share has reached its reference already.",
        ),
        (("--share", "0.1"), "Reaching it would be unlikely, with a chance of under 1 %."),
        (
            ("--turnover", "0.01"),
            "Some 5 appointments fall before that census; even if every appointment went to BME",
        ),
        (
            ("--turnover", "0.01"),
            "100.0 % of appointments go to BME people (all of them: the goal needs more), and the",
        ),
        (
            ("--turnover", "0.1", "--growth", "-0.099999"),
            "100.0 % of appointments go to BME people (all of them: the goal needs more), and the",
        ),
        (("--share", "0.5"), "50.0 % of appointments go to BME people, and the team stays"),
    ],
)
def test_a_scenario_is_told_in_sentences(
    example: Parity, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in in_one_line(told(example, "ZZ901", "leadership", *arguments))


def test_a_goal_that_needs_nobody_supposes_nobody(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2022, {("clinical", "8a"): (80, 20, 0)})
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (60, 40, 0)})

    page = in_one_line(told(parity, "ZZ901", "leadership"))

    assert (
        "0.0 % of appointments go to BME people (none: the goal needs none), and the team stays"
    ) in page


def test_a_small_team_is_told_no_chance(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2022, {("clinical", "8a"): (8, 1, 0), ("clinical", "5"): (80, 20, 0)})
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.3000")

    page = in_one_line(told(parity, "ZZ901", "leadership"))

    assert (
        "3 BME people (30.0 %) at the census of 2025; 2.7 would be expected. No chance of reaching"
        " it is given. The group has fewer than 10 people."
    ) in page


def test_nobody_is_where_a_path_cannot_start(example: Parity) -> None:
    page = told(example, "ZZ901", "vsm", "--share", "0.3")

    assert "From 0 of 0 people at the census of 2024." in page
    assert "There is nobody in the group." in page


def test_what_was_known_at_an_instant_is_used(example: Parity) -> None:
    page = told(example, "ZZ901", "leadership", "--as-of", "2026-11-02T00:00:00Z")

    assert "No census has been sent." in page


def test_a_scenario_that_contradicts_itself_is_refused(example: Parity) -> None:
    error = example.fail("what-if", "ZZ901", "leadership", "--growth", "-0.12")

    assert error == (
        "unacceptable_question: growth is -0.12 and turnover 0.12: a team that shrinks as fast as"
        " people leave appoints nobody; growth has to be above -0.12.\n"
    )


def test_a_method_can_be_asked_for_by_its_version(example: Parity) -> None:
    usual = told(example, "ZZ901", "leadership")

    assert told(example, "ZZ901", "leadership", "--method", "1") == usual
    error = example.fail("what-if", "ZZ901", "leadership", "--method", "9")
    assert error == "method_not_found: There is no method 9.\n"


@pytest.mark.parametrize(
    ("option", "value", "bounds"),
    [
        *(("growth", value, "-0.5 to 1") for value in ("-1", "1.01", "NaN", "much", "1e-30000")),
        *(("turnover", value, "0.000001 to 0.999999") for value in ("0", "1", "0.1234567")),
        ("share", "1.1", "0 to 1"),
        ("share", "0.1234567", "0 to 1"),
    ],
)
def test_what_nobody_can_suppose_is_refused(
    parity: Parity, option: str, value: str, bounds: str
) -> None:
    assert parity("what-if", "ZZ901", "leadership", f"--{option}", value) == 2

    refusal = f"{value} is not from {bounds} with up to 6 places, as"
    assert refusal in in_one_line(parity.err)


def test_a_share_of_appointments_has_as_many_places_as_over_http(example: Parity) -> None:
    page = told(example, "ZZ901", "leadership", "--share", "0.123456", "--growth", "0.000001")

    assert "12.3 % of appointments go to BME people" in in_one_line(page)
