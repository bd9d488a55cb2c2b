"""The demonstration set: invented trusts with ten years of figures."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from app.cli.transaction import writing
from app.domain.callers import COMMAND_LINE

if TYPE_CHECKING:
    from sqlmodel import Session

    from app.services.demonstration import Notify

FIRST_TRUST = "ZZ001"
"""The code of a trust that every demonstration set has."""

commands = typer.Typer(name="demo", help="The demonstration set.", no_args_is_help=True)


@commands.command()
def load() -> None:
    """Load the demonstration set, and the register that it needs."""
    with writing() as session:
        loaded = load_with_progress(session, now=datetime.now(UTC))
    typer.echo("Loaded the demonstration set." if loaded else "Everything was held before.")


def load_with_progress(session: "Session", *, now: datetime) -> bool:
    """Load register and demonstration set; return whether the latter was not held before.

    Raises:
        SyntheticBesideReal: Figures of real trusts are held.
    """
    from app.services.demonstration import load_demonstration, make_demonstration
    from app.services.register import load_register

    load_register(session, by=COMMAND_LINE, now=now)
    with _progress() as notify:
        made = make_demonstration()
        return load_demonstration(session, made, by=COMMAND_LINE, now=now, notify=notify)


@contextmanager
def _progress() -> Iterator["Notify"]:
    """Yield what moves a progress bar, on the standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, console=Console(stderr=True))
    task = progress.add_task("Loading invented trusts")
    with ExitStack() as stack:

        def notify(done: int, number: int) -> None:
            if not progress.live.is_started:
                # Only now, so that there is no bar where there is nothing to do.
                stack.enter_context(progress)
            progress.update(task, completed=done, total=number)

        yield notify
