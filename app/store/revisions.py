"""What actuals and boards share: rows keyed by trust, census and revision, never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain, islice
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    select,
    tuple_,
)
from sqlmodel import Session

from app.domain.codes import Caution, WarningCode
from app.domain.records import Author, Record
from app.store.asking import AS_OF, Codes, ask, is_among
from app.store.bulk import MANY, insert_many
from app.store.rows import OrganisationRow, table_of

Key = tuple[str, int, int]
"""ODS code, census year and revision."""

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Revisions:
    """The tables of one kind of revision.

    Attributes:
        heads: What is said of each as a whole.
        warnings: Those that were given when it was stored.
        beside: What each has at most one of; its columns stand in the row of a revision, and
            begin with its name.
    """

    heads: Table
    warnings: Table
    beside: Table | None = None


_ORGANISATION = table_of(OrganisationRow)
_YEAR: BindParameter[int] = bindparam("year")


def is_newest(
    table: Table, codes: Iterable[str], *, year: int | None, as_of: datetime | None
) -> ColumnElement[bool]:
    """Return the condition for the revisions that count as of an instant.

    Args:
        table: Of revisions.
        codes: ODS codes of the trusts.
        year: Of one census; None for all.
        as_of: None for now.
    """
    of_codes = table.c.ods_code.in_(sorted(set(codes)))
    return _is_newest(table, of_codes, year, as_of)


def _is_newest(
    table: Table,
    of_codes: ColumnElement[bool],
    year: ColumnElement[int] | int | None,
    as_of: ColumnElement[datetime] | datetime | None,
) -> ColumnElement[bool]:
    at = table.c
    wanted = _is_known(table, of_codes, year, as_of)
    newest = (
        select(at.ods_code, at.year, func.max(at.revision))
        .where(wanted)
        .group_by(at.ods_code, at.year)
    )
    # That they are of these trusts is said of both, so that no row of another is looked at.
    return and_(of_codes, tuple_(at.ods_code, at.year, at.revision).in_(newest))


def _is_known(
    table: Table,
    of_codes: ColumnElement[bool],
    year: ColumnElement[int] | int | None,
    as_of: ColumnElement[datetime] | datetime | None,
) -> ColumnElement[bool]:
    wanted = of_codes
    if year is not None:
        wanted = and_(wanted, table.c.year == year)
    if as_of is not None:
        wanted = and_(wanted, table.c.recorded_at <= as_of)
    return wanted


def read_newest(
    session: Session,
    of: Revisions,
    codes: Iterable[str],
    *,
    year: int | None = None,
    as_of: datetime | None = None,
) -> Sequence[Row[Any]]:
    """Return the revisions that count as of an instant, by trust and year.

    Args:
        session: A session.
        of: Their tables.
        codes: ODS codes of the trusts.
        year: Of one census; None for all.
        as_of: None for now.
    """
    return _read_heads(session, of, Codes.of(codes), year, as_of, are_newest=True)


def read_every(
    session: Session,
    of: Revisions,
    ods_code: str,
    year: int | None,
    *,
    as_of: datetime | None = None,
) -> Sequence[Row[Any]]:
    """Return all revisions of one census, or of every one, as known then, by year."""
    return _read_heads(session, of, Codes.of([ods_code]), year, as_of, are_newest=False)


def _read_heads(
    session: Session,
    of: Revisions,
    codes: Codes,
    year: int | None,
    as_of: datetime | None,
    *,
    are_newest: bool,
) -> Sequence[Row[Any]]:
    statement = _select_heads(
        of,
        is_one=codes.is_one,
        is_of_year=year is not None,
        is_as_of=as_of is not None,
        are_newest=are_newest,
    )
    return ask(session, statement, {**codes.values, "year": year, "as_of": as_of})


@cache
def _select_heads(
    of: Revisions, *, is_one: bool, is_of_year: bool, is_as_of: bool, are_newest: bool
) -> Select[Any]:
    at = of.heads.c
    wanted = (_is_newest if are_newest else _is_known)(
        of.heads,
        is_among(at.ods_code, is_one=is_one),
        _YEAR if is_of_year else None,
        AS_OF if is_as_of else None,
    )
    is_warned = exists().where(_is_of(of.heads, of.warnings, is_one=is_one))
    query = select(*at, is_warned.label("is_warned"))
    if of.beside is not None:
        name = of.beside.name
        query = query.add_columns(
            *(one.label(f"{name}_{one.name}") for one in of.beside.c if not one.primary_key)
        ).select_from(of.heads.outerjoin(of.beside, _is_of(of.heads, of.beside, is_one=is_one)))
    return query.where(wanted).order_by(at.ods_code, at.year, at.revision)


def _is_of(heads: Table, table: Table, *, is_one: bool) -> ColumnElement[bool]:
    """Return the condition for rows that belong to a revision; of these trusts, as above."""
    keys = (table.c[name] == heads.c[name] for name in ("ods_code", "year", "revision"))
    return and_(is_among(table.c.ods_code, is_one=is_one), *keys)


def holds_any(session: Session, table: Table, *, synthetic: bool) -> bool:
    """Return whether any revision of an invented, or of a real, organisation is held.

    It is looked for once for each organisation, so that what is held of others counts for nothing.
    """
    at = _ORGANISATION.c
    one = select(table.c.ods_code).where(table.c.ods_code == at.ods_code).limit(1)
    query = (
        select(at.ods_code)
        .where(at.synthetic == synthetic, one.scalar_subquery().is_not(None))
        .limit(1)
    )
    return session.execute(query).first() is not None


def read_children(
    session: Session, table: Table, heads: Sequence[Row[Any]]
) -> dict[Key, list[Row[Any]]]:
    """Return the rows of a table that belong to some revisions, in the order of their key.

    Those of revisions that were superseded are read with them and left out here: few ever are,
    and a question that names trusts and years is quick to put, whatever chose the revisions.

    Args:
        session: A session.
        table: Of rows that belong to revisions.
        heads: The revisions, at least one.
    """
    codes = Codes.of(head.ods_code for head in heads)
    years = {head.year for head in heads}
    statement = _select_children(table, is_one=codes.is_one, is_of_year=len(years) == 1)
    found: dict[Key, list[Row[Any]]] = {
        (head.ods_code, head.year, head.revision): [] for head in heads
    }
    rows: Sequence[Any] = ask(session, statement, {**codes.values, "year": min(years)})
    for row in rows:
        kept = found.get(row[:3])
        if kept is not None:
            kept.append(row)
    return found


@cache
def _select_children(table: Table, *, is_one: bool, is_of_year: bool) -> Select[Any]:
    at = table.c
    query = select(*at).where(is_among(at.ods_code, is_one=is_one))
    if is_of_year:
        query = query.where(at.year == _YEAR)
    return query.order_by(*table.primary_key.columns)


def read_cautions(
    session: Session, of: Revisions, heads: Sequence[Row[Any]]
) -> dict[Key, tuple[Caution, ...]]:
    """Return the warnings of the revisions that have some.

    Args:
        session: A session.
        of: Their tables.
        heads: The revisions.
    """
    warned = [head for head in heads if head.is_warned]
    if not warned:
        return {}
    found = read_children(session, of.warnings, warned)
    return {
        key: tuple(Caution(WarningCode(row.code), row.detail) for row in rows)
        for key, rows in found.items()
    }


def insert_all(session: Session, tables: Iterable[tuple[Table, Iterable[Values]]]) -> None:
    """Insert rows, table by table; many at once go by the quickest way that the database has."""
    for table, rows in tables:
        several = iter(rows)
        first = list(islice(several, MANY))
        if len(first) == MANY:
            insert_many(session, table, chain(first, several))
        elif first:
            session.execute(insert(table), first)


def head_values(ods_code: str, year: int, revision: int) -> Values:
    """Return the key that all rows of a revision share."""
    return {"ods_code": ods_code, "year": year, "revision": revision}


def record_values(record: Record) -> Values:
    """Return the columns of who recorded something, and when."""
    return {
        "recorded_at": record.at,
        "recorded_by": record.author.name,
        "supplied_by": record.author.supplied_by,
    }


def record_of(row: Row[Any], reason: str | None = None) -> Record:
    """Return who recorded a row, when and why."""
    return Record(row.recorded_at, Author(row.recorded_by, row.supplied_by), reason)


def caution_values(key: Values, cautions: Iterable[Caution]) -> list[Values]:
    """Return the rows of the warnings of a revision."""
    return [
        key | {"ordinal": ordinal, "code": caution.code.value, "detail": caution.detail}
        for ordinal, caution in enumerate(cautions)
    ]
