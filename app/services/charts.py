"""Finding what charts are drawn from: measures, and the workforce that is beside them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.domain.areas import AreaProgress, AreaReport
from app.domain.callers import Caller
from app.domain.errors import NotAllowed, TokenInvalid
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.progress import Progress
from app.domain.public_areas import PublicAreaProgress, PublicAreaReport
from app.domain.public_progress import PublicProgress
from app.domain.questions import AskedReference
from app.services.area_scenes import AreaInquiry
from app.services.progress import Inquiry
from app.services.public_areas import show_area
from app.services.public_progress import show_progress
from app.store import organisations

Answer = Progress | PublicProgress | AreaProgress | PublicAreaProgress
"""What is told about a measure, of a trust or of an area."""

_WORKFORCE = Scope(Measure.WORKFORCE)

_USUAL = AskedReference()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a caller may see of some measures, and of the workforce beside them.

    Attributes:
        is_controlled: Whether the figures are under disclosure control.
        reference: What parity was asked to mean; None for what each measure's own is.
        workforce: None where the measures are not held against it.
    """

    name: str
    ods_code: str
    as_of: datetime
    method: str
    synthetic: bool
    is_controlled: bool
    reference: ReferenceKind | None
    answers: tuple[Answer, ...]
    workforce: Answer | None


def show_measures(
    session: Session,
    *,
    ods_code: str,
    scopes: Sequence[Scope],
    inquiry: Inquiry,
    caller: Caller,
    now: datetime,
) -> Shown:
    """Return some measures of a trust as far as a caller may see them, and its workforce.

    Args:
        session: A reading session.
        ods_code: The trust's.
        scopes: The measures, at least one.
        inquiry: How they are asked for.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and nothing asked for is public.
        NotAllowed: The caller may not read the trust's figures, and nothing asked for is public.
        MethodNotFound: No method has the version.
        UnacceptableQuestion: The question contradicts itself.
    """
    # A staff group is held against itself, and the whole workforce has no such reference.
    is_beside = inquiry.reference is not ReferenceKind.OWN_STAFF_GROUP
    asked = [*scopes, *([_WORKFORCE] if is_beside else [])]
    found = show_progress(
        session, ods_code=ods_code, scopes=asked, inquiry=inquiry, caller=caller, now=now
    )
    first = found[0]
    return Shown(
        name=organisations.get_trust(session, ods_code).name,
        ods_code=ods_code,
        as_of=max(one.as_of for one in found),
        method=first.method,
        synthetic=first.synthetic,
        is_controlled=isinstance(first, PublicProgress),
        reference=inquiry.reference,
        answers=tuple(found[: len(scopes)]),
        workforce=found[-1] if is_beside else None,
    )


def show_trusts(
    session: Session, *, codes: Sequence[str], measure: Measure, caller: Caller, now: datetime
) -> list[Shown]:
    """Return a measure of each of some trusts of which a caller may see anything.

    Args:
        session: A reading session.
        codes: ODS codes of the trusts.
        measure: The measure.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.
    """
    shown = []
    for code in codes:
        # Whether a trust shows anything is for each to say.
        with suppress(TokenInvalid, NotAllowed):
            shown.append(
                show_measures(
                    session,
                    ods_code=code,
                    scopes=[Scope(measure)],
                    inquiry=Inquiry(),
                    caller=caller,
                    now=now,
                )
            )
    return shown


def show_area_measures(
    session: Session,
    *,
    code: str,
    measures: Sequence[Measure],
    inquiry: AreaInquiry,
    caller: Caller,
    now: datetime,
) -> Shown:
    """Return some measures of an area as far as a caller may see them, and its workforce.

    Args:
        session: A reading session.
        code: Of an integrated care board, a region or England.
        measures: At least one.
        inquiry: How they are asked for.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        AreaNotFound: No area has the code.
        TokenInvalid: The caller has no token, the trusts are real, and nothing is released.
        NotAllowed: The caller may not read sums over real trusts, and nothing is released.
        MethodNotFound: No method has the version.
        MeasureCannotBeNarrowed: A measure cannot be narrowed to the staff group.
        UnacceptableQuestion: The question contradicts itself, or its instant has not come.
    """
    # A narrowed question cannot be put to the workforce in the same breath.
    is_beside = inquiry.staff_group is None
    asked = (*measures, *([Measure.WORKFORCE] if is_beside else []))
    inquiry = replace(inquiry, measures=asked, sums_only=True)
    report = show_area(session, code=code, inquiry=inquiry, caller=caller, now=now)
    beside = report
    if not is_beside:
        whole = replace(inquiry, measures=(Measure.WORKFORCE,), staff_group=None, reference=_USUAL)
        beside = show_area(session, code=code, inquiry=whole, caller=caller, now=now)
    return show_report(report, measures, beside=beside, reference=inquiry.reference.kind)


def show_report(
    report: AreaReport | PublicAreaReport,
    measures: Sequence[Measure],
    *,
    beside: AreaReport | PublicAreaReport | None = None,
    reference: ReferenceKind | None = None,
) -> Shown:
    """Return some measures of an area's report, and its workforce.

    Args:
        report: What the caller may see.
        measures: Some of those in it.
        beside: The report that has the workforce; None for the same.
        reference: What parity was asked to mean; None for what each measure's own is.
    """
    told: Sequence[Answer] = report.measures
    found = {one.measure: one for one in told}
    rest: Sequence[Answer] = (beside or report).measures
    return Shown(
        name=report.area.name,
        ods_code=report.area.ods_code,
        as_of=report.as_of,
        method=report.method,
        synthetic=report.synthetic,
        is_controlled=isinstance(report, PublicAreaReport),
        reference=reference,
        answers=tuple(found[one] for one in measures),
        workforce=next(one for one in rest if one.measure is Measure.WORKFORCE),
    )
