"""People with more than one post: each is counted once, in the highest.

A person is a number that nothing leads back from: a keyed hash of what identifies them, with a
key that is made for one count and forgotten after it. Two of 1.5 million people share a number
with a probability below one in ten million.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from struct import unpack
from typing import Final

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.errors import Fault
from app.domain.staff_lists import PAIRS_BY_RANK, StaffCount, build_counts
from app.domain.staff_words import Post, Vocabulary, Words

HASH_BYTES: Final = 8
"""Bytes of the number that stands for a person."""

MOST_REMEMBERED: Final = 100_000
"""How many different rows are remembered with the post that they mean."""

_RANKS: Mapping[tuple[StaffGroup | None, Band | None], int] = {
    pair: rank for rank, pair in enumerate(PAIRS_BY_RANK)
}
# A post in one number: the rank of its staff group and band, and in the two lowest bits which
# ethnic groups were seen. So the higher post of a person is the larger number, and what was
# seen of them in all rows together is what any of them has.
_BITS, _SEEN = 2, 3
_WHITE, _BME = 1, 2
_ETHNIC_GROUPS = (EthnicGroup.UNKNOWN, EthnicGroup.WHITE, EthnicGroup.BME, EthnicGroup.UNKNOWN)
_FLAGS: Mapping[EthnicGroup | None, int] = {EthnicGroup.WHITE: _WHITE, EthnicGroup.BME: _BME}

_Held = dict[int, int]


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
    """Counts each person of an organisation once.

    The highest post counts. A person is white or BME if any of their rows says so, and of
    unknown ethnicity if rows say both.
    """

    def __init__(self, vocabulary: Vocabulary, salt: bytes) -> None:
        """Take what reads the words, and a random key that nobody keeps."""
        self._salt = salt
        self._held: dict[str, _Held] = {}
        self._posts = _Posts(vocabulary, self._held)
        self._nameless = 0

    def add(self, identifiers: Sequence[str], rows: Iterable[Words]) -> None:
        """Count rows, each with what identifies its person."""
        salt = self._salt
        digests = [
            blake2b(one.strip().encode(), digest_size=HASH_BYTES, key=salt).digest()
            for one in identifiers
        ]
        numbers = unpack(f"<{len(digests)}Q", b"".join(digests))
        posts = map(self._posts.__getitem__, rows)
        for person, (held, post) in zip(numbers, posts, strict=True):
            before = held.setdefault(person, post)
            if before != post:
                held[person] = max(before, post) | (before | post) & _SEEN
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

        It means something if neither `find_faults` nor the tally of the same rows complains.
        """
        in_posts: Counter[tuple[str, Post]] = Counter()
        everybody: Counter[tuple[str, EthnicGroup]] = Counter()
        contradictions = 0
        for code, held in self._held.items():
            for post, people in Counter(held.values()).items():
                pair, ethnic_group = PAIRS_BY_RANK[post >> _BITS], _ETHNIC_GROUPS[post & _SEEN]
                in_posts[code, Post(*pair, ethnic_group)] += people
            for seen, people in Counter(post & _SEEN for post in held.values()).items():
                everybody[code, _ETHNIC_GROUPS[seen]] += people
                contradictions += people if seen == _WHITE | _BME else 0
        counts = tuple(build_counts(in_posts, everybody))
        return PeopleCount(counts, sum(map(len, self._held.values())), contradictions)


class _Posts(dict[Words, tuple[_Held, int]]):
    """Where each kind of row counts, and as which post; worked out when it is first asked for."""

    def __init__(self, vocabulary: Vocabulary, held: dict[str, _Held]) -> None:
        self._vocabulary = vocabulary
        self._held = held

    def __missing__(self, words: Words) -> tuple[_Held, int]:
        organisation, staff_group, band, ethnic_group = self._vocabulary.read(words)
        held = self._held.setdefault(organisation or "", {})
        # A row that cannot be read is told by the tally, and then nothing of this counts.
        rank, seen = _RANKS.get((staff_group, band), 0), _FLAGS.get(ethnic_group, 0)
        self[words] = held, (rank << _BITS) + seen
        return self[words]
