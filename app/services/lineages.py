"""The lineage of a trust, read from the register."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.domain.organisations import Organisation
from app.domain.series import Lineage
from app.store import organisations


@dataclass(frozen=True, slots=True)
class KnownLineage:
    """A lineage, and the instant of the newest change to it; None if it never changed."""

    lineage: Lineage
    known_from: datetime | None


def read_lineage(
    session: Session, trust: Organisation, *, as_of: datetime | None = None
) -> KnownLineage:
    """Return a trust's lineage as known at an instant."""
    known = organisations.list_successions(session, as_of=as_of)
    found = Lineage.find(trust, [one.succession for one in known], {})
    lives = organisations.list_lives(session, found.codes, as_of=as_of)
    own = lives[trust.ods_code]
    lineage = Lineage(
        trust=replace(trust, opened=own.opened, closed=own.closed),
        ancestors=found.ancestors,
        opened={code: lives[code].opened for code in found.ancestors},
        left_out=found.left_out,
    )
    used = {*found.ancestors.values(), *found.left_out}
    instants = [
        *(one.known_from for one in known if one.succession in used),
        *(life.changed_at for life in lives.values() if life.changed_at is not None),
    ]
    return KnownLineage(lineage, max(instants, default=None))
