"""Each revision's people in one row: what sums over many trusts are read from.

A summary says in two texts what the rows of its revision say, a cell each: 65,000 rows take
longer to come than to be computed with. It is stored with them. Where there is none, since a
release before this one stored the revision, the rows are put together when they are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, String, Table, case, cast, func, select, tuple_
from sqlmodel import Session

from app.domain.bands import Band, StaffGroup
from app.domain.counts import Count
from app.domain.panels import PAIR_SLOT, SEAT_SLOT
from app.stats.normal import Floats
from app.store.revisions import Key, Values
from app.store.rows import (
    ActualsRevisionRow,
    ActualsSummaryRow,
    BoardRevisionRow,
    BoardSeatRow,
    BoardSummaryRow,
    HeadcountRow,
    table_of,
)

BATCH: Final = 2_000
"""Revisions that one query names."""

MOST_KEPT: Final = 1024
"""Trusts whose staff or board is kept as numbers, some 10 MB: those of England, twice over."""

Packed = tuple[str, int, str, str]
"""Trust and census; what its cells are, and persons in each by ethnic group, as texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Summarised:
    """What is summarised: revisions, and the rows that hold their people.

    Attributes:
        heads: The table of revisions.
        cells: That of their rows.
        summaries: That of their summaries.
        name: What a row is called in a summary.
        slots: Where it stands in a vector, by that name.
    """

    heads: Table
    cells: Table
    summaries: Table
    name: ColumnElement[str]
    slots: Mapping[str, int]


def name_pair(pair: tuple[StaffGroup, Band]) -> str:
    """Return what the headcount of a staff group and band is called."""
    group, band = pair
    return f"{group.value} {band.value}"


def name_seat(kind: tuple[bool, bool]) -> str:
    """Return what the board members of a kind, as (voting, executive), are called."""
    voting, executive = kind
    return ("V" if voting else "-") + ("E" if executive else "-")


_CELL = table_of(HeadcountRow)
_SEAT = table_of(BoardSeatRow)

STAFF: Final = Summarised(
    heads=table_of(ActualsRevisionRow),
    cells=_CELL,
    summaries=table_of(ActualsSummaryRow),
    name=_CELL.c.staff_group + " " + _CELL.c.band,
    slots={name_pair(pair): slot for pair, slot in PAIR_SLOT.items()},
)

BOARDS: Final = Summarised(
    heads=table_of(BoardRevisionRow),
    cells=_SEAT,
    summaries=table_of(BoardSummaryRow),
    name=case((_SEAT.c.voting, "V"), else_="-") + case((_SEAT.c.executive, "E"), else_="-"),
    slots={name_seat(kind): slot for kind, slot in SEAT_SLOT.items()},
)


def summarise(key: Values, people: Iterable[tuple[str, Count]]) -> Values:
    """Return the summary of a revision from the persons in each of its rows."""
    rows = list(people)
    return key | {
        "cells": ",".join(name for name, _ in rows),
        "people": " ".join(f"{one.white} {one.bme} {one.unknown}" for _, one in rows),
    }


def put_together(session: Session, of: Summarised, keys: Sequence[Key]) -> list[Packed]:
    """Return what the summaries of some revisions would say, from their rows."""
    at = of.cells.c
    found: list[Packed] = []
    for first in range(0, len(keys), BATCH):
        chosen = tuple_(at.ods_code, at.year, at.revision).in_(keys[first : first + BATCH])
        rows = session.execute(_summarise_rows(of).where(chosen))
        found.extend((code, year, cells, people) for code, year, _, cells, people in rows)
    return found


def find_untrue(session: Session, of: Summarised) -> Iterator[Key]:
    """Yield the revisions whose summary does not say what their rows say."""
    at = of.summaries.c
    told = select(at.ods_code, at.year, at.revision, at.cells, at.people)
    held = {row[:3]: _read(*row[3:]) for row in session.execute(_summarise_rows(of))}
    for row in session.execute(told.order_by(at.ods_code, at.year, at.revision)):
        key = row.ods_code, row.year, row.revision
        if _read(row.cells, row.people) != held.get(key, {}):
            yield key


def _read(cells: str, people: str) -> dict[str, tuple[str, ...]] | None:
    """Return the persons in each cell, as texts; None where the two texts do not fit."""
    names, numbers = cells.split(",") if cells else [], people.split()
    if len(numbers) != 3 * len(names) or len(names) != len({*names}):
        return None
    return {name: (*numbers[3 * at : 3 * at + 3],) for at, name in enumerate(names)}


def _summarise_rows(of: Summarised) -> Select[Any]:
    """Return the query for key, names and people of revisions, from their rows."""
    at = of.cells.c
    white, bme, unknown = (cast(one, String) for one in (at.white, at.bme, at.unknown))
    return select(
        at.ods_code,
        at.year,
        at.revision,
        func.aggregate_strings(of.name, ","),
        func.aggregate_strings(white + " " + bme + " " + unknown, " "),
    ).group_by(at.ods_code, at.year, at.revision)


def enter(
    counts: Floats,
    packed: Sequence[Packed],
    of: Summarised,
    codes: Sequence[str],
    years: Sequence[int],
) -> None:
    """Enter summaries into counts by trust, census, slot and ethnic group."""
    if not packed:
        return
    place = {code: index for index, code in enumerate(codes)}
    at = {year: index for index, year in enumerate(years)}
    by_trust: dict[str, list[Packed]] = defaultdict(list)
    for one in packed:
        by_trust[one[0]].append(one)
    several = list(by_trust.values())
    trusts = [place[one[0]] for ones in several for one in ones]
    censuses = [at[one[1]] for ones in several for one in ones]
    people = [unpack(of, tuple([one[2:] for one in ones])) for ones in several]
    first = min(of.slots.values())
    counts[trusts, censuses, first : first + len(of.slots)] = np.concatenate(people)


@lru_cache(maxsize=MOST_KEPT)
def unpack(of: Summarised, told: tuple[tuple[str, str], ...]) -> NDArray[np.int64]:
    """Return the persons that summaries tell, by census, slot and ethnic group.

    Those of most trusts are what they were when England was last asked for, and to look them up
    by what was read takes a tenth as long as to read numbers in texts.
    """
    people = np.zeros((len(told), len(of.slots), 3), dtype=np.int64)
    first = min(of.slots.values())
    # Most censuses have the same cells, so they are entered together.
    by_cells: dict[str, list[int]] = defaultdict(list)
    for index, (cells, _) in enumerate(told):
        by_cells[cells].append(index)
    by_cells.pop("", None)
    for cells, which in by_cells.items():
        slots = [of.slots[name] - first for name in cells.split(",")]
        numbers = np.fromstring(" ".join(told[one][1] for one in which), np.int64, sep=" ")
        people[np.array(which)[:, None], slots] = numbers.reshape(len(which), len(slots), 3)
    people.flags.writeable = False
    return people
