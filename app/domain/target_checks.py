"""What is checked when a target is set: every fault, and the warnings that are no refusal."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from app.domain.actuals import sum_pairs
from app.domain.censuses import Cycle
from app.domain.codes import Caution, WarningCode
from app.domain.errors import Fault
from app.domain.measures import (
    Measure,
    ReferenceKind,
    Scope,
    default_reference,
    reference_group,
)
from app.domain.series import Joined, Lineage
from app.domain.targets import Baseline, Goal, GoalForm, ParityReference, Target, Terms

_GOAL_POINTER = {
    GoalForm.SHARE: "/goal_share",
    GoalForm.HEADCOUNT: "/goal_headcount",
    GoalForm.MAINTAIN: "/goal",
    GoalForm.NO_TARGET_NEEDED: "/goal",
}


def find_reference_share(
    scope: Scope, reference: ParityReference | None, baseline: Baseline, staff: Joined | None
) -> Fraction | None:
    """Return the share that a target is held against at its baseline; None if there is none.

    Args:
        scope: The measure.
        reference: None for the measure's default.
        baseline: Where the target starts.
        staff: The headcounts of the baseline's census, if held.
    """
    kind = reference.kind if reference else default_reference(scope.measure)
    if kind is ReferenceKind.FIXED and reference is not None:
        return None if reference.share is None else Fraction(reference.share)
    if kind is None or scope.measure is Measure.WORKFORCE:
        return None
    if kind in {ReferenceKind.OWN_WORKFORCE, ReferenceKind.OWN_WORKFORCE_AT_BASELINE}:
        return baseline.workforce_share
    if staff is None or (kind is ReferenceKind.OWN_STAFF_GROUP and scope.staff_group is None):
        return None
    return sum_pairs(staff.headcounts, reference_group(scope, kind)).share


def find_terms_faults(
    scope: Scope, cycle: Cycle | None, terms: Terms, today: date
) -> Iterator[Fault]:
    """Yield how a target's terms contradict themselves; milestones only if the cycle is known."""
    if cycle is not None:
        yield from _find_milestone_faults(cycle, terms)
    yield from _find_reference_faults(scope, terms.reference)
    if terms.board_approved_on is not None and terms.board_approved_on > today:
        detail = f"{terms.board_approved_on.isoformat()} has not come; leave it out until then."
        yield Fault("/board_approved_on", "in_the_future", detail)


def _find_milestone_faults(cycle: Cycle, terms: Terms) -> Iterator[Fault]:
    """Yield the faults of milestones: each a census of the cycle, in the goal's form, once."""
    goal, seen = terms.goal, set[int]()
    for index, milestone in enumerate(terms.milestones):
        at = f"/milestones/{index}"
        if milestone.year not in cycle.census_years:
            years = ", ".join(map(str, cycle.census_years))
            detail = f"{milestone.year} is no census of the cycle {cycle.code}; use {years}."
            yield Fault(f"{at}/year", "outside_cycle", detail)
        if milestone.year in seen:
            yield Fault(f"{at}/year", "duplicate_year", f"{milestone.year} stands twice.")
        seen.add(milestone.year)
        form = GoalForm.SHARE if milestone.share is not None else GoalForm.HEADCOUNT
        if form is not goal.form:
            detail = f"A goal of the form {goal.form} has milestones of that form, or none."
            yield Fault(at, "not_the_goals_form", detail)
        elif milestone.year == cycle.ends and (milestone.share, milestone.headcount) != (
            goal.share,
            goal.headcount,
        ):
            detail = f"The milestone of {cycle.ends} is the goal; the two differ."
            yield Fault(at, "differs_from_goal", detail)
    yield from _find_falls(cycle, terms)


def _find_falls(cycle: Cycle, terms: Terms) -> Iterator[Fault]:
    """Yield milestones that are above what is due later: a path never goes down."""
    is_share = terms.goal.form is GoalForm.SHARE
    goal = terms.goal.share if is_share else terms.goal.headcount
    stated = [(m.year, m.share if is_share else m.headcount) for m in terms.milestones]
    for index, (year, due) in enumerate(stated):
        later = [value for at, value in stated if year < at <= cycle.ends]
        least = min((value for value in (*later, goal) if value is not None), default=None)
        if year < cycle.ends and due is not None and least is not None and due > least:
            detail = f"{due} in {year} is above {least}, which is due later; a path only rises."
            yield Fault(f"/milestones/{index}", "not_rising", detail)


def _find_reference_faults(scope: Scope, reference: ParityReference | None) -> Iterator[Fault]:
    """Yield how a reference contradicts itself or the measure."""
    if reference is None:
        return
    is_fixed = reference.kind is ReferenceKind.FIXED
    if is_fixed != (reference.share is not None):
        detail = "A share goes with the kind fixed, and only with it."
        yield Fault("/parity_reference/share", "share_with_fixed", detail)
    if is_fixed and not reference.source:
        detail = "Say where the fixed share comes from."
        yield Fault("/parity_reference/source", "source_missing", detail)
    if reference.kind is ReferenceKind.OWN_STAFF_GROUP and scope.staff_group is None:
        detail = "own_staff_group needs staff_group clinical or non_clinical."
        yield Fault("/parity_reference/kind", "staff_group_missing", detail)


