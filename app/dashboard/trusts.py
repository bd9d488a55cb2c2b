"""A trust as its page tells it: where it stands, measure by measure, people first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.charts.kinds import ChartKind, list_measures
from app.charts.stories import tell_stories
from app.dashboard.areas import CONTROLLED
from app.dashboard.pictures import Picture, draw
from app.dashboard.registers import UNRELEASED
from app.dashboard.words import OUTLOOKS, say_many, say_missing, say_people, say_share
from app.domain.codes import Outlook, Position, Reason
from app.domain.definitions import MeasureDefinition
from app.domain.measures import Measure
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

BANDS: Final = (
    Measure.BAND_8A,
    Measure.BAND_8B,
    Measure.BAND_8C,
    Measure.BAND_8D,
    Measure.BAND_9,
    Measure.VSM,
)
"""Those that leadership is made of."""

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

POSITIONS: Final = {
    Position.MET: "The goal has been reached.",
    Position.AHEAD: "That is more BME people than the path to the goal asks for by now.",
    Position.ON_PATH: "That is as many BME people as the path to the goal asks for by now.",
    Position.BEHIND: "That is fewer BME people than the path to the goal asks for by now.",
}
"""Where the latest census stands against the path."""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """Where a measure stands in a line; `cells` are beside its name."""

    name: str
    path: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class TrustPage:
    """The page of a trust.

    Attributes:
        facts: What the register says, by label.
        summary: Where leadership stands, in sentences.
        pictures: The trajectory of leadership, and its bands, where something has been sent.
        groups: Measures of the trust.
        bands: Those that leadership is made of, lowest share first.
        notices: What the reader should know about the figures.
    """

    title: str
    sentences: Sequence[str]
    data: str | None
    facts: Mapping[str, str]
    links: Sequence[tuple[str, str]]
    summary: Sequence[str]
    pictures: Sequence[Picture]
    groups: Sequence[MeasureLine]
    bands: Sequence[MeasureLine]
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
    code = trust.ods_code
    return TrustPage(
        title=trust.name,
        sentences=(),
        data=f"/v1/trusts/{code}/progress" if told else None,
        facts=_facts(trust, places, today),
        links=_links(trust, places),
        summary=UNRELEASED
        if not told
        else say_where_it_stands(by_measure.get(Measure.LEADERSHIP), one="leader", many="leaders"),
        pictures=_draw(shown),
        groups=[_line(code, by_measure[one], titles[one]) for one in GROUPS if one in by_measure],
        bands=[
            _line(code, one, titles[one.measure])
            for one in sorted(
                (by_measure[one] for one in BANDS if one in by_measure), key=_share_of
            )
        ],
        notices=(
            *(["Every figure of this trust is invented."] if trust.is_synthetic else []),
            *([CONTROLLED] if shown is not None and shown.is_controlled else []),
        ),
    )


def list_told(shown: Shown | None) -> list[Told]:
    """Return what is told of each measure of a trust."""
    answers = shown.answers if shown else ()
    return [one for one in answers if isinstance(one, Progress | PublicProgress)]


def _draw(shown: Shown | None) -> Sequence[Picture]:
    if shown is None or not latest_of(list_told(shown)[0]):
        return ()
    stories = {one.scope.measure: one for one in tell_stories(shown)}
    return [
        draw(kind, [stories[one] for one in list_measures(kind, Measure.LEADERSHIP)])
        for kind in (ChartKind.TRAJECTORY, ChartKind.BANDS)
    ]


def say_where_it_stands(
    told: Told | None, *, one: str = "person", many: str = "people"
) -> Sequence[str]:
    """Return where a measure stands at its latest census, in sentences.

    Args:
        told: None where nothing has been sent.
        one: What somebody is called whom it counts.
        many: What they are called together.
    """
    latest = latest_of(told)
    if told is None or latest is None:
        return ("No census has been sent yet.",)
    when = f"At the census of 31 March {latest.year}"
    if latest.bme is None or latest.total is None:
        return (f"{when} the figures are hidden, because groups are small.",)
    if latest.share is None:
        return (f"{when} there were no {many}.",)
    counted = say_many(latest.total, one, many)
    sentences = [f"{when}, {latest.bme:,} of {counted} were BME: {latest.share:.1%}."]
    parity = told.parity
    if parity is not None and parity.reference_share is not None:
        sentences.append(
            f"Of everybody that they are held against, {parity.reference_share:.1%} were BME."
        )
    if isinstance(told, Progress):
        sentences += _say_gaps(told, many)
    if parity is not None:
        sentences.append(_say_outlook(parity.outlook, parity.year))
    return sentences


def latest_of(told: Told | None) -> ActualFigure | PublicFigure | None:
    """Return the newest census of a measure; None where there is none."""
    return told.actuals[-1] if told is not None and told.actuals else None


def _say_gaps(told: Progress, people: str) -> list[str]:
    found = []
    gap = told.parity.gap if told.parity else None
    if gap is not None and gap.people > 0:
        found.append(
            f"Parity would take {gap.people:,} more BME {people}, by promotion from within."
        )
    if told.gap is not None and told.gap.position is not None:
        found.append(POSITIONS[told.gap.position])
    return found


def _say_outlook(outlook: Outlook, year: int | None) -> str:
    if year is not None:
        return f"There is about an even chance of parity by the census of 31 March {year}."
    return outlook.sentence


def _share_of(told: Told) -> float:
    """Return the newest share, for ordering; groups without one come last."""
    latest = latest_of(told)
    return latest.share if latest is not None and latest.share is not None else 2.0


def _line(code: str, told: Told, title: str) -> MeasureLine:
    latest, parity = latest_of(told), told.parity
    hidden = Reason.SUPPRESSED if latest is not None and latest.bme is None else None
    return MeasureLine(
        title,
        f"/trusts/{code}/measures/{told.measure}",
        (
            str(latest.year) if latest else say_missing(Reason.NOT_SENT),
            say_people(latest.bme if latest else None, hidden),
            say_people(latest.total if latest else None, hidden),
            say_share(latest.share, latest.share_reason) if latest else "–",
            _say_people_to_parity(told),
            OUTLOOKS[parity.outlook] if parity else say_missing(told.parity_reason),
            str(parity.year) if parity and parity.year else "–",
        ),
    )


def _say_people_to_parity(told: Told) -> str:
    if not isinstance(told, Progress) or told.parity is None or told.parity.gap is None:
        return "–"
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
