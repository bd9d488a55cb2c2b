"""Organisations and their succession in the database."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from typing import Final

from sqlalchemy import Column, ColumnElement, Select, bindparam, delete, insert, true
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from app.domain.errors import OrganisationNotFound, TrustNotFound
from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
)
from app.store.asking import AS_OF, Codes, ask, is_among
from app.store.rows import (
    OrganisationAliasRow,
    OrganisationFactRow,
    OrganisationRevisionRow,
    OrganisationRow,
    SuccessionRow,
    table_of,
)

MOST_SUCCESSIONS: Final = 4_096
"""Successions that one process keeps made: every answer about a trust needs all that are known."""

_ORGANISATION = table_of(OrganisationRow)
_FACT = table_of(OrganisationFactRow)
_ALIAS = table_of(OrganisationAliasRow)
_SUCCESSION = table_of(SuccessionRow)
_TOLD = tuple(
    _SUCCESSION.c[name]
    for name in ("predecessor", "successor", "effective_date", "kind", "confirmed")
)


@dataclass(frozen=True, slots=True)
class Registered:
    """An organisation as the register holds it.

    Attributes:
        revision: Number of its last change, for preconditions.
        recorded_at: Instant of its last change.
    """

    organisation: Organisation
    revision: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """A succession, and the instant from which answers take it as known."""

    succession: Succession
    known_from: datetime


def find(session: Session, ods_code: str) -> Registered | None:
    """Return an organisation, or None if no one has the code."""
    return _load(session, _of_one(), {"code": ods_code}).get(ods_code)


def get(session: Session, ods_code: str) -> Registered:
    """Return an organisation; raise `OrganisationNotFound` if no one has the code."""
    found = find(session, ods_code)
    if found is None:
        raise OrganisationNotFound(ods_code)
    return found


def get_trust(session: Session, ods_code: str) -> Organisation:
    """Return a trust; raise `TrustNotFound` if no trust has the code."""
    return get_registered_trust(session, ods_code).organisation


def get_registered_trust(session: Session, ods_code: str) -> Registered:
    """Return a trust as the register holds it; raise `TrustNotFound` likewise."""
    found = find(session, ods_code)
    if found is None or found.organisation.kind is not Kind.TRUST:
        raise TrustNotFound(ods_code)
    return found


def list_all(session: Session) -> dict[str, Registered]:
    """Return every organisation by code, in the order of codes."""
    return _load(session, _of_all())


def list_some(session: Session, codes: Iterable[str]) -> dict[str, Registered]:
    """Return the organisations that have the codes."""
    wanted = sorted(set(codes))
    return _load(session, _about(lambda code: code.in_(wanted)))


def replace_all(
    session: Session,
    organisations: Mapping[str, tuple[Organisation, int]],
    *,
    at: datetime,
    by: str,
) -> None:
    """Store organisations, each with its revision, in place of what is held."""
    codes = list(organisations)
    held = set(
        session.exec(
            select(OrganisationRow.ods_code).where(col(OrganisationRow.ods_code).in_(codes))
        )
    )
    session.execute(delete(OrganisationFactRow).where(col(OrganisationFactRow.ods_code).in_(held)))
    session.execute(
        delete(OrganisationAliasRow).where(col(OrganisationAliasRow.ods_code).in_(held))
    )
    for code in held:
        row = session.get_one(OrganisationRow, code)
        row.sqlmodel_update(_columns(*organisations[code], at, by))
        session.add(row)
    session.flush()
    new = [_columns(*organisations[code], at, by) for code in codes if code not in held]
    facts = [fact for organisation, _ in organisations.values() for fact in _facts(organisation)]
    aliases = [
        {"ods_code": organisation.ods_code, "ordinal": ordinal, "name": name}
        for organisation, _ in organisations.values()
        for ordinal, name in enumerate(organisation.aliases)
    ]
    revisions = [_revision(*one, at, by) for one in organisations.values()]
    for table, rows in (
        (OrganisationRow, new),
        (OrganisationRevisionRow, revisions),
        (OrganisationFactRow, facts),
        (OrganisationAliasRow, aliases),
    ):
        if rows:
            session.execute(insert(table), rows)


@dataclass(frozen=True, slots=True)
class Life:
    """When an organisation opened and closed, as known at an instant.

    Attributes:
        changed_at: Since when this is known; None if it was never otherwise.
    """

    opened: date | None
    closed: date | None
    changed_at: datetime | None


def list_lives(
    session: Session, codes: Iterable[str], *, as_of: datetime | None = None
) -> dict[str, Life]:
    """Return when organisations opened and closed; the first entry counts from the beginning."""
    wanted = Codes.of(codes)
    lives: dict[str, Life] = {}
    for code, opened, closed, at in ask(
        session, _select_lives(is_one=wanted.is_one), wanted.values
    ):
        held = lives.get(code)
        if held is None:
            lives[code] = Life(opened, closed, None)
        elif (opened, closed) != (held.opened, held.closed) and (as_of is None or at <= as_of):
            lives[code] = Life(opened, closed, at)
    return lives


@cache
def _select_lives(*, is_one: bool) -> Select[str, date | None, date | None, datetime]:
    at = table_of(OrganisationRevisionRow).c
    return (
        core_select(at.ods_code, at.opened, at.closed, at.recorded_at)
        .where(is_among(at.ods_code, is_one=is_one))
        .order_by(at.ods_code, at.revision)
    )


def list_successions(session: Session, *, as_of: datetime | None = None) -> tuple[Known, ...]:
    """Return every succession known as of an instant, in order of their first day."""
    rows = ask(session, _select_successions(is_as_of=as_of is not None), {"as_of": as_of})
    return tuple(Known(_succession(*told), known) for *told, known in rows)


@cache
def _select_successions(*, is_as_of: bool) -> Select[str, str | None, date, str, bool, datetime]:
    at = _SUCCESSION.c
    query = core_select(
        at.predecessor, at.successor, at.effective_date, at.kind, at.confirmed, at.known_from
    ).order_by(at.effective_date, at.predecessor, at.ordinal)
    return query.where(at.known_from <= AS_OF) if is_as_of else query


def add_successions(
    session: Session, successions: Iterable[Succession], *, known_from: datetime | None
) -> int:
    """Add the successions that are not held; return how many.

    Args:
        session: In a transaction.
        successions: All that should be held.
        known_from: The instant from which answers take new ones as known; None for the day on
            which each took effect.
    """
    rows = session.execute(core_select(*_TOLD, _SUCCESSION.c.ordinal)).all()
    held = {_succession(*told) for *told, _ in rows}
    taken: dict[str, int] = defaultdict(int)
    for row in rows:
        taken[row.predecessor] = max(taken[row.predecessor], row.ordinal + 1)
    new = []
    for one in successions:
        if one in held:
            continue
        new.append(
            {
                "predecessor": one.predecessor,
                "ordinal": taken[one.predecessor],
                "successor": one.successor,
                "effective_date": one.effective_date,
                "kind": one.kind.value,
                "confirmed": one.confirmed,
                "known_from": known_from or _midnight(one.effective_date),
            }
        )
        taken[one.predecessor] += 1
    if new:
        session.execute(insert(SuccessionRow), new)
    return len(new)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _columns(
    organisation: Organisation, revision: int, at: datetime, by: str
) -> dict[str, object]:
    return {
        "ods_code": organisation.ods_code,
        "kind": organisation.kind.value,
        "opened": organisation.opened,
        "closed": organisation.closed,
        "synthetic": organisation.is_synthetic,
        "revision": revision,
        "recorded_at": at,
        "recorded_by": by,
    }


def _revision(
    organisation: Organisation, revision: int, at: datetime, by: str
) -> dict[str, object]:
    content = {
        "kind": organisation.kind,
        "facts": {
            attribute: [[d.value, _iso(d.starts), _iso(d.ends)] for d in values]
            for attribute, values in organisation.facts.items()
        },
        "aliases": organisation.aliases,
    }
    return {
        "ods_code": organisation.ods_code,
        "revision": revision,
        "opened": organisation.opened,
        "closed": organisation.closed,
        "content": json.dumps(content, ensure_ascii=False),
        "recorded_at": at,
        "recorded_by": by,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _facts(organisation: Organisation) -> list[dict[str, object]]:
    return [
        {
            "ods_code": organisation.ods_code,
            "attribute": attribute.value,
            "ordinal": ordinal,
            "value": dated.value,
            "starts": dated.starts,
            "ends": dated.ends,
        }
        for attribute, values in organisation.facts.items()
        for ordinal, dated in enumerate(values)
    ]


@dataclass(frozen=True, slots=True)
class _About:
    """The questions that tell of organisations: the facts and aliases of each, and its entry."""

    facts: Select[str, str, str, date | None, date | None]
    aliases: Select[str, str]
    entries: Select[str, str, date | None, date | None, int, datetime]


def _about(chosen: Callable[[Column[str]], ColumnElement[bool]]) -> _About:
    """Return the questions about organisations that are chosen by their code."""
    at, fact, alias = _ORGANISATION.c, _FACT.c, _ALIAS.c
    return _About(
        core_select(fact.ods_code, fact.attribute, fact.value, fact.starts, fact.ends)
        .where(chosen(fact.ods_code))
        .order_by(fact.ods_code, fact.ordinal),
        core_select(alias.ods_code, alias.name)
        .where(chosen(alias.ods_code))
        .order_by(alias.ods_code, alias.ordinal),
        core_select(at.ods_code, at.kind, at.opened, at.closed, at.revision, at.recorded_at)
        .where(chosen(at.ods_code))
        .order_by(at.ods_code),
    )


@cache
def _of_one() -> _About:
    return _about(lambda code: code == bindparam("code"))


@cache
def _of_all() -> _About:
    return _about(lambda _: true())


def _load(
    session: Session, about: _About, values: Mapping[str, object] | None = None
) -> dict[str, Registered]:
    """Return organisations, with their facts, in three queries."""
    facts: dict[str, dict[Attribute, list[Dated]]] = defaultdict(lambda: defaultdict(list))
    for code, attribute, value, starts, ends in ask(session, about.facts, values):
        facts[code][Attribute(attribute)].append(Dated(value, starts, ends))
    aliases: dict[str, list[str]] = defaultdict(list)
    for code, name in ask(session, about.aliases, values):
        aliases[code].append(name)
    return {
        code: Registered(
            Organisation(
                ods_code=code,
                kind=Kind(kind),
                opened=opened,
                closed=closed,
                facts={attribute: tuple(v) for attribute, v in facts[code].items()},
                aliases=tuple(aliases[code]),
            ),
            revision,
            recorded_at,
        )
        for code, kind, opened, closed, revision, recorded_at in ask(
            session, about.entries, values
        )
    }


@lru_cache(maxsize=MOST_SUCCESSIONS)
def _succession(
    predecessor: str,
    successor: str | None,
    effective_date: date,
    kind: str,
    confirmed: bool,  # noqa: FBT001 — a column
) -> Succession:
    return Succession(predecessor, successor, effective_date, SuccessionKind(kind), confirmed)
