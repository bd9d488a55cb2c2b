"""What makes and checks clients: programs in an environment of their own, run from here."""

import os
import subprocess
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]

PROGRAMS: Final = ROOT / ".venv" / "clients" / "bin"
"""Python with the generator and what its clients need; Node.js."""

PACKAGES: Final = ROOT / ".venv" / "node" / "node_modules"
"""Those of `tests/clients/node`."""


class Failed(Exception):
    """A program failed; what it said stands in the message."""


def run(
    arguments: Sequence[str | Path],
    *,
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    codes: Container[int] = (0,),
) -> str:
    """Run a program; return what it printed.

    Args:
        arguments: The program, and what it is told.
        folder: Where it runs.
        environment: Variables beside the usual.
        codes: With which it may end.

    Raises:
        Failed: It is missing, or ended with another code.
    """
    if not Path(arguments[0]).exists():
        raise Failed(f"{arguments[0]} is missing; run `make .venv/.node-stamp`")
    path = os.pathsep.join([str(PROGRAMS), os.environ["PATH"]])
    ended = subprocess.run(
        arguments,
        cwd=folder,
        env=os.environ | {"PATH": path} | dict(environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode not in codes:
        raise Failed(
            f"{arguments[0]} ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}"
        )
    return ended.stdout
