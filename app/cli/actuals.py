"""A trust's actuals: headcounts at a census."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.bodies import check, read_json
from app.cli.transaction import writing
from app.domain.callers import COMMAND_LINE
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
