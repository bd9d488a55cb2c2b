"""Where a page leads back to: to pages of ours, whatever an address says."""

import re
from typing import Final

# Browsers take a backslash for a slash, and pass over line ends and tabs (WHATWG URL Standard).
_OWN: Final = re.compile(r"/(?!/)[!-\[\]-~]{0,2000}", re.ASCII)
"""A path with its query: one slash, then visible characters of ASCII other than a backslash."""


def own_path(asked: str, otherwise: str) -> str:
    """Return the path of ours that an address asks to be led to, or another one."""
    return asked if _OWN.fullmatch(asked) else otherwise
