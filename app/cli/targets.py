"""What trusts have set out to reach."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bodies import check
from app.cli.formats import people, percent
from app.cli.transaction import writing
from app.domain.bands import StaffGroup
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure
from app.domain.preconditions import WHATEVER

if TYPE_CHECKING:
    from sqlmodel import Session

    from app.services.targets import ShownTarget, TargetDraft

commands = typer.Typer(
    name="targets", help="What trusts have set out to reach.", no_args_is_help=True
)


@commands.command("set")
def set_(
    *,
    trust: Annotated[str, typer.Option(metavar="CODE", help="ODS code of the trust.")],
    measure: Annotated[Measure, typer.Option(metavar="MEASURE", help=f"{', '.join(Measure)}.")],
    cycle: Annotated[str, typer.Option(metavar="CYCLE", help="Such as 2025-2028.")],
    staff_group: Annotated[
        StaffGroup | None, typer.Option(metavar="GROUP", help="clinical or non_clinical.")
    ] = None,
    goal_share: Annotated[
        str | None, typer.Option(metavar="SHARE", help="A share of up to four places, as 0.18.")
    ] = None,
    goal_headcount: Annotated[
        int | None, typer.Option(metavar="PEOPLE", help="BME people, as 82.")
    ] = None,
    maintain: Annotated[
        bool, typer.Option("--maintain", help="Keep the share of the baseline.")
    ] = False,
    no_target_needed: Annotated[
        str | None, typer.Option(metavar="REASON", help="No goal, because of REASON.")
    ] = None,
    board_approved_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="When the board did."),
    ] = None,
    rationale: Annotated[str | None, typer.Option(metavar="TEXT", help="Why this goal.")] = None,
    submit: Annotated[
        bool, typer.Option("--submit/--draft", help="Put it in force, which cannot be undone.")
    ] = False,
) -> None:
    """Set a trust's target for a measure and a cycle; a draft can be set again.

    Give one of --goal-share, --goal-headcount, --maintain and --no-target-needed.
    """
    from app.api.schemas.target_drafts import TargetIn

    goals = {
        "goal_share": goal_share,
        "goal_headcount": goal_headcount,
        "goal": "maintain" if maintain else None,
        "reason": no_target_needed,
    }
    if sum(value is not None for value in goals.values()) != 1:
        raise typer.BadParameter(
            "give one of --goal-share, --goal-headcount, --maintain and --no-target-needed"
        )
    if no_target_needed is not None:
        goals["goal"] = "no_target_needed"
    approved = board_approved_on.date().isoformat() if board_approved_on else None
    sent = goals | {
        "measure": measure,
        "staff_group": staff_group,
        "cycle": cycle,
        "board_approved_on": approved,
        "rationale": rationale,
    }
    with writing() as session:
        draft = check(TargetIn, sent).to_draft()
        shown = _store(session, trust, draft, datetime.now(UTC), submit=submit)
    _print(shown)


def _store(
    session: "Session", trust: str, draft: "TargetDraft", now: datetime, *, submit: bool
) -> "ShownTarget":
    """Store a target, over a draft of it that is held."""
    from app.domain.errors import TargetAlreadySet
    from app.services.targets import change_draft, draft_target, submit_target

    try:
        shown = draft_target(session, ods_code=trust, draft=draft, caller=COMMAND_LINE, now=now)
    except TargetAlreadySet as error:
        shown = change_draft(
            session,
            ods_code=trust,
            id_=str(error.facts["target_id"]),
            change=lambda _held: draft,
            precondition=WHATEVER,
            caller=COMMAND_LINE,
            now=now,
        )
    if not submit:
        return shown
    return submit_target(
        session,
        ods_code=trust,
        id_=shown.target.id,
        precondition=WHATEVER,
        caller=COMMAND_LINE,
        now=now,
    )


def _print(shown: "ShownTarget") -> None:
    target, version = shown.target, shown.target.version
    typer.echo(f"{target.ods_code} {target.id}, version {version.version}, {version.state}.")
    baseline, path = version.baseline, target.path
    if baseline is None:
        typer.echo("No actuals for its baseline are held yet.")
    else:
        share = "" if baseline.share is None else f", {percent(float(baseline.share))}"
        typer.echo(f"From {baseline.bme} of {baseline.total} in {baseline.year}{share}.")
        for year in target.cycle.census_years if path else ():
            due, number = path.required(year, max(baseline.total, 1)) if path else (0, 0)
            typer.echo(f"  {year}: {people(number)}, {percent(float(due))}")
    for caution in shown.cautions:
        typer.echo(f"Warning {caution.code}: {caution.detail}")
    if version.submitted is None:
        typer.echo("A draft is not in force; set it again with --submit to submit it.")
