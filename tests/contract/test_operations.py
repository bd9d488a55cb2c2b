"""The operator's guide tells the truth: its metrics and alerts exist.

Its lines are run by tests/long/test_operations.py.
"""

import configparser
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import promql_parser
import pytest
import yaml
from fastapi import FastAPI
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from app.api.observing import Batch, Served
from app.cli.logs import JsonFormatter
from app.main import create_app
from app.settings import PREFIX, Settings
from tests.api.imports import LONG, SOURCE, TOTALS, send
from tests.given import Given
from tests.guide import GUIDE, ROOT, blocks
from tests.programs import free_port

ALERTS = (ROOT / "docs" / "alerts.yml").read_text(encoding="utf-8")

SCRAPED = {"up": {"job", "instance"}}
"""What Prometheus says of whatever it scrapes, with its labels."""


@pytest.fixture
def watched(sqlite_url: str) -> Iterator[tuple[FastAPI, TestClient]]:
    """A service that tells metrics, and has done something of each kind."""
    app = create_app(Settings(database_url=sqlite_url, metrics_port=free_port()))
    with TestClient(app) as client:
        given = Given(app.state.engine)
        given.register()
        sender = given.token("trust_data", "ZZ901")
        client.get("/v1/measures")
        assert send(client, LONG, sender, **SOURCE, **TOTALS).status_code == 201
        yield app, client


@pytest.fixture
def served(watched: tuple[FastAPI, TestClient]) -> dict[str, set[str]]:
    """The metrics that are served, each with the names of its labels."""
    found: dict[str, set[str]] = {}
    text = generate_latest(watched[0].state.metrics.registry).decode()
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_every_metric_that_is_served_stands_in_the_guide_and_no_other(
    served: dict[str, set[str]],
) -> None:
    rows = re.findall(r"^\| (`parity_.*?`) \| (.*?) \|", GUIDE, flags=re.MULTILINE)
    told = {
        name: set(re.findall(r"`(\w+)`", labels))
        for names, labels in rows
        for name in re.findall(r"`(\w+)`", names)
    }

    histogram = "parity_http_request_duration_seconds"
    expected = {
        name.removesuffix("_count"): labels
        for name, labels in served.items()
        if name.startswith("parity_") and not name.endswith(("_bucket", "_sum"))
    }
    assert told == expected
    assert served[f"{histogram}_bucket"] == {*told[histogram], "le"}


def rules() -> list[dict[str, Any]]:
    """Return the alert rules."""
    (group,) = yaml.safe_load(ALERTS)["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def test_every_alert_says_what_is_wrong_and_the_guide_what_to_do() -> None:
    found = rules()

    assert all(one["labels"]["severity"] in {"page", "ticket"} for one in found)
    assert all(one["annotations"]["summary"].endswith(".") for one in found)
    assert [one["alert"] for one in found] == re.findall(
        r"^\| `(Parity\w+)` \|", GUIDE, re.MULTILINE
    )


def selected(expression: Any) -> list[promql_parser.VectorSelector]:  # noqa: ANN401 - untyped
    """Return what an expression selects."""
    found: list[promql_parser.VectorSelector] = []

    def visit(one: object) -> bool:
        if isinstance(one, promql_parser.VectorSelector):
            found.append(one)
        elif isinstance(one, promql_parser.MatrixSelector):
            found.append(one.vector_selector)
        return True

    promql_parser.walk(expression, visit)
    return found


def test_alerts_are_about_metrics_and_labels_that_are_served(
    served: dict[str, set[str]],
) -> None:
    known = served | SCRAPED
    for rule in rules():
        used = selected(promql_parser.parse(rule["expr"]))
        grouped = set(re.findall(r"\w+", ",".join(re.findall(r"by \((.*?)\)", rule["expr"]))))
        shown = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))

        names = {str(one.name) for one in used}
        assert names - known.keys() == set(), rule
        matched = [
            (str(one.name), matcher.name) for one in used for matcher in one.matchers.matchers
        ]
        assert [(name, label) for name, label in matched if label not in known[name]] == [], rule
        assert grouped | shown <= set().union(*(known[name] for name in names)), rule
        assert used, rule


def test_the_example_of_systemd_sets_what_is_a_setting() -> None:
    (unit,) = blocks("ini")
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # names as they are
    parser.read_string(unit)
    pairs = re.findall(r"(PARITY_\w+)=(\S+)", unit)

    settings = Settings.model_validate(
        {name.removeprefix(PREFIX).lower(): value for name, value in pairs}
    )

    assert len(settings.model_fields_set) == len(pairs)
    waits = settings.drain_seconds + settings.shutdown_seconds
    assert int(parser["Service"]["TimeoutStopSec"]) > waits
    assert parser["Service"]["ExecStart"].endswith("parity serve")


def test_the_example_of_a_scrape_has_the_ports_of_two_workers() -> None:
    (scrape,) = yaml.safe_load(blocks("yaml")[0])["scrape_configs"]

    assert scrape["job_name"] == "parity"
    assert [one.rpartition(":")[2] for one in scrape["static_configs"][0]["targets"]] == [
        str(port) for port in Settings(workers=2, metrics_port=9100).metrics_ports
    ]


def test_the_line_of_the_log_in_the_guide_is_one() -> None:
    at = datetime(2026, 11, 28, 13, 15, 8, 914_500, tzinfo=UTC).timestamp()
    served = Served(at, "GET", "/v1/censuses", 200, 0.004321, 1007, "check-1", is_warm=False)
    record = logging.makeLogRecord(
        {"name": "parity.requests", "levelname": "INFO", "msg": Batch([served])}
    )

    (line,) = blocks("json")
    assert JsonFormatter().format(record) == line.strip()
