"""The definitions that figures refer to and that do not change."""

from typing import Final

from app.domain import codebook, definitions
from app.domain.bands import Band
from app.domain.codebook import Code, CodeKind
from app.domain.definitions import BandDefinition, MeasureDefinition
from app.domain.errors import EthnicCategoryNotFound
from app.domain.ethnic_categories import EthnicCategories, EthnicCategory
from app.domain.indicator_definitions import INDICATORS, IndicatorDefinition
from app.domain.measures import Measure
from app.ingest.ethnic_categories import read_ethnic_categories

PAGES: Final = "/definitions"
"""The address of the page that leads to every definition."""


def page_of(*names: str) -> str:
    """Return the address of the page of a definition, by its collection and its name there."""
    return "/".join((PAGES, *names))


def list_measures() -> list[MeasureDefinition]:
    """Return every measure, in the order in which they are shown."""
    return [MeasureDefinition.of(one) for one in Measure]


def get_measure(*, measure: str) -> MeasureDefinition:
    """Return a measure.

    Raises:
        MeasureNotFound: There is none of the name.
    """
    return definitions.get_measure(measure)


def list_bands() -> list[BandDefinition]:
    """Return every band and grade, lowest first."""
    return [BandDefinition.of(one) for one in Band]


def get_band(*, band: str) -> BandDefinition:
    """Return a band or grade.

    Raises:
        BandNotFound: There is none of the name.
    """
    return definitions.get_band(band)


def list_indicators() -> tuple[IndicatorDefinition, ...]:
    """Return the nine indicators, in their order."""
    return INDICATORS


def list_ethnic_categories() -> EthnicCategories:
    """Return the ethnic categories of the NHS Data Dictionary."""
    return read_ethnic_categories()


def get_ethnic_category(*, code: str) -> EthnicCategory:
    """Return an ethnic category.

    Raises:
        EthnicCategoryNotFound: The NHS Data Dictionary has none of the code.
    """
    for one in read_ethnic_categories().all:
        if one.code == code:
            return one
    raise EthnicCategoryNotFound(code)


def list_code_kinds() -> list[CodeKind]:
    """Return every kind of code that an answer can carry, with its codes."""
    return codebook.list_code_kinds()


def list_codes(*, kind: str | None) -> list[Code]:
    """Return the codes that an answer can carry, kind by kind, or those of one kind.

    Raises:
        UnacceptableQuestion: There is no such kind.
    """
    return codebook.list_codes(kind)


def get_code(*, kind: str, code: str) -> Code:
    """Return a code that an answer can carry.

    Raises:
        CodeNotFound: There is none of the kind.
    """
    return codebook.get_code(kind, code)
