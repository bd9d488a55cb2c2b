"""A trust's nine indicators in the national return's own layout."""

from typing import Final, Self

from pydantic import ConfigDict, Field

from app.api.schemas.base import BodyOut, Day, Number
from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.indicator_figures import WHITE_MINUS_BME, SurveyFigure
from app.domain.indicators import IndicatorsRevision
from app.domain.national_return import COMPARED, QUESTIONS, BoardLine, Line, PoolLine

PEOPLE: Final = ("White", "BME", "Ethnicity Unknown/Null", "Total")
"""The columns that count persons, in the words of the WRES template."""

RETURN_COLUMNS: Final = ("Organisation", "Year", "Section", "Band", *PEOPLE)
"""The columns of indicator 1."""

POOL_COLUMNS: Final = (
    *("Organisation", "Year", "Indicator", "Section", "Band", "From", "To", "Item"),
    *(*PEOPLE, "Relative likelihood", "of"),
)
"""The columns of indicators 2 to 4."""

SURVEY_COLUMNS: Final = (
    *("Organisation", "Year", "Indicator", "Question", "From", "To"),
    *(f"{group}{ending}" for group in PEOPLE[:3] for ending in ("", ": Total Responses")),
    *("Difference", "of"),
)
"""The columns of indicators 5 to 8."""

BOARD_COLUMNS: Final = (
    *("Organisation", "Year", "Item", *PEOPLE, "BME - % by Ethnicity"),
    "Difference (Board - Overall workforce)",
)
"""The columns of indicator 9."""


class _RowOut(BodyOut):
    """A row for a trust and a census, named in the words of the WRES template."""

    model_config = ConfigDict(serialize_by_alias=True)

    organisation: str = Field(serialization_alias="Organisation")
    year: int = Field(serialization_alias="Year")


class _PeopleOut(_RowOut):
    """A row that counts persons."""

    white: int = Field(serialization_alias="White")
    bme: int = Field(serialization_alias="BME")
    unknown: int = Field(serialization_alias="Ethnicity Unknown/Null")
    total: int = Field(serialization_alias="Total")


class LineOut(_PeopleOut):
    """A row of indicator 1."""

    section: str = Field(serialization_alias="Section")
    band: str = Field(serialization_alias="Band")

    @classmethod
    def from_domain(cls, revision: ActualsRevision, line: Line) -> Self:
        """Return a row of the template for a revision of actuals."""
        key = {"organisation": revision.ods_code, "year": revision.year}
        return cls(section=line.section, band=line.band, **key, **_people(line.count))


class PoolLineOut(_PeopleOut):
    """A row of indicators 2 to 4."""

    indicator: int = Field(serialization_alias="Indicator")
    section: str = Field(serialization_alias="Section")
    band: str = Field(serialization_alias="Band")
    starts: Day = Field(serialization_alias="From")
    ends: Day = Field(serialization_alias="To")
    item: str = Field(serialization_alias="Item")
    likelihood: Number | None = Field(serialization_alias="Relative likelihood")
    compared: str | None = Field(serialization_alias="of")

    @classmethod
    def from_domain(cls, revision: IndicatorsRevision, line: PoolLine) -> Self:
        """Return a row of the template for a revision of indicators."""
        found = line.figure.likelihood
        ratio = None if isinstance(found, Reason) or not line.is_of_events else found.ratio
        return cls(
            organisation=revision.ods_code,
            year=revision.year,
            indicator=line.indicator,
            section=line.section,
            band=line.band,
            starts=line.of.period.starts,
            ends=line.of.period.ends,
            item=line.item,
            likelihood=ratio,
            compared=None if ratio is None else COMPARED[line.indicator],
            **_people(line.count),
        )


class SurveyLineOut(_RowOut):
    """A row of indicators 5 to 8."""

    indicator: int = Field(serialization_alias="Indicator")
    question: str = Field(serialization_alias="Question")
    starts: Day = Field(serialization_alias="From")
    ends: Day = Field(serialization_alias="To")
    white: Number | None = Field(serialization_alias="White")
    white_responses: int = Field(serialization_alias="White: Total Responses")
    bme: Number | None = Field(serialization_alias="BME")
    bme_responses: int = Field(serialization_alias="BME: Total Responses")
    unknown: Number | None = Field(serialization_alias="Ethnicity Unknown/Null")
    unknown_responses: int = Field(serialization_alias="Ethnicity Unknown/Null: Total Responses")
    difference: Number | None = Field(serialization_alias="Difference")
    direction: str = Field(serialization_alias="of")

    @classmethod
    def from_domain(cls, revision: IndicatorsRevision, number: int, one: SurveyFigure) -> Self:
        """Return a row of the template for a question of a revision of indicators."""
        found = one.difference
        return cls(
            organisation=revision.ods_code,
            year=revision.year,
            indicator=number,
            question=QUESTIONS[number],
            starts=one.period.starts,
            ends=one.period.ends,
            white=one.white.share,
            white_responses=one.white.respondents,
            bme=one.bme.share,
            bme_responses=one.bme.respondents,
            unknown=one.unknown.share,
            unknown_responses=one.unknown.respondents,
            difference=None if isinstance(found, Reason) else found.share,
            direction="White minus BME" if number in WHITE_MINUS_BME else "BME minus White",
        )


class BoardLineOut(_PeopleOut):
    """A row of indicator 9."""

    item: str = Field(serialization_alias="Item")
    share: Number | None = Field(serialization_alias="BME - % by Ethnicity")
    difference: Number | None = Field(serialization_alias="Difference (Board - Overall workforce)")

    @classmethod
    def from_domain(cls, revision: BoardRevision, line: BoardLine) -> Self:
        """Return a row of the template for a revision of a board."""
        share = line.count.share
        return cls(
            organisation=revision.ods_code,
            year=revision.year,
            item=line.item,
            share=None if share is None else float(share),
            difference=None if line.difference is None else float(line.difference),
            **_people(line.count),
        )


def _people(count: Count) -> dict[str, int]:
    """Return the members of a row that count persons."""
    return {
        "white": count.white,
        "bme": count.bme,
        "unknown": count.unknown,
        "total": count.total,
    }
