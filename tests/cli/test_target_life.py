"""A target's whole life by the command line, and what it says on the way."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure
from app.domain.preconditions import WHATEVER
from app.domain.targets import Goal, GoalForm, Terms
from app.services.target_drafts import TargetDraft, draft_target
from app.services.target_moves import submit_target
from app.services.target_views import View
from app.store.engine import writing
from tests.cli.parity import Parity
from tests.given import Given
from tests.origins import ORIGIN

ID = "band-8a-2025-2028"
ONE = ("ZZ901", ID)
SET = ("targets", "set", "--trust", "ZZ901", "--measure", "band_8a", "--cycle", "2025-2028")

GUIDANCE = (
    "Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality Act"
    " 2010, sections 158 and 159).\n"
)
WAITING = "Waiting for a review for 0 days; nothing waits for it.\n"

FIRST = f"""\
From 61 of 401 in 2025, 15.2 %.
  2026: 65 people, 16.1 %
  2027: 69 people, 17.1 %
  2028: 73 people, 18.0 %
It takes 12 more BME people than in 2025: 24.0 % of the 128 appointments to 2028, if 12.0 % leave\
 a year.
{GUIDANCE}"""

SECOND = f"""\
It changes what was there because: The board raised it
From 61 of 401 in 2025, 15.2 %.
  2026: 69 people, 17.0 %
  2027: 75 people, 18.5 %
  2028: 81 people, 20.0 %
It takes 20 more BME people than in 2025: 30.2 % of the 128 appointments to 2028, if 12.0 % leave\
 a year.
{GUIDANCE}"""
"""A straight line from 17 % of 401 to 20 %: 68.17, 74.185 and 80.2 people."""

DRAFTED, SUBMITTED = "  TODAY draft by cli\n", "  TODAY submitted by cli\n"
RETURNED = "  TODAY returned by cli: All in the last year\n"
REVIEWED = "  TODAY reviewed by cli: Ambitious\n"
SUPERSEDED = "  TODAY superseded by cli\n"
WITHDRAWN = "  TODAY withdrawn by cli: The service moves\n"

NOT_IN_FORCE = "A draft is not in force; set it again with --submit to submit it.\n"
NOT_ALLOWED = (
    f"target_move_not_allowed: Version 1 of the target {ID} is superseded and cannot become"
    " reviewed; it stays so for good.\n"
)
COMMENTS = """\
TODAY cli (national) on version 1: How?
TODAY cli (national) on version 1, returned: All in the last year
TODAY cli (national) on version 2, reviewed: Ambitious
TODAY cli (national) on version 2, withdrawn: The service moves
"""


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with the census of 2025."""
    given.actuals(
        "ZZ901", 2025, {("clinical", "8a"): (340, 61, 0), ("clinical", "5"): (500, 300, 0)}
    )
    return parity


def named(version: int, state: str) -> str:
    """Return the line that names a version."""
    return f"ZZ901 {ID}, version {version}, {state}.\n"


def tell(parity: Parity, *arguments: str) -> str:
    """Return what a command tells, whatever the day."""
    return parity.succeed("targets", *arguments).replace(f"{datetime.now(UTC):%Y-%m-%d}", "TODAY")


def test_a_target_from_its_first_draft_until_it_is_withdrawn(parity: Parity) -> None:
    revised = ("--because", "The board raised it", "--goal-share", "0.20", "--milestone")
    parity.succeed(*SET, "--goal-share", "0.18")

    told = [
        tell(parity, "submit", *ONE),
        tell(parity, "comment", *ONE, "--version", "1", "How?"),
        tell(parity, "return", *ONE, "--version", "1", "--comment", "All in the last year"),
        tell(parity, "revise", *ONE, *revised, "2026=0.17"),
        tell(parity, "submit", *ONE),
        tell(parity, "review", *ONE, "--version", "2", "--comment", "Ambitious"),
        parity.fail("targets", "review", *ONE, "--version", "1"),
        tell(parity, "withdraw", *ONE, "--version", "2", "--comment", "The service moves"),
        tell(parity, "comments", *ONE),
        tell(parity, "show", *ONE),
    ]

    assert told == [
        named(1, "submitted") + FIRST + WAITING,
        f"Noted on version 1 of {ID}.\n",
        named(1, "returned") + FIRST + DRAFTED + SUBMITTED + RETURNED,
        named(2, "draft") + SECOND + NOT_IN_FORCE,
        named(2, "submitted") + SECOND + WAITING,
        named(2, "reviewed") + SECOND + DRAFTED + SUBMITTED + REVIEWED,
        NOT_ALLOWED,
        named(2, "withdrawn") + SECOND + DRAFTED + SUBMITTED + REVIEWED + WITHDRAWN,
        COMMENTS,
        named(1, "superseded") + FIRST + DRAFTED + SUBMITTED + RETURNED + SUPERSEDED
        + named(2, "withdrawn") + SECOND + DRAFTED + SUBMITTED + REVIEWED + WITHDRAWN,
    ]  # fmt: skip


def test_a_further_version_can_be_submitted_as_it_is_drafted(parity: Parity) -> None:
    parity.succeed(*SET, "--goal-share", "0.18", "--submit")

    told = tell(
        parity,
        *("revise", *ONE, "--because", "Fewer posts", "--goal-headcount", "64"),
        *("--milestone", "2026=63", "--submit"),
    )

    assert told == (
        f"{named(2, 'submitted')}"
        "It changes what was there because: Fewer posts\n"
        "From 61 of 401 in 2025, 15.2 %.\n"
        "  2026: 63 people, 15.7 %\n"
        "  2027: 64 people, 16.0 %\n"
        "  2028: 64 people, 16.0 %\n"
        "It takes 3 more BME people than in 2025: 17.6 % of the 128 appointments to 2028, if"
        f" 12.0 % leave a year.\n{GUIDANCE}{WAITING}"
    )


