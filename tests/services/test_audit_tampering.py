"""Whatever is changed, taken out or swapped behind the triggers, verifying names it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Engine,
    Integer,
    Table,
    and_,
    delete,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.domain.changes import Change
from app.domain.measures import Measure
from app.services.audit import find_head, verify_audit
from app.store import check_structure
from app.store.contents import PARTS, UNWATCHED, path_of, thing_of
from app.store.engine import reading
from app.store.rows import ExactShare, Instant, Row
from tests.given import Given
from tests.services.tampering import behind_the_triggers

SUMMARIES = {"actuals_summary", "board_summary"}
"""What `parity check` compares with the rows that they are of."""

TABLES = sorted(Row.metadata.tables.keys() - SUMMARIES)

NOT_UTF8 = b"A\xff"
"""What a text is not; put in as one, no driver can read it."""

HISTORY: dict[str, Callable[[Given], object]] = {
    "actuals": lambda one: one.actuals("ZZ901", 2024, {("clinical", "8a"): (340, 61, 2)}),
    "earlier actuals": lambda one: one.actuals("ZZ901", 2023, {("medical", "other"): (9, 4, 0)}),
    "another's actuals": lambda one: one.actuals("ZZ902", 2024),
    "a board": lambda one: one.board("ZZ901", 2024),
    "indicators": lambda one: one.indicators("ZZ901", 2024),
    "a release": lambda one: one.released(2024),
    "a token": lambda one: one.token("trust", "ZZ901"),
    "a trust": lambda one: one.trust(f"ZZ8{one.count_rows()['organisation']:02}"),
}
"""What can happen, in any order and again and again."""


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database in which something of most kinds is held."""
    given_ = Given(engine)
    given_.register()
    for happen in HISTORY.values():
        happen(given_)
    given_.actuals("ZZ901", 2022)
    given_.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    return engine


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(st.sampled_from(sorted(HISTORY)), max_size=6))
def test_any_history_holds(engine: Engine, history: list[str]) -> None:
    given_ = Given(engine)
    if not given_.count_rows()["organisation"]:
        given_.register()
    for what in history:
        HISTORY[what](given_)

    with reading(engine) as session:
        assert verify_audit(session, expected=find_head(session)).findings == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_tampered_with_is_named(filled: Engine, data: st.DataObject) -> None:
    table = Row.metadata.tables[data.draw(st.sampled_from(TABLES), label="table")]
    tamper = data.draw(st.sampled_from((change_one, delete_one, swap_two)), label="how")
    with reading(filled) as session:
        head = find_head(session)
    with behind_the_triggers(filled) as session:
        rows = session.execute(select(table).order_by(*table.primary_key.columns)).all()
        assume(len(rows) > 1 or table.name == "ledger")
        chosen = data.draw(st.permutations(range(len(rows))), label="rows")
        column = data.draw(st.sampled_from(sorted(table.columns.keys())), label="column")
        touched = [rows[at] for at in chosen[:2]]
        try:
            tamper(session, table, touched, column)
        except IntegrityError:
            reject()  # the table's own constraints refuse it
        found = verify_audit(session, expected=head).findings
        named = {name for one in found for name in (one.number, one.what) if name is not None}

        assert named & names_of(session, table, touched[0])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_not_even_of_its_type_is_named(filled: Engine, data: st.DataObject) -> None:
    table = Row.metadata.tables[data.draw(st.sampled_from(TABLES), label="table")]
    with behind_the_triggers(filled) as session:
        rows = session.execute(select(literal_column("rowid").label("place"), table)).all()
        assume(rows)
        row = data.draw(st.sampled_from(rows), label="row")
        column = data.draw(st.sampled_from([*table.columns]), label="column")
        value = data.draw(st.sampled_from(garbage_of(column)), label="value")
        told = "CAST(:value AS TEXT)" if value == NOT_UTF8 else ":value"
        spoil = text(f"UPDATE {table.name} SET {column.name} = {told} WHERE rowid = :row")  # noqa: S608 — names of ours
        try:
            session.execute(spoil, {"value": value, "row": row.place})
        except IntegrityError:
            reject()  # the column is one of those in which SQLite keeps nothing but numbers
        found = verify_audit(session).findings
        named = {name for one in found for name in (one.number, one.what) if name is not None}
        checked = [one.detail for one in check_structure.find_mistyped(session)]

        if (table.name, column.name) not in UNWATCHED:
            assert named & names_of(session, table, row)
        assert checked == [f"of another type: {column.name}"]


def change_one(session: Session, table: Table, rows: Sequence[Any], column: str) -> None:
    """Change one value of a row."""
    value = another(getattr(rows[0], column))
    assume(value is not None)
    session.execute(update(table).where(is_row(table, rows[0])).values({column: value}))


def garbage_of(column: Column[Any]) -> Sequence[str | float | bytes]:
    """Return what a column never holds."""
    match column.type:
        case Boolean():
            return "yes", 2, b"\1"
        case Integer() | ExactShare():
            return "twelve", 1.5, b"\1"
        case Date() | Instant():
            days = "", "soon", "2024-02-30", "2024-01-01T00:00:00Z", "0000-01-01 00:00:00"
            return *days, "2024-01-01 00:00:00.5", "2024-01-01 24:00:00", 2024, 0.5, b"2024-01-01"
        case _:
            return b"ZZ901", b"\xff", NOT_UTF8


def delete_one(session: Session, table: Table, rows: Sequence[Any], _column: str) -> None:
    """Take a row out."""
    session.execute(delete(table).where(is_row(table, rows[0])))


def swap_two(session: Session, table: Table, rows: Sequence[Any], _column: str) -> None:
    """Give each of two rows what the other has, but for its key."""
    assume(len(rows) > 1)
    keys = set(table.primary_key.columns.keys())
    first, second = ({**one._mapping} for one in rows)  # noqa: SLF001 — the columns of a row
    others = {name for name in first if name not in keys}
    assume(any(first[name] != second[name] for name in others))
    for row in rows:
        session.execute(delete(table).where(is_row(table, row)))
    for row, other in ((first, second), (second, first)):
        session.execute(insert(table), row | {name: other[name] for name in others})


def is_row(table: Table, row: Any) -> ColumnElement[bool]:  # noqa: ANN401 — of any table
    return and_(*(column == getattr(row, column.name) for column in table.primary_key.columns))


def another(value: Any) -> Any:  # noqa: ANN401 — of any column
    """Return another value of the same type; None where there was none."""
    match value:
        case None:
            return None
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value[:-1]}{'b' if value.endswith('a') else 'a'}"
        case _ if hasattr(value, "year"):
            return value.replace(year=value.year - 1)
        case _:
            return value / 2


def names_of(session: Session, table: Table, row: Any) -> set[str | int]:  # noqa: ANN401 — likewise
    """Return what a finding about a row may name: its thing, or the number of an entry."""
    entries = Row.metadata.tables["audit_entry"].c
    match table.name:
        case "audit_entry":
            return {row.number}
        case "change":
            query = select(entries.number).where(entries.change == row.number)
            return {*session.execute(query).scalars(), row.number}
        case "ledger":
            query = select(entries.number).where(entries.change.is_not(None))
            return {max(session.execute(query).scalars())}
    return {
        path_of(
            thing_of(
                Change(
                    kind,
                    value_of(row, part.ods_code) or part.whose,
                    value_of(row, part.name),
                )
            )
        )
        for kind, parts in PARTS.items()
        for part in parts
        if part.table is table
    }


def value_of(row: Any, column: str | None) -> str | None:  # noqa: ANN401 — likewise
    return None if column is None else str(getattr(row, column))
