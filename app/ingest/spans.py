"""Dated values that follow each other without a break."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from app.domain.organisations import Dated

DAY = timedelta(days=1)
"""The step from the last day of a span to the first day of the next."""


def join_spans(spans: Iterable[Dated]) -> tuple[Dated, ...]:
    """Return spans, oldest first, with each that carries on the one before joined to it."""
    joined: list[Dated] = []
    for span in spans:
        if joined and _carries_on(joined[-1], span):
            joined[-1] = replace(joined[-1], ends=span.ends)
        else:
            joined.append(span)
    return tuple(joined)


def _carries_on(span: Dated, later: Dated) -> bool:
    return span.value == later.value and span.ends is not None and span.ends + DAY == later.starts


def restate(spans: Iterable[Dated], value: str | None, on: date) -> tuple[Dated, ...]:
    """Return spans, oldest first, with another value from a day on; None for no value.

    What held before that day stays as it was.
    """
    before = [span for span in spans if span.starts is None or span.starts < on]
    ended = [replace(span, ends=on - DAY) if span.holds_on(on) else span for span in before]
    return join_spans([*ended, *([] if value is None else [Dated(value, on)])])
