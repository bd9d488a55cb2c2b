"""Action plans of trusts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bodies import check, read_json
from app.cli.formats import people, percent
from app.cli.options import AsOf
from app.cli.revisions import BuildsOn, building_on, naming_revision, print_to_edit
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.codes import Position

if TYPE_CHECKING:
    from app.domain.plan_figures import TargetFigures
    from app.domain.plans import ActionAim, ActionPlan
    from app.domain.records import Record
    from app.services.plans import ShownPlan

commands = typer.Typer(
    name="plans", help="What trusts do to reach their targets.", no_args_is_help=True
)

Trust = Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")]

Cycle = Annotated[str, typer.Argument(metavar="CYCLE", help="Such as 2025-2028.")]


@commands.command()
def show(
    trust: Trust,
    cycle: Cycle,
    *,
    as_of: AsOf = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print it as JSON, as `plans put` takes it.")
    ] = False,
) -> None:
    """Show a trust's action plan for a cycle: its actions, what is overdue, and its reviews."""
    from app.api.schemas.plan_bodies import ActionPlanIn
    from app.services.plans import get_plan

    with reading() as session:
        shown = get_plan(
            session,
            ods_code=trust,
            cycle=cycle,
            as_of=as_of,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    plan = shown.revision.plan
    if json:
        print_to_edit(ActionPlanIn.from_domain(plan), shown.revision.revision)
        return
    typer.echo(_title(shown))
    typer.echo(_publication(plan))
    typer.echo(f"Serves: {', '.join(plan.targets) or 'no target'}.")
    _print_actions(plan, shown.day)
    typer.echo(f"Overdue actions: {plan.count_overdue(shown.day)} of {len(plan.actions)}.")
    for one in plan.reviews:
        figures = shown.revision.figures[one.after_years]
        typer.echo(f"\n{_review(one.after_years, shown)} {one.comment}")
        for target in figures.targets:
            typer.echo(f"  {target.target_id}: {' '.join(_describe(target))}")
    for caution in shown.cautions:
        typer.echo(f"\n{caution.code}: {caution.detail}")


@commands.command("list")
def list_(trust: Trust, *, as_of: AsOf = None) -> None:
    """List a trust's action plans, oldest cycle first."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console
    from app.services.plans import list_plans

    with reading() as session:
        found = list_plans(
            session, ods_code=trust, as_of=as_of, caller=COMMAND_LINE, now=datetime.now(UTC)
        )
    table = Table(
        *("Cycle", "Revision", "Of", "Targets", "Actions", "Overdue", "Reviews"), box=SIMPLE_HEAD
    )
    for one in found:
        revision, plan = one.revision, one.revision.plan
        table.add_row(
            revision.cycle,
            str(revision.revision),
            f"{revision.record.at:%Y-%m-%d}",
            str(len(plan.targets)),
            str(len(plan.actions)),
            str(plan.count_overdue(one.day)),
            str(len(plan.reviews)),
        )
    make_console().print(table)


@commands.command()
def put(
    trust: Trust,
    cycle: Cycle,
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            metavar="FILE",
            help="JSON, the body of PUT /v1/trusts/CODE/action-plans/CYCLE.",
        ),
    ],
    *,
    revision: BuildsOn = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, but store nothing.")] = False,
) -> None:
    """Store the plan in FILE as a new revision; the same again changes nothing."""
    from app.api.schemas.plan_bodies import ActionPlanIn
    from app.services.plans import find_tag, put_plan, tag_of

    read = f"parity plans show {trust} {cycle} --json"
    with writing(dry_run=dry_run) as session, naming_revision(read):
        held = find_tag(session, ods_code=trust, cycle=cycle)
        stored = put_plan(
            session,
            ods_code=trust,
            cycle=cycle,
            plan=check(ActionPlanIn, read_json(file)).to_plan(),
            precondition=building_on(revision, held=held),
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    now_held = stored.shown.revision
    done = f"revision {now_held.revision} of the action plan of {trust} for {cycle}"
    if tag_of(now_held) == held:
        typer.echo(f"Nothing to change: {done} says the same.")
    else:
        verb = "Checked, not stored" if dry_run else "Stored"
        typer.echo(f"{verb}: {done}; actions: {len(now_held.plan.actions)}.")


def _title(shown: "ShownPlan") -> str:
    revision = shown.revision
    return (
        f"{revision.ods_code}, action plan for {revision.cycle}, revision {revision.revision} of"
        f" {revision.record.at:%Y-%m-%d}."
    )


def _publication(plan: "ActionPlan") -> str:
    if plan.published_url is None and plan.published_on is None:
        return "Not published."
    on = f" on {plan.published_on}" if plan.published_on else ""
    at = f" at {plan.published_url}" if plan.published_url else ""
    return f"Published{on}{at}"


def _print_actions(plan: "ActionPlan", day: date) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console

    table = Table("Action", "Aim", "Owner", "Due", "Status", "Days overdue", box=SIMPLE_HEAD)
    for one in plan.actions:
        status, days = one.status.replace("_", " "), one.days_overdue(day)
        table.add_row(
            one.title, _aim(one.aim), one.owner, str(one.due), status, str(days) if days else ""
        )
    make_console().print(table)


def _aim(aim: "ActionAim") -> str:
    if aim.scope is None:
        return f"indicator {aim.indicator}"
    group = f", {aim.scope.staff_group}" if aim.scope.staff_group else ""
    return f"{aim.scope.measure}{group}".replace("_", " ")


def _review(years: int, shown: "ShownPlan") -> str:
    from app.domain.plan_checks import name_years

    record, signature = shown.revision.figures[years].record, shown.revision.comments[years]
    said = f"Review after {name_years(years)}, {_sign(record)}"
    return f"{said}:" if signature == record else f"{said}; comment of {_sign(signature)}:"


def _sign(record: "Record") -> str:
    return f"{record.at:%Y-%m-%d}, {record.author.name}"


def _describe(target: "TargetFigures") -> Iterator[str]:
    """Yield how a target stood, in sentences."""
    census, position = target.census, target.position
    if census is not None:
        share = "" if census.share is None else f" ({percent(census.share)})"
        yield f"{census.bme} of {census.total}{share} at the census of {census.year}."
    if target.position_reason is not None:
        yield target.position_reason.sentence
    if position is not None:
        yield position.sentence
    if target.to_goal is not None and position is not Position.MET:
        to_path = target.to_path.people if target.to_path else 0
        path = f"{people(to_path)} short of the path, " if to_path else ""
        yield f"{path}{people(target.to_goal.people)} short of the goal."
