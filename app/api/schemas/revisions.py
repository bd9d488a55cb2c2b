"""What a revision changed, cell by cell, and what that changed downstream."""

from typing import Self

from pydantic import Field

from app.api.schemas.actuals import ChangeOut, HistoryOut
from app.api.schemas.base import BodyOut, Headcount, OdsCodeText, Year
from app.domain.bands import StaffGroup
from app.domain.codes import GoalOutlook, Outlook, Position
from app.domain.effects import Effect, Standing
from app.domain.measures import Measure
from app.services.held_actuals import Comparison


class MeasureStandingOut(BodyOut):
    """Where a measure stands. Members are null where there is nothing to say."""

    year: Year | None = Field(description="Of the last census.")
    bme: Headcount | None
    total: Headcount | None
    position: Position | None = Field(description="Against the target's path.")
    goal_outlook: GoalOutlook | None = Field(description="Of reaching the target's goal.")
    outlook: Outlook | None = Field(description="Of parity.")
    parity_year: Year | None = Field(description="At which parity is projected.")


class EffectOut(BodyOut):
    """How a measure of a trust stands with the one revision, and with the other."""

    ods_code: OdsCodeText = Field(
        description="The trust's, or that of one which took over from it."
    )
    measure: Measure
    staff_group: StaffGroup | None
    changed: list[str] = Field(description="The members that differ.", examples=[["outlook"]])
    before: MeasureStandingOut
    after: MeasureStandingOut

    @classmethod
    def from_domain(cls, effect: Effect) -> Self:
        """Return the body that presents an effect."""
        return cls(
            ods_code=effect.ods_code,
            measure=effect.scope.measure,
            staff_group=effect.scope.staff_group,
            changed=list(effect.changed),
            before=_standing(effect.before),
            after=_standing(effect.after),
        )


class ComparisonOut(BodyOut):
    """Two revisions of a census, and where its trust stands with the one and the other."""

    ods_code: OdsCodeText
    year: Year
    since: int = Field(description="The earlier revision; 0 for nothing.", examples=[1])
    revision: int = Field(description="The later one.", examples=[2])
    changes: list[ChangeOut] = Field(description="Headcounts that differ.")
    effects: list[EffectOut] = Field(
        description="Measures that stand elsewhere, with all else as it is now."
    )

    @classmethod
    def from_domain(cls, found: Comparison) -> Self:
        """Return the body that presents a comparison."""
        return cls(
            ods_code=found.after.ods_code,
            year=found.after.year,
            since=found.before.revision if found.before else 0,
            revision=found.after.revision,
            changes=HistoryOut.from_domain(found.after, found.before).changes,
            effects=[EffectOut.from_domain(one) for one in found.effects],
        )


def _standing(standing: Standing) -> MeasureStandingOut:
    return MeasureStandingOut.model_validate(standing)
