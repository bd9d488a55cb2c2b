"""Imports as they are sent and shown."""

from collections.abc import Iterable
from typing import Annotated, Final, Self

from fastapi import UploadFile
from pydantic import Field, StringConstraints, field_validator

from app.api.schemas.base import (
    BodyIn,
    BodyOut,
    Instant,
    OdsCodeText,
    Paragraph,
    Sentence,
    is_none,
)
from app.api.schemas.faults import fault, printable
from app.api.schemas.revisions import EffectOut
from app.domain.codes import WarningCode
from app.domain.file_codes import RemarkCode
from app.domain.imports import Import, ImportItem, ImportKind, ImportOutcome, ImportRemark
from app.ingest.layouts.common import Defaults
from app.ingest.mappings import Words, make_words, read_words
from app.services.import_plans import ExpectedTotals, ImportTerms
from app.services.imports import MOST_COMPARED, Imported

_LARGEST_SUM: Final = 1_000_000_000
"""More people than all trusts count in any number of censuses; above it a sum is a mistake."""

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
WordList = Annotated[list[Word], Field(max_length=100)]


class MappingIn(BodyIn):
    """What headings and values are called in a file, beside the words that are known anyway."""

    columns: dict[str, WordList] = Field(
        default_factory=dict,
        description="Headings of each column, by its field.",
        examples=[{"headcount": ["Heads"]}],
    )
    values: dict[str, dict[str, WordList]] = Field(
        default_factory=dict,
        description="Words for each value, by the field of its column; `total` is everybody.",
        examples=[{"band": {"vsm": ["Executive pay"]}}],
    )
    skipped: WordList = Field(
        default_factory=list,
        description="Rows to leave out, since others count their people.",
        examples=[["of which: Senior medical manager"]],
    )
    replaces: bool = Field(
        default=False, description="Whether the words that are known anyway do not count."
    )

    @field_validator("columns")
    @classmethod
    def _known_columns(cls, columns: dict[str, WordList]) -> dict[str, WordList]:
        _refuse_unknown(columns, read_words().columns)
        return columns

    @field_validator("values")
    @classmethod
    def _known_values(
        cls, values: dict[str, dict[str, WordList]]
    ) -> dict[str, dict[str, WordList]]:
        known = read_words().values
        _refuse_unknown(values, known)
        for field, by_value in values.items():
            _refuse_unknown(by_value, known[field])
        return values

    def to_words(self) -> Words:
        """Return the words to read a file with."""
        own = make_words(self.columns, self.values, self.skipped)
        return own if self.replaces else read_words().extended(own)


class ImportFields(BodyIn):
    """How a file is to be taken."""

    kind: ImportKind = Field(description="What the file holds.", examples=["actuals"])
    mapping: str | None = Field(
        default=None,
        max_length=100_000,
        description="JSON: further words for headings and values, as `columns`, `values` and"
        " `skipped`; with `replaces` true in place of those that are known anyway.",
        examples=['{"columns": {"headcount": ["Heads"]}}'],
    )
    sheet: str | None = Field(
        default=None, max_length=200, description="The only sheet to read.", examples=["Staff"]
    )
    ods_code: OdsCodeText | None = Field(
        default=None, description="The trust, where the file has no column for it."
    )
    year: int | None = Field(
        default=None,
        ge=1900,
        le=2200,
        description="The census, where the file has no column for it.",
        examples=[2024],
    )
    source: Sentence | None = Field(
        default=None,
        description="Where the figures come from, where the file has no column for it.",
        examples=["ESR staff in post, 31 March 2024"],
    )
    expected_workforce: int | None = Field(
        default=None,
        ge=0,
        le=_LARGEST_SUM,
        description="What all headcounts of the file come to; needed where it has no totals.",
        examples=[401],
    )
    expected_bme: int | None = Field(
        default=None, ge=0, le=_LARGEST_SUM, description="Likewise, BME.", examples=[61]
    )
    reason: Paragraph | None = Field(
        default=None,
        description="Why what is held changes; required when it does.",
        examples=["Bank staff were counted"],
    )
    correction_note: Paragraph | None = Field(
        default=None,
        description="What everybody is told of the corrections; required for what is public.",
        examples=["Staff of a hosted service were left out"],
    )
    submit: bool = Field(
        default=False, description="Whether targets are put in force, not only drafted."
    )
    dry_run: bool = Field(
        default=False, description="Whether only to say what would be stored, and its effects."
    )
    compare: int = Field(
        default=MOST_COMPARED,
        ge=0,
        le=500,
        description="Trusts whose position and outlook a dry run compares at most; each takes some"
        " 0.3 seconds, and of the others the number is told.",
        examples=[300],
    )

    @property
    def defaults(self) -> Defaults:
        """What holds where the file has no column."""
        return Defaults(self.ods_code, self.year, self.source)

    @property
    def terms(self) -> ImportTerms:
        """How the file is to be imported."""
        workforce, bme = self.expected_workforce, self.expected_bme
        has_both = workforce is not None and bme is not None
        return ImportTerms(
            reason=self.reason,
            correction_note=self.correction_note,
            expected=ExpectedTotals(workforce or 0, bme or 0) if has_both else None,
            submits=self.submit,
        )


