"""The national return's own layout: the rows and the words of the WRES template.

Source:
    NHS England, WRES reporting template: 1a non-clinical, 1b clinical workforce, of which medical
    and dental. Its row "of which Senior medical manager" is part of the consultants and is never
    added to a total, so it is not among the rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from app.domain.actuals import ActualsRevision, Headcounts
from app.domain.bands import AFC_BANDS, ALLOWED_PAIRS, Band, StaffGroup
from app.domain.boards import Board, BoardRevision
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.indicator_figures import (
    PoolIndicatorFigure,
    PoolsFigure,
    RateFigure,
    SurveyFigure,
    show_pools,
    show_survey,
)
from app.domain.indicators import Indicators, IndicatorsRevision
from app.domain.organisations import Organisation
from app.domain.panels import SEATS

SECTIONS: Final[Mapping[StaffGroup, str]] = {
    StaffGroup.NON_CLINICAL: "1a) Non Clinical workforce",
    StaffGroup.CLINICAL: "1b) Clinical workforce, of which Non Medical",
    StaffGroup.MEDICAL: "1b) Clinical workforce, of which Medical & Dental",
}
"""What the template calls the staff groups."""

BANDS: Final[Mapping[Band, str]] = {
    Band.UNDER_1: "Under Band 1",
    **{band: f"Band {band}" for band in AFC_BANDS if band not in {Band.UNDER_1, Band.VSM}},
    Band.VSM: "VSM",
    Band.CONSULTANT: "Consultants",
    Band.CAREER_GRADE: "Non-consultant career grade",
    Band.TRAINEE: "Trainee grades",
    Band.OTHER: "Other",
}
"""What the template calls the bands and grades."""

EVERYBODY: Final = "All staff"
"""Whose figures those of no staff group are."""

POOLS: Final[Mapping[int, tuple[str, str]]] = {
    2: ("Number of shortlisted applicants", "Number appointed from shortlisting"),
    3: (
        "Number of staff in workforce",
        "Number of staff entering the formal disciplinary process",
    ),
    4: (
        "Number of staff in workforce",
        "Number of staff accessing non-mandatory training and CPD",
    ),
}
"""What the template calls the pools and the events of indicators 2 to 4."""

COMPARED: Final[Mapping[int, str]] = {
    2: "White staff being appointed from shortlisting compared to BME staff",
    3: "BME staff entering the formal disciplinary process compared to White staff",
    4: "White staff accessing non-mandatory training and CPD compared to BME staff",
}
"""What the relative likelihood of indicators 2 to 4 is of."""

QUESTIONS: Final[Mapping[int, str]] = {
    5: "% of staff experiencing harassment, bullying or abuse from patients, relatives or the"
    " public in last 12 months",
    6: "% of staff experiencing harassment, bullying or abuse from staff in last 12 months",
    7: "% of staff believing that trust provides equal opportunities for career progression or"
    " promotion",
    8: "% of staff personally experienced discrimination at work from Manager/team leader or other"
    " colleagues",
}
"""What the template calls the questions of the staff survey."""

SEATED: Final[Mapping[str, tuple[tuple[bool, bool], ...]]] = {
    "Total Board members": SEATS,
    "of which: Voting Board members": tuple(one for one in SEATS if one[0]),
    "of which: Non Voting Board members": tuple(one for one in SEATS if not one[0]),
    "of which: Exec Board members": tuple(one for one in SEATS if one[1]),
    "of which: Non Executive Board members": tuple(one for one in SEATS if not one[1]),
}
"""What the template calls the kinds of board members, by (voting, executive)."""

WORKFORCE: Final = "Number of staff in overall workforce"
"""What the template sets beside the board."""


@dataclass(frozen=True, slots=True)
class NationalReturn:
    """What a trust sent for a census.

    Attributes:
        board: Or why there is none.
        indicators: Indicators 2 to 8, or why there are none.
    """

    trust: Organisation
    actuals: ActualsRevision
    board: BoardRevision | Reason
    indicators: IndicatorsRevision | Reason

    @property
    def as_of(self) -> datetime:
        """Instant of the newest change that it depends on."""
        sent = (self.actuals, self.board, self.indicators)
        instants = [one.record.at for one in sent if not isinstance(one, Reason)]
        made = self.actuals.released
        return max([*instants, made.record.at] if made else instants)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the template: the persons of one staff group and band."""

    section: str
    band: str
    count: Count


@dataclass(frozen=True, slots=True)
class PoolLine:
    """A row of indicators 2 to 4: persons in a pool, or those to whom it happened.

    Attributes:
        indicator: Its number.
        item: What is counted.
        of: The indicator.
        figure: The part of it, with its likelihood.
        is_of_events: Whether the events are counted.
    """

    indicator: int
    section: str
    band: str
    item: str
    of: PoolIndicatorFigure
    figure: PoolsFigure
    is_of_events: bool

    @property
    def count(self) -> Count:
        """The persons."""
        one = self.figure
        return Count(self._number(one.white), self._number(one.bme), self._number(one.unknown))

    def _number(self, rate: RateFigure) -> int:
        return rate.events if self.is_of_events else rate.pool


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A row of indicator 9.

    Attributes:
        difference: BME share of the count minus that of the workforce, as a proportion; None for
            the workforce itself, and where either is of nobody.
    """

    item: str
    count: Count
    difference: Fraction | None = None


def lay_out(headcounts: Headcounts) -> Iterator[Line]:
    """Yield every row of the template for a trust's headcounts, those without people too."""
    for group, band in ALLOWED_PAIRS:
        yield Line(SECTIONS[group], BANDS[band], headcounts.get((group, band), Count()))


def lay_out_pools(indicators: Indicators) -> Iterator[PoolLine]:
    """Yield two rows for each of indicators 2 to 4 that was sent, and for each part of it."""
    for number, sent in indicators.pools.items():
        found = show_pools(number, [(sent, 1)])
        for figure in (found.whole, *found.parts):
            group, band = figure.narrowing
            whose = (SECTIONS[group] if group else EVERYBODY, BANDS[band] if band else "")
            for item, is_of_events in zip(POOLS[number], (False, True), strict=True):
                yield PoolLine(number, *whose, item, found, figure, is_of_events)


def lay_out_surveys(indicators: Indicators) -> Iterator[tuple[int, SurveyFigure]]:
    """Yield the number and the figure of each of indicators 5 to 8 that was sent."""
    for number, sent in indicators.surveys.items():
        yield number, show_survey(number, [(sent, 1)])


def lay_out_board(board: Board, workforce: Count) -> Iterator[BoardLine]:
    """Yield the rows of indicator 9, the workforce last."""
    for item, kinds in SEATED.items():
        count = Count.sum(board.seats.get(kind, Count()) for kind in kinds)
        yield BoardLine(item, count, _difference(count.share, workforce.share))
    yield BoardLine(WORKFORCE, workforce)


def _difference(share: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if share is None or other is None else share - other
