"""Staff lists as files, and what reads them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from app.domain.staff_words import Meanings, Vocabulary
from app.ingest.ethnic_categories import read_ethnic_categories
from app.ingest.staff_words import read_shipped_words

HEADER = ("Organisation", "Staff Group", "Pay Scale", "Ethnic Origin")

NURSE = ("ZZ901", "Nursing and Midwifery Registered", "Review Body Band 5", "A White - British")
MANAGER = ("ZZ901", "Administrative and Clerical", "Band 8 - Range A", "M")
CONSULTANT = ("ZZ901", "Medical and Dental", "Consultant", "Z Not Stated")


def vocabulary(own: Meanings | None = None, *, only: str | None = None) -> Vocabulary:
    """Return what reads words, with the shipped words and perhaps a caller's before them."""
    meanings = (own or Meanings()).over(read_shipped_words())
    return Vocabulary(meanings, read_ethnic_categories(), ("RZ1",), only=only)


def as_csv(
    rows: Iterable[Sequence[str]], *, header: Sequence[str] = HEADER, delimiter: str = ","
) -> str:
    """Return a list as text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *rows])
    return text.getvalue()


def write_list(
    folder: Path, rows: Iterable[Sequence[str]], *, header: Sequence[str] = HEADER
) -> Path:
    """Write a list; return where it is."""
    file = folder / "staff.csv"
    file.write_text(as_csv(rows, header=header), encoding="utf-8")
    return file


def repeated(rows: Mapping[tuple[str, ...], int]) -> list[tuple[str, ...]]:
    """Return rows, each as often as it is said."""
    return [row for row, number in rows.items() for _ in range(number)]
