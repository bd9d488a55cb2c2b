"""The back-test of a method, made anew and held against what is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import MethodVersion

if TYPE_CHECKING:
    from app.domain.backtest import Backtest

KEPT = Path("app/ingest/reference")
"""Where a checkout keeps the back-tests of all methods."""


def backtest(
    *,
    method: MethodVersion = None,
    write: Annotated[
        bool, typer.Option("--write", help=f"Keep it, in a checkout: under {KEPT}.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="With --write: even if another one is kept.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if what is kept differs.")
    ] = False,
) -> None:
    """Try a method on the demonstration set.

    Holds out the last censuses of every trust and measure, forecasts them from the ones
    before, and compares the result with what is kept.
    """
    from app.cli.backtest_page import lay_out
    from app.cli.console import make_console

    made = _run(method)
    console = make_console()
    for part in lay_out(made, width=console.width):
        console.print(part)
    if write and not check:
        typer.echo(f"Wrote {keep(made, replace=replace)}.")
    else:
        tell_whether_kept(made, check=check)


def tell_whether_kept(made: "Backtest", *, check: bool) -> None:
    """Say whether a back-test is what is kept; exit with 1 if a check finds that it is not."""
    from app.ingest.backtest import is_kept

    if is_kept(made):
        typer.echo("It is what is kept with the method.")
        return
    typer.echo(
        "It is not what is kept: if a formula changed, it takes a new version of the method; else"
        " run `parity backtest --write`.",
        err=check,
    )
    if check:
        raise typer.Exit(1)


def _run(version: str | None) -> "Backtest":
    """Return the back-test of a method; exit with 1 if there is no such method."""
    from app.cli.transaction import explain
    from app.domain.errors import MethodNotFound
    from app.services.backtest import run_backtest

    try:
        return run_backtest(version=version)
    except MethodNotFound as error:
        typer.echo(explain(error), err=True)
        raise typer.Exit(1) from error


def keep(made: "Backtest", *, replace: bool) -> Path:
    """Write the file that keeps a back-test.

    Exit with 1 outside a checkout, or if another one is kept that is not to be replaced.
    """
    from app.ingest.backtest import file_name, write_backtest

    if not KEPT.is_dir():
        typer.echo(f"There is no {KEPT} here; run it at the root of a checkout.", err=True)
        raise typer.Exit(1)
    file = KEPT / file_name(made.method)
    content = write_backtest(made)
    if file.exists() and file.read_bytes() != content and not replace:
        typer.echo(
            f"{file} keeps another one, and what was released does not change: if a formula"
            " changed, it takes a new version of the method. To write over it, add --replace.",
            err=True,
        )
        raise typer.Exit(1)
    file.write_bytes(content)
    return file
