"""Progress as everybody may read it: rounded or hidden, and nothing told of what is hidden."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.base import (
    AnswerLinks,
    BodyOut,
    Difference,
    Headcount,
    Instant,
    MethodVersion,
    OdsCodeText,
    Share,
    Year,
    is_none,
)
from app.api.schemas.progress import IntervalOut, ProgressOut, Why
from app.domain.bands import StaffGroup
from app.domain.codes import Outlook
from app.domain.disclosure import Suppression
from app.domain.measures import Measure, ReferenceKind
from app.domain.progress import Progress
from app.domain.public_progress import PublicProgress
from app.domain.series import Continuity

Controlled = Annotated[
    Literal["controlled"],
    Field(description="Released figures under disclosure control: rounded, or hidden."),
]
"""What tells a controlled answer from an exact one."""

RowSuppressed = Annotated[
    Suppression | None,
    Field(
        default=None,
        exclude_if=is_none,
        description="Why `bme` and `total`, and all else, are null; present only then.",
    ),
]

SplitSuppressed = Annotated[
    Suppression | None,
    Field(
        default=None,
        exclude_if=is_none,
        description="Why `white` and `unknown` are null; present only then.",
    ),
]

Rounded = Annotated[
    Headcount | None, Field(description="Persons, rounded; null where it is suppressed.")
]


class PublicFigureOut(BodyOut):
    """The people of the measure at one census, rounded; shares are of rounded counts."""

    year: Year
    bme: Rounded
    white: Rounded
    unknown: Rounded
    total: Rounded
    suppressed: RowSuppressed
    split_suppressed: SplitSuppressed
    share: Share | None
    share_reason: Why
    share_of_known: Share | None = Field(description="Of people of known ethnicity.")
    share_of_known_reason: Why
    unknown_share: Share | None
    unknown_share_reason: Why
    interval_95: IntervalOut | None = Field(description="Wilson interval of the share.")
    interval_95_reason: Why


class PublicParityOut(BodyOut):
    """Whether and when the measure's share meets its reference: in words and whole years.

    Told of groups of at least 100 people only, if they and the reference are shown.
    """

    census: Year = Field(description="The last census that both have.")
    reference: ReferenceKind
    reference_share: Share | None
    reference_share_reason: Why
    gap: Difference | None = Field(description="The reference's share less the measure's.")
    gap_reason: Why
    outlook: Outlook
    year: Year | None = Field(
        description="First census with an even chance of parity; `outlook` says why there is none."
    )
    probability_closing: Share | None = Field(description="To a whole percent.", examples=[0.96])
    probability_closing_reason: Why


class PublicProgressOut(BodyOut):
    """Where a measure of a trust stands, as everybody may read it."""

    figures: Controlled = "controlled"
    ods_code: OdsCodeText
    measure: Measure
    staff_group: StaffGroup | None
    continuity: Continuity
    as_of: Instant = Field(description="Of the newest release that the answer depends on.")
    method: MethodVersion
    links: AnswerLinks
    synthetic: bool = Field(description="Whether the trust is invented.")
    actuals: list[PublicFigureOut] = Field(description="Released censuses, oldest first.")
    parity: PublicParityOut | None
    parity_reason: Why


class ProgressListOut(BodyOut):
    """Progress of several measures, in the order asked for."""

    items: list[ProgressOut | PublicProgressOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")


def show(progress: Progress | PublicProgress) -> ProgressOut | PublicProgressOut:
    """Return the body that presents progress: exactly, or as everybody may read it."""
    if isinstance(progress, Progress):
        return ProgressOut.model_validate(progress)
    return PublicProgressOut.model_validate(progress)
