"""The lineage of a trust, read from the register."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.organisations import Organisation
from app.domain.series import Lineage
from app.store import organisations


@dataclass(frozen=True, slots=True)
class KnownLineage:
    """A lineage, and the instant since which all of it is known; None if there is nothing."""

    lineage: Lineage
    known_from: datetime | None


def read_lineage(
    session: Session, trust: Organisation, *, as_of: datetime | None = None
) -> KnownLineage:
    """Return a trust's lineage as known at an instant."""
    known = organisations.list_successions(session, as_of=as_of)
    lineage = Lineage.find(trust, [one.succession for one in known], {})
    if not lineage.ancestors and not lineage.left_out:
        return KnownLineage(lineage, None)
    members = organisations.list_some(session, lineage.ancestors)
    opened = {code: one.organisation.opened for code, one in members.items()}
    lineage = Lineage(trust, lineage.ancestors, opened, lineage.left_out)
    used = {*lineage.ancestors.values(), *lineage.left_out}
    instants = [one.known_from for one in known if one.succession in used]
    return KnownLineage(lineage, max(instants))
