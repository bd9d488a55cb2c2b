"""A target as the terminal shows it."""

from typing import TYPE_CHECKING

import typer

from app.cli.formats import people, percent
from app.domain.codes import AppointmentVerdict, Reason

if TYPE_CHECKING:
    from app.domain.target_needs import Attainability
    from app.domain.targets import ParityReference
    from app.services.target_views import ShownTarget


def print_target(shown: "ShownTarget") -> None:
    """Print a version of a target: its path, what it takes, and its warnings."""
    target, version = shown.target, shown.target.version
    typer.echo(f"{target.ods_code} {target.id}, version {version.version}, {version.state}.")
    if version.reason:
        typer.echo(f"It changes what was there because: {version.reason}")
    baseline, path = version.baseline, target.path
    if baseline is None:
        typer.echo("No actuals for its baseline are held yet.")
    else:
        share = "" if baseline.share is None else f", {percent(float(baseline.share))}"
        source = f" ({baseline.source})" if baseline.source else ""
        typer.echo(f"From {baseline.bme} of {baseline.total} in {baseline.year}{share}{source}.")
        for year in target.cycle.census_years if path else ():
            due, number = path.required(year, max(baseline.total, 1)) if path else (0, 0)
            typer.echo(f"  {year}: {people(number)}, {percent(float(due))}")
    if version.terms.reference is not None:
        typer.echo(f"Held against {_reference(version.terms.reference)}.")
    if not isinstance(shown.attainability, Reason):
        _print_need(shown.attainability, target.cycle.ends)
    elif baseline is not None:
        typer.echo(f"What it takes is not told. {shown.attainability.sentence}")
    if shown.days_waiting is not None:
        typer.echo(f"Waiting for a review for {_days(shown.days_waiting)}; nothing waits for it.")
    for caution in shown.warnings:
        typer.echo(f"Warning {caution.code}: {caution.detail}")


def print_life(shown: "ShownTarget") -> None:
    """Print what has happened to a version."""
    for move in shown.target.version.moves:
        said = f": {move.record.reason}" if move.record.reason else ""
        at, by = move.record.at.date().isoformat(), move.record.author.name
        typer.echo(f"  {at} {move.state} by {by}{said}")


def _print_need(needed: "Attainability", ends: int) -> None:
    from app.domain.attainability import POSITIVE_ACTION

    one = needed.appointments
    if one.verdict is AppointmentVerdict.GOAL_ALREADY_COVERED:
        typer.echo(f"Those expected to stay until {ends} reach it already.")
        return
    share = percent(one.arithmetic_share_needed)
    beyond = one.verdict is AppointmentVerdict.NOT_BY_TURNOVER_ALONE
    typer.echo(
        f"It takes {needed.people_needed} more BME people than in {needed.census}: {share} of the"
        f" {one.expected:.0f} appointments to {ends}, if {percent(one.turnover)} leave a year"
        f"{'; turnover alone cannot do it' if beyond else ''}."
    )
    typer.echo(POSITIVE_ACTION)


def _reference(reference: "ParityReference") -> str:
    """Return a reference as it was stated."""
    share = "" if reference.share is None else f" {reference.share:.4f}"
    source = f" ({reference.source})" if reference.source else ""
    return f"{reference.kind}{share}{source}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
