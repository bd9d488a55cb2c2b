"""Options that several commands have, their values parsed as the HTTP API parses them."""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from app.domain.attainability import USUAL_TURNOVER
from app.domain.bands import StaffGroup
from app.domain.measures import ReferenceKind
from app.domain.series import Continuity
from app.domain.yearly_rates import (
    APPOINTED,
    GROWTH,
    PLACES,
    TURNOVER,
    Bounds,
    has_few_places,
)

FIRST_YEAR = 2000
"""No instant before this year is taken."""

_EXACT_SHARE = re.compile(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?")


def instant(value: str) -> datetime:
    """Return the instant that a text names, in UTC."""
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None or parsed.year < FIRST_YEAR:
        raise typer.BadParameter(
            f"{value} is no instant since {FIRST_YEAR}; give one as 2025-06-30T12:00:00Z"
        )
    return parsed.astimezone(UTC)


def exact_share(value: str) -> Decimal:
    """Return the share that a text states."""
    if not _EXACT_SHARE.fullmatch(value):
        raise typer.BadParameter(f"{value} is no share from 0 to 1 of up to four places, as 0.18")
    return Decimal(value)


def turnover_share(value: str) -> Decimal:
    """Return the turnover that a text states."""
    return _rate(value, TURNOVER, "0.12")


def appointed_share(value: str) -> Decimal:
    """Return the share of appointments that a text states."""
    return _rate(value, APPOINTED, "0.3")


def growth_share(value: str) -> Decimal:
    """Return the growth that a text states."""
    return _rate(value, GROWTH, "0.02")


def _rate(value: str, bounds: Bounds, example: str) -> Decimal:
    """Return what a text supposes of a year."""
    try:
        rate = Decimal(value)
    except InvalidOperation:
        rate = Decimal("NaN")
    if not (rate.is_finite() and bounds.hold(rate) and has_few_places(rate)):
        raise typer.BadParameter(
            f"{value} is not from {bounds.least} to {bounds.most} with up to {PLACES} places, as"
            f" {example}"
        )
    return rate


AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        parser=instant,
        metavar="INSTANT",
        help="Use what was known then, as 2025-06-30T12:00:00Z.",
    ),
]
ContinuityAsked = Annotated[
    Continuity,
    typer.Option(
        "--continuity", metavar="CONTINUITY", help="combined with predecessors, or as_reported."
    ),
]
NarrowedTo = Annotated[
    StaffGroup | None,
    typer.Option("--staff-group", metavar="GROUP", help="clinical or non_clinical."),
]
Reference = Annotated[
    ReferenceKind | None,
    typer.Option(
        "--reference", metavar="KIND", help=f"What parity means: {', '.join(ReferenceKind)}."
    ),
]
ReferenceShare = Annotated[
    Decimal | None,
    typer.Option(
        "--reference-share", parser=exact_share, metavar="SHARE", help="For `fixed`, as 0.2."
    ),
]
Turnover = Annotated[
    Decimal | None,
    typer.Option(
        "--turnover",
        parser=turnover_share,
        metavar="SHARE",
        help=f"Share of staff who leave in a year; {USUAL_TURNOVER} if left out.",
    ),
]
MethodVersion = Annotated[
    str | None,
    typer.Option(
        "--method", metavar="VERSION", help="Version of the method; the newest if left out."
    ),
]
