"""What people enter into the forms of an action plan, and the plan that comes of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.dashboard.forms.entered import Entered, day_fields
from app.domain.codes import ActionStatus
from app.domain.errors import Fault
from app.domain.measures import ALL_SCOPES
from app.domain.plans import INDICATORS, ActionAim, ActionPlan, PlanAction, PlanReview
from app.domain.texts import LONGEST_LINE, LONGEST_PASSAGE, LONGEST_SENTENCE

ANEW: Final = "new"
"""What stands for the identifier of an action that there is not yet."""

_LONGEST_ID: Final = 40

_ALL_AIMS: Final = (
    *(ActionAim(scope=scope) for scope in ALL_SCOPES),
    *(ActionAim(indicator=number) for number in INDICATORS),
)


def code_of(aim: ActionAim) -> str:
    """Return how a form names what an action aims at."""
    if aim.scope is None:
        return f"indicator-{aim.indicator}"
    group = f".{aim.scope.staff_group}" if aim.scope.staff_group else ""
    return f"{aim.scope.measure}{group}"


AIMS: Final = {code_of(one): one for one in _ALL_AIMS}
"""All that an action can aim at, by how a form names it."""


def fields_of_action(action: PlanAction) -> dict[str, Sequence[str]]:
    """Return what the fields hold for an action."""
    return {
        "title": (action.title,),
        "aim": (code_of(action.aim),),
        "owner": (action.owner,),
        **day_fields("due", action.due),
        "status": (action.status.value,),
        "notes": (action.notes or "",),
    }


def fields_of_details(plan: ActionPlan) -> dict[str, Sequence[str]]:
    """Return what the fields hold for what a plan serves, and where it is published."""
    return {
        "targets": plan.targets,
        "published_url": (plan.published_url or "",),
        **day_fields("published_on", plan.published_on),
    }


def with_action(plan: ActionPlan, entered: Entered, id_: str) -> ActionPlan | None:
    """Return a plan with the action that was entered; None where something is wrong with it.

    Args:
        plan: As it is held.
        entered: It takes what is wrong.
        id_: Of the action; `ANEW` for one that is added.
    """
    title = entered.text("title", longest=LONGEST_LINE, empty="Enter what is to be done.")
    aim = entered.choice("aim", AIMS, otherwise="Choose what it should change.")
    owner = entered.text(
        "owner", longest=LONGEST_LINE, empty="Enter whose role it is, such as Head of Recruitment."
    )
    due = entered.day("due", empty="Enter the last day on which it is in time.")
    status = entered.choice("status", list(ActionStatus), otherwise="Choose how far it is.")
    notes = entered.text("notes", longest=LONGEST_PASSAGE)
    if entered.faults or due is None:
        return None
    made = PlanAction(
        id=_choose_id(title, plan) if id_ == ANEW else id_,
        title=title,
        aim=AIMS[aim],
        owner=owner,
        due=due,
        status=ActionStatus.STOPPED if entered.raw("stop") else ActionStatus(status),
        notes=notes or None,
    )
    if id_ == ANEW:
        return replace(plan, actions=(*plan.actions, made))
    return replace(plan, actions=tuple(made if one.id == id_ else one for one in plan.actions))


def with_details(plan: ActionPlan, entered: Entered) -> ActionPlan | None:
    """Return a plan with the targets and the publication entered; None as above."""
    url = entered.text("published_url", longest=LONGEST_SENTENCE)
    published_on = entered.day("published_on")
    if entered.faults:
        return None
    return replace(
        plan,
        targets=entered.all("targets"),
        published_url=url or None,
        published_on=published_on,
    )


def with_review(plan: ActionPlan, entered: Entered, years: int) -> ActionPlan | None:
    """Return a plan with the comment of a review that was entered; None as above."""
    comment = entered.text(
        "comment", longest=LONGEST_PASSAGE, empty="Say how it went, and what changes now."
    )
    if entered.faults:
        return None
    others = [one for one in plan.reviews if one.after_years != years]
    return replace(plan, reviews=(*others, PlanReview(years, comment)))


def tell_plan_faults(entered: Entered, faults: Sequence[Fault], fields: Mapping[str, str]) -> None:
    """Tell the faults of a plan beside the fields of a form that they are about.

    Args:
        entered: It takes them.
        faults: With pointers into the plan.
        fields: The name of a field, by what its pointer begins with.
    """
    for one in faults:
        name = next((name for start, name in fields.items() if one.pointer.startswith(start)), "")
        entered.refuse(name, one.detail)


def _choose_id(title: str, plan: ActionPlan) -> str:
    """Return an identifier that no action of a plan has, made of words of a title."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    stem = words[: _LONGEST_ID - 4].strip("-") or "action"
    taken = {one.id for one in plan.actions} | {ANEW}
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (stem, *numbered) if one not in taken)
