"""The definitions that figures refer to, as they are shown."""

from typing import Self

from pydantic import Field

from app.api.schemas.base import BodyOut, Page
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.codebook import Code
from app.domain.definitions import BandDefinition, MeasureDefinition
from app.domain.ethnic_categories import EthnicCategory
from app.domain.measures import Measure, ReferenceKind
from app.services.definitions import page_of


class MeasureOut(BodyOut):
    """A named group of people whose BME share is followed."""

    measure: Measure
    title: str = Field(examples=["Leadership (bands 8a to 9 and VSM)"])
    description: str = Field(
        description="Who is counted, what their share is held against, and what narrowing the"
        " measure to a staff group means."
    )
    staff_groups: list[StaffGroup] = Field(description="To which it can be narrowed.")
    bands: list[Band] = Field(description="Empty for a measure of the board.")
    default_reference: ReferenceKind | None = Field(
        description="Null for the workforce, which is the reference."
    )
    page: Page

    @classmethod
    def from_domain(cls, measure: MeasureDefinition) -> Self:
        """Return the body that presents a measure."""
        return cls(
            measure=measure.measure,
            title=measure.title,
            description=measure.description,
            staff_groups=list(measure.staff_groups),
            bands=list(measure.bands),
            default_reference=measure.default_reference,
            page=page_of("measures", measure.measure),
        )


class MeasureListOut(BodyOut):
    """Every measure."""

    items: list[MeasureOut]
    next: str | None


class BandOut(BodyOut):
    """A band or grade, with the staff groups that have it."""

    band: Band
    title: str = Field(examples=["Band 8a"])
    description: str = Field(description="What it is, and whether it counts as leadership.")
    staff_groups: list[StaffGroup]
    leadership: bool
    senior_leadership: bool
    page: Page

    @classmethod
    def from_domain(cls, band: BandDefinition) -> Self:
        """Return the body that presents a band or grade."""
        return cls(
            band=band.band,
            title=band.title,
            description=band.description,
            staff_groups=list(band.staff_groups),
            leadership=band.leadership,
            senior_leadership=band.senior_leadership,
            page=page_of("bands", band.band),
        )


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
    page: Page

    @classmethod
    def from_domain(cls, category: EthnicCategory) -> Self:
        """Return the body that presents an ethnic category."""
        return cls(
            code=category.code,
            label=category.label,
            group=category.group,
            code_list=category.code_list,
            page=page_of("ethnic-categories", category.code),
        )


class EthnicCategoryListOut(BodyOut):
    """Every category."""

    items: list[EthnicCategoryOut]
    next: str | None


class CodeOut(BodyOut):
    """A code that an answer can carry, with the sentence that explains it."""

    kind: str = Field(
        description="What it tells of; a code is unique within its kind.", examples=["outlook"]
    )
    code: str = Field(examples=["projected"])
    sentence: str
    page: Page

    @classmethod
    def from_domain(cls, code: Code) -> Self:
        """Return the body that presents a code."""
        page = page_of("codes", code.kind, code.code)
        return cls(kind=code.kind, code=code.code, sentence=code.sentence, page=page)


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
