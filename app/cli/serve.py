"""Starting the service."""

import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.configuration import settings_or_exit
from app.cli.demonstration import FIRST_TRUST, load_with_progress
from app.cli.transaction import connected
from app.domain.callers import COMMAND_LINE, Caller, Role

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from app.cli.welcome import Start
    from app.settings import Settings

FIRST_TOKEN = "first start"  # noqa: S105 — its name, not a secret
"""What the token of the first start is called."""

SHUTDOWN_SECONDS = 30
"""How long requests under way may take once the service is told to stop."""


def serve(
    *,
    demonstration: Annotated[
        bool,
        typer.Option(
            "--demonstration", help="On the first start, load invented trusts and make a token."
        ),
    ] = False,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on, over PARITY_HOST.")
    ] = None,
    port: Annotated[
        str | None, typer.Option(help="The TCP port to listen on, over PARITY_PORT.")
    ] = None,
    workers: Annotated[
        str | None, typer.Option(help="How many processes answer, over PARITY_WORKERS.")
    ] = None,
) -> None:
    """Start the service; first migrate the database, and load the register if it has none."""
    settings = settings_or_exit(host=host, port=port, workers=workers)
    _refuse_taken_address(settings)
    with connected() as engine:
        start = _prepare(engine, demonstration=demonstration, now=datetime.now(UTC))
    from app.cli.welcome import welcome

    typer.echo(welcome(settings, start))
    _run(settings)


def _refuse_taken_address(settings: "Settings") -> None:
    """Exit if nothing can listen where the service should, before a token is made in vain."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        typer.echo(
            f"Nothing can listen on {settings.host}, port {settings.port}: {error.strerror}."
            " Choose others with --host and --port.",
            err=True,
        )
        raise typer.Exit(1) from error


def _prepare(engine: "Engine", *, demonstration: bool, now: datetime) -> "Start":
    """Bring the database to what the service needs, all or nothing; change nothing twice."""
    from app.store import schema
    from app.store.engine import reading, writing

    schema.upgrade(engine)
    with reading(engine) as session:
        start = _find_start(session, now)
    if start is not None and (start.is_demonstration or not demonstration):
        return start
    with writing(engine) as session:
        secret = _load(session, demonstration=demonstration, now=now)
    with reading(engine) as session:
        start = _find_start(session, now, secret=secret)
    assert start is not None  # noqa: S101 — the register was loaded just now
    return start
