"""Forms that are taken from our own pages only."""

from hmac import compare_digest
from typing import Final

from fastapi import Request

from app.dashboard.views.content import Definition

SIGN_IN: Final = "/sign-in"
"""Where people sign in."""

WORD: Final = "csrf"
"""The field in which a form sends its session's word back."""

MOST_FIELD_BYTES: Final = 1024 * 1024
"""Bytes that a field of a form may have unless its page says otherwise."""

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

_FROM_HERE: Final = frozenset({"same-origin", "none"})
"""Where a browser says that our own forms, or its own user, come from."""

STRAY: Final = Definition(
    title="The form was not taken",
    sentences=(
        "It came from another site, or from a page that was opened before you last signed in.",
        "Nothing was stored. Open its page again and send it from there.",
    ),
    list_title="Sign in",
    list_page=SIGN_IN,
)
"""The page that answers a form from elsewhere."""

SIGNED_OUT: Final = Definition(
    title="You are not signed in",
    sentences=(
        "This takes somebody who is signed in, and your session has ended or never began.",
        "Nothing was stored. Sign in, open the page again and send it from there.",
    ),
    list_title="Sign in",
    list_page=SIGN_IN,
)
"""The page that answers a form of nobody's."""


NO_COOKIE: Final = Definition(
    title="Your browser did not keep the form's cookie",
    sentences=(
        "Signing in takes two cookies, which hold nothing about you and go when the browser does.",
        "Let your browser keep those of this site, open the page again and enter your token.",
    ),
    list_title="Sign in",
    list_page=SIGN_IN,
)
"""The page that answers whoever would sign in, from a browser that keeps no cookies."""


class StrayForm(Exception):
    """A form came from elsewhere than from a page of its session."""


async def require_own_form(
    request: Request, word: str | None, *, most_field_bytes: int = MOST_FIELD_BYTES
) -> None:
    """Refuse a form unless it is one of ours.

    Args:
        request: What came.
        word: The word that forms of its session send back; None where there are none.
        most_field_bytes: Bytes that a field may have, files aside.

    Raises:
        StrayForm: It came from another site, or without the word.
    """
    if word is None or not _is_from_here(request):
        raise StrayForm
    sent = (await request.form(max_part_size=most_field_bytes)).get(WORD)
    # A form names its own encoding, so that there may be in it what no text can be made of.
    sent_bytes = sent.encode(errors="replace") if isinstance(sent, str) else b""
    if not compare_digest(sent_bytes, word.encode()):
        raise StrayForm


def _is_from_here(request: Request) -> bool:
    """Return whether what a browser says of where a form comes from agrees with it.

    Whoever says nothing is no browser of today, and has only the word.

    Source: W3C Fetch Metadata, `Sec-Fetch-Site`; RFC 6454, section 7, where that is not sent.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in _FROM_HERE
    origin = request.headers.get("origin")
    # Behind a proxy the scheme may be another one; the host is what the browser asked.
    return origin is None or origin.partition("://")[2] == request.headers.get("host")
