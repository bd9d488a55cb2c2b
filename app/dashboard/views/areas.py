"""England and its areas as pages tell them: where a measure stands, and a line for each trust."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from app.dashboard.views.lines import Line
from app.dashboard.views.words import (
    CONTROLLED,
    INVENTED,
    NOTHING,
    say_many,
    say_outlook,
    say_people,
    say_share,
)
from app.domain.areas import AreaFigure, AreaReport, CompactRow, Counted, Turnout
from app.domain.codes import Reason
from app.domain.definitions import MeasureDefinition
from app.domain.measures import Measure
from app.domain.organisations import Attribute, Kind, Organisation
from app.domain.public_areas import PublicAreaFigure, PublicAreaReport, PublicRow
from app.services.definitions import page_of

Report = AreaReport | PublicAreaReport


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader may choose from.

    Attributes:
        options: What each is called, by its value.
    """

    name: str
    label: str
    options: Mapping[str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader has asked to see of an area's trusts.

    Attributes:
        type: Kind of care that trusts give; empty for any.
        text: Part of a trust's name or code; empty for any.
        sort: Name of a column.
        downwards: Whether the largest is first.
    """

    measure: Measure = Measure.LEADERSHIP
    region: str = ""
    type: str = ""
    text: str = ""
    sort: str = "name"
    downwards: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column.

    Attributes:
        path: What sorts by it.
        sorted: `ascending`, `descending` or `none`, as ARIA says it.
    """

    title: str
    path: str
    sorted: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A page of an area.

    Attributes:
        charts: The page of charts of the measure.
        figures: One row a census.
        missing: Who has not reported the latest census, where the reader may know.
    """

    title: str
    sentences: Sequence[str]
    data: str
    path: str
    trail: Sequence[tuple[str, str]]
    measure: str
    measure_page: str
    charts: str
    figures: Sequence[Sequence[str]]
    turnout: str
    missing: Sequence[tuple[str, str]]
    choices: Sequence[Choice]
    text: str
    headings: Sequence[Heading]
    lines: Sequence[Line]
    counted: str
    notices: Sequence[str] = field(default=())


FIGURES: Final = ("Census", "BME people", "All people", "BME share", "Trusts reported")
"""What is told of each census."""

Value = Callable[[CompactRow], float | str | None]

COLUMNS: Final[Mapping[str, tuple[str, Value]]] = {
    "name": ("Name", lambda row: row.name.casefold()),
    "year": ("Census", lambda row: row.year),
    "bme": ("BME people", lambda row: row.bme),
    "total": ("All people", lambda row: row.total),
    "share": ("BME share", lambda row: row.share),
    "outlook": ("Outlook for parity", lambda row: row.outlook and say_outlook(row.outlook)),
    "parity": ("Parity projected", lambda row: row.parity_year),
}
"""What is told of each trust, by what sorts by it."""

NUMBERS: Final = frozenset({"year", "bme", "total", "share", "parity"})
"""Columns of figures, which are sorted with the largest first."""

NUMBERED: Final = frozenset(at for at, name in enumerate(COLUMNS) if name in NUMBERS)
"""Where these stand."""


def tell_area(
    report: Report,
    wish: Wish,
    *,
    path: str,
    measures: Iterable[MeasureDefinition],
    places: Mapping[str, Organisation],
) -> AreaPage:
    """Return the page of an area.

    Args:
        report: Of the one measure that is wished for.
        wish: What the reader asked for.
        path: Of the page.
        measures: Every one, to choose from.
        places: The trusts of the report, and their regions, by code.
    """
    (progress,) = report.measures
    titles = {one.measure: one.title for one in measures}
    title = titles[wish.measure]
    turnout = _latest(report.turnouts, progress.counted)
    rows = _choose(report.rows, wish, places)
    is_exact = isinstance(report, AreaReport)
    return AreaPage(
        title=report.area.name,
        sentences=_sentences(report, turnout),
        data=_data_of(report, wish),
        path=path,
        trail=[] if report.area.kind is Kind.ENGLAND else [("Areas", "/areas")],
        measure=title,
        measure_page=page_of("measures", wish.measure),
        charts=f"{path}/charts?measure={wish.measure}",
        figures=[_tell_figure(one) for one in progress.actuals[::-1]],
        turnout=_say_turnout(turnout),
        missing=_missing(turnout, places),
        choices=_choices(report, wish, titles, places),
        text=wish.text,
        headings=[_heading(name, wish, path) for name in COLUMNS],
        lines=[_line(row) for row in rows],
        counted=say_many(len(rows), "trust"),
        notices=() if is_exact else (CONTROLLED,),
    )


def _sentences(report: Report, turnout: Turnout | None) -> Sequence[str]:
    trusts = say_many(report.trusts, "trust")
    invented = f" {INVENTED}" if report.synthetic else ""
    if turnout is None:
        return (f"{trusts}. Nothing has been sent yet.{invented}",)
    return (
        (
            f"{trusts} together, as at the census of 31 March {turnout.year}: counts added up,"
            f" never the mean of percentages.{invented}"
        ),
    )


def _latest(turnouts: Sequence[Turnout], counted: Counted) -> Turnout | None:
    return next((one for one in reversed(turnouts) if one.counted is counted), None)


def _say_turnout(turnout: Turnout | None) -> str:
    if turnout is None:
        return "No census has been reported."
    return f"{turnout.reported} of {say_many(turnout.expected, 'trust')} reported {turnout.year}."


def _missing(
    turnout: Turnout | None, places: Mapping[str, Organisation]
) -> Sequence[tuple[str, str]]:
    codes = turnout.missing_codes if turnout else ()
    return sorted((places[code].name, f"/trusts/{code}") for code in codes)


def _tell_figure(figure: AreaFigure | PublicAreaFigure) -> Sequence[str]:
    reason = Reason.SUPPRESSED if figure.bme is None else None
    return (
        str(figure.year),
        say_people(figure.bme, reason),
        say_people(figure.total, reason),
        say_share(figure.share, figure.share_reason),
        f"{figure.trusts_reported} of {figure.trusts_expected}",
    )


def _choose(
    rows: Sequence[CompactRow], wish: Wish, places: Mapping[str, Organisation]
) -> list[CompactRow]:
    """Return the lines that are wished for, in the order wished for; those without come last."""
    text = wish.text.casefold()
    wanted = [
        row
        for row in rows
        if (not text or text in row.name.casefold() or text == row.ods_code.casefold())
        and wish.region in {"", places[row.ods_code].newest(Attribute.REGION)}
        and wish.type in {"", places[row.ods_code].newest(Attribute.TYPE)}
    ]
    value = COLUMNS[wish.sort][1]
    in_order = sorted(wanted, key=lambda row: (row.name.casefold(), row.ods_code))
    there = [row for row in in_order if value(row) is not None]
    there.sort(key=lambda row: value(row) or 0, reverse=wish.downwards)
    return there + [row for row in in_order if value(row) is None]


def _line(row: CompactRow) -> Line:
    reason = row.row_reason if isinstance(row, PublicRow) else row.actuals_reason
    kind = "trusts" if row.kind is Kind.TRUST else "areas"
    return Line(
        name=row.name,
        path=f"/{kind}/{row.ods_code}",
        cells=(
            str(row.year) if row.year else "not sent",
            say_people(row.bme, reason),
            say_people(row.total, reason),
            say_share(row.share, row.share_reason),
            say_outlook(row.outlook),
            str(row.parity_year) if row.parity_year else NOTHING,
        ),
    )


def _heading(name: str, wish: Wish, path: str) -> Heading:
    is_sorted = wish.sort == name
    downwards = not wish.downwards if is_sorted else name in NUMBERS
    asked = _query(wish) | {"sort": name, "order": "desc" if downwards else "asc"}
    state = "descending" if wish.downwards else "ascending"
    return Heading(
        COLUMNS[name][0],
        f"{path}?{urlencode(asked)}",
        state if is_sorted else "none",
    )


def _query(wish: Wish) -> dict[str, str]:
    asked = {
        "measure": wish.measure.value,
        "region": wish.region,
        "type": wish.type,
        "q": wish.text,
    }
    return {name: value for name, value in asked.items() if value}


def _choices(
    report: Report,
    wish: Wish,
    titles: Mapping[Measure, str],
    places: Mapping[str, Organisation],
) -> Sequence[Choice]:
    held = [places[row.ods_code] for row in report.rows if row.kind is Kind.TRUST]
    regions = {
        code: places[code].name
        for code in {one.newest(Attribute.REGION) for one in held}
        if code is not None and code in places
    }
    types = {code for one in held if (code := one.newest(Attribute.TYPE))}
    measures = Choice(
        "measure", "Measure", {one.value: titles[one] for one in titles}, wish.measure.value
    )
    by_region = Choice("region", "Region", _any(regions, "All regions"), wish.region)
    named = {one: one.replace("_", " ").capitalize() for one in types}
    by_type = Choice("type", "Type of trust", _any(named, "All types"), wish.type)
    return [
        measures,
        *([by_region] if len(regions) > 1 else []),
        *([by_type] if len(types) > 1 else []),
    ]


def _any(options: Mapping[str, str], every: str) -> Mapping[str, str]:
    return {"": every} | dict(sorted(options.items(), key=lambda item: item[1]))


def _data_of(report: Report, wish: Wish) -> str:
    is_england = report.area.kind is Kind.ENGLAND
    path = "/v1/england" if is_england else f"/v1/areas/{report.area.ods_code}"
    return f"{path}/progress?measure={wish.measure}"
