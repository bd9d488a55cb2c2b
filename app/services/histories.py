"""What happened to a trust's figures and targets, as far as a caller may see it."""

from collections.abc import Iterator

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.histories import (
    Corrected,
    Event,
    Released,
    list_moved,
    list_revised,
    list_signed_off,
)
from app.domain.organisations import Organisation
from app.domain.releases import ENGLAND
from app.services.access import may
from app.services.releases import list_corrections
from app.services.target_eyes import Eyes
from app.store import actuals, boards, indicators, organisations, releases, targets


def list_history(session: Session, *, ods_code: str, caller: Caller) -> list[Event]:
    """Return what happened to a trust, newest first.

    Everybody may know of releases, and of the notes on what was corrected after one. Revisions
    and sign-offs are for who may read the trust's figures exactly, targets for who may read
    these.

    Args:
        session: A reading session.
        ods_code: The trust's.
        caller: Who asks.

    Raises:
        TrustNotFound: No trust has the code.
    """
    trust = organisations.get_trust(session, ods_code)
    found = [
        *_list_public(session, ods_code),
        *_list_figures(session, trust, caller),
        *_list_targets(session, trust, caller),
    ]
    # Of what happened at one instant the last is the newest.
    return sorted(found, key=lambda one: one.at)[::-1]


def _list_public(session: Session, ods_code: str) -> Iterator[Event]:
    for made in releases.list_all(session):
        if made.ods_code in {ods_code, ENGLAND}:
            yield Released(made)


def _list_figures(session: Session, trust: Organisation, caller: Caller) -> Iterator[Event]:
    code = trust.ods_code
    if not may(session, caller, Action.READ_FIGURES, trust):
        yield from map(Corrected, list_corrections(session, ods_code=code))
        return
    sent = actuals.list_revisions(session, code, None)
    yield from list_revised(sent)
    yield from list_signed_off(sent)
    yield from list_revised(boards.list_revisions(session, code, None))
    yield from list_revised(indicators.list_revisions(session, code, None))


def _list_targets(session: Session, trust: Organisation, caller: Caller) -> Iterator[Event]:
    if not may(session, caller, Action.READ_TARGETS, trust):
        return
    eyes = Eyes.of(session, caller, trust)
    for held in targets.list_of(session, trust.ods_code):
        seen = eyes.look_at(held)
        yield from list_moved(seen.all if seen else (), with_drafts=eyes.has_drafts)
