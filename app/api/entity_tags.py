"""Lists of entity tags, as headers hold them (RFC 9110, 8.8.3 and 13.1)."""

import re
from typing import Final

from app.domain.preconditions import ANY

_TAG: Final = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_LIST: Final = re.compile(rf"[ \t,]*{_TAG}(?:[ \t]*,[ \t,]*{_TAG})*[ \t,]*")
_ONE: Final = re.compile(_TAG)


def read_tags(header: str) -> frozenset[str]:
    """Return the tags in a header, or `*` if it stands alone; none if the header is no list.

    A comma or an asterisk within a tag is a part of it.
    """
    if header.strip(" \t") == ANY:
        return frozenset({ANY})
    # A pattern that matched piece by piece would find tags in what is no list of them.
    return frozenset(_ONE.findall(header) if _LIST.fullmatch(header) else ())


def weakly(tag: str) -> str:
    """Return a tag as it is compared where it does not matter whether it is weak."""
    return tag.removeprefix("W/")
