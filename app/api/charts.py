"""Charts as they are asked for and sent: SVG, PNG or the specification itself."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request, Response

from app.api.negotiation import choose_among
from app.charts import drawing
from app.charts.chart import Chart
from app.charts.look import Form

SVG: Final = "image/svg+xml"
PNG: Final = "image/png"
VEGALITE: Final = "application/vnd.vegalite+json"
"""The media type of specifications, which charting tools read."""


class ChartFormat(StrEnum):
    """What a chart comes as."""

    SVG = "svg"
    PNG = "png"
    VEGALITE = "vegalite"


_MEDIA_TYPES: Final[Mapping[ChartFormat, str]] = {
    ChartFormat.SVG: SVG,
    ChartFormat.PNG: PNG,
    ChartFormat.VEGALITE: VEGALITE,
}

DRAWN: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The chart. Its SVG carries a title and a description.",
        "content": {
            SVG: {"schema": {"type": "string"}},
            PNG: {"schema": {"type": "string", "format": "binary"}},
            VEGALITE: {"schema": {"type": "object", "additionalProperties": True}},
        },
    }
}
"""How the answers of charts are described."""


def _media_type(
    request: Request,
    format: Annotated[  # noqa: A002 — what callers write
        ChartFormat | None,
        Query(description="What it comes as; left out, `Accept` decides, else SVG."),
    ] = None,
) -> str:
    """Return what a chart is to come as: as the address says, else as `Accept` prefers."""
    if format is not None:
        return _MEDIA_TYPES[format]
    return choose_among(request, list(_MEDIA_TYPES.values()))


WantedType = Annotated[str, Depends(_media_type)]

WantedForm = Annotated[
    Form, Query(description="`wide` is 640 pixels wide, `narrow` 340, for telephones.")
]


def send(chart: Chart, media_type: str) -> Response:
    """Return a chart as an answer of a media type."""
    if media_type == VEGALITE:
        text = json.dumps(chart.specification, allow_nan=False, ensure_ascii=False)
        return Response(text, media_type=media_type)
    words = {"title": chart.title, "description": chart.reading}
    if media_type == PNG:
        return Response(drawing.png(chart.specification, **words), media_type=media_type)
    return Response(drawing.svg(chart.specification, **words), media_type=media_type)
