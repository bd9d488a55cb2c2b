"""The nine indicators of all trusts together, as the report of a census tells them."""

from typing import Final

from app.charts.tables import Table
from app.charts.words import HIDDEN
from app.documents.annual_tables import PARTLY, find_figure, say_apart, say_share
from app.documents.parts import NOT_THERE
from app.domain.codes import Reason
from app.domain.indicator_figures import WHITE_MINUS_BME, DifferenceFigure
from app.domain.indicators import POOL_INDICATORS, SURVEY_INDICATORS, TITLES
from app.domain.likelihoods import Ratio, name_direction
from app.domain.measures import Measure
from app.domain.wres import NineFigures
from app.services.annual_reports import AnnualFigures
from app.services.wres import EnglandIndicators

HOW_TO_READ: Final = (
    "Ratios above 1, and differences above 0 in indicators 5 to 8, are a disadvantage for BME"
    " staff; in indicator 9 one below 0 is. In brackets: 95% intervals. *: a half was added to the"
    " counts, because there was a zero."
)
"""How the table of indicators is read."""

_NOT_PUBLIC: Final = "not public"


def tell_indicators(figures: AnnualFigures) -> Table:
    """Return a row for each of the nine indicators of all trusts together."""
    year, told = figures.year, figures.indicators
    rows: list[tuple[str, ...]] = [_first(figures)]
    for number in (*POOL_INDICATORS, *SURVEY_INDICATORS):
        cells = [_NOT_PUBLIC] * 2
        if isinstance(told, EnglandIndicators):
            cells = [_tell_indicator(number, one) for one in (told.now, told.before)]
        rows.append((f"{number}. {TITLES[number]} ({_direction(number)})", *cells))
    rows.append(_ninth(figures))
    headings = ("Indicator", str(year), str(year - 1))
    notes = [HOW_TO_READ]
    if any(cell.endswith(PARTLY) for cell in rows[0]):
        notes.append(f"{PARTLY} In the trusts that show theirs; see above.")
    return Table("The nine indicators", headings, tuple(rows), tuple(notes))


def _first(figures: AnnualFigures) -> tuple[str, ...]:
    years = (figures.year, figures.year - 1)
    cells = (say_share(find_figure(figures.england, Measure.WORKFORCE, one)) for one in years)
    return "1. BME share of the workforce (by band: above)", *cells


def _ninth(figures: AnnualFigures) -> tuple[str, ...]:
    cells = []
    for year in (figures.year, figures.year - 1):
        board, workforce = (
            find_figure(figures.england, one, year) for one in (Measure.BOARD, Measure.WORKFORCE)
        )
        if board is None or workforce is None:
            cells.append(NOT_THERE)
        elif board.share is None or workforce.share is None:
            cells.append(HIDDEN)
        else:
            cells.append(f"{say_apart(board.share - workforce.share)} points")
    return f"9. {TITLES[9]}", *cells


def _direction(number: int) -> str:
    if number in POOL_INDICATORS:
        return name_direction(number)
    return "white minus BME" if number in WHITE_MINUS_BME else "BME minus white"


def _tell_indicator(number: int, nine: NineFigures) -> str:
    """Return a ratio, or a difference in points, with its interval; or why there is none."""
    if number in POOL_INDICATORS:
        pools = nine.pools[number]
        if isinstance(pools, Reason):
            return _missing(pools)
        likelihood = pools.whole.likelihood
        return _missing(likelihood) if isinstance(likelihood, Reason) else _ratio(likelihood)
    survey = nine.surveys[number]
    if isinstance(survey, Reason):
        return _missing(survey)
    difference = survey.difference
    return _missing(difference) if isinstance(difference, Reason) else _difference(difference)


def _missing(reason: Reason) -> str:
    return reason.replace("_", " ")


def _ratio(ratio: Ratio) -> str:
    interval = ratio.interval_95
    star = "*" if ratio.adjusted else ""
    return f"{ratio.ratio:.2f}{star} ({interval.lower:.2f} to {interval.upper:.2f})"


def _difference(difference: DifferenceFigure) -> str:
    interval = difference.interval_95
    between = f"{say_apart(interval.lower)} to {say_apart(interval.upper)}"
    return f"{say_apart(difference.share)} points ({between})"
