"""Tables of indicators 2 to 8: pools and events, or answers to the staff survey.

In the long layout each row is of one ethnic group; in the wide one each row has a column for each
of them. The rows of an indicator say the same period, and are of everybody unless they name a
staff group, which those of indicator 2 may.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.indicators import (
    NARROWED_INDICATOR,
    POOL_INDICATORS,
    SURVEY_INDICATORS,
    WHOLE,
    Answers,
    Narrowing,
    Period,
    Pool,
)
from app.ingest.cells import day, is_mark, share_of_four_places, text, whole_number
from app.ingest.grids import Cell, GridRow, Odd
from app.ingest.layouts.common import (
    OWN,
    Column,
    Defaults,
    OwnColumns,
    Said,
    coding,
    list_rows,
    look_up,
    optional,
    require_columns,
    unknown_word,
)
from app.ingest.layouts.sent_indicators import SentIndicator, SentIndicators, find_missing
from app.ingest.mappings import Words
from app.ingest.tables import At, Found, Layout, Table, fault_at, point_at

_POOLS: Final = ("pool", "events")
_SURVEY: Final = ("respondents", "share")
_FAMILIES: Final = (_POOLS, _SURVEY)
_NUMBERS: Final = (*POOL_INDICATORS, *SURVEY_INDICATORS)


def _wide(family: Iterable[str]) -> list[str]:
    return [f"{group}_{name}" for group in EthnicGroup for name in family]


LAYOUT: Final = Layout(
    fields=(OWN - {"covers"})
    | {"indicator", "staff_group", "band", "ethnic_group", "period_starts", "period_ends"}
    | {name for family in _FAMILIES for name in (*family, *_wide(family))},
    signs=tuple(
        sign
        for family in _FAMILIES
        for sign in (
            frozenset({"indicator", f"white_{family[0]}", f"bme_{family[0]}"}),
            frozenset({"indicator", "ethnic_group", *family}),
        )
    ),
)


def read_indicators(
    tables: Iterable[Table], words: Words, defaults: Defaults, found: Found
) -> list[SentIndicators]:
    """Return the indicators of tables, by trust and census in the order of the file."""
    sent: dict[tuple[str, int], SentIndicators] = {}
    for table in tables:
        wanted = {
            "ods_code": defaults.ods_code is not None,
            "year": defaults.year is not None,
            "period_starts": False,
            "period_ends": False,
        }
        for family in _FAMILIES:
            names = _wide(family) if _is_wide(table) else list(family)
            if any(name in table.columns for name in names):
                wanted |= dict.fromkeys(names, False)
        if require_columns(table, wanted, words, found):
            _Reading(table, words, defaults, found).read_into(sent)
    # What could not be read may be what is missing.
    if not found.is_doubtful:
        found.faults.extend(
            fault_at(at, "missing", detail)
            for one in sent.values()
            for indicator in one.indicators.values()
            for at, detail in find_missing(indicator)
        )
    return list(sent.values())


def _is_wide(table: Table) -> bool:
    return any(f"white_{family[0]}" in table.columns for family in _FAMILIES)


class _Reading:
    """Reading one table."""

    def __init__(self, table: Table, words: Words, defaults: Defaults, found: Found) -> None:
        self._table, self._found = table, found
        self._own = OwnColumns(table, defaults)
        self._number = Column(table, "indicator", _indicator(words), 0)
        self._starts = Column(table, "period_starts", day, date.min)
        self._ends = Column(table, "period_ends", day, date.min)
        staff_group = optional(coding(StaffGroup, "staff_group", words))
        self._staff_group = Column(table, "staff_group", staff_group, None)
        self._band = Column(table, "band", optional(coding(Band, "band", words)), None)
        self._ethnic = Column(table, "ethnic_group", _ethnic_group(words), EthnicGroup.UNKNOWN)
        prefixes = [f"{group}_" for group in EthnicGroup] if _is_wide(table) else [""]
        self._counts = {
            f"{prefix}{name}": Column(table, f"{prefix}{name}", whole_number, 0)
            for prefix in prefixes
            for name in (*_POOLS, "respondents")
        }
        self._shares = {
            f"{prefix}share": Column(table, f"{prefix}share", _share, None) for prefix in prefixes
        }

    def read_into(self, sent: dict[tuple[str, int], SentIndicators]) -> None:
        """Add what the rows have to what was sent."""
        for row in list_rows(self._table, self._found):
            code = self._own.code.read(row, self._found)
            year = self._own.year.read(row, self._found)
            number = self._number.read(row, self._found)
            period = self._read_period(row)
            if isinstance(code, Odd) or isinstance(year, Odd):
                continue
            at = (self._table, row.number, self._own.code.index)
            said = Said(source=self._own.source)
            one = sent.setdefault((code, year), SentIndicators(code, year, at, said))
            self._own.add_to(one.said, row, self._found)
            if isinstance(number, Odd) or not self._belongs(row, number):
                continue
            at = (self._table, row.number, self._number.index)
            indicator = one.indicators.setdefault(number, SentIndicator(number, at))
            indicator.where.setdefault(f"/indicator_{number}", at)
            if period is not None:
                self._add_period(indicator, period, row)
            whose = self._read_narrowing(row, number)
            if whose is not None:
                self._add_figures(indicator, whose, row)

    def _read_period(self, row: GridRow) -> Period | None:
        starts, ends = self._starts.read(row, self._found), self._ends.read(row, self._found)
        if isinstance(starts, Odd) or isinstance(ends, Odd):
            return None
        return Period(starts, ends)

    def _belongs(self, row: GridRow, number: int) -> bool:
        """Return whether a row has what its indicator has, and nothing of others."""
        of_pools = number in POOL_INDICATORS
        own, other = (_POOLS, _SURVEY) if of_pools else (_SURVEY, _POOLS)
        what = "a pool and events" if of_pools else "respondents and a share"
        has = f"Indicator {number} has {what}"
        wide = _is_wide(self._table)
        if (_wide(own) if wide else own)[0] not in self._table.columns:
            odd = Odd("", "column_missing", f"{has}; add columns for them to the table.")
            self._found.refuse((self._table, row.number, self._number.index), odd)
            return False
        odd = Odd("", "not_of_indicator", f"{has}; leave this cell empty.")
        return self._refuse_filled(row, _wide(other) if wide else other, odd)

    def _refuse_filled(self, row: GridRow, names: Iterable[str], odd: Odd) -> bool:
        """Refuse what stands in columns; return whether nothing does."""
        columns = [self._table.columns[name] for name in names if name in self._table.columns]
        filled = [index for index in columns if row.cells[index] is not None]
        for index in filled:
            self._found.refuse((self._table, row.number, index), odd)
        return not filled

    def _add_period(self, one: SentIndicator, period: Period, row: GridRow) -> None:
        at = (self._table, row.number, self._ends.index)
        if one.period is None:
            one.period = period
            one.where[f"/indicator_{one.number}/period"] = at
        elif one.period != period:
            first = _name(one.where[f"/indicator_{one.number}/period"])
            detail = (
                f"{first} says that the period of indicator {one.number} is another,"
                f" {one.period.starts} to {one.period.ends}; give one for all of its rows."
            )
            self._found.faults.append(fault_at(at, "said_otherwise", detail))

    def _read_narrowing(self, row: GridRow, number: int) -> Narrowing | None:
        """Return whose figures a row has; None where it cannot be told."""
        group, band = (
            self._staff_group.read(row, self._found),
            self._band.read(row, self._found),
        )
        if isinstance(group, Odd) or isinstance(band, Odd):
            return None
        if number != NARROWED_INDICATOR and (group or band):
            detail = (
                f"Only indicator {NARROWED_INDICATOR} comes by staff group and band; leave the"
                " cell empty."
            )
            names = [name for name, one in (("staff_group", group), ("band", band)) if one]
            self._refuse_filled(row, names, Odd("", "not_of_indicator", detail))
            return None
        if band is not None and group is None:
            detail = f"{band} is a band of no staff group; write the staff group too."
            odd = Odd("", "missing", detail)
            self._found.refuse((self._table, row.number, self._band.index), odd)
            return None
        return (group, band)

    def _add_figures(self, one: SentIndicator, whose: Narrowing, row: GridRow) -> None:
        """Take the figures of a row; those that are there already are refused."""
        one.pools.setdefault(whose, {})
        place = one.point_at(whose)
        one.where.setdefault(place, (self._table, row.number, self._number.index))
        if whose != WHOLE:
            one.where.setdefault(f"{place}/band", (self._table, row.number, self._band.index))
        for group, prefix in self._list_groups(row):
            own = _POOLS if one.number in POOL_INDICATORS else _SURVEY
            columns = {name: self._table.columns[f"{prefix}{name}"] for name in own}
            at = (self._table, row.number, columns[own[0]])
            pointer = f"{place}/{group}"
            if pointer in one.where:
                detail = f"The same stands at {_name(one.where[pointer])}; send it once."
                self._found.faults.append(fault_at(at, "duplicate_cell", detail))
                continue
            one.where[pointer] = at
            for name, index in columns.items():
                one.where[f"{pointer}/{name}"] = (self._table, row.number, index)
            if own is _POOLS:
                pool = self._read_pool(row, prefix)
                if pool is not None:
                    one.pools[whose][group] = pool
            else:
                answers = self._read_answers(row, prefix)
                if answers is not None:
                    one.answers[group] = answers

    def _list_groups(self, row: GridRow) -> list[tuple[EthnicGroup, str]]:
        """Return the ethnic groups of a row, each with what its columns' names begin with."""
        if _is_wide(self._table):
            return [(group, f"{group}_") for group in EthnicGroup]
        group = self._ethnic.read(row, self._found)
        return [] if isinstance(group, Odd) else [(group, "")]

    def _read_pool(self, row: GridRow, prefix: str) -> Pool | None:
        pool, events = (self._counts[f"{prefix}{name}"].read(row, self._found) for name in _POOLS)
        if isinstance(pool, Odd) or isinstance(events, Odd):
            return None
        return Pool(pool, events)

    def _read_answers(self, row: GridRow, prefix: str) -> Answers | None:
        respondents = self._counts[f"{prefix}respondents"].read(row, self._found)
        column = self._shares[f"{prefix}share"]
        share = column.read(row, self._found)
        if isinstance(respondents, Odd) or isinstance(share, Odd):
            return None
        assert column.index is not None  # noqa: S101 — a table of answers has it
        if respondents and row.cells[column.index] is None:
            detail = (
                "The cell is empty; write the share, such as 12.5% or 0.125, or * where it was not"
                " told because few responded."
            )
            at = (self._table, row.number, column.index)
            self._found.refuse(at, Odd("", "empty_cell", detail))
            return None
        return Answers(respondents, share)


