"""Counting a staff list, where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import UnacceptableStaffList
from app.domain.organisations import Kind
from app.domain.staff_lists import StaffCount, Tally
from app.domain.staff_people import People
from app.domain.staff_words import Meanings, StaffColumn, Vocabulary
from app.ingest.ethnic_categories import read_ethnic_categories
from app.ingest.register import read_register
from app.ingest.staff_columns import Layout
from app.ingest.staff_list import Progress, StaffListReader
from app.ingest.staff_words import read_shipped_words, read_words


@dataclass(frozen=True, slots=True)
class StaffListQuestion:
    """A list, and what its owner says about it.

    Attributes:
        file: CSV, perhaps compressed with gzip; a row for each person or assignment.
        organisation: ODS code of the organisation of all rows; None where the rows say it.
        columns: Headers of columns that have others than the usual ones.
        identifier: Header of the column that tells people apart; None where a row is a person.
        pay_table: CSV of the owner's own words and what they mean.
    """

    file: Path
    organisation: str | None = None
    columns: Mapping[StaffColumn, str] = field(default_factory=dict)
    identifier: str | None = None
    pay_table: Path | None = None


@dataclass(frozen=True, slots=True)
class StaffListCount:
    """What counting a list came to.

    Attributes:
        counts: The people of each organisation, by its code.
        rows: Of the list.
        people: Counted.
        contradictions: People who are white in one row and BME in another; they are counted as
            of unknown ethnicity.
    """

    counts: tuple[StaffCount, ...]
    rows: int
    people: int
    contradictions: int = 0


def count_staff_list(
    question: StaffListQuestion, *, salt: bytes, progress: Progress
) -> StaffListCount:
    """Count the people of a list; nothing of a row is kept, told or logged.

    Args:
        question: The list.
        salt: Random bytes for this count only, up to 64: with them forgotten, nothing leads
            from the numbers that stood for people back to anybody.
        progress: Told how far reading has come.

    Raises:
        UnacceptableStaffList: Something in the list is not known, or it cannot be read; every
            fault is listed, and nothing is counted.
    """
    own = Meanings() if question.pay_table is None else read_words(question.pay_table)
    vocabulary = Vocabulary(
        own.over(read_shipped_words()),
        read_ethnic_categories(),
        [one.ods_code for one in read_register().organisations if one.kind is Kind.TRUST],
        only=question.organisation,
    )
    tally = Tally(vocabulary)
    people = None if question.identifier is None else People(vocabulary, salt)
    layout = Layout(question.organisation is None, question.columns, question.identifier)
    reader = StaffListReader(layout, tally, people)
    reader.read(question.file, progress)
    faults = [*reader.faults, *tally.find_faults(), *(people.find_faults() if people else [])]
    if faults:
        raise UnacceptableStaffList(faults)
    if people is None:
        return StaffListCount(tuple(tally.count()), reader.rows, reader.rows)
    found = people.count()
    return StaffListCount(found.counts, reader.rows, found.people, found.contradictions)
