"""Several hosts on this machine: network namespaces, which can be cut off, where they can be had.

They take root and the program `ip` (Debian's iproute2). Elsewhere each host is an address of the
loopback, which nobody can cut off.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

SETPRIV = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
"""Gives up being root, as a database server wants it."""

NETWORK = "10.203"


@dataclass(frozen=True, slots=True)
class Host:
    """A host.

    Attributes:
        address: At which its programs listen.
        prefix: What a command begins with that runs on it.
        link: What joins it to the others; None where it cannot be cut off.
    """

    address: str
    prefix: tuple[str, ...] = ()
    link: str | None = None

    @property
    def unprivileged(self) -> tuple[str, ...]:
        """What a command begins with that runs on it, and not as root."""
        return (*self.prefix, *SETPRIV) if self.prefix else ()

    def cut_off(self) -> None:
        """Let nothing reach it any more, and nothing leave it, not even a refusal."""
        assert self.link is not None
        _ip("link", "set", self.link, "down")


@contextmanager
def hosts(number: int) -> Iterator[Sequence[Host]]:
    """Yield so many hosts that reach each other, and that the tests reach."""
    name, third = f"prt{os.getpid()}", os.getpid() % 250
    if not _can_be_apart(name):
        yield [Host(f"127.0.0.{one + 1}") for one in range(number)]
        return
    made = [
        Host(f"{NETWORK}.{third}.{one + 1}", _within(f"{name}-{one}"), f"{name}v{one}")
        for one in range(number)
    ]
    try:
        _ip("link", "add", name, "type", "bridge")
        _ip("addr", "add", f"{NETWORK}.{third}.254/24", "dev", name)
        _ip("link", "set", name, "up")
        for one, host in enumerate(made):
            space, link = f"{name}-{one}", str(host.link)
            _ip("netns", "add", space)
            _ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", space)
            _ip("link", "set", link, "master", name, "up")
            _ip("-n", space, "addr", "add", f"{host.address}/24", "dev", "eth0")
            for device in ("eth0", "lo"):
                _ip("-n", space, "link", "set", device, "up")
        yield made
    finally:
        for one in range(number):
            _ip("netns", "del", f"{name}-{one}", check=False)
        _ip("link", "del", name, check=False)


def _can_be_apart(name: str) -> bool:
    """Return whether this machine lets us have networks; try with one of a name."""
    if os.geteuid() != 0 or not shutil.which("ip") or not shutil.which("setpriv"):
        return False
    try:
        _ip("netns", "add", name)
        _ip("-n", name, "link", "add", name, "type", "bridge")
    except subprocess.CalledProcessError:
        return False
    finally:
        _ip("netns", "del", name, check=False)
    return True


def _within(space: str) -> tuple[str, ...]:
    return ("ip", "netns", "exec", space)


def _ip(*arguments: str, check: bool = True) -> None:
    subprocess.run(["ip", *arguments], check=check, capture_output=True)  # noqa: S607 — of the machine
