"""Progress in sentences: people first, and no chance without its size."""

from collections.abc import Iterator

from app.cli.formats import chance, people, percent, points
from app.domain.areas import AreaProgress
from app.domain.attainability import POSITIVE_ACTION
from app.domain.codes import Outlook, PointsOutlook, Position, Reason
from app.domain.progress import (
    Appointments,
    Gap,
    Parity,
    PointsScale,
    Progress,
    TargetFigure,
    YearlyNeed,
)

YEARS_AHEAD = (5, 10)
"""How many years after the last census the chances of parity are told for."""


WITH_CHANCES = frozenset(
    {Outlook.PROJECTED, Outlook.BEYOND_HORIZON, Outlook.NO_CLEAR_DIRECTION, Outlook.WIDENING}
)
"""Outlooks that the chances of parity go with; the others say why there is nothing to tell."""


def describe_target(target: TargetFigure) -> str:
    """Return where a target starts and what it says, and its verdict if its census was held."""
    base = target.baseline
    share = "" if base.share is None else f" ({percent(base.share)})"
    text = f"Set from {base.bme} of {base.total}{share} at the census of {base.year}."
    if target.verdict is None:
        return f"{text} {_why(target.verdict_reason)}".rstrip()
    if target.verdict.met:
        return f"{text} The goal was met."
    short = target.verdict.gap
    return f"{text} The goal was missed by {people(short.people)} ({points(short.share)})."


def describe_gap(progress: Progress) -> Iterator[str]:
    """Yield how far the latest census is from the path and the goal, and what it would take."""
    gap = progress.gap
    if gap is None:
        yield _why(progress.gap_reason)
        return
    yield " ".join(_distances(gap))
    yield from _plans(progress.yearly_need)
    if gap.share_a_year_needed is not None and gap.share_a_year_observed is not None:
        seen = f"{100 * gap.share_a_year_observed:+.1f}".replace("-", "−")
        needed = points(gap.share_a_year_needed)
        yield f"Needed from now on: {needed} a year; seen so far: {seen} points a year."
    if progress.goal_outlook is not None:
        goal = progress.goal_outlook
        yield f"Reaching the goal is {goal.outlook}, with a chance of {chance(goal.probability)}."
    elif not gap.met:
        yield f"No chance of reaching the goal is given. {_why(progress.goal_outlook_reason)}"
    if progress.appointments is not None and not gap.met:
        yield f"{_appointments(progress.appointments)} {POSITIVE_ACTION}"


def describe_parity(progress: Progress | AreaProgress) -> Iterator[str]:
    """Yield the distance from parity, its outlook with the chances, and the other scale."""
    parity = progress.parity
    if parity is None:
        yield _why(progress.parity_reason)
        return
    yield _parity_gap(parity)
    told = _chances(parity) if parity.outlook in WITH_CHANCES else ()
    yield " ".join([_outlook(parity), *told])
    if parity.on_points_scale is not None and parity.outlook is not Outlook.AT_OR_ABOVE_REFERENCE:
        yield _on_points(parity.on_points_scale)


def _plans(need: YearlyNeed | None) -> Iterator[str]:
    """Yield what each version of the target planned for a year, side by side."""
    planned = [one for one in need.planned if one.share is not None] if need else []
    if planned:
        told = [f"{points(one.share or 0)} a year by version {one.version}" for one in planned]
        yield f"Planned: {', '.join(told)}."


def _distances(gap: Gap) -> Iterator[str]:
    if gap.position is Position.MET or gap.met:
        yield "The goal is met."
    else:
        path, goal = _from_path(gap), gap.to_goal
        yield f"{path}{people(goal.people)} short of the goal ({points(goal.share)})."
    if gap.position_reason is not None:
        yield _why(gap.position_reason)
    if gap.beyond_chance is not None and gap.position in {Position.AHEAD, Position.BEHIND}:
        within = "more than chance brings" if gap.beyond_chance else "no more than chance brings"
        yield f"Its distance from the path is {within}."


def _from_path(gap: Gap) -> str:
    if gap.to_path is None:
        return ""
    size = points(gap.to_path.share)
    match gap.position:
        case Position.BEHIND:
            return f"{people(gap.to_path.people)} short of the path ({size}); "
        case Position.AHEAD:
            return f"Ahead of the path ({size}); "
        case _:
            return "On the path; "


