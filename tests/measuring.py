"""What coverage is measured on: most of its cost is saved where it could tell nothing more.

A test of an interface takes the same lines of the service on either kind of database; it is
measured on SQLite. What is done for PostgreSQL alone is reached, and measured, by the tests of
the store and the services.
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


def is_measured(item: pytest.Item) -> bool:
    """Return whether a test may take a line that no other test takes."""
    callspec = getattr(item, "callspec", None)
    kinds = callspec.params.values() if callspec else ()
    return "postgresql" not in kinds or item.path.parent.name not in INTERFACES


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure nothing for a while.

    Coverage has a way to stop and go on, which looks at every module each time: 50 ms. So the
    tracing that it has set up is put aside instead. Where it watches without tracing, from
    Python 3.12 on, that costs next to nothing, and goes on.
    """
    here, in_new_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
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
