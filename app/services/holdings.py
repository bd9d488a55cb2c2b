"""All that is known of a trust as of an instant, read in a handful of queries."""

from datetime import datetime

from sqlmodel import Session

from app.domain.holdings import Changes, Holdings
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
) -> Holdings:
    """Return what was known of a trust, and of the trusts that became part of it."""
    trust = registered.organisation
    known = read_lineage(session, trust, as_of=as_of)
    codes = known.lineage.codes if continuity is Continuity.COMBINED else (trust.ods_code,)
    sent = actuals.of_trusts(session, codes, as_of=as_of)
    seated = boards.of_trusts(session, codes, as_of=as_of)
    signed = [one.sign_off.record.at for one in sent if one.sign_off]
    return Holdings(
        lineage=known.lineage,
        staff=join_actuals(known.lineage, sent, continuity),
        boards=join_boards(known.lineage, seated, continuity),
        versions=tuple(targets.list_of(session, trust.ods_code, as_of=as_of)),
        changes=Changes(
            entry=registered.recorded_at,
            lineage=known.known_from,
            staff=max([*(one.record.at for one in sent), *signed], default=None),
            boards=max((one.record.at for one in seated), default=None),
        ),
    )
