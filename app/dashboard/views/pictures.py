"""Charts on pages."""

from app.charts.pictures import Picture as Picture  # noqa: PLC0414 — views ask for it here
from app.charts.pictures import draw as draw  # noqa: PLC0414 — likewise
