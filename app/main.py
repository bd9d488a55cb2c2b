"""Assembles the ASGI application."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.api.ambiguous_requests import AmbiguousRequests
from app.api.conditional import ConditionalReads
from app.api.counters import Counters
from app.api.cross_origin import share
from app.api.deps import IDENTIFIERS
from app.api.description import describe
from app.api.draining import draining
from app.api.guarding import require_permissions
from app.api.large_bodies import LargeBodies
from app.api.observing import Observed, WarmLog
from app.api.problems import install
from app.api.rate_limits import KnownTokens, RateLimits
from app.api.request_ids import RequestIds
from app.api.request_limits import RequestLimits
from app.api.routes import (
    actuals,
    areas,
    audit,
    benchmarks,
    boards,
    censuses,
    changes,
    charts,
    consents,
    definitions,
    documents,
    downloads,
    experts,
    explanations,
    health,
    imports,
    indicators,
    methods,
    organisations,
    plans,
    problems,
    progress,
    proposals,
    releases,
    returns,
    target_moves,
    targets,
    tokens,
    what_if,
    wres,
)
from app.api.security_headers import SecurityHeaders
from app.api.slow_bodies import SlowBodies
from app.api.token_uses import TokenUses
from app.api.warm_reads import Tabs, Warm, WarmAnswers, WarmReads
from app.api.watching import (
    build_tracer_provider,
    telemetry_with,
    telling_metrics,
    tracing,
)
from app.charts import drawing
from app.dashboard import pages
from app.dashboard.error_pages import ErrorPages
from app.settings import Settings, read_settings
from app.store.engine import build_engine
from app.store.replicas import follow
from app.store.versions import watch

if TYPE_CHECKING:
    from app.services.signed_tokens import SignedTokens

TITLE = "Parity"
"""What the service is called."""

DESCRIPTION = (
    "Targets for, and progress towards, Black and minority ethnic (BME) representation in the"
    " leadership and the workforce of every NHS trust in England. Counts are headcounts at the"
    " census of 31 March; shares are proportions from 0 to 1, unknown ethnicity included in the"
    " denominator. Everything is computed from stored counts, without random numbers."
)
"""What the service is, at the top of its description."""

TAGS = [
    {"name": "organisations", "description": "The register: trusts, boards, regions, England."},
    {"name": "definitions", "description": "What figures and codes refer to."},
    {"name": "actuals", "description": "Headcounts at a census."},
    {"name": "releases", "description": "Editions of what is public, and corrections since."},
    {"name": "board", "description": "The board at a census."},
    {"name": "indicators", "description": "The nine indicators: pools, events, survey answers."},
    {"name": "targets", "description": "What trusts have set out to reach."},
    {"name": "action plans", "description": "What trusts do to reach it, and how that went."},
    {"name": "progress", "description": "Trajectory, gap and parity."},
    {"name": "areas", "description": "Sums of trusts: boards, regions, England."},
    {"name": "benchmarks", "description": "Trusts beside each other."},
    {"name": "charts", "description": "Answers as pictures, and what they are drawn from."},
    {"name": "documents", "description": "Answers as they are printed and passed on."},
    {"name": "returns", "description": "Who has sent and set what, and what is overdue."},
    {"name": "consents", "description": "Which areas may read a trust's exact figures."},
    {"name": "imports", "description": "Files of figures: checked, previewed, stored whole."},
    {"name": "changes", "description": "What changed, for those who keep a copy."},
    {"name": "audit", "description": "Who changed or read what."},
    {"name": "experts", "description": "WRES experts and the trusts that they support."},
    {"name": "tokens", "description": "Who may call, and for whom."},
    {"name": "methods", "description": "Methods, their constants and how they did."},
    {"name": "downloads", "description": "Bulk files of everything public."},
    {"name": "health", "description": "For the operator."},
]
"""What operations are of, in the order of the description."""

WARM_UP_AFTER = 3.0
"""Seconds from the start to the first drawing, while which nothing else is answered for half a
second: who asks whether the service is ready has asked by then."""

LARGEST_LITTER = 50_000
"""New objects after which Python looks for rings of those that nobody holds."""

MOST_BYTES = 2_000_000
"""Largest body of a request that is accepted, but for files of figures."""


def read_clock() -> datetime:
    """Return the instant, in UTC."""
    return datetime.now(UTC)


class Service(FastAPI):
    """The application, with the answers that the framework gives around it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http":
            await self._front(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    def build_front(self) -> None:
        """Put in place what a request comes to first, before the framework."""
        self.warm_reads = WarmReads(super().__call__)
        self._front: ASGIApp = self.warm_reads
        settings: Settings = self.state.settings
        if settings.trusted_proxies:
            # Its types are the server's own, which mean the same.
            front = ProxyHeadersMiddleware(cast("Any", self._front), [*settings.trusted_proxies])
            self._front = cast("ASGIApp", front)

    def build_middleware_stack(self) -> ASGIApp:
        """Return all that a request goes through."""
        settings: Settings = self.state.settings
        larger = {imports.router.prefix: imports.MOST_BYTES}
        inner: ASGIApp = LargeBodies(super().build_middleware_stack(), MOST_BYTES, larger)
        inner = SlowBodies(inner, seconds=settings.body_seconds)
        inner = RateLimits(RequestLimits(AmbiguousRequests(inner)))
        if settings.cors_origins:
            inner = share(inner, settings.cors_origins)
        inner = ErrorPages(inner)
        inner = SecurityHeaders(
            inner, hsts_seconds=settings.hsts_seconds, is_shared=bool(settings.cors_origins)
        )
        return Observed(RequestIds(inner), is_logging=settings.log_requests != "none")


def create_app(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = read_clock
) -> FastAPI:
    """Return the application.

    Args:
        settings: None to read them from the environment.
        clock: What tells the instant of each request.

    Raises:
        SettingsRefused: The environment configures the service wrongly.
        ValueError: A route is missing from the table of permissions, or an entry has no route.
    """
    provider = build_tracer_provider()
    app = Service(
        title=TITLE,
        version="1",
        description=DESCRIPTION,
        openapi_tags=TAGS,
        license_info={"name": "MIT", "identifier": "MIT"},
        lifespan=_lifespan,
        # A redirect would repeat whatever host a caller names.
        redirect_slashes=False,
        # The usual pages load their scripts from elsewhere; a caller's browser should not.
        docs_url=None,
        redoc_url=None,
        max_body_size=MOST_BYTES,
        telemetry=telemetry_with(provider),
    )
    app.state.settings, app.state.clock = settings or read_settings(), clock
    # Nobody is counted, and nothing kept, before the service runs.
    app.state.counters = app.state.warm = app.state.replica = app.state.metrics = None
    app.state.tracer_provider = provider
    app.state.warm_up_after = WARM_UP_AFTER
    app.build_front()
    install(app)
    for routes in (
        organisations, definitions, censuses, actuals, explanations, releases, boards, indicators,
        wres, targets, target_moves, proposals, plans, progress, areas, what_if, benchmarks,
        charts, documents, returns, consents, imports, changes, audit, experts, tokens, methods,
        downloads, problems, health,
    ):  # fmt: skip
        # Included, each route would be made a second time: a tenth of a second of the start.
        app.router.routes.extend(routes.router.routes)
    require_permissions(app.routes)
    pages.install(app)
    app.add_middleware(ConditionalReads)
    app.add_middleware(TokenUses)
    describe(app)
    return app


@asynccontextmanager
async def _lifespan(app: "Service") -> AsyncIterator[None]:
    """Connect to the database, count requests, and know the issuer, while the service runs."""
    settings: Settings = app.state.settings
    # An answer about England makes a hundred thousand objects, none of them in a ring.
    gc.set_threshold(LARGEST_LITTER)
    app.state.engine = build_engine(settings.database_url)
    app.state.identifying = CapacityLimiter(IDENTIFIERS)
    app.state.counters = Counters(settings.rate_limit_storage)
    app.state.known_tokens = KnownTokens()
    app.state.signed_tokens = _signed_tokens(settings)
    app.state.asking_issuer = CapacityLimiter(1)
    app.state.has_been_ready = False
    version = watch(build_engine(settings.database_url, is_impatient=True))
    app.state.replica = replica = follow(settings.read_database_url, version)
    log = WarmLog() if settings.log_requests == "all" else None
    if settings.warm_megabytes:
        app.state.warm = WarmAnswers(settings.warm_megabytes * 1_000_000, log)
        app.warm_reads.warm = Warm(
            app.state.warm,
            version,
            Tabs(app.state.counters, settings.rate_limit_reads),
            app.state.clock,
            app.state.known_tokens,
        )
    app.state.warming_up = warming_up = asyncio.create_task(_warm_up(app.state.warm_up_after))
    async with tracing(app), telling_metrics(app):
        with draining(app.state, settings.drain_seconds):
            yield
    warming_up.cancel()
    await asyncio.wait([warming_up])
    app.warm_reads.warm = app.state.warm = app.state.replica = None
    if replica is not None:
        replica.close()
    if log is not None:
        log.tell()
    await version.close()
    await app.state.counters.close()
    app.state.engine.dispose()


async def _warm_up(seconds: float) -> None:
    """Start the renderer of charts, so that nobody waits for it who asks for the first one."""
    await asyncio.sleep(seconds)
    await to_thread.run_sync(drawing.warm_up)


def _signed_tokens(settings: Settings) -> "SignedTokens | None":
    """Return what tells whom signed tokens speak of; None where none are accepted."""
    if not (settings.jwt_issuer and settings.jwt_audience and settings.jwt_jwks_url):
        return None
    # What reads them takes a tenth of a second to load, and few accept any.
    from app.services.issuer_keys import IssuerKeys  # noqa: PLC0415
    from app.services.signed_tokens import SignedTerms, SignedTokens  # noqa: PLC0415

    terms = SignedTerms(
        settings.jwt_issuer,
        settings.jwt_audience,
        frozenset(settings.jwt_algorithms),
        settings.jwt_leeway_seconds,
    )
    return SignedTokens(terms, IssuerKeys(settings.jwt_jwks_url))
