"""Asking what would be if turnover, appointments and growth were such."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlmodel import Session

from app.domain.attainability import USUAL_TURNOVER
from app.domain.bands import StaffGroup
from app.domain.callers import Caller
from app.domain.errors import Fault, MeasureCannotBeNarrowed, UnacceptableQuestion
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.series import Continuity
from app.domain.what_if import Supposition, WhatIf
from app.domain.what_if_assessment import assess_what_if
from app.services.holdings import read_holdings
from app.services.progress import Inquiry, report_progress
from app.store import organisations


@dataclass(frozen=True, slots=True)
class WhatIfInquiry:
    """What is supposed, and of which people.

    Attributes:
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        bme_share: Share of appointments that go to BME people, 0 to 1; None for what the goal
            needs.
        growth: By what share of itself the team grows in a year.
        reference: None for that of the target in force, else the measure's default.
        reference_share: For the reference `fixed`.
        horizon: Years that the path is told for, 1 to 30; None for ten, or more to the goal.
        continuity: Whether predecessors' counts are added in.
        as_of: None for the newest change that the answer depends on.
        method: Version of the method; None for the newest.
    """

    turnover: Decimal = USUAL_TURNOVER
    bme_share: Decimal | None = None
    growth: Decimal = Decimal(0)
    staff_group: StaffGroup | None = None
    reference: ReferenceKind | None = None
    reference_share: Decimal | None = None
    horizon: int | None = None
    continuity: Continuity = Continuity.COMBINED
    as_of: datetime | None = None
    method: str | None = None


def ask_what_if(
    session: Session,
    *,
    ods_code: str,
    measure: Measure,
    inquiry: WhatIfInquiry,
    caller: Caller,
    now: datetime,
) -> WhatIf:
    """Return what would become of a measure of a trust if every year were as supposed.

    Nothing is stored.

    Args:
        session: A reading session.
        ods_code: The trust's.
        measure: Whose share is followed.
        inquiry: What is supposed, and of which people.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
        MethodNotFound: No method has the version.
        UnacceptableQuestion: What is supposed contradicts itself.
    """
    scope, faults = _check(measure, inquiry)
    asked = Inquiry(
        as_of=inquiry.as_of,
        reference=inquiry.reference,
        reference_share=inquiry.reference_share,
        continuity=inquiry.continuity,
        method=inquiry.method,
    )
    try:
        (progress,) = report_progress(
            session, ods_code=ods_code, scopes=[scope], inquiry=asked, caller=caller, now=now
        )
    except UnacceptableQuestion as refused:
        told = [replace(fault, pointer=_in_body(fault.pointer)) for fault in refused.faults]
        raise UnacceptableQuestion([*faults, *told]) from refused
    if faults:
        raise UnacceptableQuestion(faults)
    registered = organisations.get_registered_trust(session, ods_code)
    holdings = read_holdings(
        session, registered, continuity=inquiry.continuity, as_of=inquiry.as_of
    )
    return assess_what_if(holdings, progress, _suppose(inquiry))


def _check(measure: Measure, inquiry: WhatIfInquiry) -> tuple[Scope, list[Fault]]:
    """Return whose share is followed, and what is wrong with what is supposed of them."""
    faults = []
    if inquiry.growth <= -inquiry.turnover:
        detail = (
            f"growth is {inquiry.growth} and turnover {inquiry.turnover}: a team that shrinks as"
            f" fast as people leave appoints nobody; growth has to be above {-inquiry.turnover}."
        )
        faults.append(Fault("/growth", "nobody_appointed", detail))
    try:
        return Scope(measure, inquiry.staff_group), faults
    except MeasureCannotBeNarrowed as error:
        faults.append(Fault("/staff_group", error.code, str(error)))
        return Scope(measure), faults


def _in_body(pointer: str) -> str:
    """Return where in the body a member is that progress is asked for by a parameter."""
    return pointer if pointer == "?as_of" else pointer.replace("?", "/", 1)


def _suppose(inquiry: WhatIfInquiry) -> Supposition:
    return Supposition(
        turnover=Fraction(inquiry.turnover),
        bme_share=None if inquiry.bme_share is None else Fraction(inquiry.bme_share),
        growth=Fraction(inquiry.growth),
        horizon=inquiry.horizon,
    )
