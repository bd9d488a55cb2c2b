"""Where metrics are told: at a port of their own for each process, away from what callers reach.

The processes of one service share a row of ports. Each takes the first that is free, and one that
is started for another takes that one's: so whoever scrapes all of them has all processes.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from anyio import to_thread
from prometheus_client import CollectorRegistry, start_http_server

if TYPE_CHECKING:
    from wsgiref.simple_server import WSGIServer

AGAIN_SECONDS: Final = 1.0
"""After how long a process that found no free port looks again."""

_log = logging.getLogger("parity.metrics")


class MetricsPort:
    """Tells the metrics of one process."""

    def __init__(
        self,
        registry: CollectorRegistry,
        host: str,
        ports: Sequence[int],
        *,
        again_seconds: float = AGAIN_SECONDS,
    ) -> None:
        self._registry, self._host, self._ports = registry, host, ports
        self._again_seconds = again_seconds
        self._server: WSGIServer | None = None

    async def open(self) -> None:
        """Wait for a port to become free, and answer there from then on."""
        while True:
            if await to_thread.run_sync(self._listen):
                return
            await asyncio.sleep(self._again_seconds)

    def close(self) -> None:
        """Answer no more."""
        if self._server is not None:
            with self._server as server:
                server.shutdown()

    def _listen(self) -> bool:
        for port in self._ports:
            try:
                self._server, _thread = start_http_server(port, self._host, self._registry)
            except OSError:
                continue
            _log.info("metrics are at %s, port %s", self._host, port)
            return True
        return False
