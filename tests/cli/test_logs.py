"""The log of a running service."""

import logging
from collections.abc import Iterator
from logging.config import dictConfig

import pytest

from app.api.request_ids import RequestIdFilter
from app.cli.logs import LOGGERS, build_log_config


@pytest.fixture
def _loggers() -> Iterator[None]:
    """Leave the loggers as they were."""
    held = [(logging.getLogger(name), vars(logging.getLogger(name)).copy()) for name in LOGGERS]
    yield
    for logger, values in held:
        vars(logger).update(values)


@pytest.mark.usefixtures("_loggers")
def test_events_of_the_service_and_of_the_server_are_lines_on_the_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    dictConfig(build_log_config("warning"))

    logging.getLogger("parity.api").error("failed: %s", "GET /v1/censuses")
    logging.getLogger("uvicorn.error").warning("late")
    logging.getLogger("uvicorn.error").info("started")

    assert capsys.readouterr().err.splitlines() == [
        "ERROR:    failed: GET /v1/censuses",
        "WARNING:  late",
    ]


def test_every_line_can_name_its_request() -> None:
    config = build_log_config("info")
    (handler,) = config["handlers"].values()
    (made,) = config["filters"].values()

    assert handler["filters"] == ["request"]
    assert made == {"()": f"{RequestIdFilter.__module__}.{RequestIdFilter.__name__}"}
    assert config["formatters"]["line"]["fmt"].endswith("%(request_id)s")
