"""Action plans as they are sent."""

from typing import Annotated, Any, Final, Self, TypeVar

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)

from app.api.schemas.base import BodyIn, Day, Line, Passage, Sentence
from app.api.schemas.faults import fault, with_faults
from app.domain.bands import StaffGroup
from app.domain.codes import ActionStatus
from app.domain.errors import MeasureCannotBeNarrowed
from app.domain.measures import Measure, Scope
from app.domain.plan_checks import find_owner_faults, find_repeats
from app.domain.plans import REVIEWED_AFTER, ActionAim, ActionPlan, PlanAction, PlanReview

Kind = TypeVar("Kind")

MOST_ACTIONS: Final = 200
"""More actions than any plan has; of a longer list nothing else is told."""


def _reviewed_after(years: int) -> int:
    if years not in REVIEWED_AFTER:
        told = " and ".join(map(str, REVIEWED_AFTER))
        raise fault("unknown_code", f"A plan is reviewed after {told} years; send one of these.")
    return years


ActionId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40),
    Field(
        description="Chosen by the trust; the same from revision to revision.",
        examples=["sponsor-programme"],
    ),
]

ServedTarget = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9-]{1,60}$"),
    Field(description="Identifier of a target.", examples=["leadership-2022-2025"]),
]

Indicator = Annotated[
    int,
    Field(
        strict=True,
        ge=1,
        le=9,
        description="Of the Workforce Race Equality Standard.",
        examples=[2],
    ),
]

AfterYears = Annotated[
    int,
    Field(
        strict=True,
        description="Years since the census that the cycle starts from.",
        examples=[1],
        json_schema_extra={"enum": [*REVIEWED_AFTER]},
    ),
    AfterValidator(_reviewed_after),
]


class AimIn(BodyIn):
    """What an action should change: a measure, narrowed or not, or an indicator."""

    measure: Measure | None = Field(default=None, examples=["leadership"])
    staff_group: StaffGroup | None = Field(
        default=None, description="To narrow the measure to `clinical` or `non_clinical`."
    )
    indicator: Indicator | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.measure is None) == (self.indicator is None):
            raise fault("one_aim", "Give either measure or indicator.")
        if self.measure is None and self.staff_group is not None:
            raise fault("staff_group_of_measure", "A staff group narrows a measure only.")
        try:
            self.to_aim()
        except MeasureCannotBeNarrowed as error:
            raise fault(error.code, error.sentence) from None
        return self

    @classmethod
    def from_domain(cls, aim: ActionAim) -> Self:
        """Return the body that would state an aim."""
        scope = aim.scope
        return cls(
            measure=scope.measure if scope else None,
            staff_group=scope.staff_group if scope else None,
            indicator=aim.indicator,
        )

    def to_aim(self) -> ActionAim:
        """Return the domain's aim."""
        scope = None if self.measure is None else Scope(self.measure, self.staff_group)
        return ActionAim(scope, self.indicator)


class PlanActionIn(BodyIn):
    """One action of a plan."""

    id: ActionId
    title: Line = Field(examples=["A sponsor for every BME member of staff in band 7"])
    aim: AimIn
    owner: Line = Field(description="A role, never a person.", examples=["Chief People Officer"])
    due: Day = Field(description="Last day in time.", examples=["2023-09-30"])
    status: ActionStatus
    notes: Passage | None = Field(default=None, examples=["Forty sponsors have been found."])

    @classmethod
    def from_domain(cls, action: PlanAction) -> Self:
        """Return the body that would state an action."""
        return cls(
            id=action.id,
            title=action.title,
            aim=AimIn.from_domain(action.aim),
            owner=action.owner,
            due=action.due,
            status=action.status,
            notes=action.notes,
        )

    def to_action(self) -> PlanAction:
        """Return the domain's action."""
        return PlanAction(
            self.id, self.title, self.aim.to_aim(), self.owner, self.due, self.status, self.notes
        )


class PlanReviewIn(BodyIn):
    """What the trust says to its plan after one year or three; the figures are filled in."""

    after_years: AfterYears
    comment: Passage = Field(examples=["Sponsors work; shortlisting has yet to change."])


class ActionPlanIn(BodyIn):
    """A trust's plan for a cycle, whole."""

    targets: Annotated[list[ServedTarget], Field(max_length=50)] = Field(
        description="Targets of the cycle that the plan serves."
    )
    published_url: Sentence | None = Field(
        default=None,
        description="Where the trust publishes it, on the web.",
        examples=["https://trust.example/action-plan"],
    )
    published_on: Day | None = Field(default=None, examples=["2022-09-30"])
    actions: Annotated[list[PlanActionIn], Field(max_length=MOST_ACTIONS)] = Field(
        description="In the order in which they are to be shown."
    )
    reviews: Annotated[list[PlanReviewIn], Field(max_length=10)] = Field(
        default_factory=list,
        description="One that was stored is sent ever after, with its comment or another.",
    )

    @model_validator(mode="wrap")
    @classmethod
    def _with_all_faults(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 — anything may be sent
        """Report malformed members together with the faults of the others among each other."""
        try:
            return handler(data)
        except ValidationError as error:
            found = [
                *find_repeats(
                    targets=[_of_kind(one, str) for one in _list(data, "targets")],
                    actions=_members(data, "actions", "id", str),
                    reviews=_members(data, "reviews", "after_years", int),
                ),
                *find_owner_faults(_members(data, "actions", "owner", str)),
            ]
            raise with_faults(cls.__name__, error, found) from None

    @classmethod
    def from_domain(cls, plan: ActionPlan) -> Self:
        """Return the body that would store a plan."""
        return cls(
            targets=list(plan.targets),
            published_url=plan.published_url,
            published_on=plan.published_on,
            actions=[PlanActionIn.from_domain(one) for one in plan.actions],
            reviews=[
                PlanReviewIn(after_years=one.after_years, comment=one.comment)
                for one in plan.reviews
            ],
        )

    def to_plan(self) -> ActionPlan:
        """Return the domain's plan."""
        return ActionPlan(
            targets=tuple(self.targets),
            published_url=self.published_url,
            published_on=self.published_on,
            actions=tuple(one.to_action() for one in self.actions),
            reviews=tuple(PlanReview(one.after_years, one.comment) for one in self.reviews),
        )


def _list(data: object, name: str) -> list[object]:
    """Return the items of a list in a body, as far as they are looked at."""
    sent = data.get(name) if isinstance(data, dict) else None
    return sent[:MOST_ACTIONS] if isinstance(sent, list) else []


def _members(data: object, name: str, member: str, kind: type[Kind]) -> list[Kind | None]:
    """Return a member of each item of a list in a body; None where it is of another kind."""
    return [
        _of_kind(one.get(member) if isinstance(one, dict) else None, kind)
        for one in _list(data, name)
    ]


def _of_kind(value: object, kind: type[Kind]) -> Kind | None:
    # A boolean is no number here, though it is one to Python.
    return value if isinstance(value, kind) and not isinstance(value, bool) else None
