"""The admin command line.

Commands import what they need when they run, so that `parity --help` answers at once.
"""

import typer

from app.cli import (
    actuals,
    areas,
    audit,
    backtest,
    backups,
    benchmarks,
    censuses,
    checks,
    consents,
    database,
    demonstration,
    documents,
    experts,
    imports,
    indicators,
    openapi,
    permissions,
    plans,
    progress,
    redact,
    register,
    releases,
    returns,
    serve,
    staff,
    targets,
    tokens,
    transfer,
    what_if,
)

commands = typer.Typer(
    name="parity",
    help="Targets for, and progress towards, BME representation in NHS trusts in England."
    " Settings are environment variables that begin with PARITY_.",
    add_completion=False,
    no_args_is_help=True,
    # A local variable in a traceback may hold a token.
    pretty_exceptions_enable=False,
    # Help in boxes would take half a second to import.
    rich_markup_mode=None,
)
commands.command()(serve.serve)
commands.command("import")(imports.import_)
commands.command()(returns.returns)
commands.command()(documents.board_page)
commands.command()(documents.report)
commands.command()(benchmarks.peers)
commands.command()(benchmarks.funnel)
commands.command()(backtest.backtest)
commands.command()(what_if.what_if)
commands.command()(transfer.export)
commands.command()(permissions.permissions)
commands.command()(backups.backup)
commands.command()(checks.check)
commands.command()(backups.restore)
commands.command()(redact.redact)
for group in (
    database,
    register,
    censuses,
    demonstration,
    tokens,
    actuals,
    staff,
    indicators,
    targets,
    plans,
    progress,
    areas,
    releases,
    consents,
    audit,
    experts,
    openapi,
):
    commands.add_typer(group.commands)


def main() -> None:
    """Run the command line."""
    commands()
