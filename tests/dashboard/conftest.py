"""A service whose pages are read."""

from collections.abc import Iterator

import pytest

from tests.api import setting
from tests.api.setting import Registered, Service

registered = setting.registered


@pytest.fixture(scope="module")
def service(registered: Registered, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with the register; nearly no page asks the database, so one kind will do.

    Each module has its own: a thread that outlives a test on PostgreSQL is measured no more.
    """
    with registered.service("sqlite", tmp_path_factory.mktemp("dashboard")) as service:
        yield service
