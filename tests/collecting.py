"""A collector of traces on loopback, which reads what it is sent as OTLP in protobuf."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass(frozen=True, slots=True)
class Sent:
    """A span as it was sent.

    Attributes:
        resource: What is said of the service.
        facts: What is said of the span, each as a text.
    """

    scope: str
    name: str
    trace: str
    id: str
    parent: str
    resource: dict[str, str]
    facts: dict[str, str]
    is_error: bool


class Collector:
    """What was sent, and where to send it.

    Attributes:
        address: To be named in the variables of OpenTelemetry.
        spans: In the order in which they came.
        raw: All bytes that came.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.spans: list[Sent] = []
        self.raw = b""

    def take(self, path: str, body: bytes) -> None:
        """Take what was sent to a path."""
        assert path == "/v1/traces"
        self.raw += body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            of_service = _texts(resource.resource.attributes)
            for scope in resource.scope_spans:
                self.spans += [_read(scope.scope.name, of_service, one) for one in scope.spans]


@contextmanager
def collecting() -> Iterator[Collector]:
    """Yield a collector that listens meanwhile."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_packed = self.headers.get("Content-Encoding") == "gzip"
            collector.take(self.path, gzip.decompress(body) if is_packed else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_facts: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector = Collector(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield collector
        server.shutdown()
        thread.join()


def _read(scope: str, resource: dict[str, str], span: Span) -> Sent:
    return Sent(
        scope=scope,
        name=span.name,
        trace=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        resource=resource,
        facts=_texts(span.attributes),
        is_error=span.status.code == span.status.STATUS_CODE_ERROR,
    )


def _texts(attributes: Iterator[KeyValue]) -> dict[str, str]:
    return {
        one.key: str(getattr(one.value, one.value.WhichOneof("value") or "string_value"))
        for one in attributes
    }
