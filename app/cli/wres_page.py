"""The nine indicators laid out for a terminal."""

from collections.abc import Callable, Iterator
from functools import partial
from textwrap import fill
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from app.cli.formats import percent
from app.cli.progress_page import NOTES, SYNTHETIC
from app.domain.bands import ALLOWED_PAIRS, Band, StaffGroup
from app.domain.codes import Reason
from app.domain.indicator_figures import WHITE_MINUS_BME, DifferenceFigure
from app.domain.indicators import POOL_INDICATORS, SURVEY_INDICATORS, TITLES
from app.domain.likelihoods import Ratio, Step, name_direction
from app.domain.wres import (
    BoardFigure,
    NineFigures,
    PeopleFigure,
    SeatsFigure,
    StaffFigure,
    WresReport,
)

Show = Callable[[NineFigures], str | Reason]
"""What is shown of a column, or why there is nothing."""

NARROWEST_TITLE: Final = 20
"""Columns that the title of an indicator has at least."""

NUMBERS: Final = 78
"""Columns that all else in the table takes."""

HOW_TO_READ: Final = (
    "Ratios above 1, and differences in points above 0 in indicators 5 to 8, are a disadvantage"
    " for BME staff; in indicator 9 one below 0 is. In brackets: 95 % intervals. *: a half was"
    " added to the counts, because there was a zero. England: sums of what trusts have sent."
)
"""What stands under the table."""


def lay_out(report: WresReport, *, name: str, width: int) -> Iterator[RenderableType]:
    """Yield the parts of the page, from top to bottom.

    Args:
        report: What is shown.
        name: What the trust is called.
        width: Columns of the terminal.
    """
    yield Text(f"{report.ods_code} {name}", style="bold")
    yield f"The nine WRES indicators at the census of {report.year}, {_continuity(report)}"
    if report.synthetic:
        yield SYNTHETIC
    title_width = max(width - NUMBERS, NARROWEST_TITLE)
    yield _table(report, title_width)
    yield "BME share by staff group and band"
    yield _bands(report, title_width)
    yield fill(_turnout(report), width)
    yield fill(HOW_TO_READ, width)
    for warning in report.warnings:
        yield fill(f"{warning.code}: {warning.detail}", width)
    yield ""
    yield fill(NOTES, width)
    yield f"As of {report.as_of.isoformat().replace('+00:00', 'Z')}."
    if report.synthetic:
        yield SYNTHETIC


def _continuity(report: WresReport) -> str:
    return report.continuity.replace("_", " ")


def _turnout(report: WresReport) -> str:
    """Return of how many trusts England's figures are."""
    england = report.england
    if isinstance(england, Reason):
        return f"England: {england.sentence}"
    appointments = england.pools[2]
    counted = {
        "actuals": _count(england.staff),
        "boards": _count(england.board),
        "appointments": 0 if isinstance(appointments, Reason) else appointments.whole.trusts,
    }
    told = ", ".join(f"{what} of {number}" for what, number in counted.items())
    return f"England: {told} of the {england.expected} trusts then open."


def _count(figure: StaffFigure | BoardFigure | Reason) -> int:
    return 0 if isinstance(figure, Reason) else figure.trusts


def _table(report: WresReport, title_width: int) -> Table:
    """Return a row for each indicator, and for each step between tiers of pay."""
    table = _empty_table(report, title_width)
    for title, show in _rows():
        table.add_row(title, *_cells(report, show))
    return table


def _bands(report: WresReport, title_width: int) -> Table:
    """Return a row for each band that has people in the trust, now or the year before."""
    shares = [_shares(one) for one in (report.trust, report.last_year)]
    table = _empty_table(report, title_width)
    for pair in ALLOWED_PAIRS:
        if any(pair in one for one in shares):
            title = f"{pair[0]} {pair[1]}".replace("_", " ")
            table.add_row(title, *_cells(report, partial(_share_of, pair)))
    return table


