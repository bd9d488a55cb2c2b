"""Values of another type than their column's, which SQLite keeps and no other database does."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Integer,
    LargeBinary,
    String,
    and_,
    case,
    cast,
    func,
    or_,
    true,
    type_coerce,
)
from sqlmodel import Session

from app.store.rows import ExactShare, Instant

_SECOND: Final = "%Y-%m-%d %H:%M:%S"

_DAY: Final = "%Y-%m-%d"

_PARTS_OF_SECOND: Final = "." + 6 * "[0-9]"
"""What may follow a second, as `GLOB` has it."""

_LAST_HOUR: Final = "23"
"""Of a day; SQLite has one more."""

_FIRST_YEAR: Final = "0001"
"""Of years that Python has."""


def of_their_types(session: Session, columns: Iterable[Column[Any]]) -> list[ColumnElement[bool]]:
    """Return the conditions for rows whose values can be read, and are there where they must be.

    None are needed on a database that keeps no other rows.
    """
    if session.get_bind().dialect.name != "sqlite":
        return []
    return [
        or_(column.is_(None), is_of_its_type(column))
        if column.nullable
        else is_of_its_type(column)
        for column in columns
    ]


def is_of_its_type(column: Column[Any]) -> ColumnElement[bool]:
    """Return the condition on SQLite for a value of the type of its column; null is of none."""
    stored = func.typeof(column)
    if isinstance(column.type, Boolean):
        return and_(stored == "integer", type_coerce(column, Integer).in_((0, 1)))
    if isinstance(column.type, Integer | ExactShare):
        return stored == "integer"
    told = type_coerce(column, String)
    if isinstance(column.type, Date):
        # A column of days compares as a number with what looks like one; a part of it does not.
        return and_(stored == "text", _is_as(_DAY, func.substr(told, 1)))
    if isinstance(column.type, Instant):
        rest = func.substr(told, 20)
        return and_(
            stored == "text",
            _is_as(_SECOND, func.substr(told, 1, 19)),
            func.substr(told, 12, 2) <= _LAST_HOUR,
            or_(rest == "", rest.op("GLOB")(_PARTS_OF_SECOND)),
        )
    return and_(stored == "text", _is_readable(column))


def _is_readable(column: Column[Any]) -> ColumnElement[bool]:
    # Never asked of a null; the function is the engine's.
    held = func.coalesce(cast(column, LargeBinary), b"")
    return func.is_utf8(held, type_=Boolean) == true()


def _is_as(form: str, told: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether a text is the day or the second that SQLite makes of it, if any.

    It makes another of the thirtieth of February only when it has something to add.
    """
    made = func.strftime(form, told, "+0 days")
    return and_(told >= _FIRST_YEAR, told.is_not_distinct_from(made))


def as_text(column: Column[Any]) -> ColumnElement[str]:
    """Return what SQLite keeps in a column as text, whatever it is."""
    readable = and_(func.typeof(column) != "blob", _is_readable(column))
    return case((readable, cast(column, String)), else_=func.hex(column))
