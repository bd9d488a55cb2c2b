"""Action plans as their pages tell them: what a trust does, how far it is, and how it went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.charts.words import census, day, title_of
from app.dashboard.views.contents import trail_of
from app.dashboard.views.plan_reviews import ReviewCard, list_reviews
from app.dashboard.views.tags import Coding, Tag
from app.dashboard.views.warned import Warned, list_warned
from app.dashboard.views.words import (
    list_notices,
    say_author,
    say_many,
)
from app.domain.censuses import Cycle
from app.domain.codes import ActionStatus
from app.domain.indicators import TITLES as INDICATOR_TITLES
from app.domain.organisations import Organisation
from app.domain.plans import EMPTY, ActionAim, PlanAction, PlanRevision
from app.domain.targets import Target
from app.services.definitions import page_of
from app.services.plans import ShownPlan

ADDED: Final = "/action-plans"
"""What the path of the page of action plans adds to the trust's."""

STATUSES: Final = {
    ActionStatus.PLANNED: ("Planned", "grey"),
    ActionStatus.IN_PROGRESS: ("In progress", "blue"),
    ActionStatus.EMBEDDED: ("Embedded", "green"),
    ActionStatus.STOPPED: ("Stopped", "orange"),
}
"""What each status is called, and the colour of its tag."""

UNSEEN: Final = (
    "A trust's action plans are open to the trust, its area and the national team.",
    "Sign in to read them, if you are one of these.",
)
"""What stands in the place of plans that a reader may not see."""

DONE: Final = {
    "action": "The action is stored.",
    "details": "The plan is stored.",
    "review": "The review is stored, with the figures of today.",
    "comment": "The comment is stored. The figures stay as they were.",
}
"""What a page says that has just been done, by what its address calls it."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A cycle in the list of a trust's plans.

    Attributes:
        path: Of the plan; None for a reader who may neither read nor begin one.
    """

    name: str
    path: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class PlansPage:
    """The list of a trust's plans."""

    title: str
    sentences: Sequence[str]
    data: str | None
    trail: Sequence[tuple[str, str]]
    notices: Sequence[str]
    lines: Sequence[PlanLine]


