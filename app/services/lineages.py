"""The lineage of a trust, read from the register."""

from collections.abc import Iterable, Mapping
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
    return _with_lives(found, known, lives)


def read_lineages(session: Session, trusts: Iterable[Organisation]) -> dict[str, Lineage]:
    """Return the lineages of trusts by code, as known now, in two queries."""
    known = organisations.list_successions(session)
    successions = [one.succession for one in known]
    found = [Lineage.find(trust, successions, {}) for trust in trusts]
    lives = organisations.list_lives(session, {code for one in found for code in one.codes})
    return {one.trust.ods_code: _with_lives(one, known, lives).lineage for one in found}


def _with_lives(
    found: Lineage, known: Iterable[organisations.Known], lives: Mapping[str, organisations.Life]
) -> KnownLineage:
    """Return a lineage with the days on which its trusts opened and closed."""
    trust = found.trust
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
        *(at for at in (lives[code].changed_at for code in found.codes) if at is not None),
    ]
    return KnownLineage(lineage, max(instants, default=None))
