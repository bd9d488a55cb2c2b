"""The log of a running service."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO
from logging.config import dictConfig

import pytest

from app.api.observing import Batch, Served
from app.api.request_ids import RequestIdFilter
from app.cli.logs import LOGGERS, JsonFormatter, TextFormatter, build_log_config
from app.settings import LogFormat

AT = 1_795_867_200.0426
SERVED = (
    Served(AT, "GET", "/v1/trusts/{ods_code}", 200, 0.0123456, 340, "a1", is_warm=True),
    Served(AT, "OTHER", None, None, 1.5, 0, None, is_warm=False),
)


class Terminal(StringIO):
    """A stream that people look at."""

    def isatty(self) -> bool:
        """Return that it is."""
        return True


@pytest.fixture
def _loggers() -> Iterator[None]:
    """Leave the loggers as they were."""
    names = (*LOGGERS, None)
    held = [(logging.getLogger(name), vars(logging.getLogger(name)).copy()) for name in names]
    yield
    for logger, values in held:
        vars(logger).update(values)


def fail() -> None:
    """Fail as a driver does that repeats what it was given."""
    try:
        vars(logging)["what somebody wrote"]
    except KeyError as error:
        raise ValueError("what somebody wrote") from error


def log_all() -> None:
    """Log what is logged of each kind."""
    logging.getLogger("parity.api").error("failed: %s", "GET /v1/censuses")
    logging.getLogger("parity.requests").info(Batch(SERVED))
    logging.getLogger("uvicorn.error").warning("late")
    logging.getLogger("uvicorn.error").debug("started")
    logging.getLogger("elsewhere").info("nothing")
    logging.getLogger("elsewhere").warning("odd")
    try:
        fail()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")


@pytest.mark.usefixtures("_loggers")
def test_events_are_lines_of_json_on_the_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    dictConfig(build_log_config("info", "json"))

    log_all()

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    times = [line.pop("time") for line in lines]
    exception = lines[-1].pop("exception")
    assert lines == [
        {
            "level": "error",
            "logger": "parity.api",
            "request_id": None,
            "message": "failed: GET /v1/censuses",
        },
        {
            "level": "info",
            "logger": "parity.requests",
            "request_id": "a1",
            "method": "GET",
            "route": "/v1/trusts/{ods_code}",
            "status": 200,
            "duration_ms": 12.346,
            "bytes": 340,
            "warm": True,
        },
        {
            "level": "info",
            "logger": "parity.requests",
            "request_id": None,
            "method": "OTHER",
            "route": None,
            "status": None,
            "duration_ms": 1500.0,
            "bytes": 0,
            "warm": False,
        },
        {"level": "warning", "logger": "uvicorn.error", "request_id": None, "message": "late"},
        {"level": "warning", "logger": "elsewhere", "request_id": None, "message": "odd"},
        {
            "level": "error",
            "logger": "uvicorn.error",
            "request_id": None,
            "message": "Exception in ASGI application\n",
        },
    ]
    assert times[1] == times[2] == "2026-11-28T12:00:00.042Z"
    assert all(len(time) == len("2026-11-28T12:00:00.000Z") and time[-1] == "Z" for time in times)
    assert [line.partition(":")[0].partition("  at ")[2] or line for line in exception] == [
        *("builtins.ValueError", __file__, __file__),
        *("builtins.KeyError", __file__),
    ]


@pytest.mark.usefixtures("_loggers")
def test_events_are_lines_for_people_where_these_look_at_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    dictConfig(build_log_config("info", "text"))

    log_all()

    said = capsys.readouterr().err
    assert said.splitlines()[:6] == [
        "ERROR:    failed: GET /v1/censuses",
        "INFO:     GET /v1/trusts/{ods_code} 200 (12.3 ms, 340 bytes, warm) [a1]",
        "OTHER None None (1500.0 ms, 0 bytes, made) [None]",
        "WARNING:  late",
        "WARNING:  odd",
        "ERROR:    Exception in ASGI application",
    ]
    assert "builtins.ValueError\n  at " in said
    assert "somebody" not in said


@pytest.mark.parametrize(
    ("form", "stream", "name"),
    [
        ("auto", Terminal(), "text"),
        ("auto", StringIO(), "json"),
        ("json", Terminal(), "json"),
        ("text", StringIO(), "text"),
    ],
)
def test_lines_are_for_programs_unless_people_look(
    form: LogFormat, stream: StringIO, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)

    assert build_log_config("info", form)["handlers"]["log"]["formatter"] == name


def test_every_line_can_name_its_request() -> None:
    config = build_log_config("info", "text")
    record = logging.makeLogRecord({"msg": "late", "request_id": "a1", "levelprefix": "INFO: "})

    assert config["handlers"]["log"]["filters"] == ["request"]
    assert config["filters"] == {
        "request": {"()": f"{RequestIdFilter.__module__}.{RequestIdFilter.__name__}"}
    }
    assert json.loads(JsonFormatter().format(record))["request_id"] == "a1"
    assert TextFormatter("%(message)s").format(record) == "late [a1]"


def test_a_line_without_a_failure_says_none() -> None:
    record = logging.makeLogRecord({"msg": "late", "exc_info": (None, None, None)})

    assert "exception" not in json.loads(JsonFormatter().format(record))
    assert TextFormatter("%(message)s").formatException((None, None, None)) == ""


def test_what_raised_it_is_told_unless_it_was_put_aside() -> None:
    error = ValueError("what somebody wrote")
    error.__context__ = KeyError()
    told = {}
    for error.__suppress_context__ in (False, True):
        record = logging.makeLogRecord({"msg": "late", "exc_info": (ValueError, error, None)})
        line = json.loads(JsonFormatter().format(record))
        told[error.__suppress_context__] = line["exception"]

    assert told == {
        False: ["builtins.ValueError", "builtins.KeyError"],
        True: ["builtins.ValueError"],
    }
