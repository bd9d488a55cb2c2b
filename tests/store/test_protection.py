"""What was recorded about targets stays: the database itself refuses to change it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, Table, event, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.domain.callers import Role
from app.domain.codes import TargetState
from app.domain.records import Author, Record
from app.domain.target_comments import Comment
from app.store import target_comments, targets
from app.store.engine import build_engine, reading, writing
from app.store.rows import Row
from tests.store.rows_to_try import AT, EDIT, GOOD, RECORDED, Values, fill

TABLES = ("cycle", "target", "target_version", "target_milestone", "target_move", "target_comment")

PARTS = ("target_version", "target_milestone")
"""What a version is made of."""

NO_CHANGE = "rows of {} are never changed"

NO_EDIT = "a submitted version is never changed"

ONE = ("ZZ901", "leadership-2022-2025")


def table(name: str) -> Table:
    return Row.metadata.tables[name]


def moved(session: Session, state: str, ordinal: int = 1) -> None:
    """Let the version of the good rows become something."""
    values: Values = {**EDIT, **RECORDED, "ordinal": ordinal, "state": state}
    session.execute(insert(table("target_move")).values(values))


def next_edit(session: Session) -> None:
    """Store one more edit of the version of the good rows, with its milestone."""
    for name in PARTS:
        session.execute(insert(table(name)).values(GOOD[name][-1] | {"edit": 2}))


@pytest.fixture
def held(engine: Engine) -> Engine:
    """A database with a draft that has a milestone and a comment."""
    with writing(engine) as session:
        fill(session)
    return engine


def rows(engine: Engine) -> list[str]:
    """Return every row of every table that is protected, as text."""
    with reading(engine) as session:
        return [str(row) for name in TABLES for row in session.execute(select(table(name)))]


@contextmanager
def refused(engine: Engine, sentence: str) -> Iterator[Session]:
    """Yield a session of which the database refuses the last statement with a sentence."""
    before = rows(engine)
    with pytest.raises(IntegrityError) as caught, writing(engine) as session:
        yield session

    diagnosis = getattr(caught.value.orig, "diag", None)
    said = str(caught.value.orig) if diagnosis is None else diagnosis.message_primary
    assert said == sentence
    assert rows(engine) == before


# Rows.


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_no_row_is_changed_or_deleted(held: Engine, name: str, statement: str) -> None:
    column = table(name).columns.keys()[0]

    with refused(held, NO_CHANGE.format(name)) as session:
        session.execute(text(statement.format(name, column)))


@pytest.mark.parametrize("name", TABLES)
def test_no_row_takes_the_place_of_another(held: Engine, name: str) -> None:
    dialect = sqlite if held.dialect.name == "sqlite" else postgresql
    values, keys = GOOD[name][-1], table(name).primary_key.columns.keys()
    upsert = dialect.insert(table(name)).values(values)

    with refused(held, NO_CHANGE.format(name)) as session:
        session.execute(upsert.on_conflict_do_update(index_elements=keys, set_=values))


@pytest.fixture
def bare(sqlite_url: str) -> Iterator[sqlite3.Connection]:
    """A connection to the file, as any program opens it: without a setting of ours."""
    engine = build_engine(sqlite_url)
    with writing(engine) as session:
        fill(session)
        moved(session, "submitted")
    engine.dispose()
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        yield connection


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("columns", ["", "rowid, "], ids=["by its key", "by its rowid"])
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR IGNORE", "UPDATE OR REPLACE"])
def test_no_row_is_replaced_on_sqlite_whoever_connects(
    bare: sqlite3.Connection, name: str, columns: str, verb: str
) -> None:
    names = table(name).columns.keys()
    before = bare.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - our own names
    listed = columns + ", ".join(names)
    # By its rowid a row with another key would be replaced.
    other = [f"{one} || 'x'" if columns and one == names[0] else one for one in names]
    statement = (
        f"UPDATE OR REPLACE {name} SET {names[0]} = {other[0]}"  # noqa: S608
        if verb.startswith("UPDATE")
        else f"{verb} INTO {name} ({listed}) SELECT {columns}{', '.join(other)} FROM {name}"  # noqa: S608
    )

    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        bare.execute(statement)

    assert bare.execute(f"SELECT * FROM {name}").fetchall() == before  # noqa: S608


@pytest.mark.parametrize("name", TABLES)
def test_no_table_is_emptied_at_once_on_postgresql(postgresql_url: str, name: str) -> None:
    engine = build_engine(postgresql_url)
    with writing(engine) as session:
        fill(session)
    before = rows(engine)

    with pytest.raises(IntegrityError, match="are never changed"), writing(engine) as session:
        session.execute(text(f"TRUNCATE {name} CASCADE"))

    assert rows(engine) == before
    engine.dispose()


# Versions.


def test_a_draft_takes_further_edits(held: Engine) -> None:
    with writing(held) as session:
        next_edit(session)

    assert len(rows(held)) == 8


@pytest.mark.parametrize(
    "states",
    [
        ["submitted"],
        ["submitted", "reviewed"],
        ["submitted", "returned", "superseded"],
        ["withdrawn"],
    ],
    ids=lambda states: states[-1],
)
def test_a_version_that_is_no_draft_takes_no_further_edit(held: Engine, states: list[str]) -> None:
    with writing(held) as session:
        for ordinal, state in enumerate(states, start=1):
            moved(session, state, ordinal)

    with refused(held, NO_EDIT) as session:
        next_edit(session)


@pytest.mark.parametrize("name", PARTS)
def test_a_submitted_version_takes_nothing_more(held: Engine, name: str) -> None:
    more: dict[str, Values] = {"target_version": {"edit": 2}, "target_milestone": {"year": 2024}}
    with writing(held) as session:
        moved(session, "submitted")

    with refused(held, NO_EDIT) as session:
        session.execute(insert(table(name)).values(GOOD[name][-1] | more[name]))


def test_a_further_version_is_drafted_beside_a_submitted_one(held: Engine) -> None:
    with writing(held) as session:
        moved(session, "submitted")

    with writing(held) as session:
        for name in (*PARTS, "target_move"):
            session.execute(insert(table(name)).values(GOOD[name][-1] | {"version": 2}))

    with reading(held) as session:
        found = targets.get(session, *ONE)
    assert [one.version.state for one in found.all] == ["submitted", "draft"]


def test_another_target_takes_edits_beside_a_submitted_one(held: Engine) -> None:
    other: Values = {"target_id": "vsm-2022-2025", "measure": "vsm"}
    with writing(held) as session:
        moved(session, "submitted")

    with writing(held) as session:
        session.execute(insert(table("target")).values(GOOD["target"][-1] | other))
        for edit in (1, 2):
            values = GOOD["target_version"][-1] | {"target_id": "vsm-2022-2025", "edit": edit}
            session.execute(insert(table("target_version")).values(values))

    with reading(held) as session:
        found = targets.get(session, "ZZ901", "vsm-2022-2025")
    assert found.newest.version.edit == 2


# The store.


def test_the_store_adds_rows_about_targets_and_does_nothing_else_to_them(held: Engine) -> None:
    seen: list[str] = []
    event.listen(
        held, "before_cursor_execute", lambda *facts: seen.append(facts[2].partition(" ")[0])
    )
    record = Record(AT, Author("a lead"))

    with writing(held) as session:
        draft = targets.get(session, *ONE).newest
        terms = replace(draft.version.terms, board_approved_on=date(2022, 5, 26))
        changed = replace(draft, version=replace(draft.version, terms=terms, edit=2))
        targets.add_edit(session, changed, record)
        last = replace(changed, version=changed.version.moved(TargetState.SUBMITTED, record))
        targets.add_move(session, last)
        again = replace(draft.version, version=2, edit=1, reason="Raised")
        targets.add_versions(session, [replace(draft, version=again)])
        target_comments.add(session, *ONE, Comment(1, Role.AREA, "How?", record))
        targets.list_of_many(session, ["ZZ901"])
        target_comments.list_of(session, *ONE, as_of=AT)

    assert {"SELECT", "INSERT"} <= set(seen) <= {"SELECT", "INSERT", "BEGIN", "PRAGMA"}
