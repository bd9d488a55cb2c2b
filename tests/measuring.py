"""What coverage is measured on: most of its cost is saved where it could tell nothing more.

A test of an interface takes the same lines of the service on either kind of database; it is
measured on SQLite, and only in the threads that answer it: the other half of its time goes to
asking. What is done for PostgreSQL alone is reached, and measured, by the tests of the store and
the services, and by those of replicas.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import walk_packages

import pytest

import app

INTERFACES = frozenset({"api", "cli", "dashboard"})
"""Folders of tests that take the same lines on either kind of database."""

REPEATING = frozenset({"test_demonstration.py", "test_fuzzing.py", "test_kills.py"})
"""Modules of tests of the API that take lines again which others take, very often."""

OF_POSTGRESQL = frozenset({"test_replicas.py"})
"""Modules of tests of what no other database has."""

ANSWERED = frozenset({"client", "service", "told"})
"""Fixtures of tests that are answered by the service, which runs in threads of its own."""


@contextmanager
def measured(item: pytest.Item) -> Iterator[None]:
    """Measure a test as far as it may take a line that no other test takes."""
    callspec = getattr(item, "callspec", None)
    kinds = callspec.params.values() if callspec else ()
    fixtures: set[str] = set(getattr(item, "fixturenames", ()))
    folder = item.path.parent.name
    if folder not in INTERFACES:
        yield
    elif item.path.name not in OF_POSTGRESQL and (
        "postgresql" in kinds or (folder == "api" and item.path.name in REPEATING)
    ):
        with unmeasured():
            yield
    elif folder != "cli" and fixtures & ANSWERED:
        with unmeasured(but_in_new_threads=True):
            yield
    else:
        yield


@contextmanager
def unmeasured(*, but_in_new_threads: bool = False) -> Iterator[None]:
    """Measure nothing for a while, or only what threads do that begin meanwhile.

    Coverage has a way to stop and go on, which looks at every module each time: 50 ms. So the
    tracing that it has set up is put aside instead. Where it watches by other means, as it can
    in newer versions of Python, that costs next to nothing, and goes on.
    """
    here, in_new_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    if not but_in_new_threads:
        threading.settrace(None)  # as it is without tracing
    try:
        yield
    finally:
        sys.settrace(here)
        threading.settrace(in_new_threads)


def import_service() -> None:
    """Import all of the service, whose definitions are measured as they are made."""
    for module in walk_packages(app.__path__, f"{app.__name__}."):
        import_module(module.name)
