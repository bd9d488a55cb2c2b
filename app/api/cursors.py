"""Cursors: where the next page of a list begins, opaque to the caller."""

from base64 import b64decode, urlsafe_b64encode
from binascii import Error
from typing import Annotated

from fastapi import Depends, Query

from app.domain.errors import Fault, InvalidRequest


def next_cursor(last: str) -> str:
    """Return the cursor of the page after an item, given its key."""
    return urlsafe_b64encode(last.encode()).decode().rstrip("=")


def not_a_cursor() -> InvalidRequest:
    """Return the error of a cursor that is none."""
    detail = "This is no cursor; leave it out, or send the `next` of a page."
    return InvalidRequest([Fault("?cursor", "not_a_cursor", detail)])


def _after(
    cursor: Annotated[
        str | None, Query(max_length=200, description="`next` of the page before.")
    ] = None,
) -> str | None:
    if cursor is None:
        return None
    try:
        # The decoder passes over what is not in its alphabet; no cursor of ours has such.
        return b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode("ascii")
    except (Error, ValueError) as error:
        raise not_a_cursor() from error


_DIGITS = 18
"""Digits of the largest number that every database can compare."""


def as_number(after: str) -> int:
    """Return the number that a cursor of numbered items holds."""
    if not (after.isascii() and after.isdigit() and len(after) <= _DIGITS):
        raise not_a_cursor()
    return int(after)


After = Annotated[str | None, Depends(_after)]
"""The key after which a page begins; None for the first page."""
