"""What would be under a scenario, laid out for a terminal."""

from collections.abc import Iterator
from typing import assert_never

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.cli.formats import chance, percent
from app.cli.progress_page import NOTES, REFERENCE_NAMES, SYNTHETIC, told_alone
from app.domain.codes import AppointmentVerdict, Reason
from app.domain.measures import TITLES
from app.domain.progress import Appointments
from app.domain.what_if import (
    Expectation,
    ExpectedGoal,
    ExpectedParity,
    ScenarioFigure,
    Start,
    WhatIf,
)


def lay_out(found: WhatIf, *, name: str, is_share_needed: bool) -> Iterator[RenderableType]:
    """Yield the parts of the page, from top to bottom.

    Args:
        found: What is shown.
        name: What the trust is called.
        is_share_needed: Whether the share of appointments was left to the goal.
    """
    group = f", {found.staff_group.replace('_', '-')}" if found.staff_group else ""
    yield Text(f"{found.ods_code} {name}", style="bold")
    yield f"What if, for the BME share of: {TITLES[found.measure]}{group}"
    if found.synthetic:
        yield SYNTHETIC
    yield from _section("Supposed", *_suppositions(found, is_share_needed=is_share_needed))
    if found.path is not None:
        yield _path_table(found.path)
    yield from _section("Goal", *_goal(found))
    yield from _parity(found.parity, found.parity_reason)
    if found.warnings:
        yield from _section("Warnings", *(f"{one.code}: {one.detail}" for one in found.warnings))
    yield f"\n{NOTES}"
    as_of = found.as_of.isoformat().replace("+00:00", "Z")
    yield f"As of {as_of}, method {found.method}{told_alone(found.continuity)}."
    if found.synthetic:
        yield SYNTHETIC


def _section(title: str, *sentences: str) -> Iterator[RenderableType]:
    yield Text(f"\n{title}", style="bold")
    for sentence in sentences:
        yield Padding(sentence, (0, 0, 0, 2))


def _suppositions(found: WhatIf, *, is_share_needed: bool) -> Iterator[str]:
    """Yield where the path starts from, and what is supposed of every year."""
    yield _from(found.start, found.start_reason)
    scenario = found.scenario
    if scenario.bme_share_of_appointments is None:
        yield (
            "There is no share of appointments to suppose: none was given, and no goal says"
            f" one. {_why(scenario.bme_share_of_appointments_reason)}"
        )
        return
    verdict = found.appointments.verdict if is_share_needed and found.appointments else None
    yield (
        f"Every year {100 * scenario.turnover:g} % of staff leave,"
        f" {percent(scenario.bme_share_of_appointments)} of appointments go to BME"
        f" people{_why_so_many(verdict)}, and {_growth(scenario)}."
    )
    yield found.guidance


def _why_so_many(verdict: AppointmentVerdict | None) -> str:
    """Return why a share of appointments is supposed; None where it was stated."""
    match verdict:
        case None:
            return ""
        case AppointmentVerdict.BY_TURNOVER:
            return ", as the goal needs"
        case AppointmentVerdict.NOT_BY_TURNOVER_ALONE:
            return " (all of them: the goal needs more)"
        case AppointmentVerdict.GOAL_ALREADY_COVERED:
            return " (none: the goal needs none)"
        case _:
            assert_never(verdict)


def _from(start: Start | None, reason: Reason | None) -> str:
    if start is None:
        return _why(reason)
    share = "" if start.share is None else f" ({percent(start.share)})"
    return f"From {start.bme} of {start.total} people{share} at the census of {start.year}."


def _growth(scenario: ScenarioFigure) -> str:
    if not scenario.growth:
        return "the team stays at its size"
    verb = "grows" if scenario.growth > 0 else "shrinks"
    return f"the team {verb} by {100 * abs(scenario.growth):g} %"


def _path_table(path: tuple[Expectation, ...]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for title in ("Census", "BME expected", "80 % interval", "Team", "Share", "Required"):
        table.add_column(title, justify="right", no_wrap=True)
    for one in path:
        table.add_row(
            str(one.year),
            f"{one.bme:.1f}",
            f"{one.interval_80.lower} to {one.interval_80.upper}",
            f"{one.total:.0f}",
            percent(one.share),
            f"{one.required.people} ({percent(one.required.share)})" if one.required else "–",
        )
    return table


def _goal(found: WhatIf) -> Iterator[str]:
    """Yield the goal with its chance, and what it takes."""
    if found.goal is None:
        yield _why(found.goal_reason)
    else:
        yield f"{_aim(found.goal)} {_chance(found.goal)}"
    if found.appointments is not None:
        yield _appointments(found.appointments)


def _aim(goal: ExpectedGoal) -> str:
    return (
        f"{goal.people} BME people ({percent(goal.share)}) at the census of {goal.year};"
        f" {goal.expected_bme:.1f} would be expected."
    )


def _chance(goal: ExpectedGoal) -> str:
    if goal.probability is None:
        return f"No chance of reaching it is given. {_why(goal.probability_reason)}"
    return f"Reaching it would be {goal.outlook}, with a chance of {chance(goal.probability)}."


def _appointments(figure: Appointments) -> str:
    if figure.verdict is AppointmentVerdict.BY_TURNOVER:
        takes = f"the goal takes {percent(figure.arithmetic_share_needed)} of them for BME people."
    else:
        takes = figure.verdict.sentence[0].lower() + figure.verdict.sentence[1:]
    return f"Some {figure.expected:.0f} appointments fall before that census; {takes}"


def _parity(parity: ExpectedParity | None, reason: Reason | None) -> Iterator[RenderableType]:
    """Yield when the expected share reaches the reference's own forecast."""
    if parity is None:
        yield from _section("Parity", _why(reason))
        return
    if parity.year is not None:
        told = f"The expected share would reach it at the census of {parity.year}."
    elif parity.year_reason is Reason.AT_OR_ABOVE_REFERENCE:
        told = _why(parity.year_reason)
    else:
        told = "The expected share would not reach it within 30 years."
    yield from _section(f"Parity with {REFERENCE_NAMES[parity.reference]}", told)


def _why(reason: Reason | None) -> str:
    return "" if reason is None else reason.sentence
