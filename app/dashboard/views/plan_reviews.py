"""The reviews of an action plan as its page tells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.charts.words import day, people, title_of
from app.dashboard.views.tags import name_code
from app.dashboard.views.warned import Warned, list_warned
from app.dashboard.views.words import (
    NOTHING,
    say_author,
    say_people,
    say_share,
)
from app.domain.censuses import Cycle, census_day
from app.domain.measures import Scope
from app.domain.plan_checks import name_years
from app.domain.plan_figures import TargetFigures
from app.domain.plans import REVIEWED_AFTER
from app.domain.progress import SharePeople
from app.services.plans import ShownPlan

FIGURES: Final = (
    "Target",
    "Census",
    "BME people",
    "BME share",
    "Short of the path",
    "Short of the goal",
    "Against the path",
)
"""What is told of each target that a plan serves, in a review."""


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A review of a plan, or one that can be written now.

    Attributes:
        figures: One row a target; None where the reader may not see them.
        change: Where its comment is written; None for a reader who may not.
    """

    title: str
    comment: str
    signed: str
    caption: str
    figures: Sequence[Sequence[str]] | None
    warnings: Sequence[Warned]
    change: str | None


def list_reviews(
    cycle: Cycle, shown: ShownPlan | None, writing: str | None, today: date
) -> Sequence[ReviewCard]:
    """Return the reviews of a plan, and those that can be written by now."""
    if shown is None:
        return ()
    cards = []
    said = {one.after_years: one.comment for one in shown.revision.plan.reviews}
    for years in REVIEWED_AFTER:
        change = f"{writing}/reviews/{years}" if writing else None
        title = f"After {name_years(years)}"
        if years in said:
            cards.append(_tell_review(title, years, said[years], shown, change))
        elif change and census_day(cycle.starts + years) <= today:
            cards.append(ReviewCard(title, "", "", "", None, (), change))
    return cards


def _tell_review(
    title: str, years: int, comment: str, shown: ShownPlan, change: str | None
) -> ReviewCard:
    figures, record = shown.revision.figures[years], shown.revision.comments[years]
    told = figures.targets if shown.has_figures else None
    cautions = [one for target in told or () for one in target.warnings]
    return ReviewCard(
        title=title,
        comment=comment,
        signed=f"{say_author(record.author)}, {day(record.at)}",
        caption=f"The figures of {day(figures.record.at)}",
        figures=None if told is None else [_tell_target(one) for one in told],
        warnings=list_warned(cautions),
        change=change,
    )


def _tell_target(one: TargetFigures) -> Sequence[str]:
    title = title_of(Scope(one.measure, one.staff_group))
    found = one.census
    return (
        title,
        str(found.year) if found else NOTHING,
        f"{found.bme:,} of {found.total:,}" if found else say_people(None, one.census_reason),
        say_share(found.share, found.share_reason) if found else NOTHING,
        _say_short(one.to_path),
        _say_short(one.to_goal),
        name_code(one.position) if one.position else NOTHING,
    )


def _say_short(gap: SharePeople | None) -> str:
    """Return how many people are missing, or are there beyond what is asked for."""
    if gap is None:
        return NOTHING
    if gap.people <= 0:
        return f"{people(-gap.people)} ahead" if gap.people else "nobody"
    return people(gap.people)
