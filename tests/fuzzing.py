"""Requests made from the description of the API, sent to a service that holds invented trusts.

Schemathesis makes them: examples of the description, values at and beyond each limit, random
ones, and sequences along the links. Whoever calls, the service must not fail, and may answer
only as it says. `make fuzz` sends 10,000 and more on each kind of database.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.services.tokens import create_token
from app.store import schema
from app.store.engine import build_engine, writing
from tests.contract.openapi import COMMITTED, Json
from tests.kept import LOADED, demonstration
from tests.origins import ORIGIN
from tests.postgres import running_server
from tests.programs import free_port, unmeasured_environment, wait_for_port

REQUESTS = 10_000
"""Fewest that are sent to a service on each kind of database."""

KINDS = ("SQLite", "PostgreSQL")

EXCLUDED = (
    # Well formed and impossible is a 422 too, and no schema says how members go together.
    "positive_data_acceptance",
)
"""Checks that do not apply."""

LEAVE_TOKENS = (
    *("--exclude-operation-id", "delete_token"),
    *("--exclude-operation-id", "post_token_rotation"),
)
"""Without what would end the token of the run itself, and everything after it."""

UNLIMITED = {
    f"PARITY_RATE_LIMIT_{name}": "0" for name in ("READS", "WRITES", "IMPORTS", "UNKNOWN")
}

ENDED = (0, 1)
"""Exit codes of Schemathesis: nothing, or something, was answered wrongly."""

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of Schemathesis.

    Attributes:
        phases: Which kinds of requests.
        examples: Random ones for each operation, at most.
        options: Further options, such as which operations.
    """

    phases: str
    examples: int
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        requests: How many were sent.
        failures: How many were answered wrongly.
        told: What Schemathesis printed.
    """

    requests: int
    failures: int
    told: str


def fuzz(address: str, headers: Headers, run: Run, folder: Path) -> Outcome:
    """Send requests to a service; the same ones each time."""
    description, report = folder / "openapi.json", folder / "report.json"
    description.write_text(json.dumps(_describe()), encoding="utf-8")
    report.unlink(missing_ok=True)
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", str(description)),
        *("--url", address, "--phases", run.phases, "--max-examples", str(run.examples)),
        *("--generation-deterministic", "--no-shrink", "--no-color", "--continue-on-failure"),
        *("--suppress-health-check", "all", "--exclude-checks", ",".join(EXCLUDED)),
        *("--report", "json", "--report-json-path", str(report)),
        *(word for name, value in headers.items() for word in ("--header", f"{name}: {value}")),
        *run.options,
    ]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        cwd=folder,
        env=unmeasured_environment(),
        text=True,
    )
    if done.returncode not in ENDED:
        raise RuntimeError(
            f"schemathesis ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
    told = json.loads(report.read_text(encoding="utf-8"))
    cases, errors = told["test_cases"], len(told["errors"])
    return Outcome(cases["generated"], cases["with_failures"] + errors, done.stdout)


def _describe() -> Json:
    """Return the description without the example of a key, which can name one request only."""
    description: Json = json.loads(COMMITTED.read_text(encoding="utf-8"))
    for path in description["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "Idempotency-Key":
                    del parameter["schema"]["examples"]
    return description


def make_token(url: str, role: Role, *codes: str) -> Headers:
    """Return the headers of a new caller."""
    engine = build_engine(url)
    with writing(engine, ORIGIN) as session:
        caller = Caller(f"fuzzing {role}", role, frozenset(codes))
        made = create_token(session, caller=caller, expires_at=None, by=COMMAND_LINE, now=LOADED)
    engine.dispose()
    return {"Authorization": f"Bearer {made.secret}"}


@contextmanager
def _serving(url: str, folder: Path) -> Iterator[str]:
    """Yield the address of a service, which answers as often as it is asked."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {"PARITY_DATABASE_URL": url, "PARITY_PORT": str(port), **UNLIMITED}
    with (folder / "service.log").open("wb") as log:
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("parity")), "serve"],
            env={**unmeasured_environment(), **settings},
            stdout=log,
            stderr=log,
        )
    try:
        try:
            wait_for_port(port, process)
        except RuntimeError as error:
            error.add_note((folder / "service.log").read_text(encoding="utf-8"))
            raise
        yield address
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _databases(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the address of a database of each kind, with the demonstration set."""
    with running_server() as server:
        addresses = f"sqlite:///{folder / 'parity.sqlite3'}", server.create("fuzzing")
        urls = dict(zip(KINDS, addresses, strict=True))
        for url in urls.values():
            schema.upgrade(url)
            demonstration(url)
        yield urls


def _plan(url: str) -> Iterator[tuple[str, Headers, Run]]:
    """Yield who calls, with what, and what is sent."""
    every, limits = "examples,coverage,fuzzing,stateful", "examples,coverage,stateful"
    yield "national", make_token(url, Role.NATIONAL), Run(every, 10, LEAVE_TOKENS)
    yield "a trust", make_token(url, Role.TRUST, "ZZ001"), Run(limits, 5, LEAVE_TOKENS)
    yield "anybody", {}, Run(limits, 5)
    tokens = ("--include-tag", "tokens")
    yield "national, of tokens", make_token(url, Role.NATIONAL), Run(every, 30, tokens)


def main() -> int:
    """Send many requests to a service on each kind of database; tell what came of them."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="fewest on each")
    parser.add_argument("--on", choices=KINDS, nargs="+", default=KINDS, help="which databases")
    told = parser.parse_args()
    fewest: int = told.requests
    is_well = True
    with TemporaryDirectory() as name, _databases(Path(name)) as urls:
        for kind in told.on:
            url, total = urls[kind], 0
            with _serving(url, Path(name)) as address:
                for who, headers, run in _plan(url):
                    outcome = fuzz(address, headers, run, Path(name))
                    total += outcome.requests
                    said = f"{outcome.requests:,} requests, {outcome.failures} answered wrongly"
                    print(f"{kind}, {who}: {said}", flush=True)  # noqa: T201 - a command
                    if outcome.failures:
                        is_well = False
                        print(outcome.told)  # noqa: T201
            is_well &= total >= fewest
            print(f"{kind}: {total:,} requests of at least {fewest:,}")  # noqa: T201
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
