"""Who has sent and set what at a census, and what is overdue."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import instant
from app.cli.transaction import reading
from app.domain.callers import COMMAND_LINE

if TYPE_CHECKING:
    from rich.table import Table

    from app.domain.returns import TrustReturn
    from app.services.returns import Returns


def returns(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="Of the census, 31 March.")],
    *,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only trusts whose actuals are overdue.")
    ] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            parser=instant,
            metavar="INSTANT",
            help="Use what was known then, as 2025-06-30T12:00:00Z.",
        ),
    ] = None,
) -> None:
    """Show who has sent and set what, overdue ones first."""
    from app.cli.console import make_console
    from app.domain.codes import ReturnStatus
    from app.services.returns import Filter, list_returns

    with reading() as session:
        found = list_returns(
            session,
            year=year,
            wanted=Filter(status=ReturnStatus.OVERDUE if overdue else None),
            as_of=as_of,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    console = make_console()
    console.print(_describe(found))
    console.print(_tabulate(found))


def _describe(found: "Returns") -> str:
    """Return who has done what, in sentences."""
    counts, due = found.counts, found.census.due
    invented = "Synthetic: these trusts and figures are invented. " if found.synthetic else ""
    return (
        f"{invented}Census of {found.census.year}, due {due or 'on a day not set'}, on"
        f" {found.day}: {counts.sent} of {counts.expected} sent, {counts.signed_off} signed off,"
        f" {counts.overdue} overdue. Indicators 2 to 8 sent by {counts.with_indicators}. Targets"
        f" set by {counts.with_targets},"
        f" {counts.targets_waiting} waiting for review. Action plans: {counts.plans},"
        f" {counts.plans_reviewed} reviewed."
    )


def _tabulate(found: "Returns") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    heads = ("Code", "Name", "Actuals", "Due", "Board", "2 to 8", "Targets", "Plan")
    table = Table(*heads, box=SIMPLE_HEAD)
    table.columns[heads.index("Actuals")].no_wrap = True
    for row in found.items:
        table.add_row(
            row.trust.ods_code,
            row.trust.name,
            _actuals(row),
            str(row.actuals.due or ""),
            "sent" if row.board else "",
            "sent" if row.indicators else "",
            _targets(row),
            _plans(row),
        )
    return table


def _actuals(row: "TrustReturn") -> str:
    days = row.actuals.days_overdue
    status = row.actuals.status.replace("_", " ")
    if isinstance(days, int):
        return f"{status}, {days} {'day' if days == 1 else 'days'}"
    return f"{status} by {row.actuals.covered_by}" if row.actuals.covered_by else status


def _targets(row: "TrustReturn") -> str:
    in_force = sum(one.is_in_force for one in row.targets)
    waiting = sum(one.waiting_since is not None for one in row.targets)
    return f"{in_force}, {waiting} waiting" if waiting else str(in_force)


def _plans(row: "TrustReturn") -> str:
    """Return how the plans of the cycles stand, the closing one's first and marked."""
    told = []
    for plan in row.plans:
        if plan.seen is not None:
            mark = "closing " if plan.cycle.ends == row.year else ""
            told.append(f"{mark}{'reviewed' if plan.seen.summary.reviews else 'not reviewed'}")
    return ", ".join(told)
