from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.bands import StaffGroup
from app.domain.codes import WarningCode
from app.domain.errors import Fault
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.series import Joined
from app.domain.target_checks import (
    find_baseline_faults,
    find_goal_faults,
    find_reference_share,
    find_target_cautions,
    find_terms_faults,
)
from app.domain.targets import Baseline, Goal, GoalForm, Milestone, ParityReference, Terms
from tests.unit.domain.given import (
    CLINICAL_8A,
    CONSULTANT,
    LEADERSHIP,
    TRAINEE,
    cycle,
    lineage,
    merger,
    people,
    sent,
)

TODAY = date(2026, 11, 23)
CYCLE = cycle(2022)
BASELINE = Baseline(2022, 47, 431, 1110, 5480)
NOBODY = Baseline(2022, 0, 0, 1110, 5480)
CLINICAL = Scope(Measure.LEADERSHIP, StaffGroup.CLINICAL)
WORKFORCE = Scope(Measure.WORKFORCE)
MAINTAIN = Goal(GoalForm.MAINTAIN)
NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")
STAFF = Joined(
    2022,
    ("ZZ001",),
    actuals=(
        sent(2022, {CLINICAL_8A: people(1, 4), CONSULTANT: people(2, 6), TRAINEE: people(3, 4)}),
    ),
)


def share(value: str) -> Goal:
    return Goal(GoalForm.SHARE, share=Decimal(value))


def headcount(value: int) -> Goal:
    return Goal(GoalForm.HEADCOUNT, headcount=value)


def pairs(faults: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in faults]


def terms_faults(terms: Terms, scope: Scope = LEADERSHIP) -> list[tuple[str, str]]:
    return pairs(list(find_terms_faults(scope, CYCLE, terms, TODAY)))


# References.


@pytest.mark.parametrize(
    ("scope", "kind", "expected"),
    [
        (LEADERSHIP, None, Fraction(1110, 5480)),
        (LEADERSHIP, ReferenceKind.OWN_WORKFORCE, Fraction(1110, 5480)),
        (LEADERSHIP, ReferenceKind.OWN_WORKFORCE_AT_BASELINE, Fraction(1110, 5480)),
        (Scope(Measure.CONSULTANTS), None, Fraction(5, 10)),
        (LEADERSHIP, ReferenceKind.OWN_MEDICAL_WORKFORCE, Fraction(5, 10)),
        (CLINICAL, ReferenceKind.OWN_STAFF_GROUP, Fraction(1, 4)),
        (LEADERSHIP, ReferenceKind.OWN_STAFF_GROUP, None),
        (WORKFORCE, None, None),
        (WORKFORCE, ReferenceKind.OWN_WORKFORCE, None),
    ],
)
def test_a_target_is_held_against_its_reference_at_its_baseline(
    scope: Scope, kind: ReferenceKind | None, expected: Fraction | None
) -> None:
    reference = ParityReference(kind) if kind else None

    assert find_reference_share(scope, reference, BASELINE, STAFF) == expected


@pytest.mark.parametrize("scope", [LEADERSHIP, WORKFORCE])
def test_a_fixed_reference_is_its_share(scope: Scope) -> None:
    fixed = ParityReference(ReferenceKind.FIXED, Decimal("0.191"), "census")
    without = ParityReference(ReferenceKind.FIXED)

    assert find_reference_share(scope, fixed, BASELINE, STAFF) == Fraction("0.191")
    assert find_reference_share(scope, without, BASELINE, STAFF) is None


def test_a_reference_group_is_not_known_without_headcounts() -> None:
    consultants = Scope(Measure.CONSULTANTS)

    assert find_reference_share(consultants, None, BASELINE, None) is None


# Terms.


