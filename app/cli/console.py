"""Where tables are printed."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100
"""Columns of what is printed elsewhere than in a terminal."""


def make_console() -> "Console":
    """Return a console on the standard output that prints text as it is."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDTH
    return Console(width=width, emoji=False, highlight=False, markup=False)
