import json
import re
import shutil
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.cli.welcome import Start, welcome
from app.domain.callers import Caller, Role
from app.domain.kept_answers import Claim
from app.domain.organisations import Kind
from app.ingest.register import read_register
from app.services.kept_answers import keep_answer
from app.services.organisations import Filter, list_organisations
from app.services.tokens import list_tokens
from app.settings import Settings
from app.store import kept_answers
from app.store.engine import build_engine, reading, writing
from tests.cli.parity import Parity
from tests.conftest import DATABASES
from tests.kept import Kept, demonstration
from tests.origins import ORIGIN
from tests.serving import PROGRAM, SECONDS, Service, running

YEAR = 2026
"""The newest census of the shipped register, which is open."""

REAL_TRUSTS = sum(one.kind is Kind.TRUST for one in read_register().organisations)


def curl_lines(out: str) -> list[str]:
    return [line.strip() for line in out.splitlines() if line.startswith("  curl ")]


def run(line: str, service: Service, *before: str) -> tuple[int, Any]:
    """Run a printed line in a shell, after others; return status and body of the answer."""
    if shutil.which("curl") is None:
        return call(line, service, *before)
    script = "\n".join([*before, line.replace("curl ", "curl -sS -w '\nHTTP %{http_code}' ", 1)])
    answer = shell(script, service)
    body, _, status = answer.rpartition("\nHTTP ")
    return int(status), json.loads(body)


def call(line: str, service: Service, *before: str) -> tuple[int, Any]:
    """Do what a printed line says, where there is no curl."""
    script = "\n".join([*before, line.replace("curl ", "printf '%s\n' ", 1)])
    *options, url = shell(script, service).splitlines()
    pairs = list(zip(options[::2], options[1::2], strict=True))
    headers = dict(value.split(": ", 1) for name, value in pairs if name == "-H")
    named = dict(pairs)
    answer = httpx.request(
        named.get("-X", "GET"), url, content=named.get("-d"), headers=headers, timeout=SECONDS
    )
    return answer.status_code, answer.json()


def shell(script: str, service: Service) -> str:
    """Run a script where the service runs; return what it prints."""
    return subprocess.check_output(
        ["/bin/sh", "-euc", script], cwd=service.folder, env=service.environment, text=True
    )


def tokens_of(url: str) -> list[Caller]:
    """Return whose tokens a database holds."""
    engine = build_engine(url)
    with reading(engine) as session:
        callers = [one.caller for one in list_tokens(session)]
    engine.dispose()
    return callers


def keep_answers(url: str, *ages: timedelta) -> None:
    """Keep answers that were given some time ago, each by its age."""
    engine = build_engine(url)
    with writing(engine) as session:
        for age in ages:
            claim = Claim("a1b2", str(age), "0" * 64)
            keep_answer(session, claim=claim, content="{}", now=datetime.now(UTC) - age)
    engine.dispose()


def recalled(url: str, key: str) -> str | None:
    """Return the answer that is kept under a key."""
    engine = build_engine(url)
    with reading(engine) as session:
        held = kept_answers.find(session, Claim("a1b2", key, "0" * 64))
    engine.dispose()
    return None if held is None else held.content


def count_trusts(url: str) -> tuple[int, int]:
    """Return how many real and how many invented trusts a database holds."""
    engine = build_engine(url)
    with reading(engine) as session:
        found = list_organisations(session, wanted=Filter(kind=Kind.TRUST), after=None, limit=None)
    engine.dispose()
    invented = [one for one in found if one.is_synthetic]
    return len(found) - len(invented), len(invented)


def told(service: Service, trust: str, secret: str | None = None) -> str:
    """Return what a service has to print when it starts."""
    settings = Settings(port=service.port)
    start = Start(trust, is_demonstration=trust == "ZZ001", year=YEAR, secret=secret)
    return welcome(settings, start, program=PROGRAM) + "\n"


def make_token(service: Service) -> str:
    """Make a token by the printed line that does; return a line that names it from then on."""
    (line,) = [line for line in service.out.splitlines() if "TOKEN=$(" in line]
    return shell(f'{line}\nprintf "TOKEN=%s" "$TOKEN"', service)


def test_the_demonstration_set_and_a_token_come_with_the_first_start(
    empty_database_url: str, tmp_path: Path
) -> None:
    with running(empty_database_url, tmp_path, "--demonstration") as service:
        statuses, (progress, listed, board) = zip(
            *(run(line, service) for line in curl_lines(service.out)), strict=True
        )

    (secret,) = set(re.findall(r"parity_[0-9a-f]{12}_[-\w]{43}", service.out))
    assert service.out == told(service, "ZZ001", secret)
    assert service.err.startswith(f"Loading invented trusts {'━' * 40} 217/217\n")
    assert statuses == (200, 200, 201)
    assert (progress["ods_code"], progress["actuals"][-1]["year"]) == ("ZZ001", 2025)
    assert [one["kind"] for one in listed["items"]] == ["trust"] * 3
    assert (board["ods_code"], board["year"], board["recorded_by"]) == (
        *("ZZ001", YEAR),
        "first start",
    )
    assert count_trusts(empty_database_url) == (REAL_TRUSTS, 217)
    assert tokens_of(empty_database_url) == [Caller("first start", Role.NATIONAL)]


