"""The words of staff lists, and what they mean.

A word means a staff group, pay (a band, and sometimes a staff group), an ethnic group or an
organisation, depending on the column that it stands in. What it means is data: the shipped
words, and before them the caller's own.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.ethnic_categories import EthnicCategories

REMEMBERED = 1 << 15
"""How many words are remembered with what they mean; the columns of a list have a few hundred."""

_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_SYNTHETIC = re.compile(r"ZZ[0-9]{3}")

_Meaning = TypeVar("_Meaning")


class StaffColumn(StrEnum):
    """A column that counting needs."""

    ORGANISATION = "organisation"
    STAFF_GROUP = "staff_group"
    BAND = "band"
    ETHNIC_CATEGORY = "ethnic_category"


class Pay(NamedTuple):
    """What a word of the column of bands means.

    Attributes:
        band: The band or the medical grade.
        staff_group: The staff group that goes with it, whatever the row says; None where the
            row decides.
    """

    band: Band
    staff_group: StaffGroup | None = None


Words = tuple[str, str, str, str]
"""The cells of one row that count, as they stand in the list, in the order of the columns."""


class Post(NamedTuple):
    """What a row counts as."""

    staff_group: StaffGroup
    band: Band
    ethnic_group: EthnicGroup


class Reading(NamedTuple):
    """What the cells of one row mean; None for each that is not known."""

    organisation: str | None
    staff_group: StaffGroup | None
    band: Band | None
    ethnic_group: EthnicGroup | None


@dataclass(frozen=True, slots=True)
class Meanings:
    """What words mean, by column and folded word."""

    organisations: Mapping[str, str] = field(default_factory=dict)
    staff_groups: Mapping[str, StaffGroup] = field(default_factory=dict)
    pay: Mapping[str, Pay] = field(default_factory=dict)
    ethnic_groups: Mapping[str, EthnicGroup] = field(default_factory=dict)

    def over(self, others: "Meanings") -> "Meanings":
        """Return these meanings, and the others' for words that have none here."""
        return Meanings(
            {**others.organisations, **self.organisations},
            {**others.staff_groups, **self.staff_groups},
            {**others.pay, **self.pay},
            {**others.ethnic_groups, **self.ethnic_groups},
        )


OWN_WORDS = Meanings(
    staff_groups={one.value.replace("_", " "): one for one in StaffGroup},
    pay={one.value.replace("_", " "): Pay(one) for one in Band},
    ethnic_groups={one.value: one for one in EthnicGroup},
)
"""The service's own words for staff groups, bands and ethnic groups."""


def fold(word: str) -> str:
    """Return what is compared of a word: its letters and digits, in words of one case."""
    spelt = word.casefold().replace("&", " and ").replace("<", " under ")
    return _NO_LETTER_OR_DIGIT.sub(" ", spelt).strip()


class Vocabulary:
    """Reads the words of a staff list."""

    def __init__(
        self,
        meanings: Meanings,
        categories: EthnicCategories,
        organisations: Collection[str],
        *,
        only: str | None = None,
    ) -> None:
        """Take what the words mean.

        Args:
            meanings: Of words, by column.
            categories: The ethnic categories of the NHS Data Dictionary.
            organisations: The ODS codes of trusts that are known. Another five letters might
                be somebody's name, so another code is known only if a word means it.
            only: ODS code of the organisation that all rows belong to, whatever they say.
        """
        self._only = only
        self._meanings = meanings.over(OWN_WORDS)
        self._organisations = frozenset(organisations)
        self._categories = categories
        self._labels = {one.code: frozenset(fold(one.label).split()) for one in categories.all}
        self._by_label = {fold(one.label): one.group for one in categories.all}
        remember = lru_cache(REMEMBERED)
        self.find_organisation = remember(self._find_organisation)
        self.find_staff_group = remember(self._find_staff_group)
        self.find_pay = remember(self._find_pay)
        self.find_ethnic_group = remember(self._find_ethnic_group)
        self.find_post = remember(self._find_post)

    def is_made_of_known_parts(self, word: str) -> bool:
        """Return whether two parts or more, all from known words of pay, make a word up.

        One part alone may be a surname: so may House, of House Officer.
        """
        known = (*self._meanings.staff_groups, *self._meanings.pay)
        parts = fold(word).split()
        return len(parts) > 1 and set(parts) <= {part for one in known for part in one.split()}

    def read(self, words: Words) -> Reading:
        """Return what the cells of a row mean."""
        organisation, staff_group, band, ethnic_category = words
        pay = self.find_pay(band)
        return Reading(
            self.find_organisation(organisation),
            (pay and pay.staff_group) or self.find_staff_group(staff_group),
            pay and pay.band,
            self.find_ethnic_group(ethnic_category),
        )

    def _find_post(self, staff_group: str, band: str, ethnic_category: str) -> Post | None:
        """Return what a row counts as, or None if something of it is not known."""
        _, group, found, ethnic_group = self.read(("", staff_group, band, ethnic_category))
        if group is None or found is None or ethnic_group is None:
            return None
        return Post(group, found, ethnic_group)

    def _find_organisation(self, word: str) -> str | None:
        if self._only is not None:
            return self._only
        code = word.strip().upper()
        if code in self._organisations or _SYNTHETIC.fullmatch(code):
            return code
        return self._meanings.organisations.get(fold(word))

    def _find_staff_group(self, word: str) -> StaffGroup | None:
        return _look_up(self._meanings.staff_groups, word)

    def _find_pay(self, word: str) -> Pay | None:
        return _look_up(self._meanings.pay, word)

    def _find_ethnic_group(self, word: str) -> EthnicGroup | None:
        """Return the group of a code, a label, a code with its label, or a word.

        A blank is unknown. What follows a code has to belong to it, or the initial of a name
        would be read as one.
        """
        if not word.strip():
            return EthnicGroup.UNKNOWN
        folded = fold(word)
        for meanings in (self._meanings.ethnic_groups, self._by_label):
            if folded in meanings:
                return meanings[folded]
        first, _, rest = folded.partition(" ")
        label, parts = self._labels.get(first.upper()), frozenset(rest.split())
        if label is None or not (parts <= label or label <= parts):
            return None
        return self._categories.find_group(first.upper())


def _look_up(meanings: Mapping[str, _Meaning], word: str) -> _Meaning | None:
    """Return what a word means, or what all its parts between bars mean that mean anything.

    ESR writes a code and its name with bars between them: `NHS|XR05|Review Body Band 5`.
    """
    whole = meanings.get(fold(word))
    if whole is not None:
        return whole
    parts = {meanings[key] for key in map(fold, word.split("|")) if key in meanings}
    return parts.pop() if len(parts) == 1 else None
