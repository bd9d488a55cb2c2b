"""A trust's census in the national return's own layout as files: CSV and XLSX."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from app.api.area_files import LICENCE
from app.api.schemas.national_return import (
    BOARD_COLUMNS,
    PEOPLE,
    POOL_COLUMNS,
    RETURN_COLUMNS,
    SURVEY_COLUMNS,
    BoardLineOut,
    LineOut,
    PoolLineOut,
    SurveyLineOut,
)
from app.api.tables import as_csv
from app.api.workbooks import RATIO_FORMAT, SHARE_FORMAT, Cover, Sheet, as_workbook, say_readers
from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.censuses import census_day
from app.domain.codes import Reason
from app.domain.indicators import IndicatorsRevision
from app.domain.national_return import (
    NationalReturn,
    lay_out,
    lay_out_board,
    lay_out_pools,
    lay_out_surveys,
)
from app.domain.organisations import Attribute

UNITS: Final = (
    "Headcounts on 31 March, bank and agency staff left out. A relative likelihood above 1 is a"
    " disadvantage for BME staff, and so is a difference above 0 in indicators 5 to 8; in"
    " indicator 9 one below 0 is."
)
"""What the figures count, and how they are read."""

METHOD: Final = (
    "Laid out as the national return is. Relative likelihoods and differences are computed from"
    " the counts, never sent."
)
"""What goes with every return."""

INVENTED: Final = "Invented figures: no rights are reserved (CC0 1.0)."
"""The licence of what an invented trust sent."""

RELEASED: Final = "Everybody: the trust has released these figures as they are."
"""Whom figures are for that a trust has made public exactly."""

OWN: Final = "The trust's own figures, which it has not made public."
"""What is said of what a real trust has not released exactly."""


def as_return_csv(revision: ActualsRevision) -> str:
    """Return indicator 1 as CSV: the rows of the template."""
    return as_csv(RETURN_COLUMNS, _list_lines(revision))


def as_return_xlsx(sent: NationalReturn) -> bytes:
    """Return all nine indicators as a workbook with a cover."""
    name = sent.trust.value_on(Attribute.NAME, census_day(sent.actuals.year)) or sent.trust.name
    code, year = sent.trust.ods_code, sent.actuals.year
    is_synthetic, made = sent.trust.is_synthetic, sent.actuals.released
    is_released = made is not None and made.is_exact
    cover = Cover(
        title=f"WRES return of {name} ({code}), 31 March {year}",
        at=sent.as_of,
        readers=_say_readers(is_released=is_released, is_synthetic=is_synthetic),
        method=METHOD,
        units=UNITS,
        licence=INVENTED if is_synthetic else LICENCE,
        is_synthetic=is_synthetic,
        facts=list(_describe(sent)),
    )
    return as_workbook(cover, _list_sheets(sent))


def _say_readers(*, is_released: bool, is_synthetic: bool) -> str:
    """Return whom a return is for."""
    if is_released and not is_synthetic:
        return RELEASED
    return say_readers(is_public=False, is_synthetic=is_synthetic)


def _describe(sent: NationalReturn) -> Iterator[tuple[str, str]]:
    """Yield what the figures are, as names and texts."""
    made = sent.actuals.released
    yield "Trust", sent.trust.ods_code
    yield "Census", f"31 March {sent.actuals.year}"
    yield "Indicator 1", _tell(sent.actuals)
    yield "Indicators 2 to 8", _tell(sent.indicators)
    yield "Indicator 9", _tell(sent.board)
    if not sent.trust.is_synthetic:
        yield "Figures", f"Released: {made.name}" if made and made.is_exact else OWN


def _tell(one: ActualsRevision | BoardRevision | IndicatorsRevision | Reason) -> str:
    """Return which revision is told, or why there is none."""
    if isinstance(one, Reason):
        return one.sentence
    return f"Revision {one.revision}, sent at {_instant(one.record.at)}"


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _list_sheets(sent: NationalReturn) -> Iterator[Sheet]:
    """Yield a sheet for each part of the return; what was not sent has no rows."""
    yield Sheet("Indicator 1", RETURN_COLUMNS, _list_lines(sent.actuals))
    yield Sheet(
        "Indicators 2 to 4",
        POOL_COLUMNS,
        _list_pool_lines(sent.indicators),
        {"Relative likelihood": RATIO_FORMAT},
    )
    yield Sheet(
        "Indicators 5 to 8",
        SURVEY_COLUMNS,
        _list_survey_lines(sent.indicators),
        dict.fromkeys([*PEOPLE, "Difference"], SHARE_FORMAT),
    )
    yield Sheet(
        "Indicator 9",
        BOARD_COLUMNS,
        _list_board_lines(sent),
        dict.fromkeys(BOARD_COLUMNS[-2:], SHARE_FORMAT),
    )


def _list_lines(revision: ActualsRevision) -> Iterator[LineOut]:
    for line in lay_out(revision.actuals.headcounts):
        yield LineOut.from_domain(revision, line)


def _list_pool_lines(revision: IndicatorsRevision | Reason) -> Iterator[PoolLineOut]:
    if not isinstance(revision, Reason):
        for line in lay_out_pools(revision.indicators):
            yield PoolLineOut.from_domain(revision, line)


def _list_survey_lines(revision: IndicatorsRevision | Reason) -> Iterator[SurveyLineOut]:
    if not isinstance(revision, Reason):
        for number, figure in lay_out_surveys(revision.indicators):
            yield SurveyLineOut.from_domain(revision, number, figure)


def _list_board_lines(sent: NationalReturn) -> Iterator[BoardLineOut]:
    if not isinstance(sent.board, Reason):
        for line in lay_out_board(sent.board.board, sent.actuals.actuals.workforce):
            yield BoardLineOut.from_domain(sent.board, line)
