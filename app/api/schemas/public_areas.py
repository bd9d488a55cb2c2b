"""Areas as everybody may read them: sums of what their trusts show, and compact rows."""

from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.areas import (
    COLUMNS,
    AreaTurnoutOut,
    CompactRowOut,
    ShareChangeOut,
    Trusts,
)
from app.api.schemas.base import (
    AnswerLinksOut,
    BodyOut,
    Headcount,
    Instant,
    OdsCodeText,
    Share,
)
from app.api.schemas.progress import Why
from app.api.schemas.public_progress import (
    Controlled,
    PublicFigureOut,
    PublicParityOut,
    RowSuppressed,
    SplitSuppressed,
)
from app.domain.areas import Boundaries, Counted, RowsOf
from app.domain.bands import StaffGroup
from app.domain.measures import Measure
from app.domain.organisations import Kind
from app.domain.public_areas import PublicAreaReport
from app.domain.series import Continuity

_RowWhy = Annotated[Why, Field(validation_alias="row_reason")]
_SplitWhy = Annotated[Why, Field(validation_alias="split_reason")]


class ShownPartOut(BodyOut):
    """The people of the measure in those trusts that show them, rounded.

    The others are mostly small or have few BME people, so the share is of those that are left,
    not of the area.
    """

    trusts: Trusts = Field(description="Trusts that show their part.")
    bme: Headcount
    total: Headcount
    share: Share | None
    share_reason: Why


class PublicAreaFigureOut(PublicFigureOut):
    """The people of the measure in all trusts that reported a census, rounded.

    Shown where every trust in the sum shows its part.
    """

    trusts_expected: Trusts
    trusts_reported: Trusts
    in_trusts_that_show: ShownPartOut | None = Field(
        description="Given if at least nine in ten of the trusts in the sum show their part."
    )
    in_trusts_that_show_reason: Why
    change_on_all: ShareChangeOut | None = Field(
        description="Since the census before, whoever reported each of the two."
    )
    change_on_all_reason: Why
    change_on_same_trusts: ShareChangeOut | None = Field(
        description="Since the census before, on the trusts that reported both."
    )
    change_on_same_trusts_reason: Why


class PublicAreaProgressOut(BodyOut):
    """Where a measure stands in an area; sums of boards are of positions, not of people."""

    measure: Measure
    staff_group: StaffGroup | None
    counted: Counted
    actuals: list[PublicAreaFigureOut] = Field(
        description="Released censuses, oldest first; where empty, `actuals_reason` says why."
    )
    actuals_reason: Why
    parity: PublicParityOut | None
    parity_reason: Why


class PublicRowOut(CompactRowOut):
    """Where one measure of a trust, or of an area, stands, in one line.

    As the trust's own public answer tells it; exactly, with goals, for whoever may read that.
    """

    bme_reason: _RowWhy
    white_reason: _SplitWhy
    unknown_reason: _SplitWhy
    total_reason: _RowWhy
    suppressed: RowSuppressed
    split_suppressed: SplitSuppressed


PUBLIC_COLUMNS = (*COLUMNS, "suppressed", "split_suppressed")
"""The names of the columns of files with public rows."""


class PublicAreaOut(BodyOut):
    """An integrated care board, a region or England, as the sum of what its trusts show."""

    figures: Controlled = "controlled"
    ods_code: OdsCodeText
    name: str = Field(examples=["North East London ICB"])
    kind: Kind
    boundaries: Boundaries
    continuity: Continuity
    as_of: Instant = Field(description="Of the newest release that the answer depends on.")
    method: str = Field(description="Version of the method.", examples=["1"])
    links: AnswerLinksOut
    synthetic: bool = Field(description="Whether the trusts are invented.")
    trusts: Trusts = Field(
        description="Trusts that lie in the area; at censuses, that lay in it at its latest one."
    )
    returns: list[AreaTurnoutOut] = Field(description="Whose figures are in it, by census.")
    measures: list[PublicAreaProgressOut]
    rows_of: RowsOf
    rows: list[PublicRowOut]

    @classmethod
    def from_domain(cls, report: PublicAreaReport, rows_of: RowsOf) -> Self:
        """Return the body that presents an area."""
        return cls(
            ods_code=report.area.ods_code,
            name=report.area.name,
            kind=report.area.kind,
            boundaries=report.boundaries,
            continuity=report.continuity,
            as_of=report.as_of,
            method=report.method,
            links=AnswerLinksOut.from_domain(report.method),
            synthetic=report.synthetic,
            trusts=report.trusts,
            returns=[AreaTurnoutOut.model_validate(one) for one in report.turnouts],
            measures=[PublicAreaProgressOut.model_validate(one) for one in report.measures],
            rows_of=rows_of,
            rows=[PublicRowOut.model_validate(one) for one in report.rows],
        )
