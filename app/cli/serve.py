"""Starting the service."""

import gc
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from app.cli.configuration import settings_or_exit
from app.cli.database import bring_up_to_date
from app.cli.demonstration import FIRST_TRUST, load_with_progress
from app.cli.transaction import connected, find_origin
from app.domain.callers import COMMAND_LINE, Caller, Role

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from app.cli.welcome import Start
    from app.settings import Settings

FIRST_TOKEN = "first start"  # noqa: S105 — its name, not a secret
"""What the token of the first start is called."""

REGISTERED = "ENG"
"""The code of an organisation that every register has."""

SERVER: Final[dict[str, Any]] = {
    "http": "httptools",
    "access_log": False,
    "proxy_headers": False,  # the application reads them, from proxies that it trusts only
    "server_header": False,
    # Of several processes one that does not answer another for so long is put down and made anew;
    # on a busy machine it takes longer than the usual 5 seconds to begin.
    "timeout_worker_healthcheck": 60,
}
"""How the server speaks, wherever it listens."""


def serve(
    *,
    demonstration: Annotated[
        bool,
        typer.Option(
            "--demonstration", help="On the first start, load invented trusts and make a token."
        ),
    ] = False,
    host: Annotated[
        str | None,
        typer.Option(metavar="HOST", help="The address to listen on, over PARITY_HOST."),
    ] = None,
    port: Annotated[
        str | None,
        typer.Option(metavar="PORT", help="The TCP port to listen on, over PARITY_PORT."),
    ] = None,
    workers: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="How many processes answer, over PARITY_WORKERS."),
    ] = None,
) -> None:
    """Start the service.

    It first migrates the database, and loads the register into one that has none.
    """
    with _without_collection():
        settings = settings_or_exit(host=host, port=port, workers=workers)
        for module in ("app.main", "uvicorn"):
            import_module(module)
    _refuse_taken(settings.host, settings.port, "Choose others with --host and --port.")
    for its_own in settings.metrics_ports:
        _refuse_taken(settings.metrics_host, its_own, "Choose others with PARITY_METRICS_PORT.")
    with connected() as engine:
        start = _prepare(engine, demonstration=demonstration, now=datetime.now(UTC))
    from app.cli.welcome import welcome

    typer.echo(welcome(settings, start, program=sys.argv[0]))
    _run(settings)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Look for no garbage, of which imports make hardly any; it takes a tenth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _refuse_taken(host: str, port: int, advice: str) -> None:
    """Exit if nothing can listen where the service should, before a token is made in vain."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        why = (error.strerror or str(error)).partition(" (")[0]
        typer.echo(f"Nothing can listen on {host}, port {port}: {why}. {advice}", err=True)
        raise typer.Exit(1) from error


def _prepare(engine: "Engine", *, demonstration: bool, now: datetime) -> "Start":
    """Bring the database to what the service needs; change nothing that is to stay."""
    from app.services.kept_answers import forget_old_answers, holds_old_answers
    from app.store.engine import reading, writing

    bring_up_to_date(engine)
    secret = None
    with reading(engine) as session:
        is_complete = _is_complete(session, demonstration=demonstration)
        has_old_answers = holds_old_answers(session, now=now)
    if has_old_answers:
        with writing(engine, find_origin()) as session:
            forget_old_answers(session, now=now)
    if not is_complete:
        with writing(engine, find_origin()) as session:
            secret = _complete(session, demonstration=demonstration, now=now)
    with reading(engine) as session:
        return _find_start(session, secret, now)


def _is_complete(session: "Session", *, demonstration: bool) -> bool:
    from app.services.tokens import list_tokens

    if not demonstration:
        return _holds(session, REGISTERED)
    return _holds(session, FIRST_TRUST) and bool(list_tokens(session))


def _complete(session: "Session", *, demonstration: bool, now: datetime) -> str | None:
    """Add what is missing; return the secret of the first token if it was made."""
    from app.services.register import load_register
    from app.services.tokens import create_token, list_tokens

    if not demonstration:
        load_register(session, by=COMMAND_LINE, now=now)
        return None
    if not _holds(session, FIRST_TRUST):
        load_with_progress(session, now=now)
    if list_tokens(session):
        return None
    caller = Caller(FIRST_TOKEN, Role.NATIONAL)
    made = create_token(session, caller=caller, expires_at=None, by=COMMAND_LINE, now=now)
    return made.secret


def _find_start(session: "Session", secret: str | None, now: datetime) -> "Start":
    from app.cli.welcome import Start
    from app.domain.organisations import Kind
    from app.services.censuses import list_censuses
    from app.services.organisations import Filter, list_organisations

    today = now.date()
    held = list_censuses(session, caller=COMMAND_LINE)
    year = max(one.year for one in held if one.opens <= today)
    if _holds(session, FIRST_TRUST):
        return Start(FIRST_TRUST, is_demonstration=True, year=year, secret=secret)
    wanted = Filter(kind=Kind.TRUST, open_on=today)
    (trust,) = list_organisations(session, wanted=wanted, after=None, limit=1)
    return Start(trust.ods_code, is_demonstration=False, year=year, secret=secret)


def _holds(session: "Session", ods_code: str) -> bool:
    from app.services.organisations import find_tag

    return find_tag(session, ods_code=ods_code) is not None


def _run(settings: "Settings") -> None:
    """Serve until the process is told to stop, then finish the requests under way."""
    import uvicorn

    from app.cli.allocator import give_memory_back
    from app.cli.logs import build_log_config

    give_memory_back()
    # The server stops gracefully, and then lets happen what would have happened without it.
    signal.signal(signal.SIGTERM, _leave)
    uvicorn.run(
        "app.main:create_app",  # by name, because each worker makes its own
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_config=build_log_config(settings.log_level, settings.log_format),
        log_level=settings.log_level,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        **SERVER,
    )


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End the process as one that has done what it was told."""
    raise SystemExit(0)
