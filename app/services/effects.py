"""Where trusts stand on every measure, to tell what a change does to it."""

from collections.abc import Iterable
from fractions import Fraction

from sqlmodel import Session

from app.domain.assessment import Settings, assess
from app.domain.holdings import Holdings, Instead
from app.domain.measures import ALL_SCOPES, Scope
from app.domain.methods import get_method
from app.domain.organisations import find_ancestors
from app.domain.progress import Progress
from app.domain.questions import put_question
from app.domain.series import Continuity
from app.services.holdings import read_holdings
from app.services.progress import Inquiry
from app.store import organisations


def list_affected(session: Session, codes: Iterable[str]) -> list[str]:
    """Return trusts and those that took over from them, whose history the counts are in too."""
    known = [one.succession for one in organisations.list_successions(session)]
    wanted = set(codes)
    successors = {one.successor for one in known if one.successor}
    heirs = {code for code in successors if not wanted.isdisjoint(find_ancestors(code, known))}
    return sorted(wanted | heirs)


def read_standings(
    session: Session,
    codes: Iterable[str],
    *,
    instead: Instead | None = None,
    continuity: Continuity = Continuity.COMBINED,
) -> list[Progress]:
    """Return the progress of trusts on every measure, and on the narrowed ones with a target.

    Args:
        session: In which what is held is read; what it has stored itself is among it.
        codes: ODS codes of trusts.
        instead: What to count in place of what is held.
        continuity: Whether predecessors' counts are added in.
    """
    found: list[Progress] = []
    for code in codes:
        registered = organisations.get_registered_trust(session, code)
        holdings = read_holdings(session, registered, continuity=continuity, instead=instead)
        questions = [put_question(holdings, scope) for scope in _scopes(holdings)]
        found.extend(assess(holdings, questions, _settings(continuity)))
    return found


def _scopes(holdings: Holdings) -> list[Scope]:
    targeted = {target.scope for target in holdings.targets}
    return [one for one in ALL_SCOPES if one.staff_group is None or one in targeted]


def _settings(continuity: Continuity) -> Settings:
    """Return how progress is asked for when nothing else is said."""
    asked = Inquiry()
    return Settings(
        continuity=continuity,
        as_of=asked.as_of,
        turnover=Fraction(asked.turnover),
        horizon=asked.horizon,
        method=get_method(asked.method),
    )
