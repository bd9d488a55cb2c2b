"""Trusts beside each other: the peers of one, and the funnel of all."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.options import AsOf, MethodVersion, NarrowedTo
from app.cli.transaction import reading
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure, Scope


def peers(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")],
    *,
    measure: Annotated[
        Measure, typer.Option(metavar="MEASURE", help="Whose share.")
    ] = Measure.LEADERSHIP,
    staff_group: NarrowedTo = None,
    year: Annotated[
        int | None,
        typer.Option(
            min=1900, max=2200, help="Census; the newest that the trust has sent if left out."
        ),
    ] = None,
    number: Annotated[int, typer.Option(min=1, max=50, help="How many peers.")] = 10,
    as_of: AsOf = None,
    method: MethodVersion = None,
) -> None:
    """Show a trust beside those most like it."""
    from app.cli.console import make_console
    from app.cli.peers_page import lay_out
    from app.services.benchmarks import find_peers

    with reading() as session:
        found = find_peers(
            session,
            ods_code=trust,
            scope=Scope(measure, staff_group),
            year=year,
            number=number,
            as_of=as_of,
            method=method,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    console = make_console()
    for part in lay_out(found, width=console.width):
        console.print(part)


def funnel(
    measure: Annotated[Measure, typer.Argument(metavar="MEASURE", help="Whose share.")],
    *,
    staff_group: NarrowedTo = None,
    year: Annotated[
        int | None,
        typer.Option(
            min=1900, max=2200, help="Census; the newest that any trust has sent if left out."
        ),
    ] = None,
    as_of: AsOf = None,
    method: MethodVersion = None,
    csv: Annotated[
        bool, typer.Option("--csv", help="Print the trusts as CSV, as the API gives them.")
    ] = False,
) -> None:
    """Show every trust around the share of all together."""
    from app.api.schemas.benchmarks import FunnelOut, FunnelRow
    from app.api.tables import as_csv
    from app.cli.console import make_console
    from app.cli.funnel_page import lay_out
    from app.services.benchmarks import make_funnel

    with reading() as session:
        found = make_funnel(
            session,
            scope=Scope(measure, staff_group),
            year=year,
            as_of=as_of,
            method=method,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    if csv:
        rows = FunnelOut.model_validate(found).rows()
        typer.echo(as_csv(tuple(FunnelRow.model_fields), rows), nl=False)
        return
    console = make_console()
    for part in lay_out(found, width=console.width):
        console.print(part)
