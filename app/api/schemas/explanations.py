"""Warnings that stay with figures, and what the trust says to them."""

from typing import Self

from pydantic import Field

from app.api.schemas.base import BodyIn, BodyOut, Instant, Passage, WarningOut, is_none
from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.explanations import Explanation, Warned, WarningKey
from app.domain.indicators import IndicatorsRevision


class ExplanationIn(BodyIn):
    """What a warning comes from."""

    explanation: Passage = Field(examples=["A ward of 80 people was opened in June."])


class ExplanationOut(BodyOut):
    """What a trust says to a warning."""

    warning_id: str = Field(examples=["actuals-2024-1-0"])
    explanation: str = Field(examples=["A ward of 80 people was opened in June."])
    edition: int = Field(description="1 for the first.", examples=[1])
    recorded_at: Instant
    recorded_by: str = Field(examples=["ZZ001 workforce team"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )

    @classmethod
    def from_domain(cls, explanation: Explanation) -> Self:
        """Return the body that presents an explanation."""
        record = explanation.record
        return cls(
            warning_id=str(explanation.key),
            explanation=explanation.text,
            edition=explanation.edition,
            recorded_at=record.at,
            recorded_by=record.author.name,
            supplied_by=record.author.supplied_by,
        )


class HeldWarningOut(WarningOut):
    """A warning that stays with figures, and what the trust says to it."""

    id: str = Field(
        description="Names it at …/warnings/{id}, where it can be explained.",
        examples=["actuals-2024-1-0"],
    )
    explanation: str | None = Field(
        default=None,
        exclude_if=is_none,
        description="What the trust says to it; left out until it says something.",
        examples=["A ward of 80 people was opened in June."],
    )


def list_held_warnings(
    of: Warned, revision: ActualsRevision | BoardRevision | IndicatorsRevision
) -> list[HeldWarningOut]:
    """Return the warnings of a revision with what the trust says to them."""
    said = revision.explanations
    return [
        HeldWarningOut(
            code=caution.code,
            detail=caution.detail,
            id=str(WarningKey(of, revision.year, revision.revision, ordinal)),
            explanation=said[ordinal].text if ordinal in said else None,
        )
        for ordinal, caution in enumerate(revision.cautions)
    ]
