"""The parts of the report of a census, and what they are told from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.charts.kinds import ChartKind, list_measures
from app.charts.pictures import Picture, draw
from app.charts.stories import Story
from app.charts.tables import Table
from app.charts.words import census, day
from app.documents.annual_indicators import tell_indicators
from app.documents.annual_tables import (
    find_figure,
    tell_measures,
    tell_movements,
    tell_regions,
)
from app.documents.parts import BME
from app.domain.areas import Counted, Turnout
from app.domain.codes import Reason, ReturnStatus
from app.domain.measures import BAND_MEASURES, Measure
from app.services.annual_reports import AnnualFigures

_STAFF: Final = (
    Measure.WORKFORCE,
    Measure.LEADERSHIP,
    Measure.SENIOR_LEADERSHIP,
    Measure.CONSULTANTS,
)

_BOARD: Final = (Measure.BOARD, Measure.BOARD_VOTING, Measure.BOARD_EXECUTIVE)

_SENT: Final = frozenset(
    {ReturnStatus.SENT_PROVISIONAL, ReturnStatus.SIGNED_OFF, ReturnStatus.COVERED}
)
"""How the actuals stand of a trust that is not missing."""


_NOTES: Final = (
    BME,
    (
        "Shares are BME people of everybody, unknown ethnicity included. Headcounts are of persons"
        " on 31 March; bank and agency staff are left out. Sums are of counts, never means of"
        " percentages."
    ),
    "Changes of shares are in percentage points, in the trusts that reported both censuses.",
)

_REGISTER: Final = (
    "The register of organisations: contains public sector information licensed under the Open"
    " Government Licence v3.0."
)

_NO_INDICATORS: Final = (
    "Indicators 2 to 8 of all trusts together are missing here: sums over trusts are not under"
    " disclosure control yet, so they are not public. Each trust's own are in the release of the"
    " census."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report.

    Attributes:
        items: What is listed, such as names.
    """

    heading: str
    sentences: Sequence[str] = ()
    table: Table | None = None
    picture: Picture | None = None
    items: Sequence[str] = ()


def tell_sections(figures: AnnualFigures, stories: Mapping[Measure, Story]) -> Iterator[Section]:
    """Yield the parts of a report, in their order."""
    year = figures.year
    leadership, bands = stories.get(Measure.LEADERSHIP), bands_of(stories)
    shown = leadership if has_year(leadership, year) else None
    yield Section(
        "Workforce and leadership",
        table=tell_measures(figures, "Staff of all trusts together", _STAFF),
        picture=draw(ChartKind.TRAJECTORY, [shown]) if shown and shown.last else None,
    )
    yield Section(
        "Bands of leadership",
        ("Leadership together can look better than the bands that it is made of.",),
        table=tell_measures(figures, "Bands, the lowest share first", _order(figures)),
        picture=draw(ChartKind.BANDS, bands) if shown and _has_any(bands[1:]) else None,
    )
    yield Section(
        "Boards",
        ("Sums of boards are of positions, not of people: somebody may sit on several.",),
        table=tell_measures(figures, "Positions on all boards together", _BOARD, of="positions"),
    )
    yield Section("The nine indicators", (_explain(figures),), table=tell_indicators(figures))
    yield Section("Regions", table=tell_regions(figures))
    yield Section("Movements since the census before", table=tell_movements(figures))
    yield _tell_missing(figures)
    yield Section("Methods and notes", _NOTES)
    yield Section("Sources", items=_list_sources(figures))


def _has_any(bands: Sequence[Story]) -> bool:
    """Return whether a band has a share that can be drawn."""
    return any(one.last is not None for one in bands)


def _order(figures: AnnualFigures) -> Sequence[Measure]:
    """Return bands, the lowest share first; those without one come last."""
    shares = {
        one: figure.share
        for one in BAND_MEASURES
        if (figure := find_figure(figures.england, one, figures.year)) is not None
        and figure.share is not None
    }
    return sorted(BAND_MEASURES, key=lambda one: shares.get(one, 2.0))


def _explain(figures: AnnualFigures) -> str:
    if isinstance(figures.indicators, Reason):
        return _NO_INDICATORS
    return "Counts of all trusts are added up; ratios and shares are computed from the sums."


def _tell_missing(figures: AnnualFigures) -> Section:
    heading, returns = "Who is missing", figures.returns
    if returns is None:
        return Section(
            heading,
            (
                say_turnout(figures),
                "Who is missing is named once the census is published.",
            ),
        )
    counts, turnout = returns.counts, _find_turnout(figures)
    # An area is told of its own trusts only.
    whose = "of your area " if turnout and counts.expected < turnout.expected else ""
    said = f"{counts.sent} of {counts.expected} trusts {whose}have sent the actuals of the census."
    missing = [
        f"{one.trust.name} ({one.trust.ods_code})"
        for one in returns.items
        if one.actuals.status not in _SENT
    ]
    if not missing:
        return Section(heading, (f"{said} Nobody is missing.",))
    return Section(heading, (f"{said} These have not:",), items=sorted(missing))


def _list_sources(figures: AnnualFigures) -> Sequence[str]:
    editions = (
        f"Release {one.edition} of the census, “{one.name}”, as of {day(one.as_of)}."
        for one in figures.editions
    )
    return ("Actuals, boards and indicators, as trusts have sent them.", *editions, _REGISTER)


def until(story: Story, year: int) -> Story:
    """Return a story as far as a census; what was told with later ones is left out."""
    if not story.points or story.points[-1].year <= year:
        return story
    return replace(
        story,
        points=tuple(one for one in story.points if one.year <= year),
        forecast=(),
        forecast_reason=Reason.LATER_CENSUS,
        parity=None,
        parity_reason=Reason.IS_THE_REFERENCE
        if story.parity_reason is Reason.IS_THE_REFERENCE
        else Reason.LATER_CENSUS,
        reference=tuple(one for one in story.reference if one[0] <= year),
        reference_ahead=(),
    )


def has_year(story: Story | None, year: int) -> bool:
    """Return whether a story goes as far as a census."""
    return story is not None and bool(story.points) and story.points[-1].year == year


def bands_of(stories: Mapping[Measure, Story]) -> list[Story]:
    """Return leadership and its bands, as far as anything is told of them."""
    wanted = list_measures(ChartKind.BANDS, Measure.LEADERSHIP)
    return [stories[one] for one in wanted if one in stories]


def say_turnout(figures: AnnualFigures) -> str:
    """Return of how many trusts the figures are."""
    turnout = _find_turnout(figures)
    if turnout is None:
        return f"No trust's figures of the census of {census(figures.year)} are held."
    return f"The figures are those of {turnout.reported} of {turnout.expected} trusts."


def _find_turnout(figures: AnnualFigures) -> Turnout | None:
    """Return which trusts' staff are in the figures; None where no trust's are."""
    return next(
        (
            one
            for one in figures.england.turnouts
            if one.year == figures.year and one.counted is Counted.STAFF
        ),
        None,
    )
