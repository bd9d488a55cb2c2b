"""A trust as its page tells it: where it stands, measure by measure, people first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.charts import people
from app.charts.kinds import ChartKind, list_measures
from app.charts.pictures import Picture, draw
from app.charts.stories import Story, tell_stories
from app.dashboard.views.lines import Line
from app.dashboard.views.registers import UNRELEASED
from app.dashboard.views.words import (
    NOTHING,
    list_notices,
    say_missing,
    say_outlook,
    say_people,
    say_share,
)
from app.domain.codes import Reason
from app.domain.definitions import MeasureDefinition
from app.domain.measures import BAND_MEASURES, Measure
from app.domain.organisations import Attribute, Organisation
from app.domain.progress import ActualFigure, Progress
from app.domain.public_progress import PublicFigure, PublicProgress
from app.services.charts import Shown

Told = Progress | PublicProgress

GROUPS: Final = (
    Measure.LEADERSHIP,
    Measure.SENIOR_LEADERSHIP,
    Measure.WORKFORCE,
    Measure.CONSULTANTS,
    Measure.BOARD,
    Measure.BOARD_VOTING,
    Measure.BOARD_EXECUTIVE,
)
"""Measures of a trust, leadership first."""

HEADINGS: Final = (
    "Group",
    "Census",
    "BME people",
    "All people",
    "BME share",
    "People to parity",
    "Outlook for parity",
    "Parity projected",
)
"""What is told of each measure."""


@dataclass(frozen=True, slots=True)
class TrustPage:
    """The page of a trust.

    Attributes:
        facts: What the register says, by label.
        summary: Where leadership stands, in sentences.
        pictures: The trajectory of leadership, and its bands, where something has been sent.
        groups: Measures of the trust.
        bands: Those that leadership is made of, lowest share first.
        actuals: Where it says what is due.
        notices: What the reader should know about the figures.
    """

    title: str
    sentences: Sequence[str]
    data: str | None
    facts: Mapping[str, str]
    links: Sequence[tuple[str, str]]
    summary: Sequence[str]
    pictures: Sequence[Picture]
    groups: Sequence[Line]
    bands: Sequence[Line]
    actuals: str
    notices: Sequence[str]


def tell_trust(
    trust: Organisation,
    shown: Shown | None,
    *,
    measures: Iterable[MeasureDefinition],
    places: Mapping[str, Organisation],
    today: date,
) -> TrustPage:
    """Return the page of a trust.

    Args:
        trust: The trust.
        shown: Where every measure stands, as far as the reader may see it; None for not at all.
        measures: Every one, in words.
        places: Areas by their codes.
        today: The day of reading.
    """
    told = list_told(shown)
    by_measure = {one.measure: one for one in told}
    titles = {one.measure: one.title for one in measures}
    stories = {one.scope.measure: one for one in tell_stories(shown)} if shown else {}
    code = trust.ods_code
    return TrustPage(
        title=trust.name,
        sentences=(),
        data=f"/v1/trusts/{code}/progress" if told else None,
        facts=_facts(trust, places, today),
        links=_links(trust, places),
        summary=[_say_where_it_stands(stories)] if stories else UNRELEASED,
        pictures=_draw(stories),
        groups=[_line(code, by_measure[one], titles[one]) for one in GROUPS if one in by_measure],
        bands=[
            _line(code, one, titles[one.measure])
            for one in sorted(
                (by_measure[one] for one in BAND_MEASURES if one in by_measure), key=_share_of
            )
        ],
        actuals=f"/trusts/{code}/actuals",
        notices=list_notices(
            is_invented=trust.is_synthetic, is_controlled=shown is not None and shown.is_controlled
        ),
    )


def list_told(shown: Shown | None) -> list[Told]:
    """Return what is told of each measure of a trust."""
    answers = shown.answers if shown else ()
    return [one for one in answers if isinstance(one, Progress | PublicProgress)]


def _say_where_it_stands(stories: Mapping[Measure, Story]) -> str:
    """Return how many people leadership has, and how many it lacks."""
    return people.reading(stories[Measure.LEADERSHIP])


def _draw(stories: Mapping[Measure, Story]) -> Sequence[Picture]:
    if not stories or not stories[Measure.LEADERSHIP].points:
        return ()
    return [
        draw(kind, [stories[one] for one in list_measures(kind, Measure.LEADERSHIP)])
        for kind in (ChartKind.TRAJECTORY, ChartKind.BANDS)
    ]


def latest_of(told: Told | None) -> ActualFigure | PublicFigure | None:
    """Return the newest census of a measure; None where there is none."""
    return told.actuals[-1] if told is not None and told.actuals else None


def _share_of(told: Told) -> float:
    """Return the newest share, for ordering; groups without one come last."""
    latest = latest_of(told)
    return latest.share if latest is not None and latest.share is not None else 2.0


def _line(code: str, told: Told, title: str) -> Line:
    latest, parity = latest_of(told), told.parity
    hidden = Reason.SUPPRESSED if latest is not None and latest.bme is None else None
    return Line(
        title,
        f"/trusts/{code}/measures/{told.measure}",
        (
            str(latest.year) if latest else say_missing(Reason.NOT_SENT),
            say_people(latest.bme if latest else None, hidden),
            say_people(latest.total if latest else None, hidden),
            say_share(latest.share, latest.share_reason) if latest else NOTHING,
            _say_people_to_parity(told),
            say_outlook(parity.outlook) if parity else say_missing(told.parity_reason),
            str(parity.year) if parity and parity.year else NOTHING,
        ),
    )


def _say_people_to_parity(told: Told) -> str:
    if not isinstance(told, Progress) or told.parity is None or told.parity.gap is None:
        return NOTHING
    return f"{max(told.parity.gap.people, 0):,}"


def _facts(
    trust: Organisation, places: Mapping[str, Organisation], today: date
) -> Mapping[str, str]:
    kind = trust.newest(Attribute.TYPE)
    facts = {"ODS code": trust.ods_code}
    if kind:
        facts["Type"] = kind.replace("_", " ").capitalize()
    for label, attribute in (
        ("Integrated care board", Attribute.ICB),
        ("Region", Attribute.REGION),
    ):
        code = trust.newest(attribute)
        if code is not None and code in places:
            facts[label] = places[code].name
    if not trust.is_open_on(today):
        facts["State"] = f"Closed on {trust.closed:%d %B %Y}" if trust.closed else "Not open"
    return facts


def _links(trust: Organisation, places: Mapping[str, Organisation]) -> Sequence[tuple[str, str]]:
    found = [
        (places[place].name, f"/areas/{place}")
        for attribute in (Attribute.REGION, Attribute.ICB)
        if (place := trust.newest(attribute)) is not None and place in places
    ]
    return [("England", "/england"), *found]