def find_milestone_faults(terms: Terms, baseline: Baseline) -> Iterator[Fault]:
    """Yield the milestones that are below the baseline that they start from."""
    for index, milestone in enumerate(terms.milestones):
        share, people = milestone.share, milestone.headcount
        if share is not None and baseline.share is not None and share < baseline.share:
            start = f"{baseline.bme} of {baseline.total} ({float(baseline.share):.4f})"
        elif people is not None and people < baseline.bme:
            start = f"{baseline.bme} people"
        else:
            continue
        stated = people if share is None else share
        detail = f"{stated} in {milestone.year} is below the baseline of {start}."
        yield Fault(f"/milestones/{index}", "below_baseline", detail)


def find_goal_faults(
    goal: Goal, baseline: Baseline, reference_share: Fraction | None
) -> Iterator[Fault]:
    """Yield how a goal contradicts the baseline that it starts from."""
    at, share = _GOAL_POINTER[goal.form], baseline.share
    if goal.form in {GoalForm.SHARE, GoalForm.MAINTAIN} and share is None:
        detail = f"Nobody was in the group in {baseline.year}; a share has no path from there."
        yield Fault(at, "nobody_at_baseline", detail)
    if goal.share is not None and share is not None and goal.share < share:
        detail = (
            f"The goal {goal.share} is below the baseline of {baseline.bme} of {baseline.total}"
            f" ({float(share):.4f}); a goal is never below it."
        )
        yield Fault(at, "below_baseline", detail)
    if goal.headcount is not None and goal.headcount < baseline.bme:
        detail = (
            f"The goal {goal.headcount} is below the baseline of {baseline.bme} people; a goal is"
            " never below it."
        )
        yield Fault(at, "below_baseline", detail)
    is_at_rest = goal.form in {GoalForm.MAINTAIN, GoalForm.NO_TARGET_NEEDED}
    if (
        is_at_rest
        and share is not None
        and reference_share is not None
        and share < reference_share
    ):
        detail = (
            f"{baseline.bme} of {baseline.total} ({float(share):.4f}) is below the reference"
            f" ({float(reference_share):.4f}); state goal_share or goal_headcount."
        )
        yield Fault(at, "below_reference", detail)


def find_baseline_faults(
    given: Baseline | None, held: Baseline | None, lineage: Lineage
) -> Iterator[Fault]:
    """Yield the faults of a stated baseline.

    Args:
        given: As stated; None if it is not.
        held: What the actuals held say; None where there are none.
        lineage: Of the trust that states it.
    """
    if given is None:
        return
    for index, code in enumerate(given.covers):
        at = f"/baseline/covers/{index}"
        if code in given.covers[:index]:
            yield Fault(at, "duplicate_code", f"{code} is named twice.")
        elif code not in lineage.codes:
            detail = f"{code} is neither {lineage.trust.ods_code} nor one of its predecessors."
            yield Fault(at, "not_a_predecessor", detail)
    if held is not None:
        detail = (
            f"Actuals for {held.year} are held, so the baseline comes from them; leave it out."
        )
        yield Fault("/baseline", "actuals_are_held", detail)
    for part, whole in (("bme", "total"), ("workforce_bme", "workforce_total")):
        if getattr(given, part) > getattr(given, whole):
            detail = f"{part} {getattr(given, part)} is more than {whole} {getattr(given, whole)}."
            yield Fault(f"/baseline/{part}", "subset_larger_than_whole", detail)


def find_target_cautions(
    goal: Goal, baseline: Baseline | None, reference_share: Fraction | None
) -> tuple[Caution, ...]:
    """Return the warnings about a goal, which are no refusal."""
    if baseline is None or reference_share is None:
        return ()
    share = _goal_share(goal, baseline)
    if share is None or share <= reference_share:
        return ()
    detail = (
        f"The goal of {float(share):.4f} is above the {float(reference_share):.4f} that it is"
        f" compared with in {baseline.year}."
    )
    return (Caution(WarningCode.GOAL_ABOVE_REFERENCE, detail),)


def find_path_cautions(target: Target) -> Iterator[Caution]:
    """Yield the warnings about a path in whole people of a team of the baseline's size."""
    path, baseline = target.path, target.version.baseline
    if path is None or baseline is None or not baseline.total:
        return
    people = {year: path.required(year, baseline.total)[1] for year in target.cycle.census_years}
    most = people[target.cycle.ends]
    if most > baseline.total:
        detail = f"The goal of {most} people is more than the team of {baseline.total}."
        yield Caution(WarningCode.GOAL_ABOVE_TEAM, detail)
    if path.is_of_people or most == baseline.bme:
        return
    same = [f"{y} and {y + 1}" for y in people if people[y] == people.get(y + 1)]
    if same:
        detail = (
            f"In a team of {baseline.total} the milestones of {', '.join(same)} take the same"
            " number of people; milestones in people would say it better."
        )
        yield Caution(WarningCode.MILESTONES_WITHIN_ONE_PERSON, detail)


def _goal_share(goal: Goal, baseline: Baseline) -> Fraction | None:
    if goal.share is not None:
        return Fraction(goal.share)
    if goal.headcount is not None and baseline.total:
        return Fraction(goal.headcount, baseline.total)
    return None
