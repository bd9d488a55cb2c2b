"""The command `parity`, run in this process."""

import json
from pathlib import Path

from typer.testing import CliRunner

from app.cli import commands
from tests.bodies import JSON


class Parity:
    """The command line on one database.

    Attributes:
        url: The address of the database.
        out: What the last command printed, without the spaces at the ends of lines.
        err: What it said on the standard error, likewise.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.out = self.err = ""
        self._folder = folder

    def __call__(self, *arguments: str) -> int:
        """Run a command; return its exit code."""
        result = CliRunner().invoke(
            commands,
            arguments,
            catch_exceptions=False,
            env={"PARITY_DATABASE_URL": self.url, "TERMINAL_WIDTH": "80"},
        )
        self.out, self.err = _strip(result.stdout), _strip(result.stderr)
        return result.exit_code

    def succeed(self, *arguments: str) -> str:
        """Run a command that has to succeed without a word of complaint; return its output."""
        code = self(*arguments)
        assert (code, self.err) == (0, ""), f"exit code {code}: {self.err}"
        return self.out

    def fail(self, *arguments: str) -> str:
        """Run a command that has to fail without any output; return what it complains of."""
        code = self(*arguments)
        assert (code, self.out) == (1, ""), f"exit code {code}: {self.out}{self.err}"
        return self.err

    def write(self, name: str, body: object) -> Path:
        """Write a file of JSON; return where it is."""
        file = self._folder / name
        file.write_text(json.dumps(body), encoding="utf-8")
        return file


def as_told(problem: JSON) -> str:
    """Return a problem document as the command line tells it."""
    code = problem["type"].removeprefix("/problems/").replace("-", "_")
    faults = "".join(
        f"  {' '.join(filter(None, (one['pointer'], one['code'])))}: {one['detail']}\n"
        for one in problem["errors"]
    )
    return f"{code}: {problem['detail']}\n{faults}"


def _strip(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
