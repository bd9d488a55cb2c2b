"""Progress of a trust: trajectory, gap and parity."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.options import (
    AsOf,
    ContinuityAsked,
    MethodVersion,
    NarrowedTo,
    Reference,
    ReferenceShare,
    Turnover,
)
from app.cli.transaction import reading
from app.domain.attainability import USUAL_TURNOVER
from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure, Scope
from app.domain.series import Continuity

commands = typer.Typer(
    name="progress", help="Trajectory, gap and parity of a trust.", no_args_is_help=True
)


@commands.command()
def show(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code, such as ZZ001.")],
    measure: Annotated[Measure, typer.Argument(metavar="MEASURE", help="Whose share.")],
    *,
    staff_group: NarrowedTo = None,
    as_of: AsOf = None,
    reference: Reference = None,
    reference_share: ReferenceShare = None,
    turnover: Turnover = None,
    continuity: ContinuityAsked = Continuity.COMBINED,
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
    method: MethodVersion = None,
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
