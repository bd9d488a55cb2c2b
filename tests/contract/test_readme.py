"""The README tells the truth: its answer is the service's, and its lines work."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.main import create_app
from app.services.tokens import create_token
from app.settings import PREFIX, Settings
from app.store.engine import build_engine, writing
from tests.apps import listening
from tests.kept import Kept, demonstration
from tests.origins import ORIGIN

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def blocks(language: str) -> list[str]:
    """Return the README's blocks of code in a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture
def service(kept: Kept, tmp_path: Path) -> Iterator[tuple[FastAPI, str]]:
    """The application as `make serve` starts it, and its national token."""
    with kept.copy("sqlite", demonstration, tmp_path) as url:
        engine = build_engine(url)
        with writing(engine, ORIGIN) as session:
            caller = Caller("check", Role.NATIONAL)
            made = create_token(session, caller=caller, expires_at=None, by=COMMAND_LINE, now=NOW)
        engine.dispose()
        yield create_app(Settings(database_url=url)), made.secret


@pytest.fixture
def address(service: tuple[FastAPI, str]) -> Iterator[str]:
    """Where a real server answers for the application."""
    with listening(service[0]) as address:
        yield address


def test_the_answer_in_the_readme_is_what_the_service_answers(
    service: tuple[FastAPI, str],
) -> None:
    asked = re.search(r"curl 'http://127\.0\.0\.1:8000(.*?)'", README)
    assert asked is not None

    with TestClient(service[0]) as client:
        answer: dict[str, Any] = client.get(asked[1]).json()

    assert json.loads(blocks("json")[0]) == answer


@pytest.mark.skipif(shutil.which("curl") is None, reason="the lines under test call curl")
def test_the_lines_of_the_readme_do_the_job(service: tuple[FastAPI, str], address: str) -> None:
    lines = next(block for block in blocks("sh") if "$TOKEN" in block)
    script = lines.replace("http://127.0.0.1:8000", address).replace(
        "curl ", "curl --silent --fail-with-body "
    )

    run = subprocess.run(
        ["/bin/sh", "-euc", script],
        env={"TOKEN": service[1], "PATH": "/usr/local/bin:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert '"position":"on_path"' in run.stdout.rpartition('{"ods_code"')[2]


def test_every_file_that_the_readme_links_to_exists() -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", README)

    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_every_setting_stands_in_a_table_with_its_default() -> None:
    tables = README + (ROOT / "docs" / "tokens.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(PARITY_[A-Z_]+)` \| (.*?) ?\|", tables, flags=re.MULTILINE))

    assert rows == {
        f"{PREFIX}{name.upper()}": _default(field.default)
        for name, field in Settings.model_fields.items()
    } | {one: "none" for one in rows if one.startswith(f"{PREFIX}JWT_") and rows[one] == "none"}


def _default(value: object) -> str:
    """Return a default as tables have it."""
    if value is None or value == ():
        return ""
    return f"`{','.join(value) if isinstance(value, tuple) else value}`"
