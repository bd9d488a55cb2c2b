"""The audit: who changed or read what."""

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.transaction import reading
from app.domain.audit import AuditEntry, AuditEvent, Head
from app.domain.callers import COMMAND_LINE
from app.domain.changes import ChangeKind

if TYPE_CHECKING:
    from app.services.audit import Verified

MOST_LISTED = 500
"""Entries that are listed at most; an export has all."""

commands = typer.Typer(
    name="audit",
    help="Who changed or read what, and whether it still holds.",
    no_args_is_help=True,
)


def _head(text: str) -> Head:
    try:
        return Head.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@commands.command("list")
def list_(
    *,
    ods_code: Annotated[
        str | None, typer.Option("--for", metavar="CODE", help="Of one organisation.")
    ] = None,
    kind: Annotated[
        ChangeKind | None, typer.Option(metavar="KIND", help="Of what, such as actuals.")
    ] = None,
    event: Annotated[
        AuditEvent | None,
        typer.Option(metavar="EVENT", help=f"One of {', '.join(AuditEvent)}."),
    ] = None,
    caller: Annotated[
        str | None, typer.Option(metavar="NAME", help="By whom: a name, or a token's id.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="From this day (UTC) on."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Before this day (UTC)."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST_LISTED, help="How many at most.")] = 50,
) -> None:
    """List entries, newest first."""
    from app.services.audit import list_audit
    from app.store.audit import AuditFilter

    wanted = AuditFilter(ods_code, kind, event, caller, _utc(since), _utc(until))
    with reading() as session:
        page = list_audit(session, wanted=wanted, before=None, limit=limit, caller=COMMAND_LINE)
    _print_table(page.items)
    if page.has_more:
        typer.echo("There are older ones: narrow the list, or use `parity audit export`.")


@commands.command()
def export(
    file: Annotated[
        Path | None,
        typer.Argument(dir_okay=False, help="Where to write; the standard output if left out."),
    ] = None,
) -> None:
    """Write every entry as a line of JSON, to be kept elsewhere and verified there."""
    from app.services.audit import export_audit

    with reading() as session:
        if file is not None:
            file.touch(mode=0o600)
        target = nullcontext() if file is None else file.open("w", encoding="utf-8")
        with target as stream:
            for line in export_audit(session):
                typer.echo(line, file=stream)


@commands.command()
def head() -> None:
    """Print the number and the hash of the newest entry; keep them outside this machine."""
    from app.services.audit import find_head

    with reading() as session:
        typer.echo(find_head(session))


@commands.command()
def verify(
    *,
    expect: Annotated[
        Head | None,
        typer.Option(parser=_head, metavar="NUMBER:HASH", help="What `audit head` printed then."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="An export, instead of the database."),
    ] = None,
) -> None:
    """Look for entries, and for anything stored, that somebody changed, took out or moved.

    Without --expect a chain that was cut short together with what it tells of looks whole.
    """
    from app.services.audit import verify_audit

    if file is not None:
        verified = _verify_file(file, expect)
    else:
        with reading() as session:
            verified = verify_audit(session, expected=expect)
    for finding in verified.findings:
        typer.echo(str(finding), err=True)
    if verified.findings:
        raise typer.Exit(1)
    typer.echo(f"{verified.head.count} entries hold; the head is {verified.head}.")


def _verify_file(file: Path, expected: Head | None) -> "Verified":
    from app.services.audit import verify_lines

    try:
        with file.open(encoding="utf-8") as lines:
            return verify_lines(lines, expected=expected)
    except ValueError as error:
        typer.echo(f"{file} is no export of the audit: {error}.", err=True)
        raise typer.Exit(1) from error


def _utc(day: datetime | None) -> datetime | None:
    return None if day is None else day.replace(tzinfo=UTC)


def _print_table(entries: Iterable[AuditEntry]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console

    table = Table("No.", "When (UTC)", "Who", "Event", "What", "By", box=SIMPLE_HEAD)
    for one in entries:
        what = one.ods_code if one.event == AuditEvent.READING else one.thing
        table.add_row(
            str(one.number),
            f"{one.recorded_at:%Y-%m-%d %H:%M:%S}",
            one.caller_name if one.token_id is None else f"{one.caller_name} ({one.token_id})",
            one.event,
            what or "",
            one.operation,
        )
    make_console().print(table)
