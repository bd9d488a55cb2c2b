"""What a target would mean: looked at as if it were in force, and never stored."""

from dataclasses import dataclass, replace
from fractions import Fraction

from sqlmodel import Session

from app.domain.assessment import Settings, assess
from app.domain.callers import Action, Caller
from app.domain.holdings import Holdings
from app.domain.measures import Measure, Scope
from app.domain.methods import LATEST
from app.domain.questions import put_question
from app.domain.records import Record
from app.domain.series import Continuity
from app.domain.target_versions import Versions
from app.domain.targets import Target
from app.services.access import author_of, authorise
from app.services.charts import Shown
from app.services.holdings import read_holdings
from app.services.progress import Inquiry
from app.services.target_drafts import TargetDraft, check, first_move
from app.services.target_views import ShownTarget, View, show
from app.store import organisations


@dataclass(frozen=True, slots=True)
class Preview:
    """A target as it would be.

    Attributes:
        target: With what it takes, and the warnings about it.
        course: Its measure held against it, and the workforce beside that.
    """

    target: ShownTarget
    course: Shown


def preview_target(
    session: Session, *, ods_code: str, draft: TargetDraft, caller: Caller, view: View
) -> Preview:
    """Return what a target would mean if it was set so.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
        UnacceptableTarget: It has faults, all of which are listed.
    """
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.SET_TARGETS, trust.organisation)
    holdings = read_holdings(session, trust)
    author = author_of(caller)
    # Why a version takes the place of another has no bearing on what it means.
    alone = replace(draft, terms=draft.terms.set_by(author), change_reason=None)
    first = first_move(1, alone, Record(view.now, author))
    target = check(session, holdings, alone, first, view.now)
    shown = show(holdings, Versions((target,)), view, number=None)
    return Preview(shown, _hold_against(holdings, shown.target, view))


def show_course(session: Session, *, target: Target, caller: Caller, view: View) -> Shown:
    """Return where a trust stands against one version of a target, whatever state that is in.

    Args:
        session: A reading session.
        target: The version, a draft with the baseline that it would have.
        caller: Who asks.
        view: From when it is looked at.

    Raises:
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
    """
    trust = organisations.get_registered_trust(session, target.ods_code)
    authorise(session, caller, Action.READ_FIGURES, trust.organisation)
    holdings = read_holdings(session, trust, as_of=view.as_of)
    return _hold_against(holdings, target, view)


def _hold_against(holdings: Holdings, target: Target, view: View) -> Shown:
    """Return what is held of a target's measure, as if that target alone was in force."""
    has_baseline = target.version.baseline is not None
    alone = replace(
        holdings,
        versions=(Versions((target,)),) if has_baseline else (),
        named={target.id: target.version.version},
    )
    settings = Settings(
        continuity=Continuity.COMBINED,
        as_of=view.as_of,
        turnover=Fraction(view.turnover),
        horizon=Inquiry().horizon,
        method=LATEST,
    )
    scopes = (target.scope, Scope(Measure.WORKFORCE))
    measure, workforce = assess(alone, [put_question(alone, one) for one in scopes], settings)
    return Shown(
        name=holdings.lineage.trust.name,
        ods_code=target.ods_code,
        as_of=max(measure.as_of, workforce.as_of),
        method=measure.method,
        synthetic=measure.synthetic,
        is_controlled=False,
        reference=None,
        answers=(measure,),
        workforce=workforce,
    )
