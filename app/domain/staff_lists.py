"""Staff lists: one row a person, counted into the headcounts of each organisation.

Nothing here keeps a row. A tally takes the cells that count with how many rows have them, and
what cannot be read is told with counts only, because a wrong column may hold names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.actuals import Cell, Headcounts
from app.domain.bands import (
    AFC_BANDS,
    ALLOWED_PAIRS,
    Band,
    EthnicGroup,
    StaffGroup,
    is_allowed_pair,
)
from app.domain.censuses import FIRST_YEAR, census_day
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.staff_words import Post, StaffColumn, Vocabulary, Words

FEWEST_ROWS_SHOWN = 10
"""Rows that an unknown word needs before it may be shown; what identifies somebody has few."""

LONGEST_CODE = 6
"""Characters of the longest unknown word that may be shown as a code."""

MOST_WORDS = 1000
"""Different unknown words that are told apart in a column; with more it is the wrong column."""

MOST_SHOWN = 50
"""Different unknown words of a column up to which any is shown; with more it is about people."""

_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z]+")

_GRADES = (Band.OTHER, Band.TRAINEE, Band.CAREER_GRADE, Band.CONSULTANT)

PAIRS_BY_RANK = tuple(
    sorted(
        ALLOWED_PAIRS,
        key=lambda pair: ((*AFC_BANDS, *_GRADES).index(pair[1]), tuple(StaffGroup).index(pair[0])),
    )
)
"""Every staff group with each of its bands, lowest first.

