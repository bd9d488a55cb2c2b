"""Checks of the database itself: its file, what its migrations made, and the rules of its rows."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Inspector,
    Row,
    Table,
    and_,
    func,
    inspect,
    not_,
    or_,
    select,
    text,
)
from sqlmodel import Session

from app.domain.checks import Finding, FindingCode
from app.store import dumps, guards
from app.store.column_types import as_text, is_of_its_type

_UNENFORCED: Final = text(
    "SELECT conname, conrelid::regclass::text FROM pg_constraint"
    " WHERE connamespace = current_schema()::regnamespace AND NOT convalidated"
    " UNION SELECT conname, tgrelid::regclass::text FROM pg_trigger"
    " JOIN pg_constraint ON pg_constraint.oid = tgconstraint"
    " WHERE connamespace = current_schema()::regnamespace AND tgenabled NOT IN ('O', 'A')"
    " ORDER BY 1, 2"
)


def find_damage(session: Session) -> Iterator[Finding]:
    """Yield what SQLite finds wrong with its file; PostgreSQL finds out when it reads a page."""
    if _is_sqlite(session):
        for (said,) in session.execute(text("PRAGMA integrity_check")):
            if said != "ok":
                yield Finding(FindingCode.DAMAGED, "file", said)


def find_missing_structure(session: Session) -> Iterator[Finding]:
    """Yield the tables, columns, constraints, indexes and triggers that are not there, or off."""
    inspector = inspect(session.connection())
    held = {*inspector.get_table_names()}
    for table in dumps.list_tables():
        if table.name not in held:
            yield _missing(table.name, "the table is not there")
            continue
        found = _parts_held(inspector, table.name)
        for part in sorted(_parts_of(table) - found):
            yield _missing(table.name, f"{part} is not there")
    for trigger in sorted(guards.expected(inspector.dialect.name) - guards.enabled(session)):
        yield _missing(trigger.partition("_refuses_")[0], f"the trigger {trigger} is not on")
    if not _is_sqlite(session):
        for constraint, table_name in session.execute(_UNENFORCED):
            yield _missing(table_name, f"{constraint} is not enforced")


def _missing(table: str, detail: str) -> Finding:
    return Finding(FindingCode.STRUCTURE, table, detail)


def _parts_of(table: Table) -> set[str]:
    """Return the names of what a table should have."""
    columns = {f"the column {column.name}" for column in table.columns}
    constraints = {str(one.name) for one in table.constraints}
    return columns | constraints | {str(one.name) for one in table.indexes}


def _parts_held(inspector: Inspector, table: str) -> set[str]:
    """Return the names of what a table has."""
    columns = {f"the column {column['name']}" for column in inspector.get_columns(table)}
    parts: Iterable[Any] = (
        inspector.get_pk_constraint(table),
        *inspector.get_foreign_keys(table),
        *inspector.get_unique_constraints(table),
        *inspector.get_check_constraints(table),
        *inspector.get_indexes(table),
    )
    return columns | {str(part["name"]) for part in parts}


def find_mistyped(session: Session) -> Iterator[Finding]:
    """Yield the values that SQLite keeps although they are not of their column's type."""
    if not _is_sqlite(session):
        return
    for table in dumps.list_tables():
        key = [as_text(column) for column in table.primary_key.columns]
        wrong = [
            and_(column.is_not(None), not_(is_of_its_type(column))) for column in table.columns
        ]
        query = select(*key, *wrong).where(or_(*wrong)).order_by(*key)
        for row in session.execute(query):
            named = zip(table.columns, row[len(key) :], strict=True)
            columns = ", ".join(column.name for column, is_wrong in named if is_wrong)
            where = name_row(table.name, row[: len(key)])
            yield Finding(FindingCode.MISTYPED, where, f"of another type: {columns}")


def find_broken_rules(session: Session) -> Iterator[Finding]:
    """Yield the rows that break a constraint of their own table."""
    for table in dumps.list_tables():
        for column in table.columns:
            if not column.nullable:
                for row in session.execute(_keys(table).where(column.is_(None))):
                    yield _broken(table, row, f"{column.name} is empty")
        rules = [one for one in table.constraints if isinstance(one, CheckConstraint)]
        for rule in sorted(rules, key=lambda one: str(one.name)):
            for row in session.execute(_keys(table).where(text(f"NOT ({rule.sqltext})"))):
                yield _broken(table, row, f"it is not as {rule.name} wants it")


def _broken(table: Table, row: Row[Any], detail: str) -> Finding:
    return Finding(FindingCode.RULE_BROKEN, name_row(table.name, row), detail)


def find_orphans(session: Session) -> Iterator[Finding]:
    """Yield the rows whose foreign key leads nowhere."""
    for table in dumps.list_tables():
        for key in sorted(table.foreign_key_constraints, key=lambda one: str(one.name)):
            of = key.referred_table.alias("of")
            pairs = [(element.parent, of.c[element.column.name]) for element in key.elements]
            has = select(1).where(and_(*(mine == its for mine, its in pairs))).select_from(of)
            query = _keys(table).where(
                and_(*(mine.is_not(None) for mine, _ in pairs)),
                not_(has.correlate(table).exists()),
            )
            for row in session.execute(query):
                detail = f"there is no such {key.referred_table.name}, by {key.name}"
                yield Finding(FindingCode.ORPHAN, name_row(table.name, row), detail)


def count_rows(session: Session) -> int:
    """Return how many rows there are in all tables."""
    counts = (select(func.count()).select_from(table) for table in dumps.list_tables())
    return sum(int(session.execute(count).scalar_one()) for count in counts)


def name_row(table: str, key: Iterable[object]) -> str:
    """Return where a row is: its table and its key."""
    return " ".join((table, *map(str, key)))


def _keys(table: Table) -> Any:  # noqa: ANN401 — a query for as many columns as the key has
    return select(*table.primary_key.columns).order_by(*table.primary_key.columns)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