def test_terms_that_agree_have_no_fault() -> None:
    fixed = ParityReference(ReferenceKind.FIXED, Decimal("0.2"), "local population")
    group = ParityReference(ReferenceKind.OWN_STAFF_GROUP)
    stated = (Milestone(2023, share=Decimal("0.12")), Milestone(2025, share=Decimal("0.18")))

    assert terms_faults(Terms(share("0.18"), stated, fixed, TODAY)) == []
    assert (
        terms_faults(Terms(headcount(9), (Milestone(2024, headcount=8),), group), CLINICAL) == []
    )


@pytest.mark.parametrize(
    ("milestones", "faults"),
    [
        ([Milestone(2022, share=Decimal("0.1"))], [("/milestones/0/year", "outside_cycle")]),
        ([Milestone(2026, share=Decimal("0.1"))], [("/milestones/0/year", "outside_cycle")]),
        (
            [Milestone(2023, share=Decimal("0.1")), Milestone(2023, share=Decimal("0.1"))],
            [("/milestones/1/year", "duplicate_year")],
        ),
        ([Milestone(2023, headcount=3)], [("/milestones/0", "not_the_goals_form")]),
        ([Milestone(2025, share=Decimal("0.1"))], [("/milestones/0", "differs_from_goal")]),
    ],
)
def test_milestones_are_censuses_of_the_cycle_in_the_goals_form_once(
    milestones: list[Milestone], faults: list[tuple[str, str]]
) -> None:
    assert terms_faults(Terms(share("0.18"), tuple(milestones))) == faults


@pytest.mark.parametrize("goal", [MAINTAIN, NOT_NEEDED])
def test_a_goal_that_stays_has_no_milestones(goal: Goal) -> None:
    terms = Terms(goal, (Milestone(2023, headcount=3),))

    assert terms_faults(terms) == [("/milestones/0", "not_the_goals_form")]


@pytest.mark.parametrize(
    ("reference", "faults"),
    [
        (
            ParityReference(ReferenceKind.FIXED, None, "census"),
            [("/parity_reference/share", "share_with_fixed")],
        ),
        (
            ParityReference(ReferenceKind.OWN_WORKFORCE, Decimal("0.2")),
            [("/parity_reference/share", "share_with_fixed")],
        ),
        (
            ParityReference(ReferenceKind.FIXED, Decimal("0.2")),
            [("/parity_reference/source", "source_missing")],
        ),
        (
            ParityReference(ReferenceKind.OWN_STAFF_GROUP),
            [("/parity_reference/kind", "staff_group_missing")],
        ),
    ],
)
def test_a_reference_is_complete(
    reference: ParityReference, faults: list[tuple[str, str]]
) -> None:
    assert terms_faults(Terms(share("0.18"), reference=reference)) == faults


def test_a_board_has_not_approved_tomorrow() -> None:
    terms = Terms(share("0.18"), board_approved_on=date(2026, 11, 24))

    assert terms_faults(terms) == [("/board_approved_on", "in_the_future")]


def test_milestones_wait_for_a_cycle_and_nothing_else_does() -> None:
    terms = Terms(
        share("0.18"),
        (Milestone(2099, headcount=3),),
        ParityReference(ReferenceKind.OWN_STAFF_GROUP),
        date(2026, 11, 24),
    )

    assert pairs(list(find_terms_faults(LEADERSHIP, None, terms, TODAY))) == [
        ("/parity_reference/kind", "staff_group_missing"),
        ("/board_approved_on", "in_the_future"),
    ]


# Goals.


