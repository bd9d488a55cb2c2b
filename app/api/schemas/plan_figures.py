"""The figures of an action plan's reviews as they are shown."""

from typing import Self

from pydantic import Field

from app.api.schemas.base import (
    AnswerLinksOut,
    BodyOut,
    Headcount,
    Instant,
    MethodVersion,
    Share,
    TargetShare,
    WarningOut,
    Year,
    is_none,
)
from app.api.schemas.progress import SharePeopleOut, SourceOut, Why
from app.domain.bands import StaffGroup
from app.domain.codes import Position, TargetState
from app.domain.measures import Measure
from app.domain.plan_figures import ReviewFigures


class CensusFigureOut(BodyOut):
    """The people of the measure at the newest census of that day."""

    year: Year
    revision: int | None = Field(
        description="The trust's own; null where the census is made of predecessors' alone.",
        examples=[1],
    )
    sources: list[SourceOut] | None = Field(
        default=None,
        exclude_if=is_none,
        description="All revisions, where the census is not just the trust's own.",
    )
    bme: Headcount
    total: Headcount
    share: Share | None
    share_reason: Why
    share_of_known: Share | None = Field(description="Of people of known ethnicity.")
    share_of_known_reason: Why
    unknown_share: Share | None = Field(description="Of unknown ethnicity, of everybody.")
    unknown_share_reason: Why


class PathFigureOut(BodyOut):
    """What the target's path asked for at that census, its people at the team's size."""

    share: TargetShare
    people: Headcount


class TargetFiguresOut(BodyOut):
    """How one target of the plan stood on that day."""

    target_id: str = Field(examples=["leadership-2022-2025"])
    version: int = Field(description="The one in force, else the newest.", examples=[1])
    state: TargetState
    measure: Measure
    staff_group: StaffGroup | None
    census: CensusFigureOut | None
    census_reason: Why
    required: PathFigureOut | None
    required_reason: Why
    to_path: SharePeopleOut | None
    to_path_reason: Why
    to_goal: SharePeopleOut | None
    to_goal_reason: Why
    position: Position | None
    position_reason: Why
    warnings: list[WarningOut]


class ReviewFiguresOut(BodyOut):
    """The figures of a review, which stay as they were when it was first stored."""

    as_of: Instant
    method: MethodVersion
    links: AnswerLinksOut
    targets: list[TargetFiguresOut] = Field(
        description="Those of the plan on that day, in order of identifiers."
    )

    @classmethod
    def from_domain(cls, figures: ReviewFigures) -> Self:
        """Return the body that presents figures."""
        return cls(
            as_of=figures.record.at,
            method=figures.method,
            links=AnswerLinksOut.from_domain(figures.method),
            targets=[TargetFiguresOut.model_validate(one) for one in figures.targets],
        )
