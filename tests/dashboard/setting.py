"""A service whose forms are sent, on each kind of database."""

from collections.abc import Iterator

import pytest

from tests.api.setting import KINDS, Registered, Service


@pytest.fixture(scope="module", params=KINDS)
def service(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service with the register, which the tests of a module share: each has its own trust."""
    with registered.service(request.param, tmp_path_factory.mktemp("pages")) as service:
        yield service
