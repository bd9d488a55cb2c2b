import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.parity import Parity
from tests.given import Given

PAGE = """\
ZZ901 Acute Trust (demonstration)
BME share of: Leadership (bands 8a to 9 and VSM)
Synthetic: these figures are invented, for demonstration.

  Census   BME   Total    Share    95 % interval   Of known   Unknown   State
 ───────────────────────────────────────────────────────────────────────────────────
    2019    31     402    7.7 %    5.5 to 10.7 %      7.7 %     0.0 %   provisional
    2020    34     410    8.3 %    6.0 to 11.4 %      8.3 %     0.0 %   provisional
    2021    38     418    9.1 %    6.7 to 12.2 %      9.1 %     0.0 %   provisional
    2022    47     431   10.9 %    8.3 to 14.2 %     10.9 %     0.0 %   provisional
    2023    57     440   13.0 %   10.1 to 16.4 %     13.0 %     0.0 %   provisional
    2024    69     452   15.3 %   12.2 to 18.9 %     15.5 %     1.5 %   provisional


Target 2022-2025 (submitted)
  Set from 47 of 431 (10.9 %) at the census of 2022.

  Due at the census of     2023     2024     2025
 ─────────────────────────────────────────────────
  BME people                 60       71       82
  Share                  13.3 %   15.6 %   18.0 %


Gap in 2024
  2 people short of the path (0.4 points); 13 people short of the goal (2.7 points). Its distance
  from the path is no more than chance brings.
  Planned: 2.4 points a year by version 1.
  Needed from now on: 2.7 points a year; seen so far: +1.5 points a year.
  Reaching the goal is possible, with a chance of 27 %.
  With 12 % of staff leaving a year, some 54 appointments fall before the goal's census; 38 % of
  them going to BME people would reach the goal. Arithmetic, not a quota: appoint on merit; see
  guidance on positive action (Equality Act 2010, sections 158 and 159).

Parity with own workforce (23.4 % in 2024)
  37 people short (8.1 points; 95 % interval 4.6 to 11.1).
  The gap is closing (96 %); about an even chance of parity at the census of 2033, one in ten at
  2028, still uncertain in 2054. Chance of parity: 23 % at 2029, 54 % at 2034.
  On the scale of percentage points the gap is closing, 0.3 points a year; the lines cross in 2050.

BME share, synthetic
 25 % ┤
      │                                    ⢀ ⡀⠠ ○          ○ own workforce 23.4 %
      │                           ⡀⢀ ⠄⠐ ○ ⠁
 20 % ┤               ⢀ ○ ⠄⠠ ⠂⠐ ○
      │ ○ ⠄⠐ ⠂⠐ ○ ⠁⠈ ⠁                               ⢀⠠⠠◇  ◇ goal 18.0 %
 15 % ┤                                       ⢀⢀●⠐⠐⠈⠈      ● leadership 15.3 %
      │                                 ◇⢀⣠⠴⠔⠚⠊⠉
      │                           ⢀⣀⡠⠴⠒⠚●⠁
 10 % ┤                    ⣀⣀⠤⠤⠒●⠉⠁
      │  ⣀⣀⣀⣀⣀⣀⠤●⠤⠤⠤⠒⠒⠒⠒●⠉⠉
      │ ●
  5 % ┤
      └───────────────────────────────────────────────────
       2019    2020    2021    2022    2023    2024    2025

Warnings
  scales_far_apart: In log-odds parity is projected for 2033, on the scale of percentage points the
  lines cross in 2050.
  provisional: The census of 2024 has not been signed off by the board.

Counts are full counts; an interval describes the process behind them. BME: Black and minority
ethnic, which joins groups that differ. Unknown is not “not BME”; white includes Irish, Gypsy, Roma
and Traveller staff.
As of INSTANT, method 1.
Synthetic: these figures are invented, for demonstration.
"""

EMPTY = """\
ZZ902 Community Trust (demonstration)
BME share of: Board
Synthetic: these figures are invented, for demonstration.

No census has been sent.

Gap
  No target is in force.

Parity
  No census has been sent.

Counts are full counts; an interval describes the process behind them. BME: Black and minority
ethnic, which joins groups that differ. Unknown is not “not BME”; white includes Irish, Gypsy, Roma
and Traveller staff.
As of 2026-11-01T00:00:00Z, method 1.
Synthetic: these figures are invented, for demonstration.
"""

