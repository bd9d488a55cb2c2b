"""Which areas may read a trust's exact figures."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE

commands = typer.Typer(
    name="consents",
    help="Which areas may read a trust's exact figures.",
    no_args_is_help=True,
)

Trust = Annotated[str, typer.Argument(metavar="TRUST", help="ODS code of the trust.")]


@commands.command()
def show(trust: Trust) -> None:
    """Show which areas may read the exact figures of TRUST, and which ever could."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console
    from app.services.consents import get_consents

    with reading() as session:
        held = get_consents(session, ods_code=trust, caller=COMMAND_LINE)
    if not held.revision:
        typer.echo(f"{trust} has never consented to anything.")
        return
    table = Table("Revision", "Recorded", "By", "Supplied by", "Areas", box=SIMPLE_HEAD)
    for one in held.history:
        author = one.record.author
        table.add_row(
            str(one.revision),
            f"{one.record.at:%Y-%m-%d %H:%M:%S}",
            author.name,
            author.supplied_by or "",
            ", ".join(one.areas) or "none",
        )
    make_console().print(table)


@commands.command("set")
def set_(
    trust: Trust,
    areas: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="AREA", help="ODS codes of boards and regions; none to consent to nobody."
        ),
    ] = None,
) -> None:
    """Let the areas named, and no others, read the exact figures of TRUST from now on."""
    from app.domain.preconditions import WHATEVER
    from app.services.consents import put_consents

    with writing() as session:
        stored = put_consents(
            session,
            ods_code=trust,
            areas=tuple(areas or ()),
            precondition=WHATEVER,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    named = ", ".join(stored.consents.areas) or "no area"
    typer.echo(f"The exact figures of {trust} may be read by {named}.")
