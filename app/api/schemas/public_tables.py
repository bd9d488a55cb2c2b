"""Figures as everybody may read them: under disclosure control."""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field

from app.api.schemas.base import (
    BodyOut,
    Headcount,
    Line,
    OdsCodeText,
    Share,
    Year,
    is_none,
)
from app.api.schemas.releases import ReleaseOut
from app.domain.bands import StaffGroup
from app.domain.codes import Reason
from app.domain.disclosure import PublicCounts, Suppression
from app.domain.measures import Measure
from app.domain.organisations import is_synthetic
from app.domain.public_tables import PublicTable, why_no_share


class PublicCountsOut(BodyOut):
    """Counts of a group as everybody may read them: rounded, or null beside why."""

    bme: Headcount | None = Field(description="Rounded; null where hidden.")
    total: Headcount | None = Field(description="Rounded; null where hidden.")
    suppressed: Suppression | None = Field(
        default=None, exclude_if=is_none, description="Why all counts are null; else left out."
    )
    white: Headcount | None = Field(description="Rounded; null where hidden.")
    unknown: Headcount | None = Field(description="Rounded; null where hidden.")
    split_suppressed: Suppression | None = Field(
        default=None,
        exclude_if=is_none,
        description="Why `white` and `unknown` are null; else left out.",
    )
    share: Share | None = Field(description="BME of all, from rounded counts.")
    share_reason: Reason | None = Field(default=None, exclude_if=is_none, examples=["suppressed"])
    share_of_known: Share | None = Field(
        description="BME of those of known ethnicity; null where a count of it is, or is 0."
    )
    unknown_share: Share | None = Field(
        description="Of unknown ethnicity of all; null where a count of it is, or is 0."
    )

    @staticmethod
    def facts(counts: PublicCounts) -> dict[str, Any]:
        """Return the members that counts have wherever they stand."""
        shares = (counts.share, counts.share_of_known, counts.unknown_share)
        share, of_known, unknown = (None if one is None else float(one) for one in shares)
        return {
            "bme": counts.bme,
            "total": counts.total,
            "suppressed": counts.suppressed,
            "white": counts.white,
            "unknown": counts.unknown,
            "split_suppressed": counts.split_suppressed,
            "share": share,
            "share_reason": why_no_share(counts),
            "share_of_known": of_known,
            "unknown_share": unknown,
        }


class PublicGroupOut(PublicCountsOut):
    """A published group."""

    group: str = Field(
        description="A measure, a band, or a part of one after a slash.",
        examples=["leadership", "clinical/8a"],
    )


class PublicMeasureOut(PublicCountsOut):
    """A measure: the sum of shown groups, or hidden."""

    measure: Measure
    staff_group: StaffGroup | None


class PublicTableOut(BodyOut):
    """A table of a trust in an edition for everybody: counts rounded, small ones hidden.

    Nothing hidden can be worked out from what is shown, in this edition or with others.
    """

    figures: Literal["controlled"] = Field(
        default="controlled", description="Under disclosure control; never a trust's exact ones."
    )
    ods_code: OdsCodeText
    year: Year
    synthetic: bool = Field(description="Whether the trust is invented.")
    released: ReleaseOut = Field(description="The edition.")
    threshold: int = Field(description="Counts from 1 to this are hidden.", examples=[7])
    base: int = Field(description="Counts are rounded to the nearest multiple.", examples=[5])
    groups: list[PublicGroupOut]
    measures: list[PublicMeasureOut]

    @classmethod
    def from_domain(cls, table: PublicTable) -> Self:
        """Return the body that presents a table."""
        return cls(
            ods_code=table.ods_code,
            year=table.year,
            synthetic=is_synthetic(table.ods_code),
            released=ReleaseOut.from_domain(table.release),
            threshold=table.decision.rules.threshold,
            base=table.decision.rules.base,
            groups=[
                PublicGroupOut(group=name, **PublicCountsOut.facts(counts))
                for name, counts in table.list_groups()
            ],
            measures=[
                PublicMeasureOut(
                    measure=scope.measure,
                    staff_group=scope.staff_group,
                    **PublicCountsOut.facts(counts),
                )
                for scope, counts in table.list_measures()
            ],
        )


class PublicLineOut(BodyOut):
    """A published group as a line of a file; an empty cell is hidden, never 0."""

    ods_code: OdsCodeText
    year: Year
    edition: int
    group: Line
    white: Headcount | None
    bme: Headcount | None
    unknown: Headcount | None
    total: Headcount | None
    suppressed: Suppression | None
    split_suppressed: Suppression | None


def list_public_lines(table: PublicTable) -> Iterator[PublicLineOut]:
    """Yield the lines of a table."""
    for name, counts in table.list_groups():
        yield PublicLineOut(
            ods_code=table.ods_code,
            year=table.year,
            edition=table.release.edition,
            group=name,
            white=counts.white,
            bme=counts.bme,
            unknown=counts.unknown,
            total=counts.total,
            suppressed=counts.suppressed,
            split_suppressed=counts.split_suppressed,
        )
