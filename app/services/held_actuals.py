"""Reading actuals back: what counts, what counted, and what a revision changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlmodel import Session

from app.domain.actuals import ActualsRevision
from app.domain.callers import Action, Caller
from app.domain.effects import Effect, compare
from app.domain.errors import ActualsNotFound, ActualsRevisionNotFound, Fault, UnacceptableQuestion
from app.domain.holdings import Instead
from app.domain.preconditions import with_editions
from app.domain.public_tables import PublicTable
from app.domain.published_groups import Part
from app.domain.series import Continuity
from app.services.access import authorise, may
from app.services.actuals import tag_of
from app.services.effects import list_affected, read_standings
from app.services.explanations import with_explanations
from app.services.instants import refuse_future
from app.services.public_figures import find_exact, find_tables
from app.store import actuals, organisations

PART: Final = Part.WORKFORCE
"""The table of a trust that actuals are."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions of a census, and where its trust stands with the one and with the other.

    Attributes:
        before: None for nothing, from which a first revision starts.
        effects: Of the trust, and of those that took over from it.
    """

    before: ActualsRevision | None
    after: ActualsRevision
    effects: Sequence[Effect]


def tag_of_answer(revision: ActualsRevision) -> str:
    """Return the entity tag of an answer, in which what is said to warnings counts too."""
    return with_editions(tag_of(revision) or "", revision.explanations.values())


def read_actuals(
    session: Session,
    *,
    ods_code: str,
    year: int,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> ActualsRevision | PublicTable:
    """Return a trust's actuals as they counted at an instant.

    Who may not read the trust's figures gets what was public of them then: exactly what the
    trust had made so itself, else the newest national edition.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and nothing is public.
        NotAllowed: The caller may not read the trust's figures, and nothing is public.
        ActualsNotFound: None were held.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_trust(session, ods_code)
    refuse_future(as_of, now)
    if may(session, caller, Action.READ_FIGURES, trust):
        found = actuals.find(session, ods_code, year, as_of=as_of)
    else:
        found = find_exact(session, trust, as_of=as_of).get(year)
        tables = {} if found else find_tables(session, trust, PART, as_of=as_of, year=year)
        if year in tables:
            return tables[year]
        if found is None:
            authorise(session, caller, Action.READ_FIGURES, trust)
    if found is None:
        raise ActualsNotFound(ods_code, year)
    return with_explanations(session, [found])[0]


def get_actuals(
    session: Session,
    *,
    ods_code: str,
    year: int,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> ActualsRevision:
    """Return a trust's exact actuals as they counted at an instant.

    Who may not read the trust's figures gets those that it made public, as they were then.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the figures are not public as they are.
        NotAllowed: The caller may not read the trust's figures, likewise.
        ActualsNotFound: None were held.
        UnacceptableQuestion: The instant has not come.
    """
    found = read_actuals(
        session, ods_code=ods_code, year=year, as_of=as_of, caller=caller, now=now
    )
    if isinstance(found, PublicTable):
        authorise(session, caller, Action.READ_FIGURES, organisations.get_trust(session, ods_code))
    assert isinstance(found, ActualsRevision)  # noqa: S101 — else the caller was refused
    return found


def list_actuals(
    session: Session, *, ods_code: str, as_of: datetime | None, caller: Caller, now: datetime
) -> list[ActualsRevision | PublicTable]:
    """Return the newest revision of each census that a trust has sent, oldest census first.

    Who may not read the trust's figures gets what is public of them: what it made so itself,
    else the newest national edition.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and none of the figures are public.
        NotAllowed: The caller may not read the trust's figures, none of which are public.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_trust(session, ods_code)
    refuse_future(as_of, now)
    if not may(session, caller, Action.READ_FIGURES, trust):
        tables = find_tables(session, trust, PART, as_of=as_of)
        exact = find_exact(session, trust, as_of=as_of)
        told = with_explanations(session, [exact[year] for year in sorted(exact)])
        public: dict[int, ActualsRevision | PublicTable] = {**tables}
        public |= {one.year: one for one in told}
        if not public:
            authorise(session, caller, Action.READ_FIGURES, trust)
        return [public[year] for year in sorted(public)]
    return [*with_explanations(session, actuals.of_trusts(session, [ods_code], as_of=as_of))]


def list_revisions(
    session: Session, *, ods_code: str, year: int, caller: Caller
) -> list[ActualsRevision]:
    """Return every revision of a trust's actuals for a census, oldest first.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
        ActualsNotFound: None are held.
    """
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.READ_FIGURES, trust)
    found = actuals.list_revisions(session, ods_code, year)
    if not found:
        raise ActualsNotFound(ods_code, year)
    return with_explanations(session, found)


def compare_revisions(
    session: Session,
    *,
    ods_code: str,
    year: int,
    revision: int,
    since: int | None,
    caller: Caller,
    continuity: Continuity = Continuity.COMBINED,
) -> Comparison:
    """Return what a revision changed, and what that changed downstream.

    Downstream is compared with all else as it is now, so that only the revisions differ.

    Args:
        session: A reading session.
        ods_code: The trust's.
        year: The census.
        revision: The later one.
        since: The earlier one; None for the one before.
        caller: Who asks.
        continuity: Whether predecessors' counts are added in downstream.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
        ActualsNotFound: None are held.
        ActualsRevisionNotFound: There is no such revision.
        UnacceptableQuestion: The earlier one is not before the later one.
    """
    found = list_revisions(session, ods_code=ods_code, year=year, caller=caller)
    held = {one.revision: one for one in found}
    if revision not in held:
        raise ActualsRevisionNotFound(ods_code, year, revision, newest=len(found))
    earlier = revision - 1 if since is None else since
    if not 0 <= earlier < revision:
        detail = f"since is {earlier}; give a revision before {revision}, or 0 for nothing."
        raise UnacceptableQuestion([Fault("?since", "not_before", detail)])
    after, before = held[revision], held.get(earlier)
    affected = list_affected(session, [ods_code])
    nothing = replace(after, actuals=replace(after.actuals, headcounts={}))
    effects = compare(
        read_standings(
            session, affected, instead=Instead((before or nothing,)), continuity=continuity
        ),
        read_standings(session, affected, instead=Instead((after,)), continuity=continuity),
    )
    return Comparison(before, after, effects)