class ImportForm(ImportFields):
    """A file of figures, and how it is to be taken. Members are the fields of a form."""

    file: UploadFile = Field(
        description="CSV or an Excel Workbook (.xlsx).",
        # By which programs that make clients know a file; the media type says so to others.
        json_schema_extra={"format": "binary"},
    )

    @field_validator("file", mode="before")
    @classmethod
    def _a_file(cls, sent: object) -> object:
        if isinstance(sent, str):
            raise ValueError("must be a file, with its name")  # noqa: TRY004 — a fault, not a bug
        return sent


class FileOut(BodyOut):
    """A file as it was sent; its content is not kept."""

    name: str = Field(examples=["staff-2024.xlsx"])
    sha256: str = Field(description="Of its bytes, in hexadecimal.", examples=["9f86d081884c7d65"])
    size: int = Field(description="Its bytes.", examples=[18432])
    rows: int = Field(description="Rows below its headings.", examples=[120])


class OutcomesOut(BodyOut):
    """How many things in the file became what."""

    new: int = Field(examples=[2])
    revised: int = Field(examples=[1])
    unchanged: int = Field(examples=[0])


class ImportItemOut(BodyOut):
    """One thing in the file: a trust's census, its board or indicators there, or a target."""

    ods_code: OdsCodeText
    name: str = Field(
        description="The census year, or the identifier of the target.", examples=["2024"]
    )
    outcome: ImportOutcome = Field(examples=["new"])
    revision: int = Field(
        description="The revision, or version, that says what the file says.", examples=[1]
    )
    cells_changed: int = Field(
        description="Headcounts, other figures, or terms, that differ from what was held.",
        examples=[90],
    )

    @classmethod
    def from_domain(cls, one: ImportItem) -> Self:
        """Return the body that presents an item."""
        return cls.model_validate(one)


class ImportRemarkOut(BodyOut):
    """What should be known of the file, or of one thing in it."""

    code: RemarkCode | WarningCode = Field(
        description="Explained at /v1/codes.", examples=["unknown_column"]
    )
    detail: str = Field(examples=["Column G, “Comment”, is not known and was left out."])
    ods_code: OdsCodeText | None = Field(description="Null where it is about the file.")
    name: str | None = Field(description="Likewise, as in `items`.", examples=["2024"])

    @classmethod
    def from_domain(cls, one: ImportRemark) -> Self:
        """Return the body that presents a remark."""
        return cls.model_validate(one)


class ImportOut(BodyOut):
    """A file that was imported, and what became of each thing in it."""

    id: str | None = Field(
        description="Names the import; null for a dry run.", examples=["i0123456789ab"]
    )
    kind: ImportKind
    file: FileOut
    outcomes: OutcomesOut
    items: list[ImportItemOut]
    warnings: list[ImportRemarkOut]
    reason: str | None = Field(description="Why what was held changed.")
    correction_note: str | None = Field(description="What everybody is told of it.")
    imported_at: Instant | None = Field(description="Null for a dry run.")
    imported_by: str = Field(examples=["ZZ001 workforce team"])
    supplied_by: str | None = Field(
        default=None, description="`national` if sent on behalf of trusts.", exclude_if=is_none
    )

    @classmethod
    def from_domain(cls, made: Import) -> Self:
        """Return the body that presents an import."""
        return cls(**_members(made))


class ImportedOut(ImportOut):
    """What became of a file, or would."""

    stored: bool = Field(description="Whether anything was stored now.")
    repeated: bool = Field(
        description="Whether the same file was imported before; then that import is answered."
    )
    effects: list[EffectOut] | None = Field(
        default=None,
        description="Measures that would stand elsewhere; of a dry run only.",
        exclude_if=is_none,
    )
    effects_left_out: int | None = Field(
        default=None,
        description="Trusts that were not compared, being too many; of a dry run only.",
        exclude_if=is_none,
    )

    @classmethod
    def from_result(cls, done: Imported, *, dry_run: bool) -> Self:
        """Return the body that presents what became of a file."""
        return cls(
            **_members(done.made),
            stored=done.is_stored,
            repeated=done.is_repeated,
            effects=[EffectOut.from_domain(one) for one in done.effects] if dry_run else None,
            effects_left_out=done.left_out if dry_run else None,
        )


class ImportListOut(BodyOut):
    """Imports, newest first."""

    items: list[ImportOut]
    next: str | None = Field(description="Cursor of the next page; null at the end.")


def _members(made: Import) -> dict[str, object]:
    record = made.record
    return {
        "id": made.id or None,
        "kind": made.kind,
        "file": FileOut.model_validate(made.file),
        "outcomes": OutcomesOut(**{one.value: made.count(one) for one in ImportOutcome}),
        "items": [ImportItemOut.from_domain(one) for one in made.items],
        "warnings": [ImportRemarkOut.from_domain(one) for one in made.warnings],
        "reason": record.reason,
        "correction_note": made.correction_note,
        "imported_at": record.at if made.id else None,
        "imported_by": record.author.name,
        "supplied_by": record.author.supplied_by,
    }


def _refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    names = list(known)
    unknown = next((name for name in given if name not in names), None)
    if unknown is not None:
        detail = f'"{printable(unknown)}" is not known; use one of {", ".join(names)}.'
        raise fault("unknown_code", detail)
