"""Censuses and cycles as they are sent and shown."""

from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import (
    BodyIn,
    BodyOut,
    Day,
    OdsCodeText,
    Page,
    Paragraph,
    Sentence,
    Year,
    is_none,
)
from app.domain.censuses import Census, Cycle, Extension
from app.services.definitions import page_of

Opens = Annotated[
    Day, Field(description="First day on which actuals are accepted.", examples=["2027-04-01"])
]

Due = Annotated[
    Day | None,
    Field(description="Last day in time; null until it is set.", examples=["2027-06-30"]),
]

Published = Annotated[
    Day | None,
    Field(description="When national figures came out; null until then.", examples=["2028-03-18"]),
]


class ExtensionIn(BodyIn):
    """More time for one trust."""

    ods_code: OdsCodeText
    due: Day = Field(description="Its own last day in time.", examples=["2027-07-31"])
    reason: Paragraph = Field(examples=["A new payroll system was brought in that month"])


class CensusIn(BodyIn):
    """The dates of a census, all of them: what is left out is not set."""

    opens: Opens
    due: Due = None
    published: Published = None
    extensions: Annotated[list[ExtensionIn], Field(max_length=500)] = Field(
        default_factory=list, description="More time for single trusts, each named once."
    )

    def to_census(self, year: int) -> Census:
        """Return what the service takes."""
        extensions = (Extension(one.ods_code, one.due, one.reason) for one in self.extensions)
        return Census(year, self.opens, self.due, self.published, tuple(extensions))


class ExtensionOut(BodyOut):
    """More time for one trust."""

    ods_code: OdsCodeText
    due: Day = Field(description="Its own last day in time.")
    reason: str


class CensusOut(BodyOut):
    """A census and its dates."""

    year: Year
    day: Day = Field(description="31 March of the year.")
    opens: Opens
    due: Due
    published: Published
    extensions: list[ExtensionOut] | None = Field(
        default=None,
        exclude_if=is_none,
        description="More time for single trusts, by code: for the national team, for an area"
        " those of its trusts, for a trust its own. Others are not told.",
    )

    @classmethod
    def from_domain(cls, census: Census, *, with_extensions: bool) -> Self:
        """Return the body that presents a census."""
        shown = cls.model_validate(census)
        return shown if with_extensions else shown.model_copy(update={"extensions": None})


class CensusListOut(BodyOut):
    """Every census, oldest first."""

    items: list[CensusOut]
    next: str | None


class CycleIn(BodyIn):
    """A cycle as it should be."""

    starts: Year = Field(description="Census year of the baseline.", examples=[2028])
    ends: Year = Field(description="Census year of the goal.", examples=[2031])
    ambition_year: Year = Field(
        description="Year by which leadership is to be as diverse as the workforce.",
        examples=[2031],
    )
    ambition_source: Sentence = Field(
        description="Where that is said.", examples=["Workforce Race Equality Strategy, 2028"]
    )

    def to_cycle(self, code: str) -> Cycle:
        """Return what the service takes."""
        return Cycle(code, self.starts, self.ends, self.ambition_year, self.ambition_source)


class CycleOut(BodyOut):
    """Three years between two censuses, with the ambition that they serve."""

    code: str = Field(examples=["2022-2025"])
    starts: Year
    ends: Year
    ambition_year: Year
    ambition_source: str
    page: Page

    @classmethod
    def from_domain(cls, cycle: Cycle) -> Self:
        """Return the body that presents a cycle."""
        return cls(
            code=cycle.code,
            starts=cycle.starts,
            ends=cycle.ends,
            ambition_year=cycle.ambition_year,
            ambition_source=cycle.ambition_source,
            page=page_of("cycles", cycle.code),
        )


class CycleListOut(BodyOut):
    """Every cycle, oldest first."""

    items: list[CycleOut]
    next: str | None
