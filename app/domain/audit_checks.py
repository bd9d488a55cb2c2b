"""Whether what is stored is what was entered, and the entries are those that were entered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.audit import BEGINNING, EMPTY, FORM, AuditEntry, AuditEvent, Head
from app.domain.coded import Coded

ChangeFacts = tuple[datetime, str, str | None, str | None]
"""Instant, kind, ODS code and name of a change, as they are stored."""


class AuditFindingCode(Coded):
    """What `parity audit verify` finds, and what to do."""

    ENTRY_CHANGED = (
        "entry_changed",
        "The entry is not what was entered. Compare it with an exported copy or a backup.",
    )
    ENTRY_UNREADABLE = (
        "entry_unreadable",
        "The entry has a value that nothing can have entered. Compare it with an exported copy.",
    )
    ENTRY_MISSING = (
        "entry_missing",
        "The entry is gone. Look for it in an exported copy or a backup.",
    )
    CHAIN_BROKEN = (
        "chain_broken",
        "The entry does not follow the one before it. Compare both with an exported copy.",
    )
    TAIL_DIFFERS = (
        "tail_differs",
        "The chain is not the one whose end was kept. Compare it with an exported copy.",
    )
    BEFORE_DIFFERS = (
        "before_differs",
        "What the entry builds on is not what was entered last. Somebody stored in between.",
    )
    STORED_CHANGED = (
        "stored_changed",
        "What is stored is not what was entered. Compare it with a backup from before.",
    )
    STORED_MISSING = (
        "stored_missing",
        "What was entered is no longer stored. Restore it from a backup.",
    )
    STORED_UNENTERED = (
        "stored_unentered",
        "It is stored, but nobody entered it. Find out who wrote beside the service.",
    )
    CHANGE_CHANGED = (
        "change_changed",
        "The list of changes tells it otherwise than the entry. Compare with a backup.",
    )
    CHANGE_MISSING = (
        "change_missing",
        "The list of changes lacks what was entered. Compare it with a backup.",
    )
    CHANGE_UNENTERED = (
        "change_unentered",
        "The list of changes tells what nobody entered. Find out who wrote beside the service.",
    )
    LEDGER_CHANGED = (
        "ledger_changed",
        "The ledger's row is not that of the newest change. Compare it with a backup.",
    )


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing that is not as it was entered.

    Attributes:
        number: Of the entry; of the change where the code is of a change without one; None
            where nothing has a number.
        what: What is stored, where it is about that.
    """

    code: AuditFindingCode
    number: int | None = None
    what: str | None = None

    def __str__(self) -> str:
        """Return it for people, with what to do."""
        noun = "change" if self.code is AuditFindingCode.CHANGE_UNENTERED else "entry"
        parts = (f"{noun} {self.number}" if self.number else None, self.what)
        where = ", ".join(part for part in parts if part)
        return f"{self.code}: {where}: {self.code.sentence}"


