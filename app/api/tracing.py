"""Traces for OpenTelemetry, where its standard variables say that there are to be any.

A trace tells what a request did and how long each step took; the template of its address and the
text of statements, but no word that its caller wrote and no value that is stored. The framework
makes the spans of requests. Those of statements are made here: the usual instrumentation does not
take this release of SQLAlchemy, and puts what the database said into spans, with values in it.
"""

import os
from importlib.metadata import version
from typing import Any, Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode
from sqlalchemy import Engine, ExceptionContext, event

_WRITTEN_BY_CALLERS: Final = (
    "http.request.method_original", "server.address", "server.port", "url.path", "url.query",
)  # fmt: skip
"""What spans of requests have from their callers."""

_WITHHELD: Final = "REDACTED"
_NAMED: Final = ("OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES")


class WithoutAddresses(SpanProcessor):
    """Withholds from spans what callers wrote into the address; its template stays."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Look at a span before anything is sent of it."""
        del parent_context
        for name in _WRITTEN_BY_CALLERS:
            if span.attributes and name in span.attributes:
                span.set_attribute(name, _WITHHELD)


def build_provider() -> TracerProvider:
    """Return what makes spans and sends them, as the standard variables say; to be shut down."""
    own = {SERVICE_VERSION: version("parity")}
    if not any(name in os.environ for name in _NAMED):
        own[SERVICE_NAME] = "parity"
    provider = TracerProvider(resource=Resource.create(own), shutdown_on_exit=False)
    provider.add_span_processor(WithoutAddresses())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def trace_statements(engine: Engine, provider: TracerProvider) -> None:
    """Make a span of each statement that a database is given."""
    tracer = provider.get_tracer("parity.store")
    system = engine.dialect.name

    # A driver that fails leaves the context of its statement with the span open.
    @event.listens_for(engine, "before_cursor_execute")
    def begin(*facts: Any) -> None:  # noqa: ANN401 - of the library
        _connection, _cursor, statement, _parameters, context, _many = facts
        verb = statement.split(maxsplit=1)[0].upper()
        context.parity_span = tracer.start_span(
            verb,
            kind=SpanKind.CLIENT,
            attributes={
                "db.system.name": system,
                "db.operation.name": verb,
                "db.query.text": statement,
            },
        )

    @event.listens_for(engine, "after_cursor_execute")
    def end(*facts: Any) -> None:  # noqa: ANN401 - likewise
        facts[4].parity_span.end()

    @event.listens_for(engine, "handle_error")
    def fail(failure: ExceptionContext) -> None:
        span = getattr(failure.execution_context, "parity_span", None)
        if span is not None:
            span.set_attribute("error.type", type(failure.original_exception).__qualname__)
            span.set_status(StatusCode.ERROR)
            span.end()
