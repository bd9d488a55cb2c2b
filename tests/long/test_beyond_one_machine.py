"""Several processes on several hosts, a database with a replica for reads, and what dies of them.

Two hosts serve, with two processes each; one has the primary database, one its streaming
replica. Callers count as in `tests.killing`, through both hosts in turn, and read each number
back through both. One story, because a cluster takes its time to start.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Final

import httpx
import psycopg
import pytest
from starlette.testclient import TestClient

from app.services.checks import check_all
from app.store import schema
from app.store.engine import build_engine, reading
from tests.apps import borrowed_app
from tests.bodies import Headers, actuals_body
from tests.forking import UNLIMITED
from tests.hosts import Host, hosts
from tests.killing import Counting, counters, fill, make_national
from tests.postgres import OwnServer, Server, own_server
from tests.programs import unmeasured_environment

NAME: Final = "parity"
PORT: Final = 8000
WORKERS: Final = 2
PATIENCE_SECONDS: Final = 120.0
REQUEST_SECONDS: Final = 45.0
POLL_SECONDS: Final = 0.02

SEED: Final = 20261128

ROUNDS: Final = 4
"""Numbers that each caller has acknowledged before a part of the story ends."""

PUBLIC: Final = "/v1/organisations/ZZ911"

# The hosts of the tests alone.
pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8", "10.203.0.0/16"])


@dataclass(frozen=True, slots=True)
class Cluster:
    """Two hosts that serve, and two of databases."""

    primary: OwnServer
    replica: OwnServer
    of_primary: Host
    of_replica: Host
    addresses: Sequence[str]
    services: Sequence[subprocess.Popen[bytes]]
    headers: Headers

    def url_of(self, server: OwnServer) -> str:
        """Return the address of the database on one of the servers."""
        url = server.url.set(drivername="postgresql+psycopg", database=NAME)
        return url.render_as_string(hide_password=False)

    def workers(self, number: int) -> list[int]:
        """Return the processes that answer on one of the hosts."""
        own = self.services[number].pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii").split()
        return [int(one) for one in children if b"spawn_main" in _command(one)]


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def ask(server: OwnServer, *statements: str) -> list[tuple[object, ...]]:
    """Ask a server; return the answers to what is asked last."""
    with psycopg.connect(server.url.render_as_string(), autocommit=True) as connection:
        for statement in statements:
            found = connection.execute(statement.encode())
        return found.fetchall() if found.description else []


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(POLL_SECONDS)


@contextmanager
def serving(host: Host, urls: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the command that serves on a host, ended at the end."""
    process = subprocess.Popen(
        [*host.prefix, Path(sys.executable).with_name("parity"), "serve"],
        env={
            **unmeasured_environment(),
            **UNLIMITED,
            **urls,
            "PARITY_HOST": host.address,
            "PARITY_PORT": str(PORT),
            "PARITY_WORKERS": str(WORKERS),
            "PARITY_LOG_LEVEL": "critical",
        },
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """All of it, with a filled database; the replica follows without being waited for."""
    with ExitStack() as stack:
        of_primary, of_replica, *of_services = stack.enter_context(hosts(4))
        common = ("wal_level=replica", "max_wal_senders=4", "max_connections=200")
        primary = stack.enter_context(
            own_server(
                settings=(*common, f"listen_addresses={of_primary.address}"),
                through=of_primary.unprivileged,
            )
        )
        follows = (
            f"primary_conninfo=host={of_primary.address} user=postgres application_name=replica"
        )
        replica = stack.enter_context(
            own_server(
                settings=(
                    *common,
                    f"listen_addresses={of_replica.address}",
                    follows,
                    "hot_standby_feedback=on",
                ),
                through=of_replica.unprivileged,
                follows=primary,
            )
        )
        server = Server(primary.url)
        url = server.create(NAME)
        server.close()
        schema.upgrade(url)
        fill(url)
        wait_until(lambda: holds(replica), "the replica never had the database")
        both = [f"{one.address}:5432" for one in (of_primary, of_replica)]
        start = (
            f"postgresql://postgres@/{NAME}?host={both[0]}&host={both[1]}&target_session_attrs="
        )
        urls = {
            "PARITY_DATABASE_URL": f"{start}read-write",
            "PARITY_READ_DATABASE_URL": f"{start}prefer-standby",
        }
        services = [stack.enter_context(serving(one, urls)) for one in of_services]
        addresses = [f"http://{one.address}:{PORT}" for one in of_services]
        made = Cluster(
            primary, replica, of_primary, of_replica, addresses, services, make_national(url)
        )
        for address in addresses:
            wait_until(partial(is_ready, address), f"{address} was never ready")
        yield made


def holds(server: OwnServer) -> bool:
    return (NAME,) in ask(server, "SELECT datname::text FROM pg_database")


def is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready", timeout=REQUEST_SECONDS).is_success
    except httpx.TransportError:
        return False


@dataclass(slots=True)
class Story:
    """Callers that count while something happens, and what they met.

    Attributes:
        failures: What each failed request was answered, if at all.
        stale: Numbers read that were not the last that was acknowledged.
    """

    cluster: Cluster
    callers: Sequence[Counting] = field(default_factory=counters)
    failures: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    reads: int = 0

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Let all callers count meanwhile, and until each has counted on for a while after it."""
        enough = Event()
        with ThreadPoolExecutor(len(self.callers)) as pool:
            running = [pool.submit(self._run, one, enough) for one in self.callers]
            try:
                self.count_on(ROUNDS)
                yield
                self.count_on(ROUNDS)
            finally:
                enough.set()
            for one in running:
                one.result()

    def count_on(self, rounds: int) -> None:
        """Wait until every caller has had so many more numbers acknowledged."""
        goals = [one.acknowledged + rounds for one in self.callers]
        wait_until(
            lambda: all(
                one.acknowledged >= goal for one, goal in zip(self.callers, goals, strict=True)
            ),
            f"nothing is acknowledged any more: {self.failures[-3:]}",
        )

    def _run(self, one: Counting, enough: Event) -> None:
        with ExitStack() as stack:
            clients = [stack.enter_context(self._client(at)) for at in self.cluster.addresses]
            held = self._read(one, clients[0])
            while not enough.is_set():
                if self._is_acknowledged(one, clients[held % len(clients)], held + 1):
                    one.acknowledged += 1
                    held += 1
                    self._compare(one, clients, held)
                    continue
                found = self._read(one, clients[held % len(clients)])
                assert found in {held, held + 1}, f"{one.name}: {found} after {held}"
                held = found

    def _client(self, address: str) -> httpx.Client:
        """Return a client that makes a connection for each request: whichever process takes it."""
        return httpx.Client(
            base_url=address,
            headers=self.cluster.headers,
            limits=httpx.Limits(max_keepalive_connections=0),
            timeout=REQUEST_SECONDS,
        )

    def _compare(self, one: Counting, clients: Sequence[httpx.Client], held: int) -> None:
        for client in clients:
            found = self._read(one, client)
            self.reads += 1
            if found != held:
                self.stale.append(f"{one.name}: {found} after {held}")

    def _is_acknowledged(self, one: Counting, client: httpx.Client, number: int) -> bool:
        try:
            answer = one.send(client, number)
        except httpx.TransportError as error:
            self.failures.append(f"{one.name}: {type(error).__name__}")
            return False
        if answer.is_server_error:
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
            self.failures.append(f"{one.name}: {answer.text}")
            return False
        assert answer.is_success, f"{one.name}: {answer.text}"
        return True

    def _read(self, one: Counting, client: httpx.Client) -> int:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return one.read(client)
            except httpx.HTTPError as error:
                self.failures.append(f"{one.name}: {type(error).__name__}")
                assert time.monotonic() < deadline, f"{one.name} could not be read"


def test_what_is_written_on_one_host_is_read_on_all_however_far_behind_the_replica_is(
    cluster: Cluster,
) -> None:
    story, moments, over = Story(cluster), Random(SEED), Event()  # noqa: S311 — moments, not secrets

    def hold_up() -> None:
        while not over.wait(moments.uniform(0.0, 0.2)):
            ask(cluster.replica, "SELECT pg_wal_replay_pause()")
            over.wait(moments.uniform(0.0, 0.4))
            ask(cluster.replica, "SELECT pg_wal_replay_resume()")

    holding_up = Thread(target=hold_up)
    before = scans_of_replica(cluster)
    with story.going_on():
        holding_up.start()
        story.count_on(ROUNDS)
        over.set()
        holding_up.join()
    wait_until(lambda: scans_of_replica(cluster) > before, "nothing was read from the replica")

    assert story.stale == []
    assert story.failures == []
    assert story.reads >= 6 * ROUNDS * 3


def scans_of_replica(cluster: Cluster) -> int:
    """Return how often headcounts were looked for on the replica."""
    url = cluster.replica.url.set(database=NAME).render_as_string()
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'headcount'"
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_replica_that_is_asked_to_write_refuses_in_our_words(cluster: Cluster) -> None:
    with borrowed_app(cluster.url_of(cluster.replica)) as app, TestClient(app) as client:
        path = "/v1/trusts/ZZ916/actuals/2024"
        read = client.get("/v1/trusts/ZZ911/actuals", headers=cluster.headers)
        sent = client.put(path, json=actuals_body(), headers=cluster.headers)

    assert (read.status_code, len(read.json()["items"])) == (200, 1)
    problem = sent.json()
    assert (sent.status_code, problem["type"], problem["reason"]) == (
        503,
        "/problems/storage-unavailable",
        "read_only",
    )


def test_a_worker_that_is_killed_takes_with_it_only_what_it_was_answering(
    cluster: Cluster,
) -> None:
    story = Story(cluster)
    with story.going_on():
        before = cluster.workers(0)
        assert len(before) == WORKERS
        os.kill(before[0], signal.SIGKILL)
        story.count_on(1)
        wait_until(
            lambda: len(set(cluster.workers(0)) - set(before)) == 1,
            "nobody took the place of a worker",
        )

    assert story.stale == []
    # Each caller waits for one answer at a time.
    assert len(story.failures) <= len(story.callers)
    assert all(
        one.split(": ")[1] in {"ReadError", "RemoteProtocolError"} for one in story.failures
    )


def test_when_the_primary_dies_reads_go_on_and_its_replica_takes_over_with_all_that_was_told(
    cluster: Cluster,
) -> None:
    ask(cluster.primary, f"ALTER DATABASE {NAME} SET synchronous_commit = remote_apply")
    ask(
        cluster.primary,
        "ALTER SYSTEM SET synchronous_standby_names = 'replica'",
        "SELECT pg_reload_conf()",
    )
    # Connections that were made before have not heard of it.
    ask(
        cluster.primary,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
    )
    for address in cluster.addresses:
        wait_until(partial(is_ready, address), f"{address} did not come back")
    story = Story(cluster)
    with story.going_on():
        if cluster.of_primary.link is None:
            cluster.primary.stop()
        else:
            cluster.of_primary.cut_off()
        began = time.monotonic()
        for address in cluster.addresses:
            wait_until(partial(is_stood_in_for, address), f"{address} does not read on")
        stood_in_s = time.monotonic() - began
        ask(cluster.replica, "SELECT pg_promote()")
        began = time.monotonic()
        story.count_on(1)
        back_s = time.monotonic() - began
    print(f"\nreads went on after {stood_in_s:.1f} s, writes {back_s:.1f} s after the promotion")  # noqa: T201 — with -s
    engine = build_engine(cluster.url_of(cluster.replica))
    with reading(engine) as session:
        findings = [str(one) for one in check_all(session)]
    engine.dispose()

    assert story.stale == []
    assert story.failures != []
    assert findings == []


def is_stood_in_for(address: str) -> bool:
    """Return whether a host answers reads without the primary, and says so."""
    try:
        read = httpx.get(f"{address}{PUBLIC}", timeout=REQUEST_SECONDS)
    except httpx.TransportError:
        return False
    return read.is_success and "age" in read.headers
