"""Pages of a long history, and what is told of goals and of what did not change."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from app.dashboard.views.histories import PER_PAGE, tell_history
from app.dashboard.views.revisions import list_changes, list_lines
from app.domain.actuals import Actuals, ActualsRevision
from app.domain.bands import ALLOWED_PAIRS
from app.domain.censuses import Cycle
from app.domain.codes import Caution, TargetState, WarningCode
from app.domain.counts import Count
from app.domain.histories import Released, Revised, TargetMoved
from app.domain.indicators import Indicators, IndicatorsRevision
from app.domain.measures import Measure, Scope
from app.domain.records import Author, Record
from app.domain.releases import Release
from app.domain.target_moves import Move
from app.domain.targets import Goal, GoalForm, Target, TargetVersion, Terms
from tests.entries import trust_entry

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
RECORD = Record(START, Author("lead"))
TRUST = trust_entry("RZ1", name="First Example NHS Trust")
PATH = "/trusts/RZ1/history"


def edition(number: int) -> Released:
    return Released(
        Release(
            ods_code="ENG",
            year=2025,
            edition=number,
            name=f"Edition {number}",
            note=None,
            as_of=START,
            is_exact=False,
            record=Record(START + timedelta(days=number), Author("team")),
        )
    )


def test_a_long_history_is_told_on_pages_that_lead_to_each_other() -> None:
    events = [edition(number) for number in range(2 * PER_PAGE + 1, 0, -1)]

    pages = [tell_history(TRUST, events, number) for number in (1, 2, 3)]

    assert [(one.newer, one.older, one.place) for one in pages] == [
        (None, f"{PATH}?page=2", "Page 1 of 3"),
        (PATH, f"{PATH}?page=3", "Page 2 of 3"),
        (f"{PATH}?page=2", None, "Page 3 of 3"),
    ]
    assert [len(one.happenings) for one in pages] == [PER_PAGE, PER_PAGE, 1]


def goal_lines(goal: Goal) -> tuple[str, ...]:
    cycle = Cycle("2022-2025", 2022, 2025, 2028, "NHS")
    version = TargetVersion(1, Terms(goal), None, (Move(TargetState.DRAFT, RECORD),))
    target = Target("RZ1", "one", Scope(Measure.LEADERSHIP), cycle, version)
    page = tell_history(TRUST, [TargetMoved(target, version.moves[0])], 1)
    return tuple(page.happenings[0].lines)


def test_every_form_of_a_goal_is_told() -> None:
    assert [
        goal_lines(Goal(GoalForm.SHARE, share=Decimal("0.1850"))),
        goal_lines(Goal(GoalForm.HEADCOUNT, headcount=1)),
        goal_lines(Goal(GoalForm.HEADCOUNT, headcount=1200)),
        goal_lines(Goal(GoalForm.MAINTAIN)),
        goal_lines(Goal(GoalForm.NO_TARGET_NEEDED, reason="Above the workforce")),
    ] == [
        ("Goal: 18.5% BME.",),
        ("Goal: 1 BME person.",),
        ("Goal: 1,200 BME people.",),
        ("Goal: to keep the share of the baseline.",),
        ("No target needed: Above the workforce",),
    ]


def headcounts(number: int, revision: int) -> ActualsRevision:
    """Return headcounts of so many people in each group."""
    held = {pair: Count(number, 1, 0) for pair in ALLOWED_PAIRS}
    caution = Caution(WarningCode.UNKNOWN_ETHNICITY, "Many are unknown.")
    return ActualsRevision(
        "RZ1", 2025, revision, Actuals("ESR", ("RZ1",), None, held), RECORD, (caution,)
    )


def test_of_many_groups_that_changed_some_are_named() -> None:
    event = Revised(headcounts(8, 2), headcounts(9, 1))

    changes = list_changes(event)

    assert changes[0] == ("Non-clinical, below band 1: white 8, BME 1, unknown 0; before 9, 1, 0.")
    assert (len(changes), changes[-1]) == (13, f"And {len(ALLOWED_PAIRS) - 12} groups more.")
    assert list_lines(event)[-1] == "Stored with 1 warning."


def test_indicators_that_say_the_same_have_no_change() -> None:
    one, other = (
        IndicatorsRevision("RZ1", 2025, number, Indicators("ESR", note), RECORD)
        for number, note in ((1, None), (2, "As before"))
    )

    assert list_lines(Revised(other, one)) == ["No figure changed."]
    assert list_changes(Revised(other, one)) == ()


def test_the_history_of_an_invented_trust_says_so() -> None:
    invented = trust_entry("ZZ901")

    assert tell_history(invented, [], 1).notices == ["Every figure here is invented."]
    assert tell_history(TRUST, [], 1).notices == []
