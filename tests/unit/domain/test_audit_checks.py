"""What verifying finds in entries, and between them and what is stored."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from app.domain.audit import BEGINNING, EMPTY, AuditEntry, Head
from app.domain.audit_checks import (
    AuditFinding,
    AuditFindingCode,
    Chain,
    compare_changes,
    compare_ledger,
    compare_stored,
)

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ONE, TWO, OTHER = "1" * 64, "2" * 64, "f" * 64
THING = "actuals/RZ1/2024"

Code = AuditFindingCode


def entry(number: int, before: str | None, after: str) -> AuditEntry:
    """Return the entry of a change of one thing, not yet in its place."""
    return AuditEntry(
        number=number,
        form=1,
        recorded_at=AT,
        event="change",
        caller_name="team",
        caller_role="national",
        token_id="a1b2",  # noqa: S106 — names it
        channel="http",
        address="192.0.2.7",
        operation="put_actuals",
        request_id=None,
        kind="actuals",
        ods_code="RZ1",
        name="2024",
        change=number,
        thing=THING,
        reason=None,
        before=before,
        after=after,
        previous=BEGINNING,
    )


def chained(*entries: AuditEntry) -> list[AuditEntry]:
    """Return entries, each with the hash of the one before and its own."""
    made: list[AuditEntry] = []
    for one in entries:
        placed = replace(one, previous=made[-1].hash if made else BEGINNING)
        made.append(replace(placed, hash=placed.compute_hash()))
    return made


FIRST, SECOND = chained(entry(1, None, ONE), entry(2, ONE, TWO))


def found(entries: Iterable[AuditEntry], expected: Head | None = None) -> list[AuditFinding]:
    """Return what is wrong with entries alone."""
    return list(Chain().follow(entries, expected))


def followed(*entries: AuditEntry) -> Chain:
    """Return the chain of entries."""
    chain = Chain()
    list(chain.follow(entries))
    return chain


def test_entries_in_their_places_hold() -> None:
    chain = followed(FIRST, SECOND)

    assert found([FIRST, SECOND], chain.head) == []
    assert list(compare_stored(chain, {THING: TWO})) == []
    assert list(compare_changes(chain, [(1, FACTS), (2, FACTS)])) == []
    assert list(compare_ledger(chain, (2, AT))) == []


def test_an_entry_that_does_not_follow_the_one_before_it_breaks_the_chain() -> None:
    apart = replace(SECOND, previous=OTHER)
    apart = replace(apart, hash=apart.compute_hash())

    assert found([FIRST, apart]) == [AuditFinding(Code.CHAIN_BROKEN, 2)]


def test_an_entry_that_builds_on_something_else_than_was_entered_is_named() -> None:
    assert found(chained(entry(1, None, ONE), entry(2, OTHER, TWO))) == [
        AuditFinding(Code.BEFORE_DIFFERS, 2, THING)
    ]


def test_a_changed_entry_and_a_missing_one_are_named() -> None:
    assert found([replace(FIRST, operation="get_actuals"), SECOND]) == [
        AuditFinding(Code.ENTRY_CHANGED, 1)
    ]
    assert found([SECOND]) == [AuditFinding(Code.ENTRY_MISSING, 1)]
    assert found([FIRST], Head(2, SECOND.hash)) == [AuditFinding(Code.TAIL_DIFFERS, 2)]


def test_what_was_entered_and_is_not_stored_is_missed() -> None:
    assert list(compare_stored(followed(FIRST, SECOND), {})) == [
        AuditFinding(Code.STORED_MISSING, 2, THING)
    ]


def test_what_was_entered_as_gone_is_not_missed() -> None:
    (gone,) = chained(entry(1, None, EMPTY))

    assert list(compare_stored(followed(gone), {})) == []


def test_what_is_stored_otherwise_or_was_never_entered_is_named() -> None:
    assert list(compare_stored(followed(FIRST), {THING: TWO, "board/RZ1/2024": ONE})) == [
        AuditFinding(Code.STORED_CHANGED, 1, THING),
        AuditFinding(Code.STORED_UNENTERED, what="board/RZ1/2024"),
    ]


FACTS = (AT, "actuals", "RZ1", "2024")
"""What the list of changes says of each."""


def test_the_list_of_changes_is_compared_with_the_entries() -> None:
    other = (AT, "actuals", "RZ2", "2024")

    assert list(compare_changes(followed(FIRST, SECOND), [(1, other), (3, FACTS)])) == [
        AuditFinding(Code.CHANGE_CHANGED, 1),
        AuditFinding(Code.CHANGE_UNENTERED, 3),
        AuditFinding(Code.CHANGE_MISSING, 2),
    ]


def test_the_ledgers_row_is_that_of_the_newest_change() -> None:
    chain = followed(FIRST, SECOND)

    assert list(compare_ledger(Chain(), None)) == []
    for held in (None, (1, AT), (2, datetime(2026, 11, 24, tzinfo=UTC))):
        assert list(compare_ledger(chain, held)) == [AuditFinding(Code.LEDGER_CHANGED, 2)]
