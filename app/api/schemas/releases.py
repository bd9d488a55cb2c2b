"""Releases and corrections as they are asked for and shown."""

from typing import Literal, Self

from pydantic import Field

from app.api.schemas.base import BodyIn, BodyOut, Instant, Line, OdsCodeText, Passage, Year
from app.domain.published_groups import Part
from app.domain.releases import Release
from app.services.releases import ReleasedCensus, ReleaseDraft


class ReleaseIn(BodyIn):
    """A release of a census of all trusts."""

    year: Year
    name: Line = Field(description="Of the edition.", examples=["WRES 2024, first edition"])
    note: Passage | None = Field(
        default=None,
        description="On what changed since the edition before, or what is incomplete.",
        examples=["Two trusts have not sent their figures yet."],
    )
    as_of: Instant | None = Field(
        default=None, description="What is released is what counted then; left out, now."
    )

    def to_draft(self) -> ReleaseDraft:
        """Return what the service takes."""
        return ReleaseDraft(self.year, self.name, self.note, self.as_of)


class OwnReleaseIn(BodyIn):
    """A trust's release of its own exact figures."""

    note: Passage | None = Field(
        default=None,
        description="On what changed since the edition before, or what is incomplete.",
        examples=["As in our WRES report of October 2024."],
    )


class ReleaseOut(BodyOut):
    """An edition of what is public of a census."""

    ods_code: OdsCodeText = Field(
        description="Whose figures: a trust's, or `ENG` for those of all trusts."
    )
    year: Year
    edition: int = Field(
        description="1 for the first of a census and an organisation.", examples=[1]
    )
    name: str = Field(examples=["WRES 2024, first edition"])
    note: str | None = Field(examples=["Two trusts have not sent their figures yet."])
    as_of: Instant = Field(description="What is released is what counted then.")
    exact: bool = Field(
        description="Whether figures are public as they are; else under disclosure control."
    )
    released_at: Instant
    released_by: str = Field(examples=["National WRES team"])
    supplied_by: str | None = Field(description="`national` when the national team released it.")

    @classmethod
    def from_domain(cls, release: Release) -> Self:
        """Return the body that presents a release."""
        record = release.record
        return cls(
            ods_code=release.ods_code,
            year=release.year,
            edition=release.edition,
            name=release.name,
            note=release.note,
            as_of=release.as_of,
            exact=release.is_exact,
            released_at=record.at,
            released_by=record.author.name,
            supplied_by=record.author.supplied_by,
        )


class UnshownOut(BodyOut):
    """A table of a trust of which an edition shows nothing."""

    ods_code: OdsCodeText
    part: Part = Field(description="Which table.", examples=["board"])


class ReleasedCensusOut(ReleaseOut):
    """An edition of all trusts that was just made."""

    unshown: list[UnshownOut] = Field(
        description=(
            "The tables of which nothing is shown, as nothing less would protect a count in it;"
            " most are small boards."
        )
    )

    @classmethod
    def from_outcome(cls, released: ReleasedCensus) -> Self:
        """Return the body that presents what came of releasing a census."""
        return cls(
            **dict(ReleaseOut.from_domain(released.release)),
            unshown=[UnshownOut(ods_code=code, part=part) for code, part in released.unshown],
        )


class ReleaseListOut(BodyOut):
    """Releases in the order in which they were made."""

    items: list[ReleaseOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")


class CorrectionOut(BodyOut):
    """A public note on what was corrected after a release."""

    of: Literal["actuals", "board", "indicators"] = Field(description="What was corrected.")
    ods_code: OdsCodeText
    year: Year
    revision: int = Field(description="The revision that corrected it.", examples=[2])
    note: str = Field(examples=["Staff of a hosted service were left out"])
    corrected_at: Instant


class CorrectionListOut(BodyOut):
    """Corrections, oldest first."""

    items: list[CorrectionOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")
