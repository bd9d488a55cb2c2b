"""What actuals and boards share: rows keyed by trust, census and revision, never changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, func, insert, select, tuple_
from sqlmodel import Session

from app.domain.codes import Caution, WarningCode
from app.domain.records import Author, Record
from app.store.bulk import MANY, insert_many
from app.store.rows import OrganisationRow, table_of

Key = tuple[str, int, int]
"""ODS code, census year and revision."""

Values = dict[str, object]


_ORGANISATION = table_of(OrganisationRow)


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
    at = table.c
    of_codes: ColumnElement[bool] = at.ods_code.in_(sorted(set(codes)))
    wanted = of_codes
    if year is not None:
        wanted = and_(wanted, at.year == year)
    if as_of is not None:
        wanted = and_(wanted, at.recorded_at <= as_of)
    newest = (
        select(at.ods_code, at.year, func.max(at.revision))
        .where(wanted)
        .group_by(at.ods_code, at.year)
    )
    # That they are of these trusts is said of both, so that no row of another is looked at.
    return and_(of_codes, tuple_(at.ods_code, at.year, at.revision).in_(newest))


def is_of_census(
    table: Table, ods_code: str, year: int | None, *, as_of: datetime | None
) -> ColumnElement[bool]:
    """Return the condition for all revisions of one census, or of every one, as known then."""
    wanted = table.c.ods_code == ods_code
    if year is not None:
        wanted = and_(wanted, table.c.year == year)
    return wanted if as_of is None else and_(wanted, table.c.recorded_at <= as_of)


def read_heads(
    session: Session, table: Table, condition: ColumnElement[bool]
) -> Sequence[Row[Any]]:
    """Return the rows of revisions that meet a condition, by trust, year and revision."""
    at = table.c
    query = select(*at).where(condition).order_by(at.ods_code, at.year, at.revision)
    return session.execute(query).all()


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
    at = table.c
    wanted: set[Key] = {(head.ods_code, head.year, head.revision) for head in heads}
    query = select(*at).where(at.ods_code.in_(sorted({code for code, _, _ in wanted})))
    years = {year for _, year, _ in wanted}
    if len(years) == 1:
        query = query.where(at.year == years.pop())
    found: dict[Key, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(query.order_by(*table.primary_key.columns)):
        if row[:3] in wanted:
            found[row[:3]].append(row)
    return found


def insert_all(session: Session, tables: Iterable[tuple[Table, list[Values]]]) -> None:
    """Insert rows, table by table; many at once go by the quickest way that the database has."""
    for table, rows in tables:
        if len(rows) >= MANY:
            insert_many(session, table, rows)
        elif rows:
            session.execute(insert(table), rows)


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


def cautions_of(rows: Iterable[Row[Any]]) -> tuple[Caution, ...]:
    """Return the warnings that rows hold."""
    return tuple(Caution(WarningCode(row.code), row.detail) for row in rows)
