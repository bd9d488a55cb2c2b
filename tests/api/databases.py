"""Which databases a test runs on, if not on each."""

import pytest

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what does not depend on the database."""
