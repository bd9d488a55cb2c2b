"""The nine indicators of a trust: sending them in, and showing them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.bodies import check, read_json
from app.cli.options import ContinuityAsked, instant
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.preconditions import WHATEVER, Precondition
from app.domain.series import Continuity

commands = typer.Typer(
    name="indicators", help="The nine WRES indicators of a trust.", no_args_is_help=True
)


@commands.command()
def put(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            metavar="FILE",
            help="JSON, the body of PUT /v1/trusts/CODE/indicators/YEAR.",
        ),
    ],
    *,
    trust: Annotated[str, typer.Option(metavar="CODE", help="ODS code of the trust.")],
    year: Annotated[int, typer.Option(metavar="YEAR", help="Of the census, 31 March.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, but store nothing.")] = False,
) -> None:
    """Store indicators 2 to 8 in FILE as a new revision; the same again changes nothing."""
    from app.api.schemas.indicator_bodies import IndicatorsIn
    from app.services.indicators import find_tag, put_indicators

    with writing(dry_run=dry_run) as session:
        held = find_tag(session, ods_code=trust, year=year)
        stored = put_indicators(
            session,
            ods_code=trust,
            year=year,
            submission=check(IndicatorsIn, read_json(file)).to_submission(),
            precondition=Precondition() if held is None else WHATEVER,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
        is_changed = find_tag(session, ods_code=trust, year=year) != held
    revision = stored.revision
    done = f"revision {revision.revision} of the indicators of {trust} for {year}"
    sent = revision.indicators
    if not is_changed:
        typer.echo(f"Nothing to change: {done} says the same.")
    else:
        verb = "Checked, not stored" if dry_run else "Stored"
        numbers = ", ".join(map(str, [*sent.pools, *sent.surveys]))
        typer.echo(f"{verb}: {done}; indicators: {numbers}.")
    for caution in revision.cautions:
        typer.echo(f"Warning {caution.code}: {caution.detail}")


@commands.command()
def show(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")],
    year: Annotated[int, typer.Argument(metavar="YEAR", help="Of the census, 31 March.")],
    *,
    continuity: ContinuityAsked = Continuity.COMBINED,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            parser=instant,
            metavar="INSTANT",
            help="Use what was known then, as 2025-06-30T12:00:00Z.",
        ),
    ] = None,
) -> None:
    """Show all nine indicators of a trust, beside the year before and all England."""
    from app.cli.console import make_console
    from app.cli.wres_page import lay_out
    from app.services.organisations import get_organisation
    from app.services.wres import report_wres

    with reading() as session:
        report = report_wres(
            session,
            ods_code=trust,
            year=year,
            continuity=continuity,
            as_of=as_of,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
        name = get_organisation(session, ods_code=trust).organisation.name
    console = make_console()
    for part in lay_out(report, name=name, width=console.width):
        console.print(part)
