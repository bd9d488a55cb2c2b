"""Errors as pages tell them: what happened, whether anything was changed, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.dashboard.views.words import say_many

_NOT_FOUND, _NOT_ALLOWED, _TOO_MANY, _FAILED = 404, 405, 429, 500

TITLES: Final[Mapping[int, str]] = {
    400: "This request is not understood",
    _NOT_FOUND: "Page not found",
    _NOT_ALLOWED: "This page cannot be used like that",
    408: "What you sent came too slowly",
    413: "What you sent is too large",
    414: "This address is too long",
    422: "This request is not understood",
    _TOO_MANY: "You have asked for too much at once",
    431: "Your browser sent too much",
    _FAILED: "Something went wrong here",
    503: "This service cannot answer just now",
}
"""What each status is called on a page; others are called as the problem is."""

_SENTENCES: Final[Mapping[int, str]] = {
    _NOT_FOUND: "There is no page at this address.",
    _NOT_ALLOWED: "Open it by a link, or send the form that leads to it. Nothing was changed.",
    _TOO_MANY: "The service answers only so many requests of everybody a minute. Nothing was"
    " changed.",
    _FAILED: "The failure has been noted. If you sent a form, see whether it was stored before you"
    " send it again.",
}
"""What is said where the problem speaks to programs."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The page of an error."""

    title: str
    sentences: Sequence[str]
    data: str | None = None


def tell_error(
    status: int, *, title: str, details: Sequence[str], retry_after: str | None, request_id: str
) -> ErrorPage:
    """Return the page of an error.

    Args:
        status: Of HTTP.
        title: What the problem is called.
        details: What the problem says, or each of its faults.
        retry_after: In how many seconds another try is worth it, if that is told.
        request_id: What the request is called in the log.
    """
    own = _SENTENCES.get(status)
    sentences = [own] if own else [*details]
    if retry_after is not None:
        sentences.append(f"Try again in {_say_time(int(retry_after))}.")
    if status >= _FAILED:
        sentences.append(
            "If it goes on, tell whoever runs this service the number of your request:"
            f" {request_id}"
        )
    return ErrorPage(TITLES.get(status, title), sentences)


def _say_time(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return say_many(seconds, "second") if minutes < 2 else say_many(minutes, "minute")  # noqa: PLR2004 — as people say it
