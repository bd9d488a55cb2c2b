"""The forms with which a trust writes its action plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.dashboard.forms.entered import Entered
from app.dashboard.forms.plans import AIMS, ANEW
from app.dashboard.views.plans import STATUSES, name_aim, name_target, trail_of_plan
from app.domain.censuses import Cycle
from app.domain.organisations import Organisation
from app.domain.plan_checks import name_years
from app.domain.plans import PlanAction
from app.domain.targets import Target

CHANGED: Final = (
    "Somebody else has changed the plan since you opened this page, so nothing was stored. What"
    " you entered stands below. Look at the plan as it is now; if yours is still right, store it."
)
"""What somebody is told who would write a plan that has changed meanwhile."""


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A page with a form of a plan.

    Attributes:
        seen: The tag of the plan that the page was made of, which the form sends back.
        path: Where the form is sent.
        back: The page of the plan.
        options: What can be chosen, by the name of the field.
        hint: What the writer should know; empty for nothing.
        is_open: Whether the form is of an action that can be stopped.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    entered: Entered
    seen: str
    path: str
    back: str
    options: Mapping[str, Sequence[tuple[str, str]]]
    hint: str = ""
    is_open: bool = False
    sentences: Sequence[str] = ()
    data: str | None = None


def tell_action_form(
    trust: Organisation, cycle: Cycle, entered: Entered, action: PlanAction | None, *, seen: str
) -> PlanForm:
    """Return the page on which an action is added or changed."""
    back = f"/trusts/{trust.ods_code}/action-plans/{cycle.code}"
    return PlanForm(
        title="Change an action" if action else "Add an action",
        trail=trail_of_plan(trust, cycle.code),
        entered=entered,
        seen=seen,
        path=f"{back}/actions/{action.id if action else ANEW}",
        back=back,
        sentences=(trust.name,),
        options={
            "aim": [("", "Choose one"), *((code, name_aim(one)) for code, one in AIMS.items())],
            "status": [(one.value, title) for one, (title, _) in STATUSES.items()],
        },
        is_open=action is not None and action.is_open,
    )


def tell_details_form(
    trust: Organisation,
    cycle: Cycle,
    entered: Entered,
    *,
    targets: Mapping[str, Target],
    seen: str,
) -> PlanForm:
    """Return the page on which it is said what a plan serves, and where it is published."""
    back = f"/trusts/{trust.ods_code}/action-plans/{cycle.code}"
    own = [id_ for id_, one in targets.items() if one.cycle.code == cycle.code]
    return PlanForm(
        title="Targets and publication",
        trail=trail_of_plan(trust, cycle.code),
        entered=entered,
        seen=seen,
        path=f"{back}/details",
        back=back,
        sentences=(trust.name,),
        options={"targets": [(id_, name_target(id_, targets)) for id_ in own]},
    )


def tell_review_form(
    trust: Organisation, cycle: Cycle, entered: Entered, years: int, *, is_new: bool, seen: str
) -> PlanForm:
    """Return the page on which a plan is reviewed."""
    back = f"/trusts/{trust.ods_code}/action-plans/{cycle.code}"
    return PlanForm(
        title=f"Review of the plan after {name_years(years)}",
        trail=trail_of_plan(trust, cycle.code),
        entered=entered,
        seen=seen,
        path=f"{back}/reviews/{years}",
        back=back,
        sentences=(trust.name,),
        options={},
        hint=(
            "The figures of today are stored with it and stay. The comment can be changed later."
            if is_new
            else "The figures of the day on which it was first stored stay as they are."
        ),
    )
