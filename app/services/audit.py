"""Reading the audit, and verifying that nothing in it or beside it was changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.domain.audit import AuditEntry, Head
from app.domain.audit_checks import (
    AuditFinding,
    Chain,
    compare_changes,
    compare_ledger,
    compare_stored,
)
from app.domain.callers import Action, Caller
from app.services.access import require_role
from app.store import audit, contents, ledger
from app.store.audit import AuditFilter


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of entries, newest first.

    Attributes:
        has_more: Whether there are older ones.
    """

    items: Sequence[AuditEntry]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying came to.

    Attributes:
        head: Where the chain ends.
        findings: What is not as it was entered; empty where all is.
    """

    head: Head
    findings: Sequence[AuditFinding]


def list_audit(
    session: Session, *, wanted: AuditFilter, before: int | None, limit: int, caller: Caller
) -> AuditPage:
    """Return who changed or read what, newest first.

    Args:
        session: A reading session.
        wanted: Which entries.
        before: Number of the last entry of the page before; None for the first page.
        limit: How many at most.
        caller: Who asks.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller is not the national team.
    """
    require_role(caller, Action.READ_AUDIT)
    found = audit.list_entries(session, wanted, before=before, limit=limit + 1)
    return AuditPage(found[:limit], has_more=len(found) > limit)


def find_head(session: Session) -> Head:
    """Return the end of the chain, of which a copy is kept elsewhere."""
    return audit.find_head(session)


def export_audit(session: Session) -> Iterator[str]:
    """Yield every entry as a line that can be verified without the database."""
    for entry in audit.read_entries(session):
        yield entry.as_line()


def verify_audit(session: Session, *, expected: Head | None = None) -> Verified:
    """Compare the chain with itself, and everything that is stored with the chain.

    Args:
        session: A reading session.
        expected: A head that was kept elsewhere; None where none was. Without one, entries cut
            off the end together with what they tell of are not missed.
    """
    chain = Chain(audit.find_unreadable(session))
    findings = list(chain.follow(audit.read_entries(session), expected))
    findings += compare_stored(chain, contents.digest_everything(session))
    findings += compare_changes(chain, ledger.read_changes(session))
    findings += compare_ledger(chain, ledger.read_ledger(session))
    return Verified(chain.head, findings)


def verify_lines(lines: Iterable[str], *, expected: Head | None = None) -> Verified:
    """Compare an exported chain with itself.

    Raises:
        ValueError: A line is no entry.
    """
    chain = Chain()
    findings = list(chain.follow(map(AuditEntry.from_line, lines), expected))
    return Verified(chain.head, findings)
