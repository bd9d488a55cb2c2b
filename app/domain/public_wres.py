"""The nine indicators of a trust as everybody may read them.

Each figure is that of another answer under disclosure control, so nothing is decided here: the
people are those of progress, indicators 2 to 8 those of an edition. What would take counts that
are hidden, the difference of the board's share and the workforce's, is left to the two shares.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.codes import Reason
from app.domain.indicator_figures import (
    PoolIndicatorFigure,
    SurveyFigure,
    show_pools,
    show_survey,
)
from app.domain.indicators import POOL_INDICATORS, SURVEY_INDICATORS
from app.domain.measures import Measure
from app.domain.public_indicators import PublicIndicators
from app.domain.public_progress import PublicFigure


@dataclass(frozen=True, slots=True)
class PublicNine:
    """What everybody may read of one census.

    Attributes:
        people: Of each measure that was held then: indicator 1, and 9 from those of the board.
        pools: Indicators 2 to 4.
        surveys: Indicators 5 to 8.
    """

    year: int
    people: Mapping[Measure, PublicFigure]
    pools: Mapping[int, PoolIndicatorFigure | Reason]
    surveys: Mapping[int, SurveyFigure | Reason]

    @classmethod
    def of(
        cls, year: int, people: Mapping[Measure, PublicFigure], sent: PublicIndicators | None
    ) -> "PublicNine":
        """Return what stands in an edition, or why it does not.

        Args:
            year: The census.
            people: Of each measure.
            sent: Indicators 2 to 8; None where none are public.
        """
        hidden = sent.hidden if sent else frozenset()
        shown = sent.revision.indicators if sent else None
        pools = shown.pools if shown else {}
        surveys = shown.surveys if shown else {}

        absent = Reason.NOT_SENT if people else Reason.NOT_PUBLISHED

        def why_not(number: int) -> Reason:
            return Reason.SUPPRESSED if number in hidden else absent

        return cls(
            year=year,
            people=people,
            pools={
                one: show_pools(one, [(pools[one], 1)]) if one in pools else why_not(one)
                for one in POOL_INDICATORS
            },
            surveys={
                one: show_survey(one, [(surveys[one], 1)]) if one in surveys else why_not(one)
                for one in SURVEY_INDICATORS
            },
        )


@dataclass(frozen=True, slots=True)
class PublicWres:
    """The nine indicators of a census that are public, beside those of the year before."""

    ods_code: str
    year: int
    synthetic: bool
    trust: PublicNine
    last_year: PublicNine
