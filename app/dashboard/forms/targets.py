"""What people enter to set a target, and the target that it comes to."""

from decimal import Decimal
from typing import Final

from app.dashboard.forms.entered import ALL, Entered, day_fields
from app.domain.censuses import CYCLE_YEARS, Cycle
from app.domain.measures import ReferenceKind, Scope
from app.domain.targets import Baseline, Goal, GoalForm, Milestone, ParityReference, Terms
from app.domain.texts import LONGEST_PARAGRAPH, LONGEST_PASSAGE, LONGEST_SENTENCE
from app.services.target_drafts import TargetDraft

MILESTONES: Final = tuple(f"milestone_{number}" for number in range(1, CYCLE_YEARS))
"""The fields of what is due at each census between baseline and goal."""

_MOST_PEOPLE: Final = 9_999_999
_COUNTS: Final = ("baseline_bme", "baseline_total", "workforce_bme", "workforce_total")
_BASELINE: Final = (*_COUNTS, "baseline_source")
_WORDS: Final = ("reason", "baseline_source", "reference_source")
_ASIDE: Final = ("rationale", "change_reason", "board_day", "board_month", "board_year")
_PERCENT: Final = "Enter the share in percent, such as 42.5."


def figures_of(entered: Entered) -> Entered:
    """Return what was entered with a mark for every reason and source: the rest is figures."""
    figures = Entered(entered.values).but(
        **dict.fromkeys(_WORDS, "–"), **dict.fromkeys(_ASIDE, "")
    )
    is_stated = any(entered.raw(name) for name in _COUNTS)
    return figures if is_stated else figures.but(baseline_source="")


def read_target(
    entered: Entered, scope: Scope, cycle: Cycle, *, is_further: bool
) -> TargetDraft | None:
    """Return what was entered as a draft; None where something is wrong with it.

    Args:
        entered: It takes every fault.
        scope: The group that it is for.
        cycle: The cycle likewise.
        is_further: Whether it takes the place of a version, for a reason.
    """
    goal = _read_goal(entered)
    milestones = _read_milestones(entered, cycle)
    baseline = _read_baseline(entered, cycle)
    reference = _read_reference(entered)
    approved = entered.day("board")
    rationale = entered.text("rationale", longest=LONGEST_PASSAGE)
    reason = ""
    if is_further:
        reason = entered.text(
            "change_reason", longest=LONGEST_PARAGRAPH, empty="Say why the target changes."
        )
    if entered.faults or goal is None:
        return None
    return TargetDraft(
        measure=scope.measure,
        staff_group=scope.staff_group,
        cycle=cycle.code,
        terms=Terms(goal, milestones, reference, approved, rationale or None),
        baseline=baseline,
        change_reason=reason or None,
    )


def fields_of_milestones(draft: TargetDraft) -> list[str]:
    """Return the fields of a draft's milestones, in their order."""
    return [_field_of(draft, one) for one in draft.terms.milestones]


def _read_goal(entered: Entered) -> Goal | None:
    """Return the goal; None if it is not stated as one."""
    form = entered.choice("form", list(GoalForm), otherwise="Choose what the goal is.")
    match form:
        case GoalForm.HEADCOUNT:
            number = _read_people(entered, "goal_headcount", "Enter how many BME people.")
            return None if number is None else Goal(GoalForm.HEADCOUNT, headcount=number)
        case GoalForm.SHARE:
            share = entered.share("goal_share", empty=_PERCENT)
            return None if share is None else Goal(GoalForm.SHARE, share=share)
        case GoalForm.NO_TARGET_NEEDED:
            why = entered.text(
                "reason", longest=LONGEST_PARAGRAPH, empty="Say why no target is needed."
            )
            return Goal(GoalForm.NO_TARGET_NEEDED, reason=why) if why else None
        case GoalForm.MAINTAIN:
            return Goal(GoalForm.MAINTAIN)
        case _:
            return None


def _read_milestones(entered: Entered, cycle: Cycle) -> tuple[Milestone, ...]:
    """Return what is due before the goal, in its form; none for a straight line."""
    found = []
    form = entered.raw("form")
    for year, name in enumerate(MILESTONES, cycle.starts + 1):
        if form == GoalForm.HEADCOUNT and (number := _read_people(entered, name)) is not None:
            found.append(Milestone(year, headcount=number))
        if form == GoalForm.SHARE and (share := entered.share(name)) is not None:
            found.append(Milestone(year, share=share))
    return tuple(found)


def _read_baseline(entered: Entered, cycle: Cycle) -> Baseline | None:
    """Return where it starts, if that is stated."""
    if not any(entered.raw(name) for name in _BASELINE):
        return None
    needed = "Enter how many people, 0 if none."
    counts = [_read_people(entered, name, needed) for name in _COUNTS]
    source = entered.text(
        "baseline_source", longest=LONGEST_SENTENCE, empty="Say where these figures come from."
    )
    bme, total, workforce_bme, workforce_total = (one or 0 for one in counts)
    return Baseline(cycle.starts, bme, total, workforce_bme, workforce_total, source=source)


def _read_reference(entered: Entered) -> ParityReference | None:
    """Return what the measure is held against; None for its default."""
    if not entered.raw("reference"):
        return None
    kind = entered.choice(
        "reference", list(ReferenceKind), otherwise="Choose what the group is held against."
    )
    if kind != ReferenceKind.FIXED:
        return ParityReference(ReferenceKind(kind)) if kind else None
    share = entered.share("reference_share", empty=_PERCENT)
    source = entered.text(
        "reference_source", longest=LONGEST_SENTENCE, empty="Say where the share comes from."
    )
    return ParityReference(ReferenceKind.FIXED, share, source)


def _read_people(entered: Entered, name: str, empty: str = "") -> int | None:
    told = "Enter a whole number of people."
    return entered.whole(name, least=0, most=_MOST_PEOPLE, otherwise=told, empty=empty)


def enter(draft: TargetDraft) -> Entered:
    """Return what somebody would have entered to set a target so."""
    terms, stated = draft.terms, draft.baseline
    goal, reference = terms.goal, terms.reference
    filled = {
        "measure": draft.measure.value,
        "staff_group": draft.staff_group,
        "cycle": draft.cycle,
        "form": goal.form.value,
        "goal_headcount": goal.headcount,
        "goal_share": _as_percent(goal.share),
        "reason": goal.reason,
    }
    for one in terms.milestones:
        # The last census has the goal itself.
        if one.year < _starts(draft) + CYCLE_YEARS:
            value = _as_percent(one.share) if one.headcount is None else one.headcount
            filled[_field_of(draft, one)] = value
    if stated is not None:
        counts = (stated.bme, stated.total, stated.workforce_bme, stated.workforce_total)
        filled |= dict(zip(_COUNTS, counts, strict=True))
        filled["baseline_source"] = stated.source
    if reference is not None:
        filled["reference"] = reference.kind.value
        filled["reference_share"] = _as_percent(reference.share)
        filled["reference_source"] = reference.source
    filled |= {"rationale": terms.rationale, "change_reason": draft.change_reason}
    sent = {name: (str(one),) for name, one in filled.items() if one is not None}
    return Entered(sent | day_fields("board", terms.board_approved_on))


def _starts(draft: TargetDraft) -> int:
    return int(draft.cycle[:4])


def _field_of(draft: TargetDraft, milestone: Milestone) -> str:
    return MILESTONES[milestone.year - _starts(draft) - 1]


def _as_percent(share: Decimal | None) -> str | None:
    """Return a share as it is entered, in percent without needless noughts."""
    return None if share is None else f"{(share * ALL).normalize():f}"
