"""A real server on loopback that misbehaves in every way that a download has to survive."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import ClassVar

CONTENT = b"RZ1,A trust\n" * 100


class Misbehaving(BaseHTTPRequestHandler):
    """Answers each path in its own bad way."""

    asked: ClassVar[list[str]] = []
    closing: ClassVar[Event] = Event()

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append(self.path)
        way = self.path.partition("?")[0].strip("/").split("/")[0]
        # Whoever asked may have gone.
        with suppress(ConnectionError):
            getattr(self, f"_{way.replace('-', '_')}")()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _send(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _good(self) -> None:
        self._send(200, {"Content-Length": str(len(CONTENT))}, CONTENT)

    def _fails_twice(self) -> None:
        if len(self.asked) <= 2:
            self._send(503, {"Content-Length": "0"})
        else:
            self._good()

    def _fails(self) -> None:
        self._send(500, {"Content-Length": "0"})

    def _missing(self) -> None:
        self._send(404, {"Content-Length": "0"})

    def _hangs_up(self) -> None:
        self.close_connection = True

    def _stops_early(self) -> None:
        self._send(200, {"Content-Length": str(len(CONTENT))}, CONTENT[:10])
        self.close_connection = True

    def _says_too_much(self) -> None:
        self._send(200, {"Content-Length": "999999999"})

    def _sends_too_much(self) -> None:
        self._send(200, {}, CONTENT * 100)
        self.close_connection = True

    def _bomb(self) -> None:
        body = gzip.compress(b"0" * 10_000_000)
        headers = {"Content-Encoding": "gzip", "Content-Length": str(len(body))}
        self._send(200, headers, body)

    def _says_nothing(self) -> None:
        self.closing.wait(30)

    def _drips(self) -> None:
        self._send(200, {"Content-Length": "100000"})
        while not self.closing.wait(0.02):
            self.wfile.write(b"." * 10)

    def _redirects(self) -> None:
        self._send(302, {"Location": "/good/file.csv", "Content-Length": "0"})

    def _circles(self) -> None:
        self._send(302, {"Location": "/circles", "Content-Length": "0"})

    def _inside(self) -> None:
        self._send(302, {"Location": "http://10.0.0.1/secret", "Content-Length": "0"})

    def _by_name(self) -> None:
        to = f"http://localhost:{self.headers['Host'].partition(':')[2]}/good"
        self._send(302, {"Location": to, "Content-Length": "0"})

    def _metadata(self) -> None:
        self._send(307, {"Location": "http://169.254.169.254/latest", "Content-Length": "0"})

    def _to_a_file(self) -> None:
        self._send(302, {"Location": "file:///etc/passwd", "Content-Length": "0"})

    def _unnamed(self) -> None:
        self._send(302, {"Location": "http://a..b/", "Content-Length": "0"})

    def _nowhere(self) -> None:
        self._send(302, {"Location": "http://a:port", "Content-Length": "0"})


@contextmanager
def misbehaving_server() -> Iterator[str]:
    """Yield the address of the server."""
    Misbehaving.asked.clear()
    Misbehaving.closing.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        Misbehaving.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
