"""Lines of tables that lead on."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A trust, an area or a measure in a line of a table.

    Attributes:
        path: Of its page.
        cells: What is told of it, beside its name.
    """

    name: str
    path: str
    cells: Sequence[str]
