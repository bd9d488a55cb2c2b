"""The beginning of the audit of a database that was filled before there was one."""

from collections.abc import Iterator

from sqlalchemy import Connection
from sqlmodel import Session

from app.domain.audit import BEGINNING, AuditEntry, AuditEvent, Channel, Head, Origin
from app.domain.callers import COMMAND_LINE
from app.store import audit, contents, ledger

_ORIGIN = Origin(COMMAND_LINE, Channel.UPGRADE, "parity db upgrade")


def begin_audit(connection: Connection) -> None:
    """Enter every change and everything that is held, unless there are entries already.

    Who changed it is not known any more beside what the rows themselves say. What it was then is
    not known either: each entry has the digest of what is held now.

    Args:
        connection: In the transaction of a migration.
    """
    with Session(connection) as session:
        held = ledger.read_ledger(session)
        if held is None or audit.find_head(session) != Head(0, BEGINNING):
            return
        blank = audit.draft(_ORIGIN, AuditEvent.BEFORE_AUDIT, held[1])
        changes = ledger.list_changes(session, None, after=0, limit=None)
        drafts = audit.draft_changes(session, changes, blank)
        entered = {one.thing for one in drafts}
        drafts += [one for one in _draft_others(session, blank) if one.thing not in entered]
        audit.enter(session, drafts)


def _draft_others(session: Session, blank: AuditEntry) -> Iterator[AuditEntry]:
    """Yield an entry for everything that is held, whether or not a change tells of it."""
    digests = contents.digest_everything(session)
    for kind in contents.PARTS:
        for thing, one in contents.find_things(session, kind).items():
            if thing in digests:
                yield audit.about_thing(blank, one, thing, (None, digests[thing]))
