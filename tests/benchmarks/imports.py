"""How long an import of ten national years takes beside a bare load of the same cells.

The headcounts of the 202 open trusts of the demonstration set for ten censuses, some 190,000
cells, are loaded on each database in three ways, each into a database of its own, in turn:

- bare: the rows of the tables of headcounts, made beforehand, go in by `executemany` (SQLite) or
  `COPY` (PostgreSQL) in one transaction, from its begin to the end of its commit;
- import: the service's import of the same cells from values, from its begin to the end of its
  commit. It adds the cells up, checks them, compares them with what is held and with the census
  before, stamps them, and stores revisions, warnings, changes, the audit, and the record of the
  import;
- from the file: reading the CSV file of a row a cell, and the import.
"""

import gc
import io
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.demonstration.values import DemonstrationSet
from app.domain.callers import COMMAND_LINE
from app.domain.imports import ImportKind
from app.ingest.censuses import read_censuses, read_cycles
from app.ingest.imports import ReadFile, read_file
from app.ingest.layouts.common import Defaults
from app.ingest.mappings import read_words
from app.ingest.sheets import read_workbook
from app.main import LARGEST_LITTER
from app.services.demonstration import make_demonstration
from app.services.import_plans import ExpectedTotals, ImportTerms
from app.services.imports import import_file
from app.services.register import add_organisations
from app.store import censuses, organisations, schema
from app.store.engine import build_engine, writing
from tests.benchmarks.findings import Finding
from tests.origins import ORIGIN
from tests.postgres import Server, running_server

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ROUNDS = 3
MOST = 3.0
"""How many times as long as the bare load the import may take."""

HEADS = "actuals_revision (ods_code, year, revision, source, recorded_at, recorded_by)"
COVERS = "actuals_cover (ods_code, year, revision, covered)"
CELLS = "headcount (ods_code, year, revision, staff_group, band, white, bme, unknown)"

Tables = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Load:
    """What is loaded.

    Attributes:
        text: As a CSV file.
        tables: As rows, by table with its columns.
        cells: How many numbers.
        terms: How the file is imported.
    """

    text: bytes
    tables: Tables
    cells: int
    terms: ImportTerms


def run() -> Iterator[Finding]:
    """Yield what was measured on each kind of database."""
    made = make_demonstration()
    load = make_load(made)
    gc.set_threshold(LARGEST_LITTER)  # as the service has it
    yield from measure("SQLite", sqlite_databases(made), bare_sqlite, load)
    with running_server(durable=True) as server:
        yield from measure("PostgreSQL", postgresql_databases(server, made), bare_postgresql, load)


def make_load(made: DemonstrationSet) -> Load:
    """Return the headcounts of the open trusts in every form that is needed."""
    tables: Tables = {HEADS: [], COVERS: [], CELLS: []}
    text = io.StringIO()
    text.write("ODS code,Year,Source,Staff group,Band,Ethnic group,Headcount\n")
    cells = workforce = bme = 0
    for one in made.organisations:
        if one.closed is not None:
            continue
        for year, sent in sorted(made.returns.get(one.ods_code, {}).items()):
            key = (one.ods_code, year, 1)
            tables[HEADS].append((*key, "Invented", NOW, "bench"))
            tables[COVERS].append((*key, one.ods_code))
            for (group, band), counted in sent.headcounts.items():
                numbers = (counted.white, counted.bme, counted.unknown)
                tables[CELLS].append((*key, group.value, band.value, *numbers))
                for ethnic, number in zip(("white", "bme", "unknown"), numbers, strict=True):
                    text.write(
                        f"{one.ods_code},{year},Invented,{group},{band},{ethnic},{number}\n"
                    )
                    cells += 1
                workforce, bme = workforce + counted.total, bme + counted.bme
    terms = ImportTerms(expected=ExpectedTotals(workforce, bme))
    return Load(text.getvalue().encode(), tables, cells, terms)


