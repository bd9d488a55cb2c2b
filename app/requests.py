"""What the application holds ready for a request: its database, clock and origin, and its form."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Final

from anyio import from_thread
from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlmodel import Session

from app.domain.audit import Channel, Origin
from app.domain.callers import ANONYMOUS, Caller
from app.domain.imports import ImportKind
from app.settings import Settings
from app.store import engine as store
from app.store import readings
from app.store.replicas import Replica, Wanted

HTML: Final = "text/html"
"""The media type of pages."""

PROBLEM: Final = "application/problem+json"
"""The media type of every error that is not a page (RFC 9457)."""

FRESH: Final = ("/health", "/v1/tokens", "/v1/audit", "/sign-in")
"""Beginnings of addresses that tell what is no change of the ledger."""

_READS: Final = frozenset({"GET", "HEAD"})

_GOOD_UNTIL = "good_until"

_WANTED = "wanted_of_replica"

Use = Callable[[Session], None]
"""Notes in a session that something was used."""


def engine_of(request: Request) -> Engine:
    """Return the engine of the application."""
    engine: Engine = request.app.state.engine
    return engine


def read_now(request: Request) -> datetime:
    """Return the instant at which a request is answered: the clock is read once for each."""
    return now_of(request.scope)


def now_of(scope: MutableMapping[str, Any]) -> datetime:
    """Return the instant at which a request is answered, by its ASGI scope."""
    state: dict[str, Any] = scope.setdefault("state", {})
    found: datetime | None = state.get("now")
    if found is None:
        clock: Callable[[], datetime] = scope["app"].state.clock
        state["now"] = found = clock()
    return found


async def _now(request: Request) -> datetime:
    # What only looks at the request is no plain function: that would be called in a thread.
    return read_now(request)


Now = Annotated[datetime, Depends(_now)]
"""The instant at which the request is answered; nothing below reads a clock."""


def placed(request: Request, caller: Caller) -> Caller:
    """Return a caller with what the day and the settings make of it."""
    settings: Settings = request.app.state.settings
    return replace(
        caller,
        sees_invented=settings.invented_figures == "open",
        day=read_now(request).date(),
    )


def mark_uses(request: Request, uses: Sequence[Use]) -> None:
    """Let it be noted once a request is answered what it was made with: a token, or a session."""
    request.state.uses = uses


def marked_uses(state: Mapping[str, Any]) -> Sequence[Use]:
    """Return what is to be noted, by the state of an answered request."""
    uses: Sequence[Use] = state.get("uses", ())
    return uses


def limit(state: MutableMapping[str, Any], until: datetime) -> None:
    """Say how long an answer is good though nothing that is stored changes.

    Args:
        state: Of its request.
        until: From then on it would be another one; the earliest that is said counts.
    """
    said = good_until(state)
    state[_GOOD_UNTIL] = until if said is None else min(said, until)


def good_until(state: Mapping[str, Any]) -> datetime | None:
    """Return how long an answer is good, as far as that was said; None if it was not."""
    found: datetime | None = state.get(_GOOD_UNTIL)
    return found


def route_of(scope: Mapping[str, Any]) -> str | None:
    """Return the template of the address that a request was routed by; None where it was by none.

    It has no word of the caller's, as the address itself may.
    """
    route = scope.get("route")
    if route is not None:
        template: str = route.path
        return template
    if scope.get("endpoint") is None:
        return None
    mounted: str = scope.get("root_path", "")
    return f"{mounted}/{{path}}" if mounted else scope["path"]


def mark_import(request: Request, kind: ImportKind, outcome: str | None = None) -> None:
    """Say for the metrics what a request does with a file.

    Args:
        request: Which sends the file, or confirms it.
        kind: Of the file.
        outcome: What became of it, if that is known; the status of the answer tells the rest.
    """
    request.state.imported = kind, outcome


def marked_import(state: Mapping[str, Any]) -> tuple[ImportKind, str | None] | None:
    """Return what a request did with a file, by its state; None for all others."""
    found: tuple[ImportKind, str | None] | None = state.get("imported")
    return found


def origin_of(request: Request, caller: Caller) -> Origin:
    """Return who sends a request, and from where."""
    return Origin(
        caller=caller,
        channel=Channel.HTTP,
        operation=request.scope["route"].name,
        address=None if request.client is None else request.client.host,
        request_id=getattr(request.state, "request_id", None),
    )


@contextmanager
def looking(request: Request) -> Iterator[Session]:
    """Open a session that can change nothing, on the replica where that will do.

    What changes something, and what is no change of the ledger, is read from the primary.
    """
    with ExitStack() as stack:
        session = None
        if request.method in _READS and not request.url.path.startswith(FRESH):
            session = _enter_replica(request, stack)
        yield session or stack.enter_context(store.reading(engine_of(request)))


@contextmanager
def reading(request: Request) -> Iterator[Session]:
    """Open a session that can change nothing; record whose exact figures were read in it.

    They are recorded before the answer is sent: if that fails, there is none.
    """
    with looking(request) as session:
        yield session
    _record(request, session)


@contextmanager
def writing(request: Request, caller: Caller) -> Iterator[Session]:
    """Open a session in a transaction of a caller's; record what was read in it likewise."""
    with store.writing(engine_of(request), origin_of(request, caller)) as session:
        yield session
    _record(request, session)


def age_of(state: Mapping[str, Any]) -> int | None:
    """Return how many seconds old an answer may be; None if it is of its instant."""
    wanted: Wanted | None = state.get(_WANTED)
    return None if wanted is None else wanted.age_s


def age_of_stand_in(request: Request) -> int | None:
    """Return how old answers of the replica may be that stands in; None if it does not."""
    with ExitStack() as stack:
        session = _enter_replica(request, stack)
    return None if session is None else age_of(request.scope["state"])


def _enter_replica(request: Request, stack: ExitStack) -> Session | None:
    """Open a session on the replica; None if there is none, or it does not hold what it has to.

    That is asked for once, from a thread: all sessions of a request see one version.
    """
    replica: Replica | None = request.app.state.replica
    if replica is None:
        return None
    state: dict[str, Any] = request.scope["state"]
    if _WANTED not in state:
        state[_WANTED] = from_thread.run(replica.ask)
    wanted: Wanted | None = state[_WANTED]
    return None if wanted is None else replica.enter(stack, wanted)


def _record(request: Request, session: Session) -> None:
    """Record what was noted in a session that has given its connection back."""
    if noted := readings.list_noted(session):
        engine, now = engine_of(request), read_now(request)
        if unknown := readings.find_unknown(engine, noted, now):
            readings.record(engine, unknown, origin_of(request, ANONYMOUS), now)
        # Whoever reads them again then has to be recorded again.
        limit(request.scope["state"], readings.stand_until(engine, noted))


def prefers(accept: str, media_type: str) -> bool:
    """Return whether a caller names a media type, and JSON not before it, as browsers do.

    Args:
        accept: The header of the request.
        media_type: Such as that of pages.
    """
    weights = read_weights(accept)
    return weights.get(media_type, 0.0) > max(
        weights.get("application/json", 0.0), weights.get("*/*", 0.0) * 0.99
    )


def read_weights(accept: str) -> Mapping[str, float]:
    """Return the `q` of each media type that a caller names."""
    weights = {}
    for part in accept.split(","):
        name, _, parameters = part.strip().partition(";")
        weights[name.strip()] = _weight(parameters)
    return weights


def _weight(parameters: str) -> float:
    """Return the `q` of a media type, 1 if it has none, 0 if it is malformed."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
