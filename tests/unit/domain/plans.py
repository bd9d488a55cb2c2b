"""Action plans from which tests of the domain start."""

from dataclasses import replace
from datetime import date

from app.domain.codes import ActionStatus
from app.domain.plans import ActionAim, ActionPlan, PlanAction, PlanReview
from tests.unit.domain.given import LEADERSHIP

DUE = date(2023, 9, 30)

SPONSORS = PlanAction(
    id="sponsors",
    title="A sponsor for every BME member of staff in band 7",
    aim=ActionAim(LEADERSHIP),
    owner="Chief People Officer",
    due=DUE,
    status=ActionStatus.IN_PROGRESS,
)

PANELS = PlanAction(
    id="mixed-panels",
    title="No interview panel without a BME member",
    aim=ActionAim(indicator=2),
    owner="Head of Recruitment",
    due=date(2023, 3, 31),
    status=ActionStatus.EMBEDDED,
)

FIRST, SECOND = PlanReview(1, "Sponsors work."), PlanReview(3, "Panels do too.")

PLAN = ActionPlan(
    targets=("leadership-2022-2025",),
    published_url="https://trust.example/action-plan",
    published_on=date(2022, 9, 30),
    actions=(SPONSORS, PANELS),
    reviews=(FIRST,),
)


def renamed(*ids: str) -> tuple[PlanAction, ...]:
    """Return actions of the given identifiers."""
    return tuple(replace(SPONSORS, id=id_) for id_ in ids)
