"""Consents in the database: revisions, of which the newest holds."""

from sqlalchemy import func, insert, select
from sqlmodel import Session

from app.domain.consents import ConsentRevision
from app.store.revisions import Values, insert_all, record_of, record_values
from app.store.rows import ConsentAreaRow, ConsentRevisionRow, table_of

_REVISION = table_of(ConsentRevisionRow)
_AREA = table_of(ConsentAreaRow)


def list_codes(session: Session, ods_code: str) -> frozenset[str]:
    """Return the codes of the areas that a trust consents to now."""
    newest = (
        select(func.max(_REVISION.c.revision))
        .where(_REVISION.c.ods_code == ods_code)
        .scalar_subquery()
    )
    query = select(_AREA.c.area).where(_AREA.c.ods_code == ods_code, _AREA.c.revision == newest)
    return frozenset(session.scalars(query))


def list_trusts(session: Session) -> frozenset[str]:
    """Return the codes of the trusts that have ever consented to any area."""
    return frozenset(session.scalars(select(_AREA.c.ods_code).distinct()))


def list_revisions(session: Session, ods_code: str) -> list[ConsentRevision]:
    """Return every revision of a trust's consents, oldest first."""
    at, of = _REVISION.c, _AREA.c
    named: dict[int, list[str]] = {}
    query = select(of.revision, of.area).where(of.ods_code == ods_code)
    for number, area in session.execute(query):
        named.setdefault(number, []).append(area)
    heads = session.execute(select(*at).where(at.ods_code == ods_code).order_by(at.revision))
    return [
        ConsentRevision(
            ods_code, row.revision, tuple(sorted(named.get(row.revision, ()))), record_of(row)
        )
        for row in heads
    ]


def add(session: Session, one: ConsentRevision) -> None:
    """Store a revision."""
    key: Values = {"ods_code": one.ods_code, "revision": one.revision}
    session.execute(insert(_REVISION).values(**key, **record_values(one.record)))
    insert_all(session, [(_AREA, [{**key, "area": area} for area in one.areas])])