ONE = {("clinical", "8a"): (340, 61, 0), ("clinical", "5"): (200, 100, 0)}
OTHER = {("clinical", "8a"): (340, 60, 1), ("clinical", "5"): (200, 100, 0)}

SHOWN = ("progress", "show", "ZZ901", "leadership")


def show(parity: Parity, *arguments: str) -> str:
    """Return the page of progress, with INSTANT in place of when the facts were stored."""
    told = parity.succeed("progress", "show", *arguments)
    return re.sub(r"As of 20\S+, method", "As of INSTANT, method", told)


def test_the_page_of_the_worked_example(example: Parity) -> None:
    assert show(example, "ZZ901", "leadership") == PAGE


def test_the_page_of_a_trust_that_has_sent_nothing(parity: Parity, given: Given) -> None:
    assert given

    assert parity.succeed("progress", "show", "ZZ902", "board") == EMPTY


def test_the_page_of_a_real_trust_does_not_say_synthetic(parity: Parity, given: Given) -> None:
    given.actuals("RZ1", 2024, covers=("RZ1", "RZ0"))

    told = show(parity, "RZ1", "leadership")

    assert told.startswith("RZ1 First Example NHS Trust\nBME share of: Leadership")
    assert "ynthetic" not in told


def test_a_page_as_of_an_instant_uses_what_was_known_then(parity: Parity, given: Given) -> None:
    early, late = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC)
    given.actuals("ZZ901", 2024, ONE, at=early)
    given.actuals("ZZ901", 2024, OTHER, at=late)

    then = parity.succeed(*SHOWN, "--as-of", "2026-11-02T13:00:00+01:00")
    now = parity.succeed(*SHOWN)

    assert "    2024    61     401   15.2 %   12.0 to 19.1 %" in then
    assert "As of 2026-11-02T12:00:00Z, method 1.\n" in then
    assert "    2024    60     401   15.0 %   11.8 to 18.8 %" in now
    assert "As of 2026-11-03T00:00:00Z, method 1.\n" in now


@pytest.mark.parametrize(
    ("options", "heading", "label"),
    [
        pytest.param((), "Parity with own workforce (23.4 % in 2024)", "○ own workforce 23.4 %"),
        pytest.param(
            ("--reference", "fixed", "--reference-share", "0.2"),
            "Parity with fixed share (20.0 % in 2024)",
            "○ fixed share 20.0 %",
        ),
        pytest.param(
            ("--reference", "own_workforce_at_baseline"),
            "Parity with own workforce at the baseline (20.3 % in 2024)",
            "○ own workforce at the baseline 20.3 %",
        ),
        pytest.param(
            ("--reference", "own_staff_group", "--staff-group", "clinical"),
            "Parity with own staff group (23.4 % in 2024)",
            "○ own staff group 23.4 %",
        ),
    ],
)
def test_a_reference_is_named_and_drawn(
    options: tuple[str, ...], heading: str, label: str, example: Parity
) -> None:
    lines = show(example, "ZZ901", "leadership", *options).splitlines()

    assert heading in lines
    assert [line for line in lines if line.endswith(label)]


def test_turnover_is_for_the_appointments(example: Parity) -> None:
    told = show(example, "ZZ901", "leadership", "--turnover", "0.2")

    assert "  With 20 % of staff leaving a year, some 90 appointments fall before the goal" in told


def test_a_method_can_be_asked_for_by_its_version(example: Parity) -> None:
    assert show(example, "ZZ901", "leadership", "--method", "1") == PAGE


def test_a_narrowed_measure_says_so_and_has_no_target(example: Parity) -> None:
    lines = show(example, "ZZ901", "leadership", "--staff-group", "clinical").splitlines()

    assert lines[1] == "BME share of: Leadership (bands 8a to 9 and VSM), clinical"
    assert lines[lines.index("Gap") + 1] == "  No target is in force."


def test_a_workforce_is_what_others_are_compared_with(example: Parity) -> None:
    told = show(example, "ZZ901", "workforce")

    assert "Parity\n  The workforce is what others are compared with; only a fixed " in told


def with_target(parity: Parity, given: Given, measure: str, *goal: str) -> str:
    """Return the page of a measure with a target from the census of 2025."""
    given.actuals("ZZ901", 2025, {("clinical", "8b"): (5, 20, 0), ("clinical", "5"): (500, 9, 0)})
    target = ("--trust", "ZZ901", "--measure", measure, "--cycle", "2025-2028")
    parity.succeed("targets", "set", *target, *goal, "--submit")
    return show(parity, "ZZ901", measure)


