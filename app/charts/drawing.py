"""Drawing specifications as SVG and PNG.

What comes out carries its presentation in attributes alone: no style, no script and no reference
to anything outside, so that it may stand in a page that allows none of these.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import Any, Final

KEPT: Final = 256
"""Pictures that are kept, of some 20 kB each."""

SCALE: Final = 2
"""Pixels of a PNG for each of the specification, so that it is sharp in print."""

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_NOT_SHOWN = re.compile(r'<path [^<>]*(?:display="none"|d="")[^<>]*/>')
_EMPTY = re.compile(r'<path class="background"(?![^<>]*(?:fill|stroke)=)[^<>]*/>')
_UNHEARD = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"')
_ROOT = re.compile(r"<svg [^<>]*?(?P<size>width=[^<>]*)>")
_NAMED = re.compile(r'(id="|url\(#)([\w-]+)')


def svg(specification: Mapping[str, Any], *, title: str, description: str) -> str:
    """Return a specification drawn as SVG: an image with a title and a description.

    Args:
        specification: In Vega-Lite, with its data inside.
        title: What the picture shows.
        description: What it says, for those who do not see it.
    """
    return _draw(_as_text(specification), title, description)


def png(specification: Mapping[str, Any], *, title: str, description: str) -> bytes:
    """Return a specification drawn as PNG; takes what `svg` takes."""
    return _paint(svg(specification, title=title, description=description))


def warm_up() -> None:
    """Draw a point, so that the renderer has started: in a process it takes a second once."""
    _render('{"data": {"values": [{}]}, "mark": "point"}')


def _as_text(specification: Mapping[str, Any]) -> str:
    return json.dumps(specification, allow_nan=False, ensure_ascii=False, sort_keys=True)


# A drawing takes some 50 ms, in which Python does nothing else; the same figures are asked for
# again and again, and make the same specification.
@lru_cache(maxsize=KEPT)
def _draw(specification: str, title: str, description: str) -> str:
    """Return a drawing with its words, its names unique among the pictures of a page."""
    name = "chart-" + sha256(f"{specification}\n{title}".encode()).hexdigest()[:12]
    drawn = _EMPTY.sub("", _NOT_SHOWN.sub("", _render(specification)))
    drawn = _TAG.sub(lambda tag: _UNHEARD.sub("", tag[0]), drawn)
    drawn = _NAMED.sub(rf"\1{name}-\2", drawn)
    root = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img"'
        f' aria-labelledby="{name}-title {name}-description" \\g<size>>'
    )
    words = (
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>'
    )
    begun, size = _ROOT.match(drawn), ""
    if begun is None:
        raise AssertionError(drawn[:80])
    size = root.replace("\\g<size>", begun["size"])
    return f"{size}{words}{drawn[begun.end() :]}"


@lru_cache(maxsize=KEPT // 4)
def _paint(drawn: str) -> bytes:
    # Imported late: the renderer takes a tenth of a second that commands need not spend.
    import vl_convert  # noqa: PLC0415

    return bytes(vl_convert.svg_to_png(drawn, scale=SCALE))


def _render(specification: str) -> str:
    import vl_convert  # noqa: PLC0415

    # No address is allowed, so nothing is ever fetched.
    return str(vl_convert.vegalite_to_svg(specification, allowed_base_urls=[]))
