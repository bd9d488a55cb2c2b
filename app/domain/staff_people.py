"""People with more than one post: each is counted once, in the highest.

A person is a number that nothing leads back from: a keyed hash of what identifies them, with a
key that is made for one count and forgotten after it. Two of 1.5 million people share a number
with a probability below one in ten million.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.errors import Fault
from app.domain.staff_lists import PAIRS_BY_RANK, StaffCount, build_counts
from app.domain.staff_words import Vocabulary, Words

HASH_BYTES: Final = 8
"""Bytes of the number that stands for a person."""

MOST_REMEMBERED = 100_000
"""How many different rows are remembered with the post that they mean."""

_Numbers = NDArray[np.int64]

_RANKS: Mapping[tuple[StaffGroup | None, Band | None], int] = {
    pair: rank for rank, pair in enumerate(PAIRS_BY_RANK)
}
_SEEN: Mapping[EthnicGroup | None, int] = {EthnicGroup.WHITE: 1, EthnicGroup.BME: 2}
_ETHNIC_GROUPS = (
    EthnicGroup.UNKNOWN,
    EthnicGroup.WHITE,
    EthnicGroup.BME,
    EthnicGroup.UNKNOWN,
)
_CONTRADICTION = 3
# A post in one number, from the lowest bit: two of what ethnic groups were seen, six of the
# rank of staff group and band, the rest of the organisation.
_ETHNIC_BITS, _RANK_BITS = 2, 6


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """What counting people came to.

    Attributes:
        counts: By organisation.
        people: Counted, in all organisations.
        contradictions: People whose rows say white and BME; counted as of unknown ethnicity.
    """

    counts: tuple[StaffCount, ...]
    people: int
    contradictions: int


class People:
    """Counts each person of an organisation once."""

    def __init__(self, vocabulary: Vocabulary, salt: bytes) -> None:
        """Take what reads the words, and a random key that nobody keeps."""
        self._salt = salt
        self._posts = _Posts(vocabulary)
        self._hashes = bytearray()
        self._places = array("q")
        self._nameless = 0

    def add(self, identifiers: Sequence[str], rows: Iterable[Words]) -> None:
        """Count rows, each with what identifies its person."""
        salt = self._salt
        self._hashes += b"".join(
            [
                blake2b(one.strip().encode(), digest_size=HASH_BYTES, key=salt).digest()
                for one in identifiers
            ]
        )
        self._places.extend(map(self._posts.__getitem__, rows))
        self._nameless += sum(not one.strip() for one in identifiers)
        if len(self._posts) > MOST_REMEMBERED:
            self._posts.clear()

    def find_faults(self) -> list[Fault]:
        """Return that there are rows without an identifier, if so."""
        if not self._nameless:
            return []
        number = self._nameless
        rows = "1 row has" if number == 1 else f"{number} rows have"
        detail = f"{rows} nothing in the column of --identifier, so their person is not known."
        return [Fault("/identifier", "blank_cell", detail)]

    def count(self) -> PeopleCount:
        """Return the people of each organisation, each person once.

        The highest post counts. A person is white or BME if any of their rows says so, and of
        unknown ethnicity if rows say both.

        There has to be a row, and nothing that `find_faults` or the tally of the same rows
        complains of.
        """
        hashes = np.frombuffer(self._hashes, dtype=np.uint64)
        places = np.frombuffer(self._places, dtype=np.int64)
        owners = places >> (_ETHNIC_BITS + _RANK_BITS)
        order = np.lexsort((hashes, owners))
        places, owners = places[order], owners[order]
        firsts = _find_firsts(owners, hashes[order])
        owners = owners[firsts]
        ranks = np.maximum.reduceat((places >> _ETHNIC_BITS) & (2**_RANK_BITS - 1), firsts)
        seen = np.bitwise_or.reduceat(places & (2**_ETHNIC_BITS - 1), firsts)
        return PeopleCount(
            tuple(self._build(owners, ranks, seen)),
            people=len(firsts),
            contradictions=int((seen == _CONTRADICTION).sum()),
        )

    def _build(self, owners: _Numbers, ranks: _Numbers, seen: _Numbers) -> list[StaffCount]:
        codes = self._posts.codes
        in_posts: Counter[tuple[str, StaffGroup, Band, EthnicGroup]] = Counter()
        for number, people in _tabulate(((owners << _RANK_BITS) + ranks << _ETHNIC_BITS) + seen):
            post, ethnic = divmod(number, 2**_ETHNIC_BITS)
            owner, rank = divmod(post, 2**_RANK_BITS)
            in_posts[codes[owner], *PAIRS_BY_RANK[rank], _ETHNIC_GROUPS[ethnic]] += people
        everybody: Counter[tuple[str, EthnicGroup]] = Counter()
        for number, people in _tabulate((owners << _ETHNIC_BITS) + seen):
            owner, ethnic = divmod(number, 2**_ETHNIC_BITS)
            everybody[codes[owner], _ETHNIC_GROUPS[ethnic]] += people
        return build_counts(in_posts, everybody)


class _Posts(dict[Words, int]):
    """The posts of rows as numbers, each worked out when it is first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._numbers: dict[str, int] = {}

    @property
    def codes(self) -> list[str]:
        """The ODS codes of the organisations, by number."""
        return list(self._numbers)

    def __missing__(self, words: Words) -> int:
        organisation, staff_group, band, ethnic_group = self._vocabulary.read(words)
        owner = self._numbers.setdefault(organisation or "", len(self._numbers))
        # A row that cannot be read is told by the tally, and then nothing is counted here.
        rank, seen = _RANKS.get((staff_group, band), 0), _SEEN.get(ethnic_group, 0)
        number = self[words] = ((owner << _RANK_BITS) + rank << _ETHNIC_BITS) + seen
        return number


def _find_firsts(owners: _Numbers, hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return where each person begins, in rows sorted by organisation and person."""
    is_other = (owners[1:] != owners[:-1]) | (hashes[1:] != hashes[:-1])
    return np.flatnonzero(np.concatenate(([True], is_other)))


def _tabulate(numbers: _Numbers) -> Iterator[tuple[int, int]]:
    """Yield each number that there is, with how often."""
    values, counts = np.unique(numbers, return_counts=True)
    yield from zip(values.tolist(), counts.tolist(), strict=True)
