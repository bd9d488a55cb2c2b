"""Reporting progress."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlmodel import Session

from app.domain.assessment import Settings, assess
from app.domain.attainability import USUAL_TURNOVER
from app.domain.bands import StaffGroup
from app.domain.callers import Action, Caller
from app.domain.errors import Fault, UnacceptableQuestion
from app.domain.gaps import choose_targets
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.methods import get_method
from app.domain.progress import Progress
from app.domain.questions import AskedReference, put_question, refuse_contradictions
from app.domain.series import Continuity
from app.domain.targets import Target
from app.services.access import authorise
from app.services.holdings import read_holdings
from app.services.instants import refuse_future
from app.store import organisations
from app.store.organisations import Registered


@dataclass(frozen=True, slots=True)
class Inquiry:
    """How progress is asked for.

    Attributes:
        as_of: None for the newest change that the answer depends on.
        reference: None for that of the target in force, else the measure's default.
        reference_share: For the reference `fixed`.
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        horizon: Years to which forecasts are listed, 1 to 30.
        method: Version of the method; None for the newest.
        target: Identifier of the target to hold the first measure against, the closing or the
            current one; None for the current one, else the closing one.
        target_version: Version of it; None for the one in force, else the newest.
    """

    as_of: datetime | None = None
    reference: ReferenceKind | None = None
    reference_share: Decimal | None = None
    turnover: Decimal = USUAL_TURNOVER
    horizon: int = 30
    continuity: Continuity = Continuity.COMBINED
    method: str | None = None
    target: str | None = None
    target_version: int | None = None

    @property
    def asked_reference(self) -> AskedReference:
        """The reference that is asked for."""
        return AskedReference(self.reference, self.reference_share)


def report_progress(
    session: Session,
    *,
    ods_code: str,
    scopes: Sequence[Scope],
    inquiry: Inquiry,
    caller: Caller,
    now: datetime,
    staff_group: StaffGroup | None = None,
) -> list[Progress]:
    """Compare a trust's actuals with its targets and with its workforce.

    Args:
        session: A reading session.
        ods_code: The trust's.
        scopes: The measures asked for; none for every measure with a target.
        inquiry: How it is asked for.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.
        staff_group: Where no measures are asked for, only those with a target narrowed to it.

    Returns:
        One answer a measure, in the order asked for.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
        MethodNotFound: No method has the version.
        UnacceptableQuestion: The question contradicts itself.
    """
    registered = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.READ_FIGURES, registered.organisation)
    return report_of(
        session, registered, scopes=scopes, inquiry=inquiry, now=now, staff_group=staff_group
    )


def report_of(
    session: Session,
    registered: Registered,
    *,
    scopes: Sequence[Scope],
    inquiry: Inquiry,
    now: datetime,
    staff_group: StaffGroup | None = None,
) -> list[Progress]:
    """Report as `report_progress` does, of a trust that the caller may read."""
    method = get_method(inquiry.method)
    refuse_future(inquiry.as_of, now)
    refuse_contradictions(inquiry.asked_reference, scopes)
    holdings = read_holdings(
        session, registered, continuity=inquiry.continuity, as_of=inquiry.as_of
    )
    if inquiry.target is not None or inquiry.target_version is not None:
        holdings = _look_at(holdings, scopes[0], inquiry.target, inquiry.target_version)
    settings = Settings(
        continuity=inquiry.continuity,
        as_of=inquiry.as_of,
        turnover=Fraction(inquiry.turnover),
        horizon=inquiry.horizon,
        method=method,
    )
    asked = scopes or [
        scope
        for scope in _scopes_with_target(holdings)
        if staff_group in {None, scope.staff_group}
    ]
    return assess(
        holdings,
        [put_question(holdings, scope, inquiry.asked_reference) for scope in asked],
        settings,
    )


def _look_at(holdings: Holdings, scope: Scope, target: str | None, number: int | None) -> Holdings:
    """Return the holdings with a named version of a measure's target in place of the others."""
    chosen = _choose(holdings, scope, target)
    if chosen is None and target is not None:
        detail = f"{target} is neither the closing nor the current target for {scope.measure}."
        raise UnacceptableQuestion([Fault("?target", "target_not_shown", detail)])
    submitted = holdings.versions_of(chosen).submitted if chosen else ()
    wanted = chosen.version.version if chosen and number is None else number
    if chosen is None or wanted not in {one.version.version for one in submitted}:
        about = f"the target {chosen.id}" if chosen else f"a target for {scope.measure}"
        detail = f"No version {wanted} of {about} was submitted."
        raise UnacceptableQuestion([Fault("?target_version", "target_version_not_found", detail)])
    return replace(holdings, named={chosen.id: wanted})


def _choose(holdings: Holdings, scope: Scope, named: str | None) -> Target | None:
    """Return the target of which a version is named: in force, else as last submitted.

    What was withdrawn is chosen where it is named itself, or where nothing is in force.
    """
    last_year = max(holdings.history(scope).censuses, default=None)
    of_scope = [one for one in holdings.versions if one.newest.scope == scope and one.submitted]
    seen = [one.in_force or one.submitted[-1] for one in of_scope]
    counting = [one for one in seen if one.version.is_in_force or one.id == named]
    closing, current = choose_targets(counting or seen, last_year)
    if named is None:
        return current or closing
    return next((one for one in (current, closing) if one and one.id == named), None)


def _scopes_with_target(holdings: Holdings) -> list[Scope]:
    """Return the measures that have a target in force, in the order of measures."""
    order = list(Measure)
    found = {target.scope for target in holdings.targets}
    return sorted(found, key=lambda s: (order.index(s.measure), s.staff_group or ""))
