"""What coverage is measured on: half of its cost is saved where it could tell nothing more.

A test of an interface takes the same lines of the service on either kind of database; it is
measured on SQLite. What is done for PostgreSQL alone is reached, and measured, by the tests of
the store and the services.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import coverage
import pytest
from coverage.exceptions import CoverageWarning


@contextmanager
def measured_on_sqlite(item: pytest.Item) -> Iterator[None]:
    """Measure nothing while a test runs on PostgreSQL."""
    measuring = coverage.Coverage.current()
    callspec = getattr(item, "callspec", None)
    if measuring is None or callspec is None or "postgresql" not in callspec.params.values():
        yield
        return
    measuring.stop()
    try:
        yield
    finally:
        # Taking it up again warns of the service's modules, which are imported by now.
        with warnings.catch_warnings(action="ignore", category=CoverageWarning):
            measuring.start()
