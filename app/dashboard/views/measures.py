"""One measure of a trust as its page tells it: every census, the goal, the forecast, parity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.kinds import ChartKind
from app.charts.pictures import Picture, draw
from app.charts.stories import tell_stories
from app.charts.words import day, percent, rounded
from app.dashboard.views.contents import trail_of
from app.dashboard.views.trusts import Told, list_told
from app.dashboard.views.warned import Warned, list_warned
from app.dashboard.views.words import (
    NOTHING,
    list_notices,
    say_interval,
    say_people,
    say_share,
)
from app.domain.attainability import POSITIVE_ACTION
from app.domain.codes import AppointmentVerdict, Reason
from app.domain.definitions import MeasureDefinition
from app.domain.organisations import Organisation
from app.domain.progress import ActualFigure, Appointments, Progress, TargetFigure
from app.domain.public_progress import PublicFigure
from app.services.charts import Shown
from app.services.definitions import page_of

ACTUALS: Final = ("Census", "BME", "White", "Unknown", "All people", "BME share", "95% interval")
"""What is told of each census."""


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """The page of a measure of a trust.

    Attributes:
        pictures: By what they are called, where something has been sent.
    """

    title: str
    sentences: Sequence[str]
    data: str
    trail: Sequence[tuple[str, str]]
    definition: str
    method: str
    as_of: str
    pictures: Mapping[str, Picture]
    actuals: Sequence[Sequence[str]]
    target: str
    effort: Sequence[str]
    warnings: Sequence[Warned]
    notices: Sequence[str]


def tell_measure(trust: Organisation, shown: Shown, measure: MeasureDefinition) -> MeasurePage:
    """Return the page of a measure of a trust, as far as the reader may see it."""
    (told,) = list_told(shown)
    exact = told if isinstance(told, Progress) else None
    target = exact.current_target or exact.closing_target if exact else None
    return MeasurePage(
        title=f"{measure.title}: {trust.name}",
        sentences=(),
        data=f"/v1/trusts/{trust.ods_code}/progress/{told.measure}",
        trail=trail_of(trust),
        definition=page_of("measures", told.measure),
        method=told.method,
        as_of=f"{day(told.as_of)}, {told.as_of:%H:%M} UTC",
        pictures=_draw(shown, told),
        actuals=[_tell_actual(one) for one in told.actuals[::-1]],
        target=_say_target(target),
        effort=_say_effort(exact),
        warnings=list_warned(exact.warnings if exact else ()),
        notices=list_notices(is_invented=told.synthetic, is_controlled=not exact),
    )


def _draw(shown: Shown, told: Told) -> Mapping[str, Picture]:
    if not told.actuals:
        return {}
    stories = tell_stories(shown)
    return {
        kind.value: draw(kind, stories)
        for kind in (ChartKind.TRAJECTORY, ChartKind.PEOPLE, ChartKind.CHANCES)
    }


def _tell_actual(figure: ActualFigure | PublicFigure) -> Sequence[str]:
    row = Reason.SUPPRESSED if figure.bme is None else None
    split = Reason.SUPPRESSED if figure.white is None else None
    interval = figure.interval_95
    return (
        str(figure.year),
        say_people(figure.bme, row),
        say_people(figure.white, split),
        say_people(figure.unknown, split),
        say_people(figure.total, row),
        say_share(figure.share, figure.share_reason),
        say_interval(interval) if interval else NOTHING,
    )


def _say_target(target: TargetFigure | None) -> str:
    if target is None or not target.milestones:
        return ""
    start, goal = target.baseline, target.milestones[-1]
    share = "" if goal.share is None else f", {percent(rounded(goal.share))}"
    return (
        f"The target for {target.cycle} (version {target.version}) starts from {start.bme} of"
        f" {start.total} people in {start.year} and asks for {goal.headcount:,} BME people{share},"
        f" at the census of 31 March {goal.year}."
    )


def _say_effort(told: Progress | None) -> Sequence[str]:
    """Return what it would take to reach the goal, in sentences."""
    if told is None or told.gap is None:
        return ()
    short = told.gap.to_goal.people
    sentences = [
        f"{short:,} more BME people would reach the goal, if the team stays as large as it is."
        if short
        else "The goal has been reached."
    ]
    if told.appointments is not None:
        sentences += [*say_appointments(told.appointments), POSITIVE_ACTION]
    return sentences


def say_appointments(appointments: Appointments) -> Sequence[str]:
    """Return how many appointments are expected, and how many of them a goal takes."""
    expected = (
        f"If {appointments.turnover:.0%} of staff leave in a year, some"
        f" {appointments.expected:,.0f} appointments are expected until then."
    )
    if appointments.verdict is AppointmentVerdict.BY_TURNOVER:
        needed = f"{appointments.arithmetic_share_needed:.0%} of them"
        return (expected, f"The goal is reached if {needed} go to BME people.")
    return (expected, appointments.verdict.sentence)
