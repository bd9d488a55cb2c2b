import subprocess
import sys

import pytest
from typer.testing import CliRunner

from app.cli import commands

HELP = """\
Usage: parity [OPTIONS] COMMAND [ARGS]...

  Targets for, and progress towards, BME representation in NHS trusts in
  England. Settings are environment variables that begin with PARITY_.

Options:
  --help  Show this message and exit.

Commands:
  serve        Start the service.
  import       Store a file of figures, whole or not at all.
  returns      Show who has sent and set what, overdue ones first.
  board-page   Write the board page of a trust as PDF.
  report       Write the report of a census of all trusts.
  peers        Show a trust beside those most like it.
  funnel       Show every trust around the share of all together.
  backtest     Try a method on the demonstration set.
  what-if      Show what would be if every year were as supposed.
  export       Write all that the database holds into FILE.
  permissions  Print who may do what, every operation by role.
  backup       Back up all that the database holds; the service may go on.
  check        Look for anything wrong in what the database holds.
  restore      Put a backup into an empty database, checked first.
  redact       Put “[redacted DAY]” in the place of a text; figures are...
  db           The database's schema.
  register     The register of organisations.
  censuses     Censuses and their dates.
  demo         The demonstration set.
  tokens       Callers' tokens.
  actuals      Headcounts of a trust at a census.
  staff        Staff lists, counted where they are.
  indicators   The nine WRES indicators of a trust.
  targets      What trusts have set out to reach.
  plans        What trusts do to reach their targets.
  progress     Trajectory, gap and parity of a trust.
  areas        Sums of trusts: boards, regions, England.
  releases     Editions of what is public of a census.
  consents     Which areas may read a trust's exact figures.
  audit        Who changed or read what, and whether it still holds.
  experts      WRES experts and the trusts that they support.
  openapi      The description of the HTTP API.
"""

GROUPS = [
    "db",
    "register",
    "censuses",
    "demo",
    "tokens",
    "actuals",
    "staff",
    "indicators",
    "targets",
    "plans",
    "progress",
    "consents",
    "experts",
    "openapi",
]

SLOW = "{'alembic', 'fastapi', 'numpy', 'pydantic', 'rich', 'sqlalchemy', 'sqlmodel', 'uvicorn'}"
"""Packages that take so long to import that help would wait for them."""


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(commands, ["--help"], prog_name="parity")

    assert (result.exit_code, result.output) == (0, HELP)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_without_a_command_shows_its_help(group: str) -> None:
    result = CliRunner().invoke(commands, [group])

    assert result.exit_code == 2
    assert "Commands:" in result.output


def test_help_imports_nothing_that_takes_long() -> None:
    program = (
        "import sys\n"
        "from app.cli import main\n"
        "sys.argv = ['parity', '--help']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        f"    print(sorted({SLOW} & set(sys.modules)))\n"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )

    assert run.stdout == f"{HELP}[]\n"
