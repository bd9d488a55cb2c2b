"""Reading targets."""

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.measures import Measure
from app.domain.target_versions import Versions
from app.services.access import authorise
from app.services.holdings import read_holdings
from app.services.instants import refuse_future
from app.services.target_eyes import Eyes
from app.services.target_views import ShownTarget, View
from app.store import organisations, targets
from app.store.organisations import Registered


def get_target(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    version: int | None = None,
    caller: Caller,
    view: View,
) -> ShownTarget:
    """Return one of a trust's targets as of an instant.

    Args:
        session: A reading session.
        ods_code: The trust's.
        id_: The target's.
        version: None for the one in force, else the newest.
        caller: Who asks.
        view: From when it is looked at.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's targets.
        TargetNotFound: The trust had no such target.
        TargetVersionNotFound: The target had no such version.
        UnacceptableQuestion: The instant has not come.
    """
    trust = _open(session, ods_code, caller, view)
    eyes = Eyes.of(session, caller, trust.organisation)
    held = eyes.require(targets.get(session, ods_code, id_, as_of=view.as_of))
    holdings = read_holdings(session, trust, as_of=view.as_of)
    return eyes.show(holdings, held, view, version)


def list_targets(
    session: Session, *, ods_code: str, caller: Caller, view: View
) -> list[ShownTarget]:
    """Return a trust's targets as of an instant, oldest cycle first, in the order of measures.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's targets.
        UnacceptableQuestion: The instant has not come.
    """
    trust = _open(session, ods_code, caller, view)
    holdings = read_holdings(session, trust, as_of=view.as_of)
    eyes = Eyes.of(session, caller, trust.organisation)
    seen = [one for held in holdings.versions if (one := eyes.look_at(held)) is not None]
    return [eyes.show(holdings, one, view, None) for one in sorted(seen, key=_order_of)]


def list_versions(
    session: Session, *, ods_code: str, id_: str, caller: Caller, view: View
) -> list[ShownTarget]:
    """Return all versions of a target as of an instant, oldest first; raise as `get_target`."""
    trust = _open(session, ods_code, caller, view)
    eyes = Eyes.of(session, caller, trust.organisation)
    held = eyes.require(targets.get(session, ods_code, id_, as_of=view.as_of))
    holdings = read_holdings(session, trust, as_of=view.as_of)
    return [eyes.show(holdings, held, view, one.version.version) for one in held.all]


def _open(session: Session, ods_code: str, caller: Caller, view: View) -> Registered:
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.READ_TARGETS, trust.organisation)
    refuse_future(view.as_of, view.now)
    return trust


def _order_of(held: Versions) -> tuple[int, int, str]:
    target = held.newest
    order = list(Measure).index(target.scope.measure)
    return target.cycle.starts, order, target.scope.staff_group or ""
