"""The line of a trust and measure says what its progress in full does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from app.domain.area_units import Sent, Unit, gather, make_units
from app.domain.areas import CompactRow
from app.domain.assessment import assess
from app.domain.codes import Reason
from app.domain.compact_rows import find_latest, make_rows
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.methods import METHOD_1
from app.domain.organisations import Attribute, Dated, Kind, Organisation, Succession
from app.domain.panels import PAIR_SLOT, Censuses, Question, ask_otherwise, build_panel
from app.domain.progress import Progress
from app.domain.questions import AskedReference, choose_question
from app.domain.series import Continuity, Head
from app.domain.targets import Goal, GoalForm, ParityReference, Target
from app.domain.trends import analyse
from tests.unit.domain.given import (
    LEADERSHIP,
    NOW,
    OWN_WORKFORCE,
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

NAMED = Organisation("ZZ001", Kind.TRUST, facts={Attribute.NAME: (Dated("A trust"),)})

ASKED = AskedReference()


def line(
    held: Holdings,
    question: Question = OWN_WORKFORCE,
    aim: Target | None = None,
    *mergers: Succession,
) -> CompactRow:
    """Return the line of the one trust of which something is held."""
    returns = [part for one in held.staff.censuses.values() for part in one.actuals]
    codes = tuple(sorted({"ZZ001", *(one.ods_code for one in returns)}))
    years = tuple(sorted({one.year for one in returns})) or (2024,)
    counts = Censuses.empty(len(codes), years).counts
    heads = {}
    for one in returns:
        at = (codes.index(one.ods_code), years.index(one.year))
        for pair, count in one.actuals.headcounts.items():
            counts[(*at, PAIR_SLOT[pair])] = (count.white, count.bme, count.unknown)
        key = (one.ods_code, one.year)
        heads[key] = Head(*key, one.revision, one.actuals.covers, NOW, NOW)
    everything = Sent(codes, years, counts, heads, {})
    known = {code: replace(NAMED, ods_code=code) for code in codes}
    units: list[Unit] = make_units(["ZZ001"], known, mergers, everything, Continuity.COMBINED)
    censuses = gather(units, everything)
    usual = Question(question.scope, ReferenceKind.OWN_WORKFORCE)
    others = {} if question == usual else {(0, 0): question}
    panel = ask_otherwise(build_panel(censuses, [usual]), censuses, others, 1)
    targets = {} if aim is None else {("ZZ001", question.scope): aim}
    analysis, latest = analyse(panel, METHOD_1), find_latest(panel.measure)
    (row,) = make_rows(units, [question.scope], [question], targets, analysis, latest=latest)
    return row


def shortened(progress: Progress) -> Mapping[str, object]:
    """Return what progress in full says of what is in a line."""
    last = progress.actuals[-1] if progress.actuals else None
    aim = progress.current_target or progress.closing_target
    due = aim.milestones[-1] if aim and progress.gap else None
    gap, chance, parity = progress.gap, progress.goal_outlook, progress.parity
    return {
        "year": last and last.year,
        "people": last and (last.bme, last.white, last.unknown, last.total),
        "share": last and last.share,
        "goal": due and (due.year, due.share, due.headcount),
        "goal_reason": progress.gap_reason,
        "people_to_goal": gap and gap.to_goal.people,
        "position": gap and gap.position,
        "position_reason": gap.position_reason if gap else progress.gap_reason,
        "probability": chance and chance.probability,
        "goal_outlook": chance and chance.outlook,
        "probability_reason": progress.goal_outlook_reason,
        "outlook": parity and parity.outlook,
        "outlook_reason": progress.parity_reason,
        "parity_year": parity and parity.year,
    }


def told(row: CompactRow) -> Mapping[str, object]:
    """Return the same of a line."""
    counted = (row.bme, row.white, row.unknown, row.total)
    goal = (row.goal_year, row.goal_share, row.goal_people)
    return {
        "year": row.year,
        "people": None if row.year is None else counted,
        "share": row.share,
        "goal": None if row.goal_year is None else goal,
        "goal_reason": row.goal_reason,
        "people_to_goal": row.people_to_goal,
        "position": row.position,
        "position_reason": row.position_reason,
        "probability": row.probability,
        "goal_outlook": row.goal_outlook,
        "probability_reason": row.probability_reason,
        "outlook": row.outlook,
        "outlook_reason": row.outlook_reason,
        "parity_year": row.parity_year,
    }


NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")
NOBODY = {2023: people(0, 0), 2024: people(0, 0)}
OTHERS = {2023: people(10, 100), 2024: people(10, 100)}
TINY = {year: people(1, 5) for year in (2022, 2023, 2024)}
MANY = {year: people(10, 100) for year in (2022, 2023, 2024)}


@pytest.mark.parametrize(
    ("held", "aim"),
    [
        pytest.param(worked_example(), None, id="no target"),
        pytest.param(worked_example(), target("0.1800"), id="a share"),
        pytest.param(worked_example(), target(80), id="people"),
        pytest.param(worked_example(), target(Goal(GoalForm.MAINTAIN)), id="maintain"),
        pytest.param(worked_example(), target(NOT_NEEDED), id="none needed"),
        pytest.param(worked_example(), target("0.1400", starts=2021), id="it has ended"),
        pytest.param(worked_example(), target("0.2000", starts=2025), id="it is to come"),
        pytest.param(worked_example(), target("0.9000", starts=2060), id="too far ahead"),
        pytest.param(holdings(), target("0.1800"), id="nothing sent"),
        pytest.param(leaders_among(NOBODY, OTHERS), target("0.1800"), id="nobody"),
        pytest.param(leaders_among(TINY, MANY), target("0.5000"), id="too small"),
        pytest.param(
            leaders_among({2024: people(9, 90)}, {2024: people(10, 100)}),
            target("0.1800"),
            id="too few years",
        ),
    ],
)
def test_a_line_says_what_progress_in_full_does(held: Holdings, aim: Target | None) -> None:
    full = holdings_with(held, aim)

    (progress,) = assess(full, [OWN_WORKFORCE], SETTINGS)

    assert told(line(held, aim=aim)) == shortened(progress)


def holdings_with(held: Holdings, aim: Target | None) -> Holdings:
    parts = [part for one in held.staff.censuses.values() for part in one.actuals]
    return holdings(*parts, of=held.lineage, targets=[] if aim is None else [aim])


def test_a_line_of_a_trust_that_grew_by_a_merger_has_no_position() -> None:
    joined = merger("ZZ002", date(2023, 4, 1))
    family = lineage(joined)
    parts = [
        sent(year, team(people(10, 100), people(20, 200)), by=code)
        for code in ("ZZ001", "ZZ002")
        for year in (2022, 2023)
    ]
    own = sent(2024, team(people(22, 210), people(40, 400)))
    aim = target("0.1800")
    held = holdings(*parts, own, of=family, targets=[aim])

    (progress,) = assess(held, [OWN_WORKFORCE], SETTINGS)

    row = line(held, OWN_WORKFORCE, aim, joined)
    assert row.goal_reason is Reason.PERIMETER_CHANGED
    assert told(row) == shortened(progress)


@pytest.mark.parametrize(
    "reference",
    [
        ParityReference(ReferenceKind.FIXED, target("0.2500").version.terms.goal.share, "Census"),
        ParityReference(ReferenceKind.OWN_WORKFORCE_AT_BASELINE),
        ParityReference(ReferenceKind.OWN_MEDICAL_WORKFORCE),
    ],
)
def test_a_line_is_held_against_the_reference_of_its_target(reference: ParityReference) -> None:
    aim = target("0.1800")
    terms = replace(aim.version.terms, reference=reference)
    aim = replace(aim, version=replace(aim.version, terms=terms))
    question = choose_question(LEADERSHIP, ASKED, aim)
    held = worked_example(aim)

    (progress,) = assess(held, [question], SETTINGS)

    assert question.reference is reference.kind
    assert told(line(held, question, aim)) == shortened(progress)


def test_the_workforce_has_no_reference_but_a_fixed_one() -> None:
    workforce = Scope(Measure.WORKFORCE)

    asked = choose_question(workforce, AskedReference(ReferenceKind.OWN_WORKFORCE), None)

    assert asked == Question(workforce, None)


@generated(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 60), st.integers(0, 3)),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 120),
)
def test_a_line_says_so_of_any_counts(leaders: list[tuple[int, int, int]], headcount: int) -> None:
    parts = [
        sent(2019 + at, team(people(bme, bme + white + unknown, unknown), people(30, 200)))
        for at, (bme, white, unknown) in enumerate(leaders)
    ]
    aim = target(headcount)
    held = holdings(*parts, targets=[aim])

    (progress,) = assess(held, [OWN_WORKFORCE], SETTINGS)

    assert told(line(held, aim=aim)) == shortened(progress)
