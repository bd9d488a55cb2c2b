"""The board page of a trust: where leadership stands on one page, and its charts on another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from app.charts import people
from app.charts.kinds import ChartKind, list_measures
from app.charts.pictures import Picture, draw
from app.charts.stories import Story, tell_stories
from app.charts.tables import Table
from app.charts.words import (
    CONTROLLED,
    SYNTHETIC,
    day,
)
from app.documents.board_tables import tell_changes, tell_measures
from app.documents.board_tiles import Tile, make_tiles
from app.documents.parts import BME, Caveat, picture_content, table_content
from app.documents.typesetting import typeset
from app.domain.attainability import POSITIVE_ACTION
from app.domain.measures import Measure, Scope
from app.domain.progress import ActualFigure, Progress
from app.services.charts import Answer, Shown
from app.services.definitions import page_of

SCOPES: Final = tuple(Scope(one) for one in Measure)
"""What a board page is made from: every measure."""

TITLE: Final = "Race equality in leadership"

CHARTS: Final = (ChartKind.TRAJECTORY, ChartKind.PEOPLE, ChartKind.BANDS)
"""The charts of the second page; on paper the first is as wide as the page, the others half."""

_HIDES: Final = (
    "Counts are rounded to the nearest 5. Figures of small groups, and those from which they could"
    " be worked out, are hidden; targets and people needed are not public."
)

_FORECASTS: Final = (
    "What is said of the years ahead carries on what happened so far. It knows nothing of plans,"
    " and is the less certain the further it looks."
)


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What a board is told, exact or as everybody may read it.

    Attributes:
        headline: Where leadership stands, in a few sentences.
        marks: What has to be seen first: that figures are invented, or released ones.
        changes: Since the census before.
        measures: Bands, the lowest share first, then those that are made of them.
        pictures: The charts, where anything has been sent.
        made_from: As of when, how, and from which revisions.
    """

    trust: str
    ods_code: str
    as_of: datetime
    headline: str
    marks: Sequence[str]
    tiles: Sequence[Tile]
    changes: Table | None
    measures: Table
    caveats: Sequence[Caveat]
    pictures: Sequence[Picture]
    made_from: Sequence[str]

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"{TITLE}: {self.trust} ({self.ods_code})"


def tell_board_page(shown: Shown) -> BoardPage:
    """Return the board page of a trust.

    Args:
        shown: Every measure, as far as the reader may see it, in the order of `SCOPES`.
    """
    stories = {one.scope.measure: one for one in tell_stories(shown)}
    leadership = stories[Measure.LEADERSHIP]
    answer = shown.answers[SCOPES.index(Scope(Measure.LEADERSHIP))]
    return BoardPage(
        trust=shown.name,
        ods_code=shown.ods_code,
        as_of=shown.as_of,
        headline=people.reading(leadership),
        marks=(
            *((SYNTHETIC,) if shown.synthetic else ()),
            *((CONTROLLED,) if shown.is_controlled else ()),
        ),
        tiles=make_tiles(leadership, answer),
        changes=tell_changes(leadership, stories[Measure.WORKFORCE]),
        measures=tell_measures(stories),
        caveats=list(_warn(answer, is_controlled=shown.is_controlled)),
        pictures=_draw(stories),
        made_from=list(_tell_sources(shown, answer)),
    )


def typeset_board_page(page: BoardPage) -> bytes:
    """Return a board page as PDF: one page A4 of words, and one of charts."""
    return typeset("board_page.typ", _as_content(page), at=page.as_of)


def _as_content(page: BoardPage) -> dict[str, Any]:
    return {
        "title": page.title,
        "heading": TITLE,
        "trust": page.trust,
        "ods_code": page.ods_code,
        "as_of": day(page.as_of),
        "headline": page.headline,
        "marks": list(page.marks),
        "tiles": [asdict(one) for one in page.tiles],
        "changes": table_content(page.changes) if page.changes else None,
        "measures": table_content(page.measures),
        "caveats": [one.sentence for one in page.caveats],
        "pictures": [
            picture_content(one, is_narrow=at > 0) for at, one in enumerate(page.pictures)
        ],
        "made_from": list(page.made_from),
        "about": BME,
    }


def _draw(stories: Mapping[Measure, Story]) -> Sequence[Picture]:
    if not stories[Measure.LEADERSHIP].points:
        return ()
    return [
        draw(kind, [stories[one] for one in list_measures(kind, Measure.LEADERSHIP)])
        for kind in CHARTS
    ]


def _warn(answer: Answer, *, is_controlled: bool) -> Iterator[Caveat]:
    """Yield what a board should know before it draws conclusions."""
    if isinstance(answer, Progress):
        for one in answer.warnings:
            yield Caveat(one.detail, page_of("codes", "warning", one.code))
    yield Caveat(_HIDES if is_controlled else POSITIVE_ACTION)
    yield Caveat(_FORECASTS)


def _tell_sources(shown: Shown, answer: Answer) -> Iterator[str]:
    """Yield as of when, how, and from which revisions a page is made."""
    yield f"As of {day(shown.as_of)}, {shown.as_of:%H:%M} UTC"
    yield f"Method {shown.method}"
    if isinstance(answer, Progress):
        revisions = [_name(one) for one in answer.actuals[-2:]]
        if revisions:
            yield f"Actuals {' and '.join(revisions)}"
        target = answer.current_target or answer.closing_target
        if target is not None:
            yield f"Target {target.id}, version {target.version}"
    else:
        yield "Newest release of each census"


def _name(figure: ActualFigure) -> str:
    if figure.revision is None:
        number = len(figure.sources or ())
        return f"{figure.year} (from {number} {'return' if number == 1 else 'returns'})"
    return f"{figure.year} (revision {figure.revision})"
