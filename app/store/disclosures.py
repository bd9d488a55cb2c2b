"""What editions for everybody hide of trusts' figures, in the database; never changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, Table, and_, select
from sqlmodel import Session

from app.domain.disclosure import Decision, Layer, Rules, Suppression
from app.domain.published_groups import Part
from app.domain.releases import ENGLAND
from app.store.revisions import Values, insert_all
from app.store.rows import DisclosureRow, HiddenGroupRow, table_of

_DISCLOSURE = table_of(DisclosureRow)
_HIDDEN = table_of(HiddenGroupRow)


class Key(NamedTuple):
    """Which table of a trust a decision is on, in which edition of a census of all trusts."""

    ods_code: str
    year: int
    edition: int
    part: Part


def add_many(session: Session, decisions: Iterable[tuple[Key, Decision]]) -> None:
    """Store decisions, each of a table that has none in its edition yet."""
    heads: list[Values] = []
    hidden: list[Values] = []
    for key, one in decisions:
        values = {**key._asdict(), "part": key.part.value}
        rules = {"threshold": one.rules.threshold, "base": one.rules.base}
        heads.append({**values, "released_as": ENGLAND, **rules})
        for layer, names in ((Layer.ROW, one.rows), (Layer.SPLIT, one.splits)):
            hidden += [
                {**values, "group_name": name, "layer": layer.value, "why": why.value}
                for name, why in names.items()
            ]
    insert_all(session, ((_DISCLOSURE, heads), (_HIDDEN, hidden)))


def list_some(
    session: Session, *, year: int, codes: Iterable[str] | None = None
) -> dict[Key, Decision]:
    """Return the decisions on a census in all editions, by trust, edition and table.

    Args:
        session: In a transaction.
        year: The census.
        codes: Only of these trusts; None for all.
    """
    wanted = None if codes is None else sorted(set(codes))

    def matching(table: Table) -> Sequence[Row[Any]]:
        condition = table.c.year == year
        if wanted is not None:
            condition = and_(condition, table.c.ods_code.in_(wanted))
        return session.execute(select(*table.columns).where(condition)).all()

    hidden: dict[Key, dict[str, dict[str, Suppression]]] = defaultdict(lambda: defaultdict(dict))
    for row in matching(_HIDDEN):
        key = Key(row.ods_code, row.year, row.edition, Part(row.part))
        hidden[key][row.layer][row.group_name] = Suppression(row.why)
    found = {}
    for row in matching(_DISCLOSURE):
        key = Key(row.ods_code, row.year, row.edition, Part(row.part))
        names = hidden.get(key, {})
        found[key] = Decision(
            Rules(row.threshold, row.base), names.get(Layer.ROW, {}), names.get(Layer.SPLIT, {})
        )
    return found
