"""What whoever runs the service watches it by, where it is configured; else it costs nothing."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from sqlalchemy import Engine

from app.setting_checks import wants_traces
from app.settings import Settings
from app.store.engine import build_engine
from app.store.replicas import Replica

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider


def build_tracer_provider() -> "TracerProvider | None":
    """Return what makes traces, if the standard variables say that there are to be any."""
    if not wants_traces(os.environ):
        return None
    # An extra of the distribution, which nobody else waits for.
    from app.api.tracing import build_provider  # noqa: PLC0415

    return build_provider()


def telemetry_with(provider: "TracerProvider | None") -> TelemetryConfig:
    """Return what the framework is to tell: traces if there are any, and nothing else.

    Its logs would have what exceptions say, and so values that callers sent.
    """
    return {
        "tracer_provider": provider,
        "tracing": provider is not None,
        "metrics": False,
        "logs": False,
        "auto_configure": False,
    }


@asynccontextmanager
async def tracing(app: FastAPI) -> AsyncIterator[None]:
    """Trace statements meanwhile, and send what is left of traces at the end."""
    provider: TracerProvider | None = app.state.tracer_provider
    if provider is None:
        yield
        return
    from app.api.tracing import trace_statements  # noqa: PLC0415 - as above

    for engine in _engines_of(app).values():
        trace_statements(engine, provider)
    try:
        yield
    finally:
        await to_thread.run_sync(provider.shutdown)


@asynccontextmanager
async def telling_metrics(app: FastAPI) -> AsyncIterator[None]:
    """Tell metrics meanwhile, at a port of their own."""
    settings: Settings = app.state.settings
    if not settings.metrics_ports:
        yield
        return
    # Nobody else waits for the library.
    from app.api.metrics import Metrics  # noqa: PLC0415
    from app.api.metrics_port import MetricsPort  # noqa: PLC0415

    state, own_engine = app.state, build_engine(settings.database_url)
    state.metrics = Metrics(
        state, engines=_engines_of(app), own_engine=own_engine, clock=state.clock
    )
    port = MetricsPort(state.metrics.registry, settings.metrics_host, settings.metrics_ports)
    opening = asyncio.create_task(port.open())
    try:
        yield
    finally:
        opening.cancel()
        await asyncio.wait([opening])
        await to_thread.run_sync(port.close)
        state.metrics = None
        own_engine.dispose()


def _engines_of(app: FastAPI) -> dict[str, Engine]:
    """Return the engines with which requests are served, by what their databases are."""
    replica: Replica | None = app.state.replica
    return {"primary": app.state.engine} | ({} if replica is None else {"replica": replica.engine})