def test_a_trust_that_needs_no_target_has_none_drawn(parity: Parity, given: Given) -> None:
    page = with_target(parity, given, "band_8b", "--no-target-needed", "Above the workforce")

    assert (
        "  Set from 20 of 25 (80.0 %) at the census of 2025.\n\nGap\n"
        "  The trust stated that no target is needed, so there is no goal.\n"
    ) in page
    assert "◇" not in page


def test_a_measure_with_nobody_in_it_has_no_chart(parity: Parity, given: Given) -> None:
    page = with_target(parity, given, "vsm", "--goal-headcount", "1")

    assert "  Set from 0 of 0 at the census of 2025.\n" in page
    assert "    2025     0       0       –               –          –         –   provis" in page
    assert "\nBME share, synthetic\n" not in page


def test_a_target_from_nobody_is_drawn_from_its_first_milestone(
    parity: Parity, given: Given
) -> None:
    page = with_target(parity, given, "band_8a", "--goal-headcount", "2")
    given.actuals("ZZ901", 2026, {("clinical", "8a"): (4, 0, 0), ("clinical", "5"): (500, 9, 0)})

    later = show(parity, "ZZ901", "band_8a")

    assert ("◇" in page, "◇" in later) == (False, True)
    assert "◇ goal 50.0 %\n" in later


def test_predecessors_are_left_out_on_demand(parity: Parity, given: Given) -> None:
    for code in ("ZZ903", "ZZ904"):
        given.actuals(code, 2023)
    given.actuals("ZZ905", 2025)

    shown = [
        show(parity, "ZZ905", "leadership", "--continuity", how)
        for how in ("combined", "as_reported")
    ]

    assert ["    2023   122     802" in told for told in shown] == [True, False]
    assert ["as reported: without its predecessors." in told for told in shown] == [False, True]
    supposed = [
        parity.succeed("what-if", "ZZ905", "leadership", "--continuity", how, "--share", "0.2")
        for how in ("combined", "as_reported")
    ]
    assert ["merger_in_series" in told for told in supposed] == [True, False]
    assert ["as reported: without its predecessors." in told for told in supposed] == [False, True]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(
            ("ZZ999", "leadership"),
            "trust_not_found: No trust has the ODS code ZZ999.\n",
            id="unknown trust",
        ),
        pytest.param(
            ("ZZ901", "board", "--staff-group", "clinical"),
            "measure_cannot_be_narrowed: board cannot be narrowed to clinical: the workforce,"
            " consultants and the board stay whole, and other measures are clinical or"
            " non_clinical.\n",
            id="not to be narrowed",
        ),
        pytest.param(
            ("ZZ901", "leadership", "--method", "9"),
            "method_not_found: There is no method 9.\n",
            id="unknown method",
        ),
        pytest.param(
            ("ZZ901", "leadership", "--reference", "fixed"),
            "unacceptable_question: reference=fixed needs reference_share, strictly between 0 and"
            " 1.\n",
            id="fixed without its share",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_told(
    arguments: tuple[str, ...], told: str, parity: Parity, given: Given
) -> None:
    assert given

    assert parity.fail("progress", "show", *arguments) == told


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--as-of", "2026", "2026 is no instant since 2000; give one as 2025-06-30T12:00:00Z"),
        (
            "--as-of",
            "2026-11-01T00:00:00",
            "2026-11-01T00:00:00 is no instant since 2000; give one as 2025-06-30T12:00:00Z",
        ),
        (
            "--as-of",
            "1999-12-31T00:00:00Z",
            "1999-12-31T00:00:00Z is no instant since 2000; give one as 2025-06-30T12:00:00Z",
        ),
        (
            "--reference-share",
            "20 %",
            "20 % is no share from 0 to 1 of up to four places, as 0.18",
        ),
        ("--turnover", "1", "1 is not from 0.000001 to 0.999999 with up to 6 places, as 0.12"),
        ("--turnover", "nan", "nan is not from 0.000001 to 0.999999 with up to 6 places, as 0.12"),
        ("--turnover", "x", "x is not from 0.000001 to 0.999999 with up to 6 places, as 0.12"),
    ],
)
def test_a_malformed_option_is_told(
    option: str, value: str, why: str, sqlite_url: str, tmp_path: Path
) -> None:
    parity = Parity(sqlite_url, tmp_path)

    code = parity(*SHOWN, option, value)

    assert code == 2
    assert parity.err.endswith(f"Error: Invalid value for '{option}': {why}\n")
