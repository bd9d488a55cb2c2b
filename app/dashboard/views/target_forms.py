"""The form in which a target is set: what is asked, with what is known beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from app.charts.words import (
    census,
    first_upper,
    people,
    percent,
    reference_noun,
    rounded,
    title_of,
)
from app.dashboard.forms.entered import Entered
from app.dashboard.forms.targets import MILESTONES, enter
from app.dashboard.views.contents import trail_of
from app.dashboard.views.target_answers import Answer
from app.dashboard.views.target_words import say_goal
from app.dashboard.views.words import NOTHING
from app.domain.bands import StaffGroup
from app.domain.censuses import Cycle
from app.domain.codes import Reason
from app.domain.measures import TITLES, Measure, ReferenceKind, Scope, default_reference
from app.domain.organisations import Organisation
from app.domain.proposal_desk import Proposed
from app.domain.proposals import Proposal
from app.domain.targets import Baseline, ProposalMethod, Terms
from app.services.definitions import page_of
from app.services.target_drafts import TargetDraft

GROUPS: Final = (
    ("", "Everybody in the group"),
    (StaffGroup.CLINICAL.value, "Clinical staff only (not medical)"),
    (StaffGroup.NON_CLINICAL.value, "Non-clinical staff only"),
)
"""What a group can be narrowed to."""

OFFERS: Final = ("How it is worked out", "Goal", "People on the way", "Starting value")
"""What is told of each proposal."""

EARLIER: Final = "The census that it starts from, before the baseline, is not held."
"""What stands where a method lacks a census of its own."""

_METHODS: Final = {
    ProposalMethod.STRATEGY: "Arithmetic of the strategy",
    ProposalMethod.APPOINTMENTS: "What appointments would bring",
    ProposalMethod.PREDECESSORS: "What the trusts before had set out to reach",
    ProposalMethod.REBASED: "Your own goal, from the corrected baseline",
}


@dataclass(frozen=True, slots=True)
class StartPage:
    """The page that asks for which group and which cycle a target is.

    Attributes:
        held: What stands in the way, and where it is: the target that there is already.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    action: str
    entered: Entered
    measures: Sequence[tuple[str, str]]
    cycles: Sequence[tuple[str, str]]
    held: tuple[str, str] | None = None
    sentences: Sequence[str] = (
        "A trust has one target for a group of people in each cycle of three years.",
    )
    groups: Sequence[tuple[str, str]] = GROUPS
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal to start from.

    Attributes:
        page: Where the method is explained.
        goal: What it proposes, or why it proposes nothing.
        path: Where the form stands with it filled in; empty where it proposes nothing.
    """

    name: str
    page: str
    goal: str
    people: str
    path: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page with the form.

    Attributes:
        action: Where the form is sent.
        answers: Where what a goal means is asked for while it changes.
        start: Where the group stands at the baseline, in sentences.
        states_baseline: Whether the baseline has to be stated, since no actuals are held.
        milestones: The fields of what is due on the way, and the census of each.
        changed: Where to see what somebody else has stored meanwhile; None if nobody has.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    action: str
    answers: str
    entered: Entered
    group: str
    definition: str
    cycle: Cycle
    start: Sequence[str]
    states_baseline: bool
    offers: Sequence[Offer]
    references: Sequence[tuple[str, str]]
    is_further: bool
    answer: Answer
    changed: str | None = None
    milestones: Sequence[tuple[str, str]] = field(default_factory=tuple)
    sentences: Sequence[str] = ()
    data: str | None = None


def ask_start(
    trust: Organisation,
    entered: Entered,
    cycles: Iterable[Cycle],
    today: date,
    *,
    held: tuple[str, str] | None = None,
) -> StartPage:
    """Return the page that asks for which group and which cycle a target is."""
    newest_first = sorted(cycles, key=lambda one: one.starts, reverse=True)
    current = next((one.code for one in newest_first if one.starts <= today.year), "")
    filled = entered.but(
        cycle=entered.raw("cycle") or current,
        measure=entered.raw("measure") or Measure.LEADERSHIP,
    )
    return StartPage(
        title=f"Set a target: {trust.name}",
        trail=trail_of(trust, "/targets"),
        action=f"/trusts/{trust.ods_code}/targets/new",
        entered=filled,
        measures=[(one.value, TITLES[one]) for one in Measure],
        cycles=[(one.code, f"{one.starts} to {one.ends}") for one in newest_first],
        held=held,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is about.

    Attributes:
        name: What its page is called.
        path: Where it is, and where it is sent.
        changes: The target that it changes: what that is called, and where it is.
    """

    trust: Organisation
    scope: Scope
    cycle: Cycle
    name: str
    path: str
    is_further: bool = False
    changes: tuple[str, str] | None = None


