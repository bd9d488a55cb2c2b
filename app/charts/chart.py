"""A chart: a picture as a specification, with the same in numbers and in words."""

from dataclasses import dataclass

from app.charts.look import Layer
from app.charts.tables import Table


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as a specification, with the same in numbers and in words."""

    title: str
    specification: Layer
    table: Table
    reading: str
