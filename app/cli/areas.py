"""Progress of integrated care boards, regions and England."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import ContinuityAsked, exact_share, instant
from app.cli.transaction import reading
from app.domain.areas import Boundaries, RowsOf
from app.domain.bands import StaffGroup
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure, ReferenceKind
from app.domain.series import Continuity

if TYPE_CHECKING:
    from app.domain.areas import AreaReport

commands = typer.Typer(
    name="areas", help="Sums of trusts: boards, regions, England.", no_args_is_help=True
)


@commands.command()
def show(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="Of a board or a region, as Y56; England is ENG.")
    ],
    measure: Annotated[Measure, typer.Argument(metavar="MEASURE", help="Whose share.")],
    *,
    staff_group: Annotated[
        StaffGroup | None, typer.Option(metavar="GROUP", help="clinical or non_clinical.")
    ] = None,
    boundaries: Annotated[
        Boundaries, typer.Option(help="Of today, or of each census.")
    ] = Boundaries.TODAY,
    rows: Annotated[
        RowsOf, typer.Option(help="What has a row: trusts, or areas of England.")
    ] = RowsOf.TRUST,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            parser=instant,
            metavar="INSTANT",
            help="Use what was known then, as 2025-06-30T12:00:00Z.",
        ),
    ] = None,
    reference: Annotated[
        ReferenceKind | None,
        typer.Option(metavar="KIND", help=f"What parity means: {', '.join(ReferenceKind)}."),
    ] = None,
    reference_share: Annotated[
        Decimal | None,
        typer.Option(parser=exact_share, metavar="SHARE", help="For `fixed`, as 0.2."),
    ] = None,
    continuity: ContinuityAsked = Continuity.COMBINED,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the rows as CSV only.")] = False,
    xlsx: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="Write the rows into a workbook."),
    ] = None,
) -> None:
    """Show the sums of an area, who reported, and a row for each trust."""
    from app.cli.area_page import lay_out
    from app.cli.console import make_console
    from app.domain.questions import AskedReference
    from app.services.area_scenes import AreaInquiry
    from app.services.areas import report_area

    inquiry = AreaInquiry(
        measures=(measure,),
        staff_group=staff_group,
        rows=rows,
        boundaries=boundaries,
        continuity=continuity,
        as_of=as_of,
        reference=AskedReference(reference, reference_share),
    )
    with reading() as session:
        report = report_area(
            session, code=code, inquiry=inquiry, caller=COMMAND_LINE, now=datetime.now(UTC)
        )
    if xlsx is not None:
        _write(report, rows, xlsx)
    if as_csv:
        _print_csv(report, rows)
        return
    console = make_console()
    for part in lay_out(report, width=console.width):
        console.print(part)


def _write(report: "AreaReport", rows: RowsOf, file: Path) -> None:
    """Write the rows into a workbook, as over HTTP."""
    from app.api.area_files import as_area_xlsx
    from app.api.schemas.areas import AreaOut

    try:
        file.write_bytes(as_area_xlsx(AreaOut.from_domain(report, rows)))
    except OSError as error:
        typer.echo(f"{file} cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(1) from error


def _print_csv(report: "AreaReport", rows: RowsOf) -> None:
    """Print the rows, as over HTTP."""
    from app.api.area_files import as_area_csv
    from app.api.schemas.areas import AreaOut

    typer.echo(as_area_csv(AreaOut.from_domain(report, rows)).replace("\r\n", "\n"), nl=False)
