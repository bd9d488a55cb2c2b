"""The nine indicators of a trust as their page tells them, beside last year's and England's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.words import census, day, lower_first
from app.dashboard.views.contents import trail_of
from app.dashboard.views.definitions import STAFF_GROUPS, name_indicator
from app.dashboard.views.indicator_figures import (
    Lines,
    Nine,
    find_basis,
    read_indicator,
    tell_headline,
    tell_indicator,
)
from app.dashboard.views.registers import UNRELEASED
from app.dashboard.views.tables import Cell, Row, Table
from app.dashboard.views.warned import Warned, list_warned
from app.dashboard.views.words import (
    NOTHING,
    list_notices,
    say_many,
    say_missing,
    say_people,
    say_share,
)
from app.domain.bands import Band, StaffGroup
from app.domain.codes import Reason
from app.domain.definitions import BAND_TITLES
from app.domain.indicator_definitions import IndicatorDefinition
from app.domain.organisations import Organisation
from app.domain.public_wres import PublicWres
from app.domain.wres import BandFigure, NineFigures, WresReport
from app.services.definitions import page_of
from app.services.public_wres import ShownWres

NOTE: Final = (
    "Counts are exact: everybody is counted. An interval says how far chance moves such a figure"
    " from year to year. A ratio from 0.80 to 1.25 is within four fifths, which is a convention"
    " and no test."
)
"""What is to be known of every figure of the page."""

NOBODY_COMPARED: Final = (
    "England's figures beside a trust's are for the national team: they are sums of what other"
    " trusts have sent, and not under disclosure control."
)
"""Why there is no column of England's."""

ENGLAND: Final = "England"
"""How the heading of England's column begins."""

TO_SEND: Final = "The trust sends it, or the national team on its behalf."
"""Who is to do something about what has not been sent."""


@dataclass(frozen=True, slots=True)
class IndicatorSection:
    """One indicator on the page.

    Attributes:
        id: What leads to it in the page.
        definition: The page of its definition.
        reading: What the figures come to, as a sentence; None where nothing is told.
        table: None where nothing is told of any column.
        absent: What stands in its place, else.
        basis: Of which days the figures are, and of how many trusts England's.
        more: A table that is shown when it is asked for.
    """

    id: str
    title: str
    compared: str
    definition: str
    reading: str | None
    table: Table | None
    absent: str | None
    basis: str
    more: Table | None = None


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """The page of the nine indicators of a trust.

    Attributes:
        years: Other censuses, newest first, each with its path.
        summary: All nine in a row each; None where nothing has been sent.
    """

    title: str
    sentences: Sequence[str]
    data: str | None
    trail: Sequence[tuple[str, str]]
    years: Sequence[tuple[str, str | None]]
    summary: Table | None
    sections: Sequence[IndicatorSection]
    warnings: Sequence[Warned]
    notices: Sequence[str]
    notes: Sequence[str]


Columns = Mapping[str, Nine]
"""What is told of each column, by its heading, the census itself first."""


def tell_indicators(
    trust: Organisation, shown: ShownWres | None, indicators: Sequence[IndicatorDefinition]
) -> IndicatorsPage:
    """Return the page of the nine indicators.

    Args:
        trust: The trust.
        shown: Of one census, as far as the reader may see it; None for not at all.
        indicators: All nine, in words.
    """
    report = shown.report if shown else None
    columns = _columns(report)
    path = f"/trusts/{trust.ods_code}/indicators"
    is_controlled = isinstance(report, PublicWres)
    exact = report if isinstance(report, WresReport) else None
    is_compared = exact is not None and not isinstance(exact.england, Reason)
    return IndicatorsPage(
        title=f"Nine indicators: {trust.name}",
        sentences=_introduce(trust, shown),
        data=f"/v1/trusts/{trust.ods_code}/wres/{exact.year}" if exact else None,
        trail=trail_of(trust),
        years=[
            (str(one), None if report and one == report.year else f"{path}/{one}")
            for one in reversed(shown.years if shown else ())
        ],
        summary=_summarise(columns, indicators) if columns else None,
        sections=[_tell(columns, one) for one in indicators] if columns else (),
        warnings=list_warned(exact.warnings if exact else ()),
        notices=list_notices(is_invented=trust.is_synthetic, is_controlled=is_controlled),
        notes=(NOTE, *([] if is_compared else [NOBODY_COMPARED])) if columns else (),
    )


def _introduce(trust: Organisation, shown: ShownWres | None) -> Sequence[str]:
    if shown is None:
        return UNRELEASED
    if shown.report is None:
        return (f"{trust.name} has not sent any census yet.", TO_SEND)
    day = census(shown.report.year)
    return (f"The nine indicators at the census of {day}, beside the year before.",)