Medical grades stand above AfC bands and VSM: who has a medical post is counted as medical. Of
clinical and non-clinical posts in one band the clinical one counts.
"""


@dataclass(frozen=True, slots=True)
class StaffCount:
    """The people of one organisation.

    Attributes:
        ods_code: Of the organisation.
        headcounts: By staff group and band.
        everybody: By ethnic group, counted without regard to staff groups and bands.

    Raises:
        ValueError: The headcounts do not come to everybody.
    """

    ods_code: str
    headcounts: Headcounts
    everybody: Count

    def __post_init__(self) -> None:
        counted = Count.sum(self.headcounts.values())
        if counted != self.everybody:
            raise ValueError(f"the bands come to {counted}, everybody is {self.everybody}")

    def cells(self) -> Iterator[Cell]:
        """Yield every headcount that is not 0, in the order in which they are shown."""
        for pair in ALLOWED_PAIRS:
            count = self.headcounts.get(pair, Count())
            for group in EthnicGroup:
                headcount: int = getattr(count, group.value)
                if headcount:
                    yield Cell(*pair, group, headcount)


def is_census_day(day: date, today: date) -> bool:
    """Return whether a day was that of a census: a 31 March since the first one."""
    return day.year >= FIRST_YEAR and day == census_day(day.year) and day <= today


@dataclass(slots=True)
class _Strangers:
    """Unknown words of one column.

    Attributes:
        rows: In which there is one.
        blank: Of these, those in which the cell is blank.
        words: Rows by word, as far as words are told apart.
        are_too_many: Whether there were more words than are told apart.
    """

    rows: int = 0
    blank: int = 0
    words: Counter[str] = field(default_factory=Counter)
    are_too_many: bool = False

    def add(self, word: str, rows: int) -> None:
        self.rows += rows
        word = word.strip()
        if not word:
            self.blank += rows
        elif word in self.words or len(self.words) < MOST_WORDS:
            self.words[word] += rows
        else:
            self.are_too_many = True


class Tally:
    """Counts the rows of a list."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take what reads the words."""
        self._vocabulary = vocabulary
        self._in_posts: Counter[tuple[str, Post]] = Counter()
        self._everybody: Counter[tuple[str, EthnicGroup]] = Counter()
        self._strangers: dict[StaffColumn, _Strangers] = {}

    def add(self, rows: Mapping[Words, int]) -> None:
        """Count rows, given how many have which cells."""
        # A list of many trusts may have nearly as many different rows as people.
        find_organisation = self._vocabulary.find_organisation
        find_ethnic_group = self._vocabulary.find_ethnic_group
        find_post = self._vocabulary.find_post
        in_posts, everybody = self._in_posts, self._everybody
        for words, number in rows.items():
            organisation, staff_group, band, ethnic_category = words
            code = find_organisation(organisation)
            post = find_post(staff_group, band, ethnic_category)
            ethnic_group = find_ethnic_group(ethnic_category)
            if code is None or post is None or ethnic_group is None:
                self._note_strangers(words, number)
            else:
                in_posts[code, post] += number
                everybody[code, ethnic_group] += number

    def find_faults(self) -> list[Fault]:
        """Return what could not be read, by column."""
        faults = [
            fault
            for column in StaffColumn
            if column in self._strangers
            for fault in self._stranger_faults(column, self._strangers[column])
        ]
        misfits: Counter[tuple[StaffGroup, Band]] = Counter()
        for (_, post), rows in self._in_posts.items():
            if not is_allowed_pair(post.staff_group, post.band):
                misfits[post.staff_group, post.band] += rows
        return faults + [_misfit(*pair, rows) for pair, rows in sorted(misfits.items())]

    def count(self) -> list[StaffCount]:
        """Return the people of each organisation, by its code; every row is somebody."""
        return build_counts(self._in_posts, self._everybody)

    def _note_strangers(self, words: Words, rows: int) -> None:
        reading = self._vocabulary.read(words)
        for column, word, meaning in zip(StaffColumn, words, reading, strict=True):
            if meaning is None:
                self._strangers.setdefault(column, _Strangers()).add(word, rows)

    def _stranger_faults(self, column: StaffColumn, found: _Strangers) -> Iterator[Fault]:
        at = f"/{column}"
        if found.blank:
            yield Fault(at, "blank_cell", f"{_rows(found.blank)} nothing there.")
        if found.words:
            number = f"more than {MOST_WORDS}" if found.are_too_many else str(len(found.words))
            detail = (
                f"{_rows(found.rows - found.blank)} a word there that is not known;"
                f" {number} different. {self._show(found.words)} Say what a word means in the"
                " table of --pay-table, or name another column with --column."
            )
            yield Fault(at, "unknown_word", detail)

    def _show(self, words: Mapping[str, int]) -> str:
        """Return the unknown words that are surely about nobody, and how many are not shown."""
        safe = list(self._safe(words)) if len(words) <= MOST_SHOWN else []
        shown = ", ".join(f"{word} ({rows} rows)" for word, rows in safe)
        hidden = len(words) - len(safe)
        if not hidden:
            return f"{shown}."
        and_more = f"{shown} and {hidden} more. " if shown else ""
        return f"{and_more}Words that might be about a person are not shown."

    def _safe(self, words: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """Yield words that many rows have and that are codes, or made of known parts."""
        for word, rows in sorted(words.items(), key=lambda one: (-one[1], one[0])):
            is_code = len(word) <= LONGEST_CODE and _CODE.fullmatch(word)
            if rows >= FEWEST_ROWS_SHOWN and (
                is_code or self._vocabulary.is_made_of_known_parts(word)
            ):
                yield word, rows


def build_counts(
    in_posts: Mapping[tuple[str, Post], int],
    everybody: Mapping[tuple[str, EthnicGroup], int],
) -> list[StaffCount]:
    """Return the people of each organisation, by its code.

    Args:
        in_posts: People by organisation and post.
        everybody: The same people by organisation and ethnic group, counted by themselves.
    """
    headcounts: dict[str, dict[tuple[StaffGroup, Band], Count]] = {}
    for (code, (staff_group, band, ethnic_group)), people in in_posts.items():
        held = headcounts.setdefault(code, {})
        one = Count(**{ethnic_group.value: people})
        held[staff_group, band] = held.get((staff_group, band), Count()) + one
    totals = _by_code(everybody.items())
    return [StaffCount(code, headcounts.get(code, {}), totals[code]) for code in sorted(totals)]


def _by_code(everybody: Iterable[tuple[tuple[str, EthnicGroup], int]]) -> dict[str, Count]:
    totals: dict[str, Count] = {}
    for (code, ethnic_group), people in everybody:
        totals[code] = totals.get(code, Count()) + Count(**{ethnic_group.value: people})
    return totals


def _misfit(group: StaffGroup, band: Band, rows: int) -> Fault:
    medical = group is StaffGroup.MEDICAL
    right = "a medical grade" if medical else "an AfC band or very senior manager pay"
    detail = (
        f"{_rows(rows)} {group} staff in {band}; they are in {right}. Give the word of the pay its"
        " staff group and its band in the table of --pay-table."
    )
    return Fault("/band", "band_not_of_staff_group", detail)


def _rows(number: int) -> str:
    return "1 row has" if number == 1 else f"{number} rows have"