def _appointments(figure: Appointments) -> str:
    share = figure.arithmetic_share_needed
    start = (
        f"With {100 * figure.turnover:g} % of staff leaving a year, some {figure.expected:.0f}"
        " appointments fall before the goal's census"
    )
    if share > 1:
        return f"{start}; even if all went to BME people, the goal would not be reached."
    if share <= 0:
        return f"{start}; the BME people expected to stay reach the goal already."
    return f"{start}; {100 * share:.0f} % of them going to BME people would reach the goal."


def _parity_gap(parity: Parity) -> str:
    if parity.gap is None:
        return _why(parity.gap_reason)
    gap = parity.gap
    lower, upper = 100 * gap.interval_95.lower, 100 * gap.interval_95.upper
    if gap.share < 0:
        side, lower, upper = "above", -upper, -lower
    else:
        side = "below"
    interval = f"95 % interval {lower:.1f} to {upper:.1f}".replace("-", "−")
    if gap.people > 0:
        return f"{people(gap.people)} short ({points(gap.share)}; {interval})."
    return f"Nobody short: {points(gap.share)} {side} the reference ({interval})."


def _outlook(parity: Parity) -> str:
    closing = parity.probability_closing
    match parity.outlook:
        case Outlook.PROJECTED if closing is not None:
            return f"The gap is closing ({chance(closing)}); {_years(parity)}."
        case Outlook.BEYOND_HORIZON if closing is not None:
            return (
                f"The gap is closing ({chance(closing)}), but an even chance of parity is not"
                f" reached within 30 years, by the census of {parity.census + 30}."
            )
        case Outlook.NO_CLEAR_DIRECTION if closing is not None:
            return f"No direction can be told from chance (closing: {chance(closing)})."
        case Outlook.WIDENING if closing is not None:
            return f"The gap is widening ({chance(1 - closing)})."
        case Outlook.DEPENDS_ON_SCALE | Outlook.DEPENDS_ON_UNKNOWN:
            return f"{parity.outlook.sentence} {_two_views(parity)}"
        case _:
            nearest = " To the nearest person it is at parity."
            return parity.outlook.sentence + (nearest if parity.parity_to_nearest_person else "")


def _years(parity: Parity) -> str:
    """Return the years of an even chance, of one in ten and of nine in ten."""
    parts = [f"about an even chance of parity at the census of {parity.year}"]
    interval = parity.interval_80
    if interval is not None and interval.earliest is not None and interval.earliest != parity.year:
        parts.append(f"one in ten at {interval.earliest}")
    if interval is None or interval.latest is None:
        parts.append(f"still uncertain in {parity.census + 30}")
    elif interval.latest != parity.year:
        parts.append(f"nine in ten at {interval.latest}")
    return ", ".join(parts)


def _two_views(parity: Parity) -> str:
    if parity.outlook is Outlook.DEPENDS_ON_SCALE:
        views = [("in log-odds", parity.on_log_odds_scale)]
    else:
        views = [
            ("with everybody counted", parity.on_everybody),
            ("of known ethnicity", parity.on_known_ethnicity),
        ]
    told = [
        f"{how} {view.outlook.replace('_', ' ')}" + (f" for {view.year}" if view.year else "")
        for how, view in views
        if view is not None
    ]
    return f"It is: {'; '.join(told)}."


def _chances(parity: Parity) -> Iterator[str]:
    """Yield the chances a few years ahead."""
    ahead = {parity.census + years for years in YEARS_AHEAD}
    told = [
        f"{chance(one.probability)} at {one.year}"
        for one in parity.probability_at_parity or ()
        if one.year in ahead
    ]
    if told:
        yield f"Chance of parity: {', '.join(told)}."


def _on_points(scale: PointsScale) -> str:
    if scale.outlook is PointsOutlook.LEVEL:
        return "On the scale of percentage points the gap is level."
    crossing = f"; the lines cross in {scale.year}" if scale.year else ""
    size = points(scale.gap_change_a_year)
    return (
        f"On the scale of percentage points the gap is {scale.outlook}, {size} a year{crossing}."
    )


def _why(reason: Reason | None) -> str:
    return "" if reason is None else reason.sentence
