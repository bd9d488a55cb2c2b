"""Every constraint of the tables, violated once; and the two types of our own."""

import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import (
    CheckConstraint,
    Engine,
    ForeignKeyConstraint,
    Insert,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    delete,
    insert,
)
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.store.engine import build_engine, writing
from app.store.rows import (
    OrganisationRow,
    Row,
)
from tests.postgres import Server
from tests.store.rows_to_try import CHECKS, GOOD, STRANGE, UNIQUES, Values, fill, good


def constraints(kind: type) -> list[tuple[Table, str]]:
    """Return the tables' constraints of a kind, by name."""
    return [
        (table, str(constraint.name))
        for table in Row.metadata.sorted_tables
        for constraint in sorted(table.constraints, key=lambda one: str(one.name))
        if isinstance(constraint, kind)
    ]


def parameters(kind: type) -> list[object]:
    return [pytest.param(table, name, id=name) for table, name in constraints(kind)]


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """One database of each kind for all tests: none commits what it stores."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        engine = build_engine(
            f"sqlite:///{shutil.copy(template, tmp_path_factory.mktemp('rows'))}"
        )
        yield engine
        engine.dispose()
        return
    server: Server = request.getfixturevalue("postgresql_server")
    name: str = next(request.getfixturevalue("postgresql_names"))
    template = request.getfixturevalue("postgresql_template")
    engine = build_engine(server.create(name, template=template))
    yield engine
    engine.dispose()
    server.drop(name)


@pytest.fixture
def session(shared: Engine) -> Iterator[Session]:
    with writing(shared) as session:
        yield session
        session.rollback()


@pytest.fixture
def held(session: Session) -> Session:
    """A session in which every table has a good row."""
    fill(session)
    return session


def refuse(
    session: Session, statement: Insert, table: Table, name: str, *, or_fixed: bool = False
) -> None:
    """See that a statement is refused, and that the database names the constraint if it can.

    On SQLite a table whose rows are fixed may say that instead of naming its key.
    """
    with pytest.raises(IntegrityError) as caught:
        session.execute(statement)

    diagnosis = getattr(caught.value.orig, "diag", None)
    said = str(caught.value.orig) if diagnosis is None else diagnosis.constraint_name
    fixed = {f"rows of {table.name} are never changed"} if or_fixed else set()
    assert said in {name, _in_words_of_sqlite(table, name)} | fixed


def _in_words_of_sqlite(table: Table, name: str) -> str:
    """Return how SQLite speaks of a constraint: of a key by its columns, of a foreign one not."""
    constraint = next(one for one in table.constraints if one.name == name)
    if isinstance(constraint, CheckConstraint):
        return f"CHECK constraint failed: {name}"
    if isinstance(constraint, ForeignKeyConstraint):
        return "FOREIGN KEY constraint failed"
    assert isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint)
    columns = (f"{table.name}.{column.name}" for column in constraint.columns)
    return f"UNIQUE constraint failed: {', '.join(columns)}"


def test_every_table_is_tried() -> None:
    assert set(GOOD) | {"ledger"} == {table.name for table in Row.metadata.sorted_tables}
    assert set(CHECKS) == {name for _, name in constraints(CheckConstraint)}
    assert set(UNIQUES) == {name for _, name in constraints(UniqueConstraint)}


@pytest.mark.parametrize(("table", "name"), parameters(CheckConstraint))
def test_a_row_that_contradicts_itself_is_refused(
    session: Session, table: Table, name: str
) -> None:
    fill(session, before=table.name)

    refuse(session, insert(table).values(good(table) | CHECKS[name]), table, name)


@pytest.mark.parametrize(("table", "name"), parameters(UniqueConstraint))
def test_what_may_stand_once_is_refused_twice(session: Session, table: Table, name: str) -> None:
    fill(session, until=table.name)

    refuse(session, insert(table).values(good(table) | UNIQUES[name]), table, name)


@pytest.mark.parametrize(("table", "name"), parameters(PrimaryKeyConstraint))
def test_a_key_stands_once(session: Session, table: Table, name: str) -> None:
    fill(session, until=table.name)
    unlike: dict[str, Values] = {
        "succession": {"effective_date": date(2023, 4, 1)},
        "action": {"action_id": "another"},
        "token": {"hash": "1" * 64},
    }
    row = good(table) | unlike.get(table.name, {})

    refuse(session, insert(table).values(row), table, name, or_fixed=True)


@pytest.mark.parametrize(("table", "name"), parameters(ForeignKeyConstraint))
def test_a_row_of_a_parent_that_is_not_there_is_refused(
    session: Session, table: Table, name: str
) -> None:
    fill(session, before=table.name)
    constraint = next(one for one in table.constraints if one.name == name)
    assert isinstance(constraint, ForeignKeyConstraint)
    # Only the first columns of a key are in a row's other foreign keys.
    column = list(constraint.columns)[-1].name

    refuse(session, insert(table).values(good(table) | {column: STRANGE[column]}), table, name)


def test_a_parent_of_rows_cannot_go(held: Session) -> None:
    with pytest.raises(IntegrityError):
        held.execute(delete(OrganisationRow).where(col(OrganisationRow.ods_code) == "ZZ901"))
