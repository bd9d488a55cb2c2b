"""Files of figures that people send on pages, and how a page holds one until it is confirmed."""

from dataclasses import asdict, dataclass
from typing import Final, Self

from app.dashboard.forms.entered import Entered
from app.dashboard.forms.sealing import BrokenSeal, seal, unseal
from app.domain.imports import ImportKind
from app.domain.texts import LONGEST_PARAGRAPH, LONGEST_SENTENCE
from app.ingest.imports import ReadFile, read_file
from app.ingest.layouts.common import Defaults
from app.ingest.mappings import read_words
from app.ingest.sheets import base_name, read_workbook
from app.services.import_plans import ExpectedTotals, ImportTerms

MOST_FILE_BYTES: Final = 5 * 1024 * 1024
"""Bytes of a file that pages take: a trust's returns of ten years are a hundredth of it."""

MOST_SEALED_BYTES: Final = 2 * MOST_FILE_BYTES
"""Bytes of what a page holds of the largest file, which cannot be packed."""

LARGEST_SUM: Final = 1_000_000_000
"""More people than all trusts count in any number of censuses."""

KINDS: Final = {
    ImportKind.ACTUALS: "Headcounts by band",
    ImportKind.BOARD: "The board",
    ImportKind.INDICATORS: "Indicators 2 to 8",
}
"""What files of a trust hold, in the words of the form."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sends, and how it is to be taken.

    Attributes:
        name: As its owner calls it.
        defaults: What holds where it has no column.
    """

    kind: ImportKind
    name: str
    content: bytes
    defaults: Defaults
    terms: ImportTerms

    def read(self) -> ReadFile:
        """Return what the file says.

        Raises:
            UnreadableFile: It is refused whole.
        """
        book = read_workbook(self.content, self.name)
        return read_file(book, self.kind, read_words(), self.defaults)

    def seal(self, secret: str, *, foreseen: str = "") -> str:
        """Return what the page of a session can hold.

        Args:
            secret: The session's.
            foreseen: The tag of the preview that the page shows; empty where it shows none.
        """
        told = {
            "kind": self.kind.value,
            "name": self.name,
            "defaults": asdict(self.defaults),
            "terms": asdict(self.terms),
            "foreseen": foreseen,
        }
        return seal(secret, told, self.content)

    @classmethod
    def unseal(cls, secret: str, sealed: str, *, ods_code: str) -> tuple[Self, str]:
        """Return what a page of a trust held, and the tag of the preview that it showed.

        Raises:
            BrokenSeal: It was altered, or is of another session or another trust's page.
        """
        told, content = unseal(secret, sealed)
        defaults, terms = Defaults(**told["defaults"]), told["terms"]
        if defaults.ods_code != ods_code:
            raise BrokenSeal
        expected = terms.pop("expected")
        totals = ExpectedTotals(**expected) if expected else None
        kind = ImportKind(told["kind"])
        upload = cls(kind, told["name"], content, defaults, ImportTerms(**terms, expected=totals))
        return upload, told["foreseen"]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as a form has it."""

    name: str
    content: bytes


def read_upload(
    entered: Entered, sent: SentFile | None, held: Upload | None, *, ods_code: str
) -> Upload | None:
    """Return what was sent with the form; None where there is no file to read.

    What is wrong with the fields is told in what was entered.

    Args:
        entered: What was entered.
        sent: The file that was chosen; None where none was.
        held: What the page held from the last time; None likewise.
        ods_code: The trust on whose page it is.
    """
    kinds = [kind.value for kind in KINDS]
    kind = entered.choice("kind", kinds, otherwise="Choose what the file holds.")
    if sent is None and held is None:
        entered.refuse("file", "Choose the file to send.")
    if sent is not None and len(sent.content) > MOST_FILE_BYTES:
        most = MOST_FILE_BYTES // 1024 // 1024
        entered.refuse(
            "file",
            f"The file has more than {most} MB, which is too much for a page. Send the sheet with"
            " the figures alone, or send it with POST /v1/imports.",
        )
    defaults, terms = read_particulars(entered, ods_code=ods_code)
    if entered.faults:
        return None
    name = base_name(sent.name) if sent else held.name if held else ""
    content = sent.content if sent else held.content if held else b""
    return Upload(ImportKind(kind), name, content, defaults, terms)


def read_particulars(
    entered: Entered, *, ods_code: str, needed: bool = False
) -> tuple[Defaults, ImportTerms]:
    """Return what is said of figures beside them.

    Args:
        entered: What was entered.
        ods_code: Of the trust.
        needed: Whether source and totals have to be there, as nothing else tells them.
    """
    year = entered.whole(
        "year", least=1900, most=2200, otherwise="Enter the year of a census, such as 2026."
    )
    source = entered.text(
        "source",
        longest=LONGEST_SENTENCE,
        empty="Say where the figures come from, such as “ESR staff in post”." if needed else "",
    )
    totals = {}
    for name, who in (("expected_workforce", "people"), ("expected_bme", "BME people")):
        wrong = f"Enter how many {who} there are in all, as a whole number."
        totals[name] = entered.whole(name, least=0, most=LARGEST_SUM, otherwise=wrong)
        if needed and not entered.raw(name):
            entered.refuse(name, wrong)
    workforce, bme = totals["expected_workforce"], totals["expected_bme"]
    if (workforce is None) != (bme is None) and not entered.faults:
        missing = "expected_bme" if bme is None else "expected_workforce"
        entered.refuse(missing, "Enter both totals, or neither.")
    terms = ImportTerms(
        reason=entered.text("reason", longest=LONGEST_PARAGRAPH) or None,
        correction_note=entered.text("correction_note", longest=LONGEST_PARAGRAPH) or None,
        expected=ExpectedTotals(workforce, bme)
        if workforce is not None and bme is not None
        else None,
    )
    return Defaults(ods_code, year, source or None), terms


def fields_of(upload: Upload) -> dict[str, tuple[str, ...]]:
    """Return what the fields of a form hold that would send a file so."""
    expected, terms, defaults = upload.terms.expected, upload.terms, upload.defaults
    held = {
        "kind": upload.kind.value,
        "year": defaults.year,
        "source": defaults.source,
        "expected_workforce": expected and expected.workforce,
        "expected_bme": expected and expected.bme,
        "reason": terms.reason,
        "correction_note": terms.correction_note,
    }
    return {name: ("" if value is None else str(value),) for name, value in held.items()}
