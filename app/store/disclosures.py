"""What editions for everybody hide of trusts' figures, in the database; never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import Row, Table, and_, false, or_, select
from sqlmodel import Session

from app.domain.disclosure import Decision, Layer, Rules, Suppression
from app.domain.published_groups import TREES, Part
from app.domain.releases import ENGLAND
from app.domain.sights import LEVELS, Hidden
from app.store.revisions import Values, insert_all
from app.store.rows import DisclosureRow, HiddenGroupRow, table_of

_DISCLOSURE = table_of(DisclosureRow)
_HIDDEN = table_of(HiddenGroupRow)
_LEVELS: Final = {why.value: level for why, level in LEVELS.items()}


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


def read_hidden(session: Session, part: Part, editions: Mapping[tuple[str, int], int]) -> Hidden:
    """Return what is hidden of a table of many trusts, in editions that are named.

    Args:
        session: In a transaction.
        part: Which table.
        editions: By trust and census.
    """
    tree, decided = TREES[part], _read_tuples(session, _DISCLOSURE, part, editions)
    places = {(code, year): index for index, (code, year, _) in enumerate(decided)}
    rows, splits = (np.zeros((len(decided), len(tree.groups)), np.int8) for _ in range(2))
    told = _read_tuples(session, _HIDDEN, part, editions)
    where = (
        np.fromiter((places[code, year] for code, year, *_ in told), np.int64, len(told)),
        np.fromiter((tree.numbers[name] for _, _, name, _, _ in told), np.int64, len(told)),
    )
    levels = np.fromiter((_LEVELS[why] for *_, why in told), np.int8, len(told))
    of_row = np.fromiter((layer == Layer.ROW for *_, layer, _ in told), np.bool_, len(told))
    splits[where] = levels
    rows[where] = np.where(of_row, levels, 0)
    bases = np.array([base for _, _, base in decided], np.int16)
    return Hidden(tree, places, bases, rows, splits)


def _read_tuples(
    session: Session, table: Table, part: Part, editions: Mapping[tuple[str, int], int]
) -> list[tuple[Any, ...]]:
    """Return trust, census and what is wanted of the rows of editions that are named."""
    at = table.c
    columns = (at.base,) if table is _DISCLOSURE else (at.group_name, at.layer, at.why)
    chosen = {(year, edition) for (_, year), edition in editions.items()}
    of_edition = [and_(at.year == year, at.edition == edition) for year, edition in chosen]
    query = select(at.ods_code, at.year, *columns).where(
        at.part == part.value, or_(false(), *of_edition)
    )
    # As the driver gives them: to wrap each of so many rows takes as long as to read them.
    with session.connection().execute(query) as result:
        rows = result.cursor.fetchall() if result.cursor else []
    return [row for row in rows if (row[0], row[1]) in editions]


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
