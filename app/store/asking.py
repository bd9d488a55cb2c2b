"""Questions that are put often: their statements are made once, and filled in each time.

To make a statement, and the key by which what it is compiled to is found again, takes longer
than a database does to answer one about a trust. A function of the store keeps its statements
with `functools.cache`, one for each form that they come in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import BindParameter, Column, ColumnElement, Row, Select, bindparam
from sqlmodel import Session

Columns = TypeVarTuple("Columns")

_CODES = "codes"

AS_OF: BindParameter[datetime] = bindparam("as_of")
"""The instant as of which something is asked for."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The trusts that a question is about.

    Attributes:
        is_one: Whether it is one alone: a comparison is put more quickly than a list.
        values: What is filled in.
    """

    is_one: bool
    values: Mapping[str, object]

    @classmethod
    def of(cls, codes: Iterable[str]) -> "Codes":
        """Return what names some trusts, at least one."""
        wanted = sorted(set(codes))
        is_one = len(wanted) == 1
        return cls(is_one, {_CODES: wanted[0] if is_one else wanted})


def is_among(column: Column[str], *, is_one: bool) -> ColumnElement[bool]:
    """Return the condition for rows of the trusts that are filled in, or of the one."""
    return column == bindparam(_CODES) if is_one else column.in_(bindparam(_CODES, expanding=True))


def ask(
    session: Session, statement: Select[*Columns], values: Mapping[str, object] | None = None
) -> Sequence[Row[*Columns]]:
    """Return all rows that answer a question.

    It goes past what a session does for objects, and takes all rows in one step and not singly.
    """
    return session.connection().execute(statement, values).all()
