"""Progress of a trust: trajectory, gap and parity."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

import typer

from app.cli.options import exact_share, instant, turnover_share
from app.cli.transaction import reading
from app.domain.bands import StaffGroup
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.series import Continuity

USUAL_TURNOVER = Decimal("0.12")
"""Share of staff who leave in a year, unless told otherwise."""

commands = typer.Typer(
    name="progress", help="Trajectory, gap and parity of a trust.", no_args_is_help=True
)


@commands.command()
def show(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")],
    measure: Annotated[Measure, typer.Argument(metavar="MEASURE", help="Whose share.")],
    *,
    staff_group: Annotated[
        StaffGroup | None, typer.Option(metavar="GROUP", help="clinical or non_clinical.")
    ] = None,
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
    turnover: Annotated[
        Decimal | None,
        typer.Option(
            parser=turnover_share,
            metavar="SHARE",
            help=f"Share of staff who leave in a year; {USUAL_TURNOVER} if left out.",
        ),
    ] = None,
    continuity: Annotated[
        Continuity, typer.Option(help="Whether predecessors' counts are added in.")
    ] = Continuity.COMBINED,
    target: Annotated[
        str | None,
        typer.Option(
            metavar="TARGET",
            help="Hold it against this target, the closing or the current one, as"
            " leadership-2022-2025.",
        ),
    ] = None,
    target_version: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=1,
            help="Hold it against this version of the target; the one in force if left out.",
        ),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="Version of the method; the newest if left out."),
    ] = None,
) -> None:
    """Show where a trust stands on a measure: in people, in chances and as a chart."""
    from app.cli.console import make_console
    from app.cli.progress_page import lay_out
    from app.services.organisations import get_organisation
    from app.services.progress import Inquiry, report_progress

    now = datetime.now(UTC)
    inquiry = Inquiry(
        as_of=as_of,
        reference=reference,
        reference_share=reference_share,
        turnover=turnover or USUAL_TURNOVER,
        continuity=continuity,
        method=method,
        target=target,
        target_version=target_version,
    )
    whole = replace(
        inquiry, reference=None, reference_share=None, target=None, target_version=None
    )
    with reading() as session:
        asked = ((Scope(measure, staff_group), inquiry), (Scope(Measure.WORKFORCE), whole))
        progress, workforce = (
            report_progress(
                session, ods_code=trust, scopes=[scope], inquiry=how, caller=COMMAND_LINE, now=now
            )[0]
            for scope, how in asked
        )
        name = get_organisation(session, ods_code=trust).organisation.name
    console = make_console()
    for part in lay_out(progress, workforce, name=name, width=console.width):
        console.print(part)