@dataclass(frozen=True, slots=True)
class ActionCard:
    """An action of a plan.

    Attributes:
        aim: What it should change, and the page that says what that is.
        change: Where it is changed; None for a reader who may not.
    """

    title: str
    status: Tag
    aim: Coding
    owner: str
    due: str
    is_overdue: bool
    notes: str
    change: str | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The page of a trust's plan for a cycle.

    Attributes:
        url: Where the trust publishes it; empty where it does not.
        published: When it did, in words.
        targets: Those that it serves.
        revisions: Oldest first.
        add: Where an action is added; None for a reader who may not.
        details: Where targets and publication are changed; None likewise.
    """

    title: str
    sentences: Sequence[str]
    data: str | None
    trail: Sequence[tuple[str, str]]
    notices: Sequence[str]
    done: str
    url: str
    published: str
    targets: Sequence[str]
    warnings: Sequence[Warned]
    actions: Sequence[ActionCard]
    reviews: Sequence[ReviewCard]
    revisions: Sequence[Sequence[str]]
    add: str | None
    details: str | None


def trail_of_plan(trust: Organisation, cycle: str) -> Sequence[tuple[str, str]]:
    """Return what leads back from a page on which something of a plan is written."""
    path = f"/trusts/{trust.ods_code}{ADDED}/{cycle}"
    return (*trail_of(trust, ADDED), (f"Plan for {cycle}", path))


def tell_plans(
    trust: Organisation,
    held: Sequence[ShownPlan] | None,
    *,
    cycles: Iterable[Cycle],
    may_write: bool,
) -> PlansPage:
    """Return the page that lists a trust's plans.

    Args:
        trust: The trust.
        held: Its plans; None where the reader may not see them.
        cycles: Every cycle.
        may_write: Whether the reader may write plans.
    """
    path = f"/trusts/{trust.ods_code}{ADDED}"
    plans = {one.revision.cycle: one for one in held or ()}
    lines = [
        PlanLine(
            name=cycle.code,
            path=f"{path}/{cycle.code}" if cycle.code in plans or may_write else None,
            sentence=_say_plan(plans.get(cycle.code), may_write=may_write),
        )
        for cycle in sorted(cycles, key=lambda one: one.starts, reverse=True)
    ]
    return PlansPage(
        title=f"Action plans: {trust.name}",
        sentences=UNSEEN
        if held is None
        else ("What the trust does in each cycle to reach its targets, and how it went.",),
        data=None if held is None else f"/v1{path}",
        trail=trail_of(trust),
        notices=list_notices(is_invented=trust.is_synthetic),
        lines=[] if held is None else lines,
    )


def tell_plan(
    trust: Organisation,
    cycle: Cycle,
    shown: ShownPlan | None,
    *,
    targets: Mapping[str, Target],
    revisions: Sequence[PlanRevision],
    may_write: bool,
    today: date,
    done: str = "",
) -> PlanPage:
    """Return the page of a trust's plan for a cycle.

    Args:
        trust: The trust.
        cycle: The cycle.
        shown: The plan; None where there is none yet.
        targets: Those of the trust that the reader may see, by identifier.
        revisions: Of the plan, oldest first.
        may_write: Whether the reader may write it.
        today: The day of reading.
        done: What has just been done.
    """
    path = f"/trusts/{trust.ods_code}{ADDED}/{cycle.code}"
    plan = shown.revision.plan if shown else EMPTY
    writing = path if may_write else None
    return PlanPage(
        title=f"Action plan for {cycle.code}: {trust.name}",
        sentences=(f"From the census of {census(cycle.starts)} to that of {census(cycle.ends)}.",),
        data=f"/v1{path}" if shown else None,
        trail=trail_of(trust, ADDED),
        notices=list_notices(is_invented=trust.is_synthetic),
        done=done,
        url=plan.published_url or "",
        published=f"Published on {day(plan.published_on)}" if plan.published_on else "",
        targets=[name_target(one, targets) for one in plan.targets],
        warnings=list_warned(shown.cautions if shown else ()),
        actions=[_card(one, shown.day, writing) for one in plan.actions] if shown else (),
        reviews=list_reviews(cycle, shown, writing, today),
        revisions=[
            (str(one.revision), day(one.record.at), say_author(one.record.author))
            for one in revisions
        ],
        add=f"{path}/actions/new" if may_write else None,
        details=f"{path}/details" if may_write else None,
    )


def name_target(id_: str, targets: Mapping[str, Target]) -> str:
    """Return a target as people read it."""
    held = targets.get(id_)
    return title_of(held.scope) if held else id_


def name_aim(aim: ActionAim) -> str:
    """Return what an action should change."""
    if aim.scope is not None:
        return title_of(aim.scope)
    return f"Indicator {aim.indicator}: {INDICATOR_TITLES[aim.indicator or 1]}"


def _say_plan(shown: ShownPlan | None, *, may_write: bool) -> str:
    if shown is None:
        return "No plan yet. Begin it with its first action." if may_write else "No plan."
    plan = shown.revision.plan
    overdue = plan.count_overdue(shown.day)
    said = say_many(len(plan.actions), "action")
    return f"{said}, {overdue} overdue." if overdue else f"{said}."


def _card(action: PlanAction, today: date, writing: str | None) -> ActionCard:
    title, colour = STATUSES[action.status]
    overdue = action.days_overdue(today)
    return ActionCard(
        title=action.title,
        status=Tag(title, colour, page_of("codes", "action_status", action.status)),
        aim=Coding(name_aim(action.aim), _page_of_aim(action.aim)),
        owner=action.owner,
        due=day(action.due) + (f", overdue by {say_many(overdue, 'day')}" if overdue else ""),
        is_overdue=overdue > 0,
        notes=action.notes or "",
        change=f"{writing}/actions/{action.id}" if writing else None,
    )


def _page_of_aim(aim: ActionAim) -> str:
    return page_of("measures", aim.scope.measure) if aim.scope else ""
