"""Imports: files of figures that were stored whole, and what became of each thing in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.coded import Coded
from app.domain.codes import WarningCode
from app.domain.file_codes import RemarkCode
from app.domain.records import Record


class ImportKind(StrEnum):
    """What a file holds."""

    ACTUALS = "actuals"
    BOARD = "board"
    TARGETS = "targets"
    INDICATORS = "indicators"


class ImportOutcome(Coded):
    """What an import does with one thing in its file."""

    NEW = ("new", "Nothing was held of it.")
    REVISED = ("revised", "Something else was held, and a further revision or version says this.")
    UNCHANGED = ("unchanged", "The same is held, so nothing was stored.")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent; its content is not kept.

    Attributes:
        name: Without folders.
        sha256: Of its bytes, in hexadecimal.
        size: Its bytes.
        rows: Rows below headings that figures were read from.
    """

    name: str
    sha256: str
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One thing in a file: a trust's census, its board or indicators there, or one of its targets.

    Attributes:
        ods_code: The trust's.
        name: What it is called there: the census year, or the identifier of the target.
        outcome: What became of it.
        revision: The revision, or the version, that says what the file says.
        cells_changed: Headcounts, other figures, or terms, that differ from what was held before.
    """

    ods_code: str
    name: str
    outcome: ImportOutcome
    revision: int
    cells_changed: int


@dataclass(frozen=True, slots=True)
class ImportRemark:
    """What should be known of a file that was taken, or of one thing in it.

    Attributes:
        code: Of a remark on the file, or of a warning that stays with a revision.
        ods_code: The trust's, if it is about one thing; else None.
        name: What that is called there; else None.
    """

    code: RemarkCode | WarningCode
    detail: str
    ods_code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was imported.

    Attributes:
        id: Names it.
        items: What was in it, in the order of codes and names.
        record: Who imported it, when, and why held figures change.
        correction_note: What everybody is told of the corrections in it, if anything.
    """

    id: str
    kind: ImportKind
    file: SentFile
    items: Sequence[ImportItem]
    warnings: Sequence[ImportRemark]
    record: Record
    correction_note: str | None = None

    def count(self, outcome: ImportOutcome) -> int:
        """Return how many things in the file had an outcome."""
        return sum(one.outcome is outcome for one in self.items)

    @property
    def codes(self) -> frozenset[str]:
        """ODS codes of the trusts in the file."""
        return frozenset(one.ods_code for one in self.items)

    @property
    def has_changed_anything(self) -> bool:
        """Whether anything in the file was not held already."""
        return any(one.outcome is not ImportOutcome.UNCHANGED for one in self.items)
