"""A trust's actuals: headcounts at a census."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bodies import check, read_json
from app.cli.options import ContinuityAsked, instant
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.counts import Count
from app.domain.preconditions import WHATEVER, Precondition
from app.domain.series import Continuity

if TYPE_CHECKING:
    from sqlmodel import Session

    from app.services.actuals import ActualsSubmission

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

    with writing(dry_run=dry_run) as session:
        submission = check(ActualsIn, read_json(file)).to_submission()
        told = store(session, trust=trust, year=year, submission=submission, dry_run=dry_run)
    for line in told:
        typer.echo(line)


def store(
    session: "Session", *, trust: str, year: int, submission: "ActualsSubmission", dry_run: bool
) -> list[str]:
    """Store actuals whatever is held; return what there is to tell of it.

    Args:
        session: In a transaction that the caller ends.
        trust: ODS code of the trust.
        year: Of the census.
        submission: The actuals.
        dry_run: Whether the transaction will be rolled back.
    """
    from app.services.actuals import find_tag, put_actuals

    held = find_tag(session, ods_code=trust, year=year)
    revision = put_actuals(
        session,
        ods_code=trust,
        year=year,
        submission=submission,
        precondition=Precondition() if held is None else WHATEVER,
        caller=COMMAND_LINE,
        now=datetime.now(UTC),
    ).revision
    done = f"revision {revision.revision} of {trust} for the census of {year}"
    people = revision.actuals.workforce
    if find_tag(session, ods_code=trust, year=year) == held:
        first = f"Nothing to change: {done} says the same."
    else:
        verb = "Checked, not stored" if dry_run else "Stored"
        first = f"{verb}: {done}, {people.total} people, {people.bme} of them BME."
    return [first, *(f"Warning {one.code}: {one.detail}" for one in revision.cautions)]


@commands.command()
def export(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code of the trust.")],
    year: Annotated[int, typer.Argument(metavar="YEAR", help="Of the census, 31 March.")],
    *,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", dir_okay=False, help="Write all nine indicators into a workbook."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            parser=instant,
            metavar="INSTANT",
            help="Use what was known then, as 2025-06-30T12:00:00Z.",
        ),
    ] = None,
) -> None:
    """Print indicator 1 as CSV in the rows of the WRES template, or write a workbook."""
    from app.api.return_files import as_return_csv, as_return_xlsx
    from app.services.national_return import get_national_return

    with reading() as session:
        sent = get_national_return(
            session,
            ods_code=trust,
            year=year,
            as_of=as_of,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    if xlsx is None:
        typer.echo(as_return_csv(sent.actuals).replace("\r\n", "\n"), nl=False)
        return
    try:
        xlsx.write_bytes(as_return_xlsx(sent))
    except OSError as error:
        typer.echo(f"{xlsx} cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(1) from error


@commands.command()
def compare(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code of the trust.")],
    year: Annotated[int, typer.Argument(metavar="YEAR", help="Of the census, 31 March.")],
    revision: Annotated[int, typer.Argument(metavar="REVISION", help="The later one.")],
    *,
    since: Annotated[
        int | None, typer.Option(metavar="REVISION", help="The earlier one; 0 for nothing.")
    ] = None,
    continuity: ContinuityAsked = Continuity.COMBINED,
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
            continuity=continuity,
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