@pytest.mark.parametrize(
    ("goal", "baseline", "reference"),
    [
        pytest.param(share("0.1091"), BASELINE, None, id="just above the baseline"),
        pytest.param(headcount(47), BASELINE, None, id="the baseline's people"),
        pytest.param(share("0.5"), Baseline(2022, 1, 2, 1, 9), None, id="exactly the baseline"),
        pytest.param(headcount(2), NOBODY, None, id="people where there were none"),
        pytest.param(MAINTAIN, BASELINE, Fraction(47, 431), id="maintains parity"),
        pytest.param(MAINTAIN, BASELINE, None, id="maintains without a reference"),
        pytest.param(NOT_NEEDED, BASELINE, Fraction(1, 10), id="above its reference"),
        pytest.param(NOT_NEEDED, NOBODY, Fraction(1, 10), id="nobody"),
    ],
)
def test_a_goal_that_fits_its_baseline_has_no_fault(
    goal: Goal, baseline: Baseline, reference: Fraction | None
) -> None:
    assert list(find_goal_faults(goal, baseline, reference)) == []


@pytest.mark.parametrize(
    ("goal", "baseline", "fault"),
    [
        (share("0.1090"), BASELINE, ("/goal_share", "below_baseline")),
        (headcount(46), BASELINE, ("/goal_headcount", "below_baseline")),
        (share("0.1"), NOBODY, ("/goal_share", "nobody_at_baseline")),
        (MAINTAIN, NOBODY, ("/goal", "nobody_at_baseline")),
        (MAINTAIN, BASELINE, ("/goal", "below_reference")),
        (NOT_NEEDED, BASELINE, ("/goal", "below_reference")),
    ],
)
def test_a_goal_is_never_below_its_baseline_and_never_rests_below_its_reference(
    goal: Goal, baseline: Baseline, fault: tuple[str, str]
) -> None:
    assert pairs(list(find_goal_faults(goal, baseline, Fraction(1110, 5480)))) == [fault]


@pytest.mark.parametrize(
    ("goal", "is_above"),
    [
        (share("0.2025"), False),
        (share("0.2026"), True),
        (headcount(87), False),
        (headcount(88), True),
        (MAINTAIN, False),
    ],
)
def test_a_goal_above_its_reference_is_accepted_with_a_warning(
    goal: Goal, *, is_above: bool
) -> None:
    cautions = find_target_cautions(goal, BASELINE, Fraction(1110, 5480))

    assert [c.code for c in cautions] == [WarningCode.GOAL_ABOVE_REFERENCE] * is_above


@pytest.mark.parametrize(
    ("goal", "baseline", "reference"),
    [
        (share("0.9"), None, Fraction(1, 2)),
        (share("0.9"), BASELINE, None),
        (headcount(3), NOBODY, Fraction(1, 2)),
    ],
)
def test_what_cannot_be_compared_is_not_warned_of(
    goal: Goal, baseline: Baseline | None, reference: Fraction | None
) -> None:
    assert find_target_cautions(goal, baseline, reference) == ()


# Stated baselines.


@pytest.mark.parametrize(
    ("given", "held", "faults"),
    [
        (None, None, []),
        (None, BASELINE, []),
        (BASELINE, None, []),
        (BASELINE, BASELINE, [("/baseline", "actuals_are_held")]),
        (
            Baseline(2022, 3, 2, 9, 8),
            None,
            [
                ("/baseline/bme", "subset_larger_than_whole"),
                ("/baseline/workforce_bme", "subset_larger_than_whole"),
            ],
        ),
    ],
)
def test_a_baseline_is_stated_only_where_no_actuals_are_held(
    given: Baseline | None, held: Baseline | None, faults: list[tuple[str, str]]
) -> None:
    assert pairs(list(find_baseline_faults(given, held, lineage()))) == faults


def test_a_stated_baseline_covers_the_trust_and_its_predecessors_only() -> None:
    family = lineage(merger("ZZ002", date(2023, 4, 1)))
    given = replace(BASELINE, covers=("ZZ002", "ZZ003", "ZZ002", "ZZ001"))

    assert list(find_baseline_faults(given, None, family)) == [
        Fault(
            "/baseline/covers/1",
            "not_a_predecessor",
            "ZZ003 is neither ZZ001 nor one of its predecessors.",
        ),
        Fault("/baseline/covers/2", "duplicate_code", "ZZ002 is named twice."),
    ]
