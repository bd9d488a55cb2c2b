"""A trust's headcounts in the national return's own layout."""

from typing import Final, Self

from pydantic import ConfigDict, Field

from app.api.schemas.base import BodyOut
from app.domain.actuals import ActualsRevision
from app.domain.national_return import Line

RETURN_COLUMNS: Final = (
    "Organisation",
    "Year",
    "Section",
    "Band",
    "White",
    "BME",
    "Ethnicity Unknown/Null",
    "Total",
)
"""The columns, in the words of the WRES template."""


class LineOut(BodyOut):
    """A row of the national return."""

    model_config = ConfigDict(serialize_by_alias=True)

    organisation: str = Field(serialization_alias="Organisation")
    year: int = Field(serialization_alias="Year")
    section: str = Field(serialization_alias="Section")
    band: str = Field(serialization_alias="Band")
    white: int = Field(serialization_alias="White")
    bme: int = Field(serialization_alias="BME")
    unknown: int = Field(serialization_alias="Ethnicity Unknown/Null")
    total: int = Field(serialization_alias="Total")

    @classmethod
    def from_domain(cls, revision: ActualsRevision, line: Line) -> Self:
        """Return a row of the template for a revision of actuals."""
        return cls(
            organisation=revision.ods_code,
            year=revision.year,
            section=line.section,
            band=line.band,
            white=line.count.white,
            bme=line.count.bme,
            unknown=line.count.unknown,
            total=line.count.total,
        )
