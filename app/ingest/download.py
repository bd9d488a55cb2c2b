"""Fetching a published file over HTTP, carefully.

Only https unless told otherwise, also after a redirect; with limits on time and size, a checksum
where one is known, and another try where a failure may pass. No redirect is followed to another
host inside a private network, where a stranger's server could make us look on its behalf.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final

import httpx

from app.domain.errors import DownloadFailed

REDIRECTS: Final = 5
"""Redirects that are followed at most."""

MAY_PASS: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which another try may succeed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a download has to keep to.

    Attributes:
        allow_http: Whether plain http is accepted, as within a trust's own network.
        most_bytes: Size of the file at most.
        sha256: What its hash has to be, in hexadecimal; None where it is not known.
        seconds: How long one try may take in all.
        attempts: How often it is tried.
        first_pause: Seconds before the second try; twice as long before each further one.
    """

    allow_http: bool = False
    most_bytes: int = 50 * 1024 * 1024
    sha256: str | None = None
    seconds: float = 120.0
    attempts: int = 4
    first_pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched.

    Attributes:
        name: Of the file, from the last part of its address.
        sha256: Of its bytes, in hexadecimal.
    """

    name: str
    content: bytes
    sha256: str


class _MayPass(Exception):
    """A failure after which another try may succeed."""


def fetch(
    url: str, terms: Terms | None = None, *, wait: Callable[[float], object] = time.sleep
) -> Fetched:
    """Return the file at an address.

    Args:
        url: Of the file.
        terms: What the download has to keep to; None for the usual.
        wait: Pauses for some seconds between tries.

    Raises:
        DownloadFailed: It could not be had under these terms; the sentence says why.
    """
    kept = terms or Terms()
    shown = _shown(url)
    pause, why = kept.first_pause, ""
    for attempt in range(kept.attempts):
        if attempt:
            wait(pause)
            pause *= 2
        try:
            content = _try(url, kept, shown)
        except _MayPass as failure:
            why = str(failure)
            continue
        digest = sha256(content).hexdigest()
        if kept.sha256 is not None and digest != kept.sha256.lower():
            raise DownloadFailed(shown, f"its SHA-256 is {digest}, not {kept.sha256.lower()}")
        return Fetched(_name(url), content, digest)
    times = "once" if kept.attempts == 1 else f"{kept.attempts} times"
    raise DownloadFailed(shown, f"tried {times}, last time {why}")


def _try(url: str, terms: Terms, shown: str) -> bytes:
    """Return the bytes at an address, following redirects.

    Raises:
        _MayPass: Another try may succeed.
        DownloadFailed: None will.
    """
    deadline = time.monotonic() + terms.seconds
    start = _parse(url, shown)
    _require_scheme(start, terms, shown)
    timeout = httpx.Timeout(terms.seconds, connect=min(10.0, terms.seconds))
    with httpx.Client(timeout=timeout, follow_redirects=False) as client:
        at = start
        for _ in range(REDIRECTS + 1):
            try:
                with client.stream("GET", at) as response:
                    if not response.is_redirect:
                        return _read(response, terms, shown, deadline)
                    at = at.join(response.headers["location"])  # which httpx has looked at
            except httpx.TimeoutException as error:
                raise _MayPass(_too_slow(terms)) from error
            except UnicodeError as error:  # of a name that no network can have
                raise DownloadFailed(shown, "it is no address of a file") from error
            except httpx.TransportError as error:
                raise _MayPass(f"the connection failed ({type(error).__name__})") from error
            _check_redirect(start, at, terms, shown)
    raise DownloadFailed(shown, f"it redirects more than {REDIRECTS} times")


def _read(response: httpx.Response, terms: Terms, shown: str, deadline: float) -> bytes:
    """Return the body of an answer, within the limits."""
    if response.status_code in MAY_PASS:
        raise _MayPass(f"the server answered {response.status_code}")
    if response.status_code != httpx.codes.OK:
        raise DownloadFailed(shown, f"the server answered {response.status_code}")
    too_large = DownloadFailed(shown, f"it has more than {terms.most_bytes:,} bytes")
    said = response.headers.get("content-length", "")
    if said.isdigit() and int(said) > terms.most_bytes:
        raise too_large
    content = bytearray()
    # What is compressed on the way counts as it is unpacked; each piece is looked at as it comes,
    # so that a server which sends a byte at a time does not hold us.
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > terms.most_bytes:
            raise too_large
        if time.monotonic() > deadline:
            raise _MayPass(_too_slow(terms))
    return bytes(content)


def _check_redirect(start: httpx.URL, to: httpx.URL, terms: Terms, shown: str) -> None:
    """Refuse a redirect to another scheme than is accepted, or into a private network."""
    _require_scheme(to, terms, shown)
    if to.host != start.host and _is_private(to.host):
        raise DownloadFailed(shown, f"it redirects to {to.host}, inside a private network")


def _is_private(host: str) -> bool:
    """Return whether any address of a host is one that the public internet cannot reach."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _MayPass(f"{host} has no address") from error
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    return any(not one.is_global or one.is_multicast for one in addresses)


def _require_scheme(url: httpx.URL, terms: Terms, shown: str) -> None:
    allowed = {"https", "http"} if terms.allow_http else {"https"}
    if url.scheme not in allowed or not url.host:
        name = url.scheme or "no scheme"
        raise DownloadFailed(shown, f"only https is fetched, not {name}")


def _parse(url: str, shown: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, TypeError) as error:
        raise DownloadFailed(shown, "it is no address of a file") from error


def _too_slow(terms: Terms) -> str:
    return f"it took more than {terms.seconds:g} seconds"


def _name(url: str) -> str:
    """Return what the file may be called here, whatever its address says."""
    name = PurePosixPath(httpx.URL(url).path).name
    return re.sub(r"[^\w.-]", "_", name).strip(".")[-100:] or "download"


def _shown(url: str) -> str:
    """Return an address as it may be printed: without what may be a password or a token."""
    address = url.partition("?")[0].partition("#")[0]
    scheme, separator, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}"
