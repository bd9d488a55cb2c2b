"""The register as it was known at an instant, from the revisions of its entries."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, tuple_
from sqlmodel import Session

from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.store.rows import OrganisationRevisionRow, OrganisationRow, table_of

_ORGANISATION = table_of(OrganisationRow)
_ENTRY = table_of(OrganisationRevisionRow)


def list_trusts(
    session: Session, *, synthetic: bool, as_of: datetime | None = None
) -> list[Organisation]:
    """Return all invented, or all real, trusts as known at an instant, in the order of codes.

    Before the first of them was entered, what was entered with it is taken as known.
    """
    at, of_trusts = _ENTRY.c, _is_of(synthetic=synthetic)
    query = select(at.ods_code, func.max(at.revision)).where(at.ods_code.in_(of_trusts))
    if as_of is not None:
        first = select(func.min(at.recorded_at)).where(at.ods_code.in_(of_trusts))
        began: datetime | None = session.execute(first).scalar_one()
        query = query.where(at.recorded_at <= max(as_of, began or as_of))
    rows = session.execute(
        select(*at)
        .where(tuple_(at.ods_code, at.revision).in_(query.group_by(at.ods_code)))
        .order_by(at.ods_code)
    )
    return [trust_of(row, Attribute) for row in rows]


def _is_of(*, synthetic: bool) -> Select[Any]:
    """Return the query for the codes of all invented, or all real, trusts."""
    at = _ORGANISATION.c
    return select(at.ods_code).where(at.kind == Kind.TRUST.value, at.synthetic == synthetic)


def trust_of(entry: Row[Any], attributes: Iterable[Attribute]) -> Organisation:
    """Return the trust that a revision of its entry tells of, with some of its attributes."""
    facts = json.loads(entry.content)["facts"]
    return Organisation(
        entry.ods_code,
        Kind.TRUST,
        entry.opened,
        entry.closed,
        {one: _dated(facts.get(one.value, ())) for one in attributes},
    )


def _dated(values: Iterable[tuple[str, str | None, str | None]]) -> tuple[Dated, ...]:
    return tuple(Dated(value, _day(starts), _day(ends)) for value, starts, ends in values)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
