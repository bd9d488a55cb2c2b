"""Lines of trusts that were made already, by all that they are made of.

After one trust has sent something, the lines of all others are as they were; to make them takes
longer than to read what they are made of. What a line is kept by is the values that it comes from
and not where they were read, so no line can be out of date.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from threading import Lock
from typing import Final

from app.domain.area_units import Unit
from app.domain.areas import CompactRow
from app.domain.measures import Scope
from app.domain.panels import Censuses
from app.store.area_targets import InForce

MOST: Final = 32_768
"""Lines that are kept at most, some 15 MB: those of England in all measures, ten times over."""

Lines = Sequence[CompactRow]


class KeptLines:
    """The lines of trusts that were asked for last, for all threads."""

    def __init__(self, most: int = MOST) -> None:
        """Keep none yet, and at most so many lines."""
        self._most = most
        self._number = 0
        self._lines: OrderedDict[Hashable, Lines] = OrderedDict()
        self._lock = Lock()

    def list_lines(
        self, keys: Sequence[Hashable], make: Callable[[Sequence[int]], Iterable[Lines]]
    ) -> list[CompactRow]:
        """Return the lines of trusts, trust by trust; those that are not kept are made.

        Args:
            keys: All that each trust's lines are made of.
            make: Returns the lines of some of the trusts, which are given by index.
        """
        found = self._find(keys)
        missing = [at for at in range(len(keys)) if at not in found]
        if missing:
            made = dict(zip(missing, make(missing), strict=True))
            self._keep({keys[at]: lines for at, lines in made.items()})
            found |= made
        return [line for at in range(len(keys)) for line in found[at]]

    def _find(self, keys: Sequence[Hashable]) -> dict[int, Lines]:
        found = {}
        with self._lock:
            for at, key in enumerate(keys):
                if key in self._lines:
                    self._lines.move_to_end(key)
                    found[at] = self._lines[key]
        return found

    def _keep(self, made: Mapping[Hashable, Lines]) -> None:
        with self._lock:
            for key, lines in made.items():
                # Another thread may have made the same meanwhile.
                self._number += len(lines) - len(self._lines.get(key, ()))
                self._lines[key] = lines
            while self._number > self._most:
                self._number -= len(self._lines.popitem(last=False)[1])


def list_keys(
    units: Sequence[Unit],
    censuses: Censuses,
    in_force: Mapping[tuple[str, Scope], Sequence[InForce]],
    scopes: Sequence[Scope],
    *others: object,
) -> Iterator[Hashable]:
    """Yield all that the lines of each trust are made of.

    Args:
        units: The trusts.
        censuses: What they, and those that became part of them, have sent.
        in_force: Their targets that are in force.
        scopes: The measures.
        others: What is asked of each of them besides.
    """
    targets: dict[str, list[Hashable]] = defaultdict(list)
    cycles = {}
    for (code, scope), several in in_force.items():
        targets[code].append((scope, *((one.told, one.milestones) for one in several)))
        cycles.update({one.cycle.code: one.cycle for one in several})
    # As a text, whose hash is worked out once.
    asked = repr((others, scopes, censuses.years.tolist(), cycles))
    for index, unit in enumerate(units):
        people = (censuses.counts[index], censuses.has_staff[index], censuses.has_board[index])
        yield (
            asked,
            (unit.trust.kind, unit.code, unit.trust.name),
            *(sha256(one).digest() for one in people),
            tuple(_list_covers(unit)),
            tuple(unit.lineage.ancestors.values()),
            tuple(targets.get(unit.code, ())),
        )


def _list_covers(unit: Unit) -> Iterator[Hashable]:
    """Yield whose people each census counts, where these are not the trust's alone."""
    own = (unit.code,)
    for of_board in (False, True):
        for year, parts in unit.parts(of_board=of_board).items():
            if len(parts) > 1 or parts[0].covers != own:
                yield (of_board, year, *(part.covers for part in parts))
