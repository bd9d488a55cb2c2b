"""A chart: a picture as a specification, with the same in numbers and in words."""

from dataclasses import dataclass

from app.charts.look import Layer
from app.charts.tables import Table


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as a specification, with the same in numbers and in words."""

    specification: Layer
    table: Table
    reading: str

    @property
    def title(self) -> str:
        """What it is called, as is the table of its numbers."""
        return self.table.caption