def _indicator(words: Words) -> Callable[[Cell], int | Odd]:
    """Return what reads the number of an indicator."""
    by_word = words.values_by_word("indicator")

    def read(cell: Cell) -> int | Odd:
        written = text(cell)
        if isinstance(written, Odd):
            return written
        found = look_up(written, by_word)
        if found is None:
            return unknown_word(written, "indicator", map(str, _NUMBERS))
        return int(found)

    return read


def _ethnic_group(words: Words) -> Callable[[Cell], EthnicGroup | Odd]:
    """Return what reads an ethnic group; there are no totals among them."""
    read_code = coding(EthnicGroup, "ethnic_group", words)

    def read(cell: Cell) -> EthnicGroup | Odd:
        found = read_code(cell)
        return found or unknown_word(str(text(cell)), "ethnic_group", list(EthnicGroup))

    return read


def _share(cell: Cell) -> Decimal | Odd | None:
    """Return a share; None for an empty cell, and for a mark that says it was not told."""
    is_untold = cell is None or (isinstance(cell, str) and is_mark(cell))
    return None if is_untold else share_of_four_places(cell)


def _name(at: At) -> str:
    """Return how people name the place of a cell: Sheet!C12."""
    table, row, column = at
    return point_at(table.place(row, column)).removeprefix("/file/")