class Chain:
    """The entries that went through it, and what they say is stored.

    Attributes:
        unreadable: Numbers, as far as they are any, of entries that cannot go through it.
        newest: The newest entry of each thing, by thing.
        changes: The entry of each change, by the change's number.
        count: Number of the newest entry.
        hash: Of the newest entry.
    """

    def __init__(self, unreadable: Iterable[str] = ()) -> None:
        self.unreadable = tuple(unreadable)
        self.newest: dict[str, AuditEntry] = {}
        self.changes: dict[int, AuditEntry] = {}
        self.count = 0
        self.hash = BEGINNING

    @property
    def head(self) -> Head:
        """Where the chain ends."""
        return Head(self.count, self.hash)

    def follow(
        self, entries: Iterable[AuditEntry], expected: Head | None = None
    ) -> Iterator[AuditFinding]:
        """Yield what is wrong with entries in the order of their numbers.

        Args:
            entries: From the first.
            expected: A head that was kept; None where none was.
        """
        for number in self.unreadable:
            yield _tell_unreadable(number)
        kept = BEGINNING if expected is None or expected.count == 0 else None
        for entry in entries:
            yield from self._check(entry)
            if expected is not None and entry.number == expected.count:
                kept = entry.hash
        if expected is not None and kept != expected.hash:
            yield AuditFinding(AuditFindingCode.TAIL_DIFFERS, expected.count)

    def _check(self, entry: AuditEntry) -> Iterator[AuditFinding]:
        codes = AuditFindingCode
        missing = range(self.count + 1, entry.number)
        gone = (number for number in missing if str(number) not in self.unreadable)
        yield from (AuditFinding(codes.ENTRY_MISSING, number) for number in gone)
        if entry.compute_hash() != entry.hash or entry.form != FORM:
            yield AuditFinding(codes.ENTRY_CHANGED, entry.number)
        if entry.previous != self.hash and not missing:
            yield AuditFinding(codes.CHAIN_BROKEN, entry.number)
        if entry.before != self._held_before(entry) and not missing:
            yield AuditFinding(codes.BEFORE_DIFFERS, entry.number, entry.thing)
        self._take(entry)

    def _held_before(self, entry: AuditEntry) -> str | None:
        """Return the digest that was entered last of what an entry is about."""
        newest = None if entry.thing is None else self.newest.get(entry.thing)
        return None if newest is None else newest.after

    def _take(self, entry: AuditEntry) -> None:
        self.count, self.hash = entry.number, entry.hash
        if entry.thing is not None:
            self.newest[entry.thing] = entry
        if entry.change is not None:
            self.changes[entry.change] = entry


def _tell_unreadable(number: str) -> AuditFinding:
    code = AuditFindingCode.ENTRY_UNREADABLE
    if number.isascii() and number.isdigit():
        return AuditFinding(code, int(number))
    return AuditFinding(code, what=f"entry {number!r}")


def compare_stored(chain: Chain, held: Mapping[str, str]) -> Iterator[AuditFinding]:
    """Yield where what is stored is not what was entered last.

    Args:
        chain: All entries.
        held: Digest of everything that is stored, by thing.
    """
    codes = AuditFindingCode
    for thing, entry in sorted(chain.newest.items()):
        if thing not in held and entry.after not in (None, EMPTY):
            yield AuditFinding(codes.STORED_MISSING, entry.number, thing)
        elif thing in held and held[thing] != entry.after:
            yield AuditFinding(codes.STORED_CHANGED, entry.number, thing)
    for thing in sorted(held.keys() - chain.newest.keys()):
        yield AuditFinding(codes.STORED_UNENTERED, what=thing)


def compare_changes(
    chain: Chain, held: Iterable[tuple[int, ChangeFacts]]
) -> Iterator[AuditFinding]:
    """Yield where the list of changes is not what was entered.

    Args:
        chain: All entries.
        held: Every change that is stored, with its number.
    """
    codes = AuditFindingCode
    left = dict(chain.changes)
    for number, facts in held:
        entry = left.pop(number, None)
        if entry is None:
            yield AuditFinding(codes.CHANGE_UNENTERED, number)
        elif facts != (entry.recorded_at, entry.kind, entry.ods_code, entry.name):
            yield AuditFinding(codes.CHANGE_CHANGED, entry.number)
    yield from (AuditFinding(codes.CHANGE_MISSING, entry.number) for entry in left.values())


def compare_ledger(chain: Chain, held: tuple[int, datetime] | None) -> Iterator[AuditFinding]:
    """Yield whether the ledger's row is not that of the newest change that was entered.

    Args:
        chain: All entries.
        held: Number and instant of the newest change by the ledger; None if its row is gone.
    """
    newest = chain.changes.get(max(chain.changes, default=0))
    if newest is None:
        return
    # What was held before the audit may have been stamped later than its rows say.
    is_of_then = newest.event == AuditEvent.BEFORE_AUDIT
    if (
        held is None
        or newest.change != held[0]
        or not (is_of_then or newest.recorded_at == held[1])
    ):
        yield AuditFinding(AuditFindingCode.LEDGER_CHANGED, newest.number)
