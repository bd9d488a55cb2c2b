"""Reporting progress to whoever may not read a trust's figures exactly."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from app.domain.area_units import gather, make_unit
from app.domain.bands import StaffGroup
from app.domain.callers import Action, Caller
from app.domain.measures import NOT_NARROWED, Measure, Scope
from app.domain.methods import get_method
from app.domain.panels import build_panel
from app.domain.progress import Progress
from app.domain.public_progress import PublicProgress, list_series, tell_public_progress
from app.domain.questions import choose_question, refuse_contradictions
from app.domain.series import Continuity
from app.domain.sights import list_groups
from app.services.access import authorise, may
from app.services.instants import refuse_future
from app.services.lineages import read_lineage
from app.services.progress import Inquiry, report_of
from app.services.public_view import list_readable, read_view
from app.store import organisations


def show_progress(
    session: Session,
    *,
    ods_code: str,
    scopes: Sequence[Scope],
    inquiry: Inquiry,
    caller: Caller,
    now: datetime,
    staff_group: StaffGroup | None = None,
) -> Sequence[Progress | PublicProgress]:
    """Report a trust's progress as far as a caller may see it.

    Who may not read the trust's figures exactly gets released ones under disclosure control, and
    nothing of targets.

    Args:
        session: A reading session.
        ods_code: The trust's.
        scopes: The measures asked for; none for every measure with a target, or, where targets
            are not told, for every measure.
        inquiry: How it is asked for.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.
        staff_group: Where no measures are asked for, only those narrowed to it.

    Returns:
        One answer a measure, in the order asked for.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and nothing asked for is public.
        NotAllowed: The caller may not read the trust's figures, and nothing asked for is public.
        MethodNotFound: No method has the version.
        UnacceptableQuestion: The question contradicts itself.
    """
    registered = organisations.get_registered_trust(session, ods_code)
    trust = registered.organisation
    if inquiry.target is not None or inquiry.target_version is not None:
        # A target is not public.
        authorise(session, caller, Action.READ_FIGURES, trust)
    if may(session, caller, Action.READ_FIGURES, trust):
        return report_of(
            session, registered, scopes=scopes, inquiry=inquiry, now=now, staff_group=staff_group
        )
    method = get_method(inquiry.method)
    refuse_future(inquiry.as_of, now)
    refuse_contradictions(inquiry.asked_reference, scopes)
    known = read_lineage(session, trust, as_of=inquiry.as_of)
    is_combined = inquiry.continuity is Continuity.COMBINED
    codes = known.lineage.codes if is_combined else (ods_code,)
    family = [organisations.get_trust(session, code) for code in codes]
    exact = list_readable(session, caller, family)
    asked = inquiry.asked_reference
    questions = [
        choose_question(scope, asked, None) for scope in scopes or _list_scopes(staff_group)
    ]
    groups = list_groups(questions)
    view = read_view(session, codes, groups, exact=exact, as_of=inquiry.as_of)
    if view.is_empty:
        authorise(session, caller, Action.READ_FIGURES, trust)
    unit = make_unit(known.lineage, view.sent, inquiry.continuity)
    panel = build_panel(gather([unit], view.sent), questions)
    sight = view.look_at([unit], groups)
    changes = (*view.changes, *([known.known_from] if known.known_from else []))
    return tell_public_progress(
        trust,
        list_series(panel, questions, sight, method),
        inquiry.continuity,
        inquiry.as_of or max(changes),
    )


def _list_scopes(staff_group: StaffGroup | None) -> list[Scope]:
    """Return every measure, or every one that can be narrowed to a staff group."""
    return [
        Scope(one, staff_group)
        for one in Measure
        if staff_group is None or one not in NOT_NARROWED
    ]
