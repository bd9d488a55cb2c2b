"""Explaining the warnings that stay with a trust's figures."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.errors import WarningNotFound
from app.domain.explanations import Explanation, Warned, WarningKey, parse_warning_key
from app.domain.indicators import IndicatorsRevision
from app.domain.preconditions import Precondition
from app.domain.records import Record
from app.services.access import author_of, authorise
from app.store import actuals, boards, explanations, indicators, ledger, organisations


def tag_of(explanation: Explanation | None) -> str | None:
    """Return the entity tag of what is held; None for nothing."""
    return None if explanation is None else f'"{explanation.edition}"'


def put_explanation(
    session: Session,
    *,
    ods_code: str,
    warning_id: str,
    text: str,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> Explanation:
    """Say what a warning comes from; the same again changes nothing.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not write for the trust.
        WarningNotFound: The trust's figures carry no such warning.
        RevisionStale: The caller names another edition than the one held.
        RevisionNotNamed: The caller names none, and one is held.
    """
    ledger.take_turn(session)
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.WRITE_FIGURES, trust)
    key = _require(session, ods_code, warning_id)
    held = explanations.find(session, ods_code, key)
    if held is not None and held.text == text:
        return held
    tag = tag_of(held)
    replace(precondition, seen=tag).check(tag)
    at = ledger.stamp(session, now, Change(ChangeKind.EXPLANATION, ods_code, warning_id))
    edition = held.edition + 1 if held else 1
    made = Explanation(key, edition, text, Record(at, author_of(caller)))
    explanations.add(session, ods_code, made)
    return made


def with_explanations(
    session: Session, revisions: Iterable[ActualsRevision]
) -> list[ActualsRevision]:
    """Return revisions of one trust's actuals with what the trust says to their warnings."""
    found = list(revisions)
    if not any(one.cautions for one in found):
        return found
    held = explanations.list_of(session, found[0].ods_code)
    return [
        replace(one, explanations=_explained(held.values(), Warned.ACTUALS, one)) for one in found
    ]


def with_board_explanations(session: Session, revision: BoardRevision) -> BoardRevision:
    """Return a revision of a board with what the trust says to its warnings."""
    if not revision.cautions:
        return revision
    held = explanations.list_of(session, revision.ods_code)
    return replace(revision, explanations=_explained(held.values(), Warned.BOARD, revision))


def with_indicator_explanations(
    session: Session, revision: IndicatorsRevision
) -> IndicatorsRevision:
    """Return a revision of indicators with what the trust says to its warnings."""
    if not revision.cautions:
        return revision
    held = explanations.list_of(session, revision.ods_code)
    return replace(revision, explanations=_explained(held.values(), Warned.INDICATORS, revision))


def _explained(
    held: Iterable[Explanation],
    of: Warned,
    revision: ActualsRevision | BoardRevision | IndicatorsRevision,
) -> dict[int, Explanation]:
    """Return the explanations of a revision's warnings, by their place."""
    at = (of, revision.year, revision.revision)
    return {
        one.key.ordinal: one for one in held if (one.key.of, one.key.year, one.key.revision) == at
    }


def _require(session: Session, ods_code: str, warning_id: str) -> WarningKey:
    """Return which of a trust's warnings an identifier names.

    Raises:
        WarningNotFound: None.
    """
    try:
        key = parse_warning_key(warning_id)
    except ValueError as error:
        raise WarningNotFound(ods_code, warning_id) from error
    store = {Warned.ACTUALS: actuals, Warned.BOARD: boards, Warned.INDICATORS: indicators}[key.of]
    revisions = store.list_revisions(session, ods_code, key.year)
    if any(one.revision == key.revision and key.ordinal < len(one.cautions) for one in revisions):
        return key
    raise WarningNotFound(ods_code, warning_id)