def _empty_table(report: WresReport, title_width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    table.add_column("", width=title_width)
    for title in (str(report.year), str(report.year - 1), "England"):
        table.add_column(title, justify="right", no_wrap=True)
    return table


def _cells(report: WresReport, show: Show) -> Iterator[str]:
    """Yield what stands in the three columns, or why there is nothing."""
    for one in (report.trust, report.last_year, report.england):
        told = one if isinstance(one, Reason) else show(one)
        yield told.replace("_", " ") if isinstance(told, Reason) else told


def _rows() -> Iterator[tuple[str, Show]]:
    """Yield each row's title, and what it shows of a column."""
    yield "1 BME share of the workforce", _workforce
    for number in POOL_INDICATORS:
        title = f"{number} {TITLES[number]}: {name_direction(number)}"
        yield title, partial(_likelihood, number)
    for number in SURVEY_INDICATORS:
        direction = "white minus BME" if number in WHITE_MINUS_BME else "BME minus white"
        yield f"{number} {TITLES[number]}: {direction}", partial(_difference, number)
    for name in ("board", "voting", "executive"):
        whose = "Board" if name == "board" else f"{name.capitalize()} members"
        yield f"9 {whose} minus workforce", partial(_seats, name)
    for group in ("non_clinical", "clinical"):
        for step in ("lower_to_middle", "middle_to_upper", "lower_to_upper"):
            title = f"Disparity, {group}: {step}".replace("_", " ")
            yield title, partial(_disparity, group, step)


def _workforce(figures: NineFigures) -> str | Reason:
    return figures.staff if isinstance(figures.staff, Reason) else _share(figures.staff.workforce)


def _shares(figures: NineFigures) -> dict[tuple[StaffGroup, Band | None], PeopleFigure]:
    staff = figures.staff
    if isinstance(staff, Reason):
        return {}
    return {(one.staff_group, one.band): one.people for one in staff.bands}


def _share_of(pair: tuple[StaffGroup, Band], figures: NineFigures) -> str | Reason:
    if isinstance(figures.staff, Reason):
        return figures.staff
    people = _shares(figures).get(pair)
    return Reason.NO_PEOPLE if people is None else _share(people)


def _likelihood(number: int, figures: NineFigures) -> str | Reason:
    one = figures.pools[number]
    if isinstance(one, Reason):
        return one
    likelihood = one.whole.likelihood
    return likelihood if isinstance(likelihood, Reason) else _ratio(likelihood)


def _difference(number: int, figures: NineFigures) -> str | Reason:
    one = figures.surveys[number]
    return one if isinstance(one, Reason) else _points(one.difference)


def _seats(name: str, figures: NineFigures) -> str | Reason:
    if isinstance(figures.board, Reason):
        return figures.board
    seats: SeatsFigure = getattr(figures.board, name)
    return _points(seats.difference)


def _disparity(group: str, step: str, figures: NineFigures) -> str | Reason:
    if isinstance(figures.disparity, Reason):
        return figures.disparity
    found: Step = getattr(getattr(figures.disparity, group), step)
    return Reason.NO_PEOPLE if found.ratio is None else _ratio(found.ratio)


def _share(people: PeopleFigure) -> str:
    share = "–" if people.share is None else percent(people.share)
    return f"{share} ({people.bme} of {people.total})"


def _ratio(ratio: Ratio) -> str:
    interval = ratio.interval_95
    star = "*" if ratio.adjusted else ""
    return f"{ratio.ratio:.2f}{star} ({interval.lower:.2f} to {interval.upper:.2f})"


def _points(difference: DifferenceFigure | Reason) -> str | Reason:
    """Return a difference in percentage points with its interval."""
    if isinstance(difference, Reason):
        return difference
    interval = difference.interval_95
    lower, upper = 100 * interval.lower, 100 * interval.upper
    return f"{100 * difference.share:+.1f} ({lower:+.1f} to {upper:+.1f})".replace("-", "−")