def ask_target(
    asked: Asked,
    entered: Entered,
    proposals: Sequence[Proposed],
    answer: Answer,
    *,
    changed: str | None = None,
) -> FormPage:
    """Return the page with the form.

    Args:
        asked: What it is about.
        entered: What was entered so far.
        proposals: What arithmetic proposes, the strategy's first.
        answer: What was entered means.
        changed: Where to see what somebody else has stored meanwhile.
    """
    trust, scope, cycle = asked.trust, asked.scope, asked.cycle
    baseline = proposals[0].baseline
    is_stated = baseline is None or baseline.is_stated
    return FormPage(
        title=f"{asked.name}: {trust.name}",
        trail=[*trail_of(trust, "/targets"), *([asked.changes] if asked.changes else [])],
        action=asked.path,
        answers=f"/trusts/{trust.ods_code}/targets/preview",
        entered=entered,
        group=title_of(scope),
        definition=page_of("measures", scope.measure),
        cycle=cycle,
        start=_say_start(scope, cycle, None if is_stated else baseline),
        states_baseline=is_stated
        or any(one.field.startswith("baseline") for one in entered.faults),
        offers=[_offer(asked, entered, one) for one in proposals],
        references=list(_list_references(scope)),
        is_further=asked.is_further,
        answer=answer,
        changed=changed,
        milestones=[
            (name, f"By {census(year)}") for year, name in enumerate(MILESTONES, cycle.starts + 1)
        ],
    )


def _say_start(scope: Scope, cycle: Cycle, baseline: Baseline | None) -> Sequence[str]:
    """Return where the group stands at the baseline; that of actuals, or none."""
    if baseline is None:
        return (
            f"No actuals for the census of {census(cycle.starts)} are held.",
            "Send them first, or state below where the group stood then.",
        )
    share, beside = baseline.share, baseline.workforce_share
    told = "" if share is None else f" ({percent(rounded(float(share)))})"
    first = (
        f"At the baseline, the census of {census(cycle.starts)}, {baseline.bme:,} of"
        f" {people(baseline.total)} in the group were BME{told}."
    )
    if beside is None or scope.measure is Measure.WORKFORCE:
        return (first,)
    return first, f"Of the whole workforce it was {percent(rounded(float(beside)))}."


def _offer(asked: Asked, entered: Entered, proposed: Proposed) -> Offer:
    outcome, method = proposed.outcome, proposed.method
    page = page_of("codes", "proposal_method", method)
    start = proposed.baseline
    if isinstance(outcome, Reason):
        is_earlier = outcome is Reason.NO_ACTUALS and start is not None
        told = EARLIER if is_earlier else outcome.sentence
        return Offer(_METHODS[method], page, told, NOTHING, "")
    draft = TargetDraft(
        asked.scope.measure,
        asked.scope.staff_group,
        asked.cycle.code,
        Terms(outcome.goal, outcome.milestones),
        start if start and start.is_stated else None,
        entered.raw("change_reason") or None,
    )
    filled = enter(draft).but(method=method.value, tag=entered.raw("tag"))
    query = {name: sent for name in filled.values if (sent := filled.raw(name))}
    return Offer(
        _METHODS[method],
        page,
        say_goal(outcome.goal),
        _say_way(outcome, asked.cycle),
        f"{asked.path}?{urlencode(query)}#goal",
    )


def _say_way(proposal: Proposal, cycle: Cycle) -> str:
    """Return the people that are due at each census, the last of them the goal."""
    goal = proposal.goal.headcount
    if goal is None:
        return NOTHING
    due = [(one.year, one.headcount or 0) for one in proposal.milestones]
    return ", ".join(
        f"{number:,}\u00a0in\u00a0{year}" for year, number in [*due, (cycle.ends, goal)]
    )


def _list_references(scope: Scope) -> Iterable[tuple[str, str]]:
    """Yield what a measure can be held against, the usual one first."""
    usual = default_reference(scope.measure)
    said = "nothing" if usual is None else reference_noun(usual, scope, None)
    yield "", f"The usual: {said}, year by year"
    for kind in ReferenceKind:
        is_own_group = kind is ReferenceKind.OWN_STAFF_GROUP
        if kind is usual or (is_own_group and scope.staff_group is None):
            continue
        if kind is ReferenceKind.FIXED:
            yield kind.value, "A fixed share, such as that of the local population"
        else:
            yield kind.value, first_upper(reference_noun(kind, scope, None))