def test_the_draft_of_a_further_version_is_set_again_and_keeps_its_reason(parity: Parity) -> None:
    parity.succeed(*SET, "--goal-share", "0.18", "--submit")
    parity.succeed("targets", "revise", *ONE, "--because", "Why", "--goal-share", "0.19")

    told = parity.succeed(*SET, "--goal-share", "0.20")

    assert told.startswith(f"{named(2, 'draft')}It changes what was there because: Why\n")
    assert "  2028: 81 people, 20.0 %\n" in told


def test_a_draft_is_withdrawn_and_the_version_in_force_stays(parity: Parity) -> None:
    parity.succeed(*SET, "--goal-share", "0.18", "--submit")
    parity.succeed("targets", "revise", *ONE, "--because", "Why", "--goal-share", "0.20")

    parity.succeed("targets", "withdraw", *ONE, "--version", "2", "--comment", "No")

    assert tell(parity, "show", "ZZ901") == (
        f"{named(1, 'submitted')}{FIRST}{WAITING}{DRAFTED}{SUBMITTED}"
    )


def test_targets_are_shown_as_they_were_known_at_an_instant(
    parity: Parity, engine: Engine
) -> None:
    def at(hours: int) -> View:
        return View(datetime.now(UTC) - timedelta(hours=hours))

    terms = Terms(Goal(GoalForm.SHARE, share=Decimal("0.18")))
    draft = TargetDraft(Measure.BAND_8A, None, "2025-2028", terms)
    with writing(engine, ORIGIN) as session:
        draft_target(session, ods_code="ZZ901", draft=draft, caller=COMMAND_LINE, view=at(9))
        submit_target(
            session,
            ods_code="ZZ901",
            id_=ID,
            precondition=WHATEVER,
            caller=COMMAND_LINE,
            view=at(3),
        )

    told = [
        parity.succeed(
            *("targets", "show", "ZZ901", *target),
            *("--as-of", (datetime.now(UTC) - timedelta(hours=6)).isoformat()),
        )
        for target in ((), (ID,))
    ]

    assert [one.partition("\n")[0] for one in told] == [f"ZZ901 {ID}, version 1, draft."] * 2


def test_nothing_is_shown_of_a_trust_that_set_nothing(parity: Parity) -> None:
    assert parity.succeed("targets", "show", "ZZ901") == "ZZ901 has set no target.\n"


def test_nobody_has_said_anything_at_first(parity: Parity) -> None:
    parity.succeed(*SET, "--goal-share", "0.18", "--submit")

    told = parity.succeed("targets", "comments", *ONE)

    assert told == "Nobody has said anything yet.\n"


def test_a_day_of_waiting_is_counted(parity: Parity, engine: Engine) -> None:
    yesterday = View(datetime.now(UTC) - timedelta(days=1))
    terms = Terms(Goal(GoalForm.SHARE, share=Decimal("0.18")))
    draft = TargetDraft(Measure.BAND_8A, None, "2025-2028", terms)
    with writing(engine, ORIGIN) as session:
        draft_target(session, ods_code="ZZ901", draft=draft, caller=COMMAND_LINE, view=yesterday)
        submit_target(
            session,
            ods_code="ZZ901",
            id_=ID,
            precondition=WHATEVER,
            caller=COMMAND_LINE,
            view=yesterday,
        )

    told = parity.succeed("targets", "show", *ONE)

    assert "Waiting for a review for 1 day; nothing waits for it.\n" in told


def test_a_goal_beyond_turnover_and_one_that_is_covered_are_told_so(
    parity: Parity, given: Given
) -> None:
    beyond = parity.succeed(*SET, "--goal-share", "0.5")
    given.actuals("ZZ901", 2026, {("clinical", "8a"): (150, 250, 0), ("clinical", "5"): (5, 3, 0)})

    covered = parity.succeed(*SET, "--goal-share", "0.18", "--submit")

    assert (
        "It takes 140 more BME people than in 2025: 124.4 % of the 128 appointments to 2028, if"
        f" 12.0 % leave a year; turnover alone cannot do it.\n{GUIDANCE}"
    ) in beyond
    assert "Those expected to stay until 2028 reach it already.\nWaiting" in covered


@pytest.mark.parametrize("milestone", ["2026", "2026=", "soon=0.17", "=0.17"])
def test_a_milestone_is_a_year_and_a_goal(parity: Parity, milestone: str) -> None:
    code = parity(*SET, "--goal-share", "0.18", "--milestone", milestone)

    assert code == 2
    assert f"{milestone} is no milestone; give one as 2026=0.16 or 2026=70" in " ".join(
        parity.err.split()
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(
            ("return", *ONE, "--version", "1", "--comment", " "), "/comment", id="a blank return"
        ),
        pytest.param(("comment", *ONE, "--version", "1", " "), "/text", id="a blank comment"),
    ],
)
def test_what_is_said_says_something(
    parity: Parity, given: Given, arguments: tuple[str, ...], complaint: str
) -> None:
    parity.succeed(*SET, "--goal-share", "0.18", "--submit")
    before = given.count_rows()

    told = parity.fail("targets", *arguments)

    assert told.startswith("invalid_request: The request has 1 fault; nothing was stored.\n")
    assert complaint in told
    assert given.count_rows() == before


def test_the_same_draft_set_again_changes_nothing(parity: Parity, given: Given) -> None:
    parity.succeed(*SET, "--goal-share", "0.18")
    before = given.count_rows()

    parity.succeed(*SET, "--goal-share", "0.18")

    assert given.count_rows() == before
