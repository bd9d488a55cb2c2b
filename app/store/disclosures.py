"""What editions for everybody hide of trusts' figures, in the database; never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import Row, Table, and_, false, or_, select, true
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
_OF_ROW: Final = {layer.value: layer is Layer.ROW for layer in Layer}


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


def read_hidden(
    session: Session,
    part: Part,
    editions: Mapping[tuple[str, int], int],
    names: frozenset[str],
) -> Hidden:
    """Return what is hidden of a table of many trusts, in editions that are named.

    Args:
        session: In a transaction.
        part: Which table.
        editions: By trust and census.
        names: Of the groups that are looked at.
    """
    tree = TREES[part]
    heads = _read_tuples(session, _DISCLOSURE, part, editions)
    decided = [row for row in heads if row[:2] in editions]
    places = {(code, year): index for index, (code, year, _) in enumerate(decided)}
    rows, splits = (np.zeros((len(decided), len(tree.groups)), np.int8) for _ in range(2))
    told = _read_tuples(session, _HIDDEN, part, editions, names)
    if told:
        # Column by column, as England's tens of thousands of rows are read quickest.
        codes, years, groups, layers, reasons = zip(*told, strict=True)
        number, keys = len(told), zip(codes, years, strict=True)
        place = np.fromiter(map(places.get, keys, repeat(-1)), np.int64, number)
        group = np.fromiter(map(tree.numbers.__getitem__, groups), np.int64, number)
        level = np.fromiter(map(_LEVELS.__getitem__, reasons), np.int8, number)
        of_row = np.fromiter(map(_OF_ROW.__getitem__, layers), np.bool_, number)
        wanted = place >= 0
        splits[place[wanted], group[wanted]] = level[wanted]
        rows[place[wanted], group[wanted]] = np.where(of_row, level, 0)[wanted]
    bases = np.array([base for _, _, base in decided], np.int16)
    return Hidden(tree, names, places, bases, rows, splits)


def _read_tuples(
    session: Session,
    table: Table,
    part: Part,
    editions: Mapping[tuple[str, int], int],
    names: frozenset[str] | None = None,
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of trusts in editions: how counts are rounded, or what of groups is hidden.

    Args:
        session: In a transaction.
        table: Of disclosures, or of hidden groups.
        part: Which table of the trusts.
        editions: By trust and census; others may be among the rows.
        names: Of the groups; None for a table without groups.
    """
    at = table.c
    columns = (at.base,) if names is None else (at.group_name, at.layer, at.why)
    chosen = {(year, edition) for (_, year), edition in editions.items()}
    of_edition = [and_(at.year == year, at.edition == edition) for year, edition in chosen]
    query = select(at.ods_code, at.year, *columns).where(
        at.part == part.value,
        at.ods_code.in_(sorted({code for code, _ in editions})),
        or_(false(), *of_edition),
        true() if names is None else at.group_name.in_(sorted(names)),
    )
    # As the driver gives them: to wrap each of so many rows takes as long as to read them.
    with session.connection().execute(query) as result:
        return result.cursor.fetchall() if result.cursor else []


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
