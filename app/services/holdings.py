"""All that is known of a trust as of an instant, read in a handful of queries."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.assessment import Holdings
from app.domain.organisations import Organisation
from app.domain.series import Continuity, join_actuals, join_boards
from app.services.lineages import read_lineage
from app.store import actuals, boards, targets


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of a trust.

    Attributes:
        changed_at: Instant of the newest change among it; None if there is nothing.
    """

    holdings: Holdings
    changed_at: datetime | None


def read_holdings(
    session: Session,
    trust: Organisation,
    *,
    continuity: Continuity = Continuity.COMBINED,
    as_of: datetime | None = None,
) -> Read:
    """Return what was known of a trust, and of the trusts that became part of it."""
    known = read_lineage(session, trust, as_of=as_of)
    codes = known.lineage.codes if continuity is Continuity.COMBINED else (trust.ods_code,)
    sent = actuals.of_trusts(session, codes, as_of=as_of)
    seated = boards.of_trusts(session, codes, as_of=as_of)
    in_force = targets.in_force(session, trust.ods_code, as_of=as_of)
    holdings = Holdings(
        lineage=known.lineage,
        staff=join_actuals(known.lineage, sent, continuity),
        boards=join_boards(known.lineage, seated, continuity),
        targets=tuple(in_force),
    )
    instants = [
        *(one.record.at for one in sent),
        *(one.sign_off.record.at for one in sent if one.sign_off),
        *(one.record.at for one in seated),
        *(one.version.submitted.at for one in in_force if one.version.submitted),
        *([known.known_from] if known.known_from else []),
    ]
    return Read(holdings, max(instants, default=None))