@pytest.mark.parametrize("kind", DATABASES)
def test_a_later_start_forgets_old_answers_only_and_tells_how_to_make_a_token(
    kind: str, kept: Kept, tmp_path: Path
) -> None:
    with kept.copy(kind, demonstration, tmp_path) as url:
        keep_answers(url, timedelta(hours=23), timedelta(hours=25))
        Parity(url, tmp_path)("tokens", "create", "--role", "national", "--name", "made before")
        with running(url, tmp_path, "--demonstration", is_measured=True) as service:
            held = tokens_of(url)
            lines, token = curl_lines(service.out), make_token(service)
            statuses = [run(line, service, token)[0] for line in lines]
        forgotten = [recalled(url, key) for key in ("23:00:00", "1 day, 1:00:00")]

    assert forgotten == ["{}", None]
    assert service.out == told(service, "ZZ001")
    assert "Loading" not in service.err
    assert held == [Caller("made before", Role.NATIONAL)]
    assert statuses == [200, 200, 201]


def test_a_demonstration_set_without_a_token_gets_its_first_one(
    kept: Kept, tmp_path: Path
) -> None:
    with (
        kept.copy("sqlite", demonstration, tmp_path) as url,
        running(url, tmp_path, "--demonstration", is_measured=True) as service,
    ):
        statuses = [run(line, service)[0] for line in curl_lines(service.out)]

    assert "Loading" not in service.err
    assert statuses == [200, 200, 201]
    assert tokens_of(url) == [Caller("first start", Role.NATIONAL)]


def test_whoever_has_a_token_is_shown_none_with_the_demonstration_set(
    sqlite_url: str, tmp_path: Path
) -> None:
    parity = Parity(sqlite_url, tmp_path)
    parity.succeed("tokens", "create", "--role", "national", "--name", "made before")
    with running(sqlite_url, tmp_path, "--demonstration", is_measured=True) as service:
        pass

    assert service.out == told(service, "ZZ001")
    assert count_trusts(sqlite_url) == (REAL_TRUSTS, 217)
    assert tokens_of(sqlite_url) == [Caller("made before", Role.NATIONAL)]


def test_without_the_demonstration_set_there_is_the_register_only(
    empty_database_url: str, tmp_path: Path
) -> None:
    with running(empty_database_url, tmp_path, is_measured=True) as service:
        held = tokens_of(empty_database_url)
        lines, token = curl_lines(service.out), make_token(service)
        answers = [run(line, service, token) for line in lines]

    assert service.out == told(service, answers[0][1]["items"][0]["ods_code"])
    assert held == []
    assert [status for status, _ in answers] == [200, 200, 200]
    assert answers[2][1]["actuals"] == []
    assert count_trusts(empty_database_url) == (REAL_TRUSTS, 0)


def test_a_service_tells_at_the_level_debug_why_a_signed_token_is_not_verified(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARITY_LOG_LEVEL", "debug")
    monkeypatch.setenv("PARITY_JWT_ISSUER", "https://issuer.example")
    monkeypatch.setenv("PARITY_JWT_AUDIENCE", "parity")
    monkeypatch.setenv("PARITY_JWT_JWKS_URL", "https://issuer.example/jwks.json")

    with running(sqlite_url, tmp_path) as service:
        answer = httpx.get(
            f"{service.address}/v1/trusts/R0A/actuals", headers={"Authorization": "Bearer a.b.c"}
        )

    assert answer.status_code == 401
    (line,) = [one for one in service.log if one["logger"] == "parity.tokens"]
    assert (line["level"], line["message"]) == (
        *("debug", "a signed token was not verified: header"),
    )
    assert "a.b.c" not in service.err


def test_a_service_names_no_software_and_stops_cleanly(sqlite_url: str, tmp_path: Path) -> None:
    with running(sqlite_url, tmp_path) as service:
        headers = httpx.get(f"{service.address}/health/live").headers
        code = service.stop()

    assert "server" not in headers
    assert code == 0
    assert service.err.count("Application shutdown complete.") == 1
    assert "/health" not in service.err


def test_several_workers_answer_and_stop_cleanly(sqlite_url: str, tmp_path: Path) -> None:
    with running(sqlite_url, tmp_path, "--workers", "2") as service:
        code = service.stop()

    assert code == 0
    assert service.err.count("Application startup complete.") == 2
    assert service.err.count("Application shutdown complete.") == 2


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    file = tmp_path / "parity.sqlite3"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        service = Service(
            f"sqlite:///{file}", tmp_path, "--demonstration", port=port, is_measured=True
        )
        code = service.process.wait(timeout=SECONDS)

    assert (code, service.out) == (1, "")
    assert service.err == (
        f"Nothing can listen on 127.0.0.1, port {port}: Address already in use. Choose others with"
        " --host and --port.\n"
    )
    assert not file.exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (
            ("--port", "http", "--workers", "0"),
            (
                "PARITY_PORT must be a whole number from 1 to 65535.\n"
                "PARITY_WORKERS must be a whole number from 1 to 64.\n"
            ),
        ),
        (
            ("--host", "no host"),
            "PARITY_HOST must be an IP address or a host name, such as 127.0.0.1 or 0.0.0.0.\n",
        ),
    ],
)
def test_options_are_checked_as_settings_are(
    options: tuple[str, ...], why: str, sqlite_url: str, tmp_path: Path
) -> None:
    service = Service(sqlite_url, tmp_path, *options, is_measured=True)

    code = service.process.wait(timeout=SECONDS)

    assert (code, service.out, service.err) == (2, "", why)


def test_a_database_of_another_release_is_not_served(sqlite_url: str, tmp_path: Path) -> None:
    engine = build_engine(sqlite_url)
    with writing(engine, ORIGIN) as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'beef'"))
    engine.dispose()
    service = Service(sqlite_url, tmp_path)

    code = service.process.wait(timeout=SECONDS)

    assert (code, service.out, service.err) == (
        *(1, ""),
        (
            "The database is at the revision beef, which this release does not know; it belongs to"
            " another release.\n"
        ),
    )
