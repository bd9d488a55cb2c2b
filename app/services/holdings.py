"""All that is known of a trust as of an instant, read in a handful of queries."""

from datetime import datetime

from sqlmodel import Session

from app.domain.holdings import Changes, Holdings, Instead
from app.domain.series import Continuity, join_actuals, join_boards
from app.services.lineages import read_lineage
from app.store import actuals, boards, targets
from app.store.organisations import Registered


def read_holdings(
    session: Session,
    registered: Registered,
    *,
    continuity: Continuity = Continuity.COMBINED,
    as_of: datetime | None = None,
    instead: Instead | None = None,
) -> Holdings:
    """Return what was known of a trust, and of the trusts that became part of it.

    Args:
        session: In a transaction.
        registered: The trust.
        continuity: Whether its predecessors' counts are added.
        as_of: None for now.
        instead: What to count in place of what is held.
    """
    trust = registered.organisation
    known = read_lineage(session, trust, as_of=as_of)
    codes = known.lineage.codes if continuity is Continuity.COMBINED else (trust.ods_code,)
    sent = actuals.of_trusts(session, codes, as_of=as_of)
    seated = boards.of_trusts(session, codes, as_of=as_of)
    versions = targets.list_of(session, trust.ods_code, as_of=as_of)
    if instead is not None:
        sent = instead.among_actuals(sent, codes)
        seated = instead.among_boards(seated, codes)
        versions = instead.among_versions(versions, [trust.ods_code])
    signed = [one.sign_off.record.at for one in sent if one.sign_off]
    released = [one.released.record.at for one in sent if one.released]
    return Holdings(
        lineage=known.lineage,
        staff=join_actuals(known.lineage, sent, continuity),
        boards=join_boards(known.lineage, seated, continuity),
        versions=tuple(versions),
        changes=Changes(
            entry=registered.recorded_at,
            lineage=known.known_from,
            staff=max([*(one.record.at for one in sent), *signed, *released], default=None),
            boards=max((one.record.at for one in seated), default=None),
        ),
    )
