"""What routes ask for: sessions, the clock, preconditions and parameters.

The limits add up to the pool of `app.store.engine`: a request that waits for a connection
waits without a thread, so threads never starve the requests that hold one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request
from pydantic import BeforeValidator
from sqlmodel import Session

from app import requests
from app.api.auth import CallerDep
from app.api.entity_tags import read_tags, weakly
from app.api.once import recall
from app.api.schemas.base import FewPlaces, Instant
from app.domain.bands import StaffGroup
from app.domain.disclosure import Rules
from app.domain.preconditions import Precondition, undated
from app.domain.series import Continuity
from app.domain.yearly_rates import TURNOVER
from app.requests import Now as Now  # noqa: PLC0414 — routes ask for it here, with the others
from app.requests import engine_of as engine_of  # noqa: PLC0414 — likewise
from app.services import actuals, boards, censuses, indicators, organisations, plans
from app.settings import Settings
from app.store.engine import (
    NOTERS,
    PAGE_READERS,
    PAGE_SENDERS,
    PAGE_WRITERS,
    POOL_SIZE,
    reading,
)

WRITERS = 2
"""Requests that may hold a writing session at once."""

IDENTIFIERS = 2
"""Requests that may look up their caller at once."""

LOOKERS = 8
"""Requests that may look up their caller, or what is held on arrival, at once."""

IMPORTERS = 1
"""Requests that may import a file, or preview that, at once."""

_OF_PAGES = PAGE_READERS + PAGE_WRITERS + PAGE_SENDERS

READERS = POOL_SIZE - WRITERS - LOOKERS - IMPORTERS - _OF_PAGES - NOTERS
"""Requests that may hold a reading session at once."""

_DIGITS = re.compile(r"0|[1-9][0-9]*")


def _rules(request: Request) -> Rules:
    settings: Settings = request.app.state.settings
    return settings.disclosure_rules


def _reading(request: Request) -> Iterator[Session]:
    with requests.reading(request) as session:
        yield session


def _writing(request: Request, caller: CallerDep) -> Iterator[Session]:
    with requests.writing(request, caller) as session:
        recall(request, session)
        yield session


RulesInForce = Annotated[Rules, Depends(_rules)]
"""How strictly counts are controlled in the next release."""

ReadSession = Annotated[Session, Depends(_reading, scope="function", max_concurrency=READERS)]
"""A session that sees one state of the database and can change nothing."""

WriteSession = Annotated[Session, Depends(_writing, scope="function", max_concurrency=WRITERS)]
"""A session in a transaction that commits when the route returns, before the response is
sent, and rolls back if the route raises."""


def _in_digits(value: object) -> object:
    # The parser would take +2024, 2_024 and 2024.0 too: one thing would have many addresses.
    # What has no digits at all is left to the parser, which says that it is no number.
    if isinstance(value, str) and any(map(str.isdigit, value)) and not _DIGITS.fullmatch(value):
        raise ValueError("must be digits alone, without a sign, a point or a zero in front")
    return value


InDigits = BeforeValidator(_in_digits)
"""A number in an address is written in one way."""


OdsCode = Annotated[
    str, Path(pattern=r"^[A-Z0-9]{3,5}$", description="ODS code.", examples=["ZZ001"])
]

CensusYear = Annotated[
    int,
    Path(ge=1900, le=2200, description="Census year.", examples=[2024]),
    InDigits,
]

CyclePath = Annotated[
    str,
    Path(
        pattern=r"^[0-9]{4}-[0-9]{4}$",
        description="Census years of baseline and goal.",
        examples=["2022-2025"],
    ),
]

AsOf = Annotated[
    Instant | None,
    Query(
        description="An instant, RFC 3339: the answer uses what was known then. Left out, it is"
        " the newest change that the answer depends on.",
        examples=["2026-11-23T09:00:00Z"],
    ),
]

TurnoverAsked = Annotated[
    float,
    Query(
        ge=float(TURNOVER.least),
        le=float(TURNOVER.most),
        description="Share of staff who leave in a year, for what appointments can do; at most six"
        " decimal places.",
    ),
    FewPlaces,
]

MethodAsked = Annotated[
    str | None,
    Query(
        description="Version of the method; the newest if left out.",
        max_length=20,
        examples=["1"],
    ),
]

ContinuityAsked = Annotated[
    Continuity, Query(description="Whether predecessors' counts are added in.")
]

NarrowedTo = Annotated[
    StaffGroup | None, Query(description="Narrow to `clinical` or `non_clinical`.")
]

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="ETag of what is to be changed; required when something is held.",
        examples=['"1"'],
    ),
]

IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        description="`*` to store only if nothing is held yet.",
        examples=["*"],
    ),
]


def given_precondition(
    request: Request, if_match: IfMatch = None, if_none_match: IfNoneMatch = None
) -> Precondition:
    """Return what the caller says has to hold; tags are compared without days.

    A weak tag never matches what is to be changed, but does match what is not to be there.
    """
    matching = None if if_match is None else _tags(request, "if-match")
    others = None if if_none_match is None else map(weakly, _tags(request, "if-none-match"))
    return Precondition(
        None if matching is None else frozenset(map(undated, matching)),
        None if others is None else frozenset(map(undated, others)),
    )


def _tags(request: Request, name: str) -> frozenset[str]:
    """Return the tags of a header, which may come on several lines (RFC 9110, 5.3)."""
    return read_tags(", ".join(request.headers.getlist(name)))


GivenPrecondition = Annotated[Precondition, Depends(given_precondition)]
"""What the caller says has to hold."""


def _of_actuals(
    request: Request, ods_code: OdsCode, year: CensusYear, given: GivenPrecondition
) -> Precondition:
    with reading(engine_of(request)) as session:
        return replace(given, seen=actuals.find_tag(session, ods_code=ods_code, year=year))


def _of_board(
    request: Request, ods_code: OdsCode, year: CensusYear, given: GivenPrecondition
) -> Precondition:
    with reading(engine_of(request)) as session:
        return replace(given, seen=boards.find_tag(session, ods_code=ods_code, year=year))


def _of_indicators(
    request: Request, ods_code: OdsCode, year: CensusYear, given: GivenPrecondition
) -> Precondition:
    with reading(engine_of(request)) as session:
        return replace(given, seen=indicators.find_tag(session, ods_code=ods_code, year=year))


def _of_organisation(
    request: Request, ods_code: OdsCode, given: GivenPrecondition
) -> Precondition:
    with reading(engine_of(request)) as session:
        return replace(given, seen=organisations.find_tag(session, ods_code=ods_code))


def _of_census(request: Request, year: CensusYear, given: GivenPrecondition) -> Precondition:
    with reading(engine_of(request)) as session:
        return replace(given, seen=censuses.find_tag(session, year=year))


def _of_plan(
    request: Request, ods_code: OdsCode, cycle: CyclePath, given: GivenPrecondition
) -> Precondition:
    with reading(engine_of(request)) as session:
        return replace(given, seen=plans.find_tag(session, ods_code=ods_code, cycle=cycle))


# What was held on arrival is read before the writing session waits for its turn, so that a
# first write that loses a race is told from one that comes late.
ActualsPrecondition = Annotated[Precondition, Depends(_of_actuals, max_concurrency=1)]
BoardPrecondition = Annotated[Precondition, Depends(_of_board, max_concurrency=1)]
IndicatorsPrecondition = Annotated[Precondition, Depends(_of_indicators, max_concurrency=1)]
OrganisationPrecondition = Annotated[Precondition, Depends(_of_organisation, max_concurrency=1)]
CensusPrecondition = Annotated[Precondition, Depends(_of_census, max_concurrency=1)]
PlanPrecondition = Annotated[Precondition, Depends(_of_plan, max_concurrency=1)]