def measure(
    name: str, databases: Iterator[Engine], bare: Callable[[Engine, Tables], None], load: Load
) -> Iterator[Finding]:
    """Yield the medians on one kind of database."""
    seconds: dict[str, list[float]] = {"bare": [], "import": [], "read": []}
    for _ in range(ROUNDS):
        with timed(seconds["read"]):
            read = read_values(load)
        engine = next(databases)
        with timed(seconds["bare"]):
            bare(engine, load.tables)
        engine = next(databases)
        with timed(seconds["import"]), writing(engine, ORIGIN) as session:
            done = import_file(session, read=read, terms=load.terms, caller=COMMAND_LINE, now=NOW)
        assert done.made.file.rows == load.cells
    pairs = zip(seconds["import"], seconds["bare"], strict=True)
    ratio = statistics.median(one / other for one, other in pairs)
    took = {what: statistics.median(values) for what, values in seconds.items()}
    beside = f"bare load: {took['bare']:.2f} s"
    yield Finding(
        f"import of {load.cells:,} cells, {name}",
        f"{took['import']:.2f} s",
        beside,
        ratio,
        f"at most {MOST:.0f} × bare",
        ratio <= MOST,
    )
    whole = took["read"] + took["import"]
    yield Finding(
        f"the same from a CSV file, {name}", f"{whole:.2f} s", beside, whole / took["bare"]
    )


def read_values(load: Load) -> ReadFile:
    """Return what the file says."""
    book = read_workbook(load.text, "national.csv")
    return read_file(book, ImportKind.ACTUALS, read_words(), Defaults())


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Add how long something takes."""
    begun = time.perf_counter()
    yield
    seconds.append(time.perf_counter() - begun)


def prepare(engine: Engine, made: DemonstrationSet) -> None:
    """Store the register that the returns need."""
    schema.upgrade(engine)
    with writing(engine, ORIGIN) as session:
        censuses.add_missing(session, read_censuses())
        censuses.add_missing_cycles(session, read_cycles())
        add_organisations(session, made.organisations, by=COMMAND_LINE, now=NOW)
        organisations.add_successions(session, made.successions, known_from=None)


def sqlite_databases(made: DemonstrationSet) -> Iterator[Engine]:
    """Yield one database after another that holds the register."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.sqlite3"
        engine = build_engine(f"sqlite:///{template}")
        prepare(engine, made)
        engine.dispose()
        for number in count():
            file = shutil.copy(template, template.with_name(f"{number}.sqlite3"))
            engine = build_engine(f"sqlite:///{file}")
            yield engine
            engine.dispose()


def postgresql_databases(server: Server, made: DemonstrationSet) -> Iterator[Engine]:
    """Yield the same on a server."""
    names = (f"bench_{number}" for number in count())
    template = next(names)
    engine = build_engine(server.create(template))
    prepare(engine, made)
    engine.dispose()
    while True:
        engine = build_engine(server.create(next(names), template=template))
        yield engine
        engine.dispose()


def bare_sqlite(engine: Engine, tables: Tables) -> None:
    """Load rows by `executemany`."""
    with engine.execution_options(parity_write=True).begin() as connection:
        cursor = cursor_of(connection)
        for table, rows in tables.items():
            places = ", ".join("?" * len(rows[0]))
            values: Sequence[tuple[object, ...]] = rows
            if table is HEADS:
                values = [(*row[:4], str(row[4])[:19] + ".000000", row[5]) for row in rows]
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", values)  # noqa: S608


def bare_postgresql(engine: Engine, tables: Tables) -> None:
    """Load rows by `COPY`."""
    with engine.begin() as connection:
        cursor = cursor_of(connection)
        for table, rows in tables.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def cursor_of(connection: Connection):  # type: ignore[no-untyped-def] # noqa: ANN201 — the driver's own
    """Return a cursor of the driver."""
    return connection.connection.cursor()