def _columns(report: WresReport | PublicWres | None) -> Columns:
    if report is None:
        return {}
    columns: dict[str, Nine] = {
        str(report.year): report.trust,
        str(report.year - 1): report.last_year,
    }
    if isinstance(report, WresReport) and not isinstance(report.england, Reason):
        columns[f"{ENGLAND} {report.year}"] = report.england
    return columns


def _summarise(columns: Columns, indicators: Sequence[IndicatorDefinition]) -> Table:
    return Table(
        caption="All nine indicators",
        headings=("Indicator", *columns),
        rows=[
            Row(
                Cell(name_indicator(one.number, one.title), f"#indicator-{one.number}"),
                [Cell(tell_headline(nine, one.number)) for nine in columns.values()],
            )
            for one in indicators
        ],
    )


def _tell(columns: Columns, indicator: IndicatorDefinition) -> IndicatorSection:
    number = indicator.number
    told = {title: tell_indicator(nine, number) for title, nine in columns.items()}
    newest = next(iter(columns.values()))
    is_told = any(not isinstance(one, Reason) for one in told.values())
    title = name_indicator(number, indicator.title)
    return IndicatorSection(
        id=f"indicator-{number}",
        title=title,
        compared=indicator.compared,
        definition=page_of("indicators", str(number)),
        reading=read_indicator(newest, number),
        table=_align(f"Indicator {number}: {indicator.title}", told) if is_told else None,
        absent=_say_absent(newest, number),
        basis=_say_basis(columns, number),
        more=_tell_bands(columns) if number == 1 else None,
    )


def _say_basis(columns: Columns, number: int) -> str:
    period, _ = find_basis(next(iter(columns.values())), number)
    said = [f"Of {day(period.starts)} to {day(period.ends)}."] if period else []
    for title, nine in columns.items():
        _, trusts = find_basis(nine, number)
        if title.startswith(ENGLAND) and isinstance(nine, NineFigures) and trusts is not None:
            said.append(f"England: {trusts:,} of {say_many(nine.expected, 'trust')}.")
    return " ".join(said)


def _say_absent(newest: Nine, number: int) -> str | None:
    """Return what is said where the census itself lacks an indicator; None where it does not."""
    why = tell_indicator(newest, number)
    if not isinstance(why, Reason):
        return None
    if why is Reason.NOT_SENT:
        return f"Indicator {number} has not been sent for {newest.year}. {TO_SEND}"
    return f"Indicator {number} is not told for {newest.year}: {lower_first(why.sentence)}"


def _align(caption: str, told: Mapping[str, Lines | Reason]) -> Table:
    """Return lines of several columns side by side; each stands where it first does."""
    lines = {title: {} if isinstance(one, Reason) else one for title, one in told.items()}
    names = dict.fromkeys(name for one in lines.values() for name in one)

    def cell(title: str, name: str) -> Cell:
        why = told[title]
        if isinstance(why, Reason):
            return Cell(say_missing(why))
        return Cell(lines[title].get(name, NOTHING))

    return Table(
        caption,
        ("", *told),
        [Row(Cell(name), [cell(title, name) for title in told]) for name in names],
    )


def _tell_bands(columns: Columns) -> Table | None:
    """Return the BME share of every staff group and band; None where it is not told."""
    told = {
        title: {_name(one): one for one in (*nine.staff.staff_groups, *nine.staff.bands)}
        for title, nine in columns.items()
        if isinstance(nine, NineFigures) and not isinstance(nine.staff, Reason)
    }
    if not told:
        return None
    held = {_name(one): one for group in told.values() for one in group.values()}
    names = sorted(held, key=lambda name: _order_of(held[name]))
    return Table(
        "BME share of each staff group and band",
        ("Group", *told),
        [
            Row(Cell(name), [Cell(_say_band(one.get(name))) for one in told.values()])
            for name in names
        ],
    )


def _order_of(figure: BandFigure) -> tuple[int, int]:
    """Return where a staff group, or a band in it, stands: whole groups first."""
    if figure.band is None:
        return -1, list(StaffGroup).index(figure.staff_group)
    return list(StaffGroup).index(figure.staff_group), list(Band).index(figure.band)


def _name(figure: BandFigure) -> str:
    group = STAFF_GROUPS[figure.staff_group].capitalize()
    return group if figure.band is None else f"{group}, {lower_first(BAND_TITLES[figure.band])}"


def _say_band(figure: BandFigure | None) -> str:
    if figure is None:
        return say_missing(Reason.NO_PEOPLE)
    people = figure.people
    share = say_share(people.share, people.share_reason)
    return f"{share} ({say_people(people.bme, None)} of {say_people(people.total, None)})"
