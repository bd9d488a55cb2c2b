"""One transaction for one command, and how a command fails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from app.cli.configuration import settings_or_exit
from app.domain.callers import COMMAND_LINE
from app.domain.errors import DomainError, Fault, Faulty, StorageUnavailable

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from app.domain.audit import Origin


@contextmanager
def reading() -> Iterator["Session"]:
    """Yield a session that sees one state of the database and can change nothing.

    Whose exact figures were read in it is recorded at the end, or the command fails.
    """
    from app.store import engine as store
    from app.store import readings

    with connected() as engine:
        require_current(engine)
        with store.reading(engine) as session:
            yield session
        noted, now = readings.list_noted(session), datetime.now(UTC)
        if unknown := readings.find_unknown(engine, noted, now):
            readings.record(engine, unknown, find_origin(), now)


@contextmanager
def writing(*, dry_run: bool = False) -> Iterator["Session"]:
    """Yield a session that commits on success.

    Args:
        dry_run: Whether to roll back all the same.
    """
    from app.store import engine as store

    with connected() as engine:
        require_current(engine)
        with store.writing(engine, find_origin()) as session:
            yield session
            if dry_run:
                session.rollback()


def find_origin() -> "Origin":
    """Return what command runs, and who runs it: the account of the operating system."""
    import getpass

    import click

    from app.domain.audit import Channel, Origin

    context = click.get_current_context(silent=True)
    try:
        account = getpass.getuser()
    except (OSError, KeyError):  # a container may run as an account without a name
        account = f"uid {os.getuid()}"
    operation = "parity" if context is None else context.command_path
    return Origin(COMMAND_LINE, Channel.CLI, operation, account)


@contextmanager
def connected() -> Iterator["Engine"]:
    """Yield an engine for the database of the settings, and dispose of it.

    A domain error, or a database that does not answer, is printed, and the command exits
    with 1.
    """
    from app.store.engine import build_engine
    from app.store.failures import translated

    engine = build_engine(settings_or_exit().database_url)
    try:
        with translated(engine):
            yield engine
    except DomainError as error:
        typer.echo(explain(error), err=True)
        raise typer.Exit(1) from error
    finally:
        engine.dispose()


def require_current(engine: "Engine") -> None:
    """Refuse a database that does not have the schema that this release needs."""
    from app.store.schema import is_current

    if not is_current(engine):
        refuse_others(engine)
        typer.echo(
            "The database does not have the schema that this release needs; run"
            " `parity db upgrade`.",
            err=True,
        )
        raise typer.Exit(1)


def refuse_others(engine: "Engine") -> None:
    """Refuse a database that no release of Parity has made, or a newer one."""
    from app.store.schema import Held, current, find_held

    match find_held(engine):
        case Held.NEWER:
            why = (
                f"The database is at the revision {current(engine)}, which this release does not"
                " know; it belongs to another release."
            )
        case Held.STRANGE:
            why = (
                "The database holds tables of another program and none of Parity's; name another"
                " one in PARITY_DATABASE_URL."
            )
        case _:
            return
    typer.echo(why, err=True)
    raise typer.Exit(1)


def explain(error: DomainError) -> str:
    """Return an error as its code and message, with a line for each fault not in it."""
    if isinstance(error, StorageUnavailable):
        return f"{error.reason.sentence.removesuffix('.')}: {error.particulars}"
    lines = [f"{error.code}: {error}"]
    if isinstance(error, Faulty):
        lines += [
            f"  {' '.join(filter(None, (_where(fault), fault.code)))}: {fault.detail}"
            for fault in error.faults
            if fault.detail not in lines[0]
        ]
    return "\n".join(lines)


def _where(fault: Fault) -> str:
    """Return where a fault is: in a file as people look for it, else its pointer."""
    place = fault.place
    if place is None:
        return fault.pointer
    cell = f"{place.column}{place.row}" if place.column else f"row {place.row}"
    at = f"{place.sheet}!{cell}" if place.sheet else cell
    return f"{at} ({place.heading})" if place.heading else at
