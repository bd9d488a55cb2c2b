"""The operator's guide tells the truth: its lines work, and its metrics and alerts exist."""

import configparser
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from fastapi import FastAPI
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import PREFIX, Settings
from tests.api.imports import LONG, SOURCE, TOTALS, send
from tests.given import Given
from tests.programs import free_port, unmeasured_environment

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ALERTS = (ROOT / "docs" / "alerts.yml").read_text(encoding="utf-8")

SCRAPED = {"up": {"job", "instance"}}
"""What Prometheus says of whatever it scrapes, with its labels."""


def blocks(language: str) -> list[str]:
    """Return the guide's blocks of code in a language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)


@pytest.fixture
def watched(database_url: str) -> Iterator[tuple[FastAPI, TestClient]]:
    """A service that tells metrics, and has done something of each kind."""
    app = create_app(Settings(database_url=database_url, metrics_port=free_port()))
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


@pytest.mark.skipif(shutil.which("curl") is None, reason="the lines under test call curl")
def test_the_lines_of_the_guide_run_one_after_the_other(tmp_path: Path) -> None:
    port, metrics_port = free_port(), free_port()
    script = "\n".join(blocks("sh"))
    for old, new in (
        ("/var/lib/parity", str(tmp_path)),
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("9100", str(metrics_port)),
    ):
        script = script.replace(old, new)
    environment = unmeasured_environment() | {"PARITY_PORT": str(port)}
    stop = 'trap \'kill "$SERVICE"; wait "$SERVICE"; echo "ended with $?"\' EXIT\n'

    run = subprocess.run(
        ["/bin/bash", "-euc", stop + script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert 'parity_returns_due{census="2026"}' in run.stdout
    assert '"request_id": "check-1"' in run.stdout
    assert run.stdout.count("Restored ") == 1
    assert run.stdout.endswith("ended with 0\n")
    assert {one.name for one in tmp_path.iterdir()} >= {"restored.sqlite3", "audit-heads"}


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


@pytest.mark.parametrize("rule", rules(), ids=lambda one: str(one["alert"]))
def test_an_alert_is_about_metrics_and_labels_that_are_served(
    rule: dict[str, Any], served: dict[str, set[str]]
) -> None:
    known = served | SCRAPED
    used = selected(promql_parser.parse(rule["expr"]))
    grouped = set(re.findall(r"\w+", ",".join(re.findall(r"by \((.*?)\)", rule["expr"]))))
    shown = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))

    assert used
    for one in used:
        assert one.name in known
        assert {matcher.name for matcher in one.matchers.matchers} <= known[one.name]
    assert grouped | shown <= set().union(*(known[one.name] for one in used))


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


def test_the_line_of_the_log_in_the_guide_is_one(tmp_path: Path) -> None:
    (line,) = blocks("json")
    script = (
        "from app.cli.logs import _line_of; from app.api.observing import Served;"
        "print(_line_of(Served(1795871708.914, 'GET', '/v1/censuses', 200, 0.004321, 1007,"
        " 'check-1', False), 'info', 'parity.requests'))"
    )

    printed = subprocess.check_output(
        [sys.executable, "-c", script], cwd=ROOT, text=True, env=unmeasured_environment()
    )

    assert tmp_path.exists()
    assert json.loads(printed) == json.loads(line)
