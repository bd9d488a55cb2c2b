"""The definitions that figures refer to, as they are shown."""

from pydantic import Field

from app.api.schemas.base import BodyOut
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.measures import Measure, ReferenceKind


class MeasureOut(BodyOut):
    """A named group of people whose BME share is followed."""

    measure: Measure
    title: str = Field(examples=["Leadership (bands 8a to 9 and VSM)"])
    staff_groups: list[StaffGroup] = Field(description="To which it can be narrowed.")
    bands: list[Band] = Field(description="Empty for a measure of the board.")
    default_reference: ReferenceKind | None = Field(
        description="Null for the workforce, which is the reference."
    )


class MeasureListOut(BodyOut):
    """Every measure."""

    items: list[MeasureOut]
    next: str | None


class BandOut(BodyOut):
    """A band or grade, with the staff groups that have it."""

    band: Band
    staff_groups: list[StaffGroup]
    leadership: bool
    senior_leadership: bool


class BandListOut(BodyOut):
    """Every band and grade, lowest first."""

    items: list[BandOut]
    next: str | None


class EthnicCategoryOut(BodyOut):
    """An NHS Data Dictionary code and the group that it counts in."""

    code: str = Field(examples=["M"])
    label: str = Field(examples=["Black or Black British - Caribbean"])
    group: EthnicGroup
    code_list: str = Field(description="`national` (16+1) or `extended`.", examples=["national"])


class EthnicCategoryListOut(BodyOut):
    """Every category."""

    items: list[EthnicCategoryOut]
    next: str | None


class CodeOut(BodyOut):
    """A code that an answer can carry, with the sentence that explains it."""

    kind: str = Field(examples=["outlook"])
    code: str = Field(examples=["projected"])
    sentence: str


class CodeListOut(BodyOut):
    """Every code."""

    items: list[CodeOut]
    next: str | None


class ProblemKindOut(BodyOut):
    """A kind of problem."""

    type: str = Field(examples=["/problems/trust-not-found"])
    title: str
    status: int
    description: str
