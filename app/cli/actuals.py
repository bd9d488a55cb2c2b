"""A trust's actuals: headcounts at a census."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.bodies import check, read_json
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.counts import Count
from app.domain.preconditions import WHATEVER, Precondition

commands = typer.Typer(
    name="actuals", help="Headcounts of a trust at a census.", no_args_is_help=True
)


@commands.command()
def put(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            metavar="FILE",
            help="JSON, the body of PUT /v1/trusts/CODE/actuals/YEAR.",
        ),
    ],
    *,
    trust: Annotated[str, typer.Option(metavar="CODE", help="ODS code of the trust.")],
    year: Annotated[int, typer.Option(metavar="YEAR", help="Of the census, 31 March.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, but store nothing.")] = False,
) -> None:
    """Store the actuals in FILE as a new revision; the same again changes nothing."""
    from app.api.schemas.actuals import ActualsIn
    from app.services.actuals import find_tag, put_actuals

    with writing(dry_run=dry_run) as session:
        held = find_tag(session, ods_code=trust, year=year)
        stored = put_actuals(
            session,
            ods_code=trust,
            year=year,
            submission=check(ActualsIn, read_json(file)).to_submission(),
            precondition=Precondition() if held is None else WHATEVER,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
        is_changed = find_tag(session, ods_code=trust, year=year) != held
    revision = stored.revision
    done = f"revision {revision.revision} of {trust} for the census of {year}"
    people = revision.actuals.workforce
    if not is_changed:
        typer.echo(f"Nothing to change: {done} says the same.")
    else:
        verb = "Checked, not stored" if dry_run else "Stored"
        typer.echo(f"{verb}: {done}, {people.total} people, {people.bme} of them BME.")
    for caution in revision.cautions:
        typer.echo(f"Warning {caution.code}: {caution.detail}")


@commands.command()
def compare(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code of the trust.")],
    year: Annotated[int, typer.Argument(metavar="YEAR", help="Of the census, 31 March.")],
    revision: Annotated[int, typer.Argument(metavar="REVISION", help="The later one.")],
    *,
    since: Annotated[
        int | None, typer.Option(metavar="REVISION", help="The earlier one; 0 for nothing.")
    ] = None,
) -> None:
    """Say what a revision changed, and where measures stand elsewhere because of it."""
    from app.cli.effects import describe_effect
    from app.services.held_actuals import compare_revisions

    with reading() as session:
        found = compare_revisions(
            session,
            ods_code=trust,
            year=year,
            revision=revision,
            since=since,
            caller=COMMAND_LINE,
        )
    people = found.after.actuals.workforce
    was = found.before.actuals.workforce if found.before else Count()
    typer.echo(
        f"{trust}, census of {year}: {was.bme} BME of {was.total} people in revision"
        f" {found.before.revision if found.before else 0}, {people.bme} of {people.total} in"
        f" revision {found.after.revision}."
    )
    for effect in found.effects:
        typer.echo(describe_effect(effect))
