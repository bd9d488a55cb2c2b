"""Targets in words: goals, states, faults and warnings as pages say them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from app.charts.words import first_upper, people, percent, reference_noun, rounded
from app.dashboard.forms.entered import FieldFault
from app.domain.codes import TargetState
from app.domain.errors import Fault
from app.domain.measures import ReferenceKind, Scope, default_reference
from app.domain.targets import Baseline, Goal, GoalForm, ParityReference, Target

STATES: Final[Mapping[TargetState, tuple[str, str]]] = {
    TargetState.DRAFT: ("Draft", "grey"),
    TargetState.SUBMITTED: ("Submitted", "blue"),
    TargetState.REVIEWED: ("Reviewed", "green"),
    TargetState.RETURNED: ("Returned", "orange"),
    TargetState.SUPERSEDED: ("Superseded", "grey"),
    TargetState.WITHDRAWN: ("Withdrawn", "grey"),
}
"""What each state is called, and the colour of its tag."""

_FIELDS: Final[Mapping[str, str]] = {
    "goal_share": "goal_share",
    "goal_headcount": "goal_headcount",
    "goal": "form",
    "change_reason": "change_reason",
    "board_approved_on": "board",
    "baseline": "baseline_bme",
    "baseline/bme": "baseline_bme",
    "baseline/workforce_bme": "workforce_bme",
    "parity_reference/kind": "reference",
    "parity_reference/share": "reference_share",
    "parity_reference/source": "reference_source",
}
"""The field in which each part of a target is entered."""

_SENTENCES: Final[Mapping[str, str]] = {
    "below_reference": (
        "The group is below what it is held against, so it takes a goal in people or as a share."
    ),
    "actuals_are_held": (
        "Actuals of the baseline's census are held by now, so leave these figures out."
    ),
    "in_the_future": "This day has not come. Leave it out until the board has approved.",
    "staff_group_missing": "Only a clinical or non-clinical group can be held against its own.",
    "subset_larger_than_whole": "There cannot be more BME people than people.",
}
"""What is said of faults whose own sentences speak of members in data."""

_SHARE: Final = re.compile(r"\b[01]\.[0-9]{4}\b")


def exact_percent(share: Decimal) -> str:
    """Return an exact share in percent, with as many decimals as it has."""
    return f"{(share * 100).normalize():f}%"


def in_percent(sentence: str) -> str:
    """Return a sentence of the service with its shares in percent, as pages say them."""
    return _SHARE.sub(lambda found: exact_percent(Decimal(found.group())), sentence)


def say_goal(goal: Goal) -> str:
    """Return a goal as it was stated."""
    match goal.form:
        case GoalForm.HEADCOUNT:
            return f"{goal.headcount or 0:,} BME {_noun(goal.headcount or 0)}"
        case GoalForm.SHARE:
            return f"{exact_percent(goal.share or Decimal(0))} BME"
        case GoalForm.MAINTAIN:
            return "Keep the share of the baseline"
        case _:
            return "No target needed"


def _noun(number: int) -> str:
    return "person" if number == 1 else "people"


def say_end(target: Target) -> tuple[str, str]:
    """Return what a target asks for at last, as a share and in people at its baseline's size."""
    path, baseline = target.path, target.version.baseline
    if path is None or baseline is None:
        goal = target.version.terms.goal
        return (
            exact_percent(goal.share) if goal.share is not None else "",
            f"{goal.headcount:,}" if goal.headcount is not None else "",
        )
    share, number = path.required(target.cycle.ends, max(baseline.total, 1))
    told = percent(rounded(float(share))) if baseline.total else ""
    return told, f"{number:,}"


def say_baseline(baseline: Baseline) -> str:
    """Return where a target starts."""
    share = baseline.share
    told = "" if share is None else f", {percent(rounded(float(share)))}"
    source = f" (stated: {baseline.source})" if baseline.source else ""
    return (
        f"{baseline.bme:,} of {people(baseline.total)} at the census of 31 March"
        f" {baseline.year}{told}{source}"
    )


def say_reference(scope: Scope, reference: ParityReference | None) -> str:
    """Return what a measure is held against by a target."""
    kind = reference.kind if reference else default_reference(scope.measure)
    if kind is None:
        return "Nothing: it is what other groups are held against"
    share = reference.share if reference else None
    told = first_upper(reference_noun(kind, scope, None if share is None else float(share)))
    source = reference.source if reference else None
    return f"{told} ({source})" if kind is ReferenceKind.FIXED and source else told


def place_faults(faults: Iterable[Fault], milestones: Sequence[str]) -> list[FieldFault]:
    """Return faults of a target at the fields in which they were entered.

    Args:
        faults: As the service lists them.
        milestones: The fields of the milestones that were sent, in their order; none where
            they were not entered.
    """
    return [
        FieldFault(
            _field_of(one.pointer.removeprefix("/"), milestones),
            _SENTENCES.get(one.code) or in_percent(one.detail),
        )
        for one in faults
    ]


def _field_of(pointer: str, milestones: Sequence[str]) -> str:
    first, _, rest = pointer.partition("/")
    if first == "milestones":
        number = int(rest.partition("/")[0])
        return milestones[number] if number < len(milestones) else ""
    return _FIELDS.get(pointer, "")
