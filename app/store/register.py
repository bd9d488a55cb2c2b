"""The register as it was known at an instant, in one query."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from app.domain.organisations import Attribute, Dated, Kind, Organisation
from app.store.rows import OrganisationRevisionRow, OrganisationRow, table_of

_ORGANISATION = table_of(OrganisationRow)
_ENTRY = table_of(OrganisationRevisionRow)

MOST_ENTRIES: Final = 4_096
"""Entries that are kept as they were made: the register has some hundreds, and few change."""

TRUST = _ORGANISATION.c.kind == Kind.TRUST.value
"""The condition for trusts."""


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation as the register had it at an instant.

    Attributes:
        organisation: With the facts that were asked for.
        changed_at: Since when this is known; None if it was never otherwise.
    """

    organisation: Organisation
    changed_at: datetime | None


def list_known(
    session: Session,
    condition: ColumnElement[bool],
    attributes: Collection[Attribute],
    *,
    as_of: datetime | None = None,
) -> dict[str, KnownOrganisation]:
    """Return organisations as known at an instant, by code.

    The first entries of all count from the beginning; what was entered after them, from then on.

    Args:
        session: A session.
        condition: Which organisations.
        attributes: Facts that are wanted; a change to others is none.
        as_of: None for now.
    """
    at = _ENTRY.c
    rows = session.execute(
        select(
            *(at.ods_code, _ORGANISATION.c.kind, at.opened, at.closed, at.content),
            at.recorded_at,
        )
        .join(_ORGANISATION, _ORGANISATION.c.ods_code == at.ods_code)
        .where(condition)
        .order_by(at.ods_code, at.revision)
    ).all()
    began = min((row.recorded_at for row in rows), default=None)
    known: dict[str, KnownOrganisation] = {}
    for row in rows:
        is_first = row.recorded_at == began
        if not (is_first or as_of is None or row.recorded_at <= as_of):
            continue
        entry = _organisation(tuple(row[:-1]), tuple(attributes))
        held = known.get(row.ods_code)
        if held is None:
            known[row.ods_code] = KnownOrganisation(entry, None if is_first else row.recorded_at)
        elif entry != held.organisation:
            known[row.ods_code] = KnownOrganisation(entry, row.recorded_at)
    return known


def list_known_trusts(
    session: Session,
    attributes: Collection[Attribute],
    *,
    synthetic: bool,
    as_of: datetime | None = None,
) -> dict[str, KnownOrganisation]:
    """Return all invented, or all real, trusts as known at an instant, by code."""
    wanted = TRUST & (_ORGANISATION.c.synthetic == synthetic)
    return list_known(session, wanted, attributes, as_of=as_of)


def list_known_areas(
    session: Session, *, as_of: datetime | None = None
) -> dict[str, KnownOrganisation]:
    """Return England, the regions and the integrated care boards, by code."""
    return list_known(session, ~TRUST, (Attribute.NAME, Attribute.REGION), as_of=as_of)


_Told = tuple[str, str, date | None, date | None, str]
"""Code, kind, first and last day, and content of an entry."""


@lru_cache(maxsize=MOST_ENTRIES)
def _organisation(told: _Told, attributes: tuple[Attribute, ...]) -> Organisation:
    """Return what is wanted of an entry of the register."""
    code, kind, opened, closed, content = told
    facts = json.loads(content)["facts"]
    wanted = {one: _dated(facts.get(one.value, ())) for one in attributes}
    return Organisation(code, Kind(kind), opened, closed, wanted)


def _dated(values: Iterable[tuple[str, str | None, str | None]]) -> tuple[Dated, ...]:
    return tuple(Dated(value, _day(starts), _day(ends)) for value, starts, ends in values)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
