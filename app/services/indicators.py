"""Sending in indicators 2 to 8, and reading them back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.errors import IndicatorsNotFound, UnacceptableIndicators
from app.domain.indicator_checks import find_cautions, find_indicator_faults, find_missing
from app.domain.indicators import IndicatorsRevision, Sent, settle
from app.domain.preconditions import Precondition, with_editions
from app.domain.public_indicators import PublicIndicators
from app.domain.records import Record
from app.services.access import author_of, authorise, may, refuse_mixture
from app.services.explanations import with_indicator_explanations
from app.services.instants import refuse_future
from app.services.lineages import read_lineage
from app.services.public_figures import find_indicators
from app.services.revising import next_revision, require_correction_note
from app.services.windows import find_census_faults
from app.store import indicators, ledger, organisations


@dataclass(frozen=True, slots=True)
class IndicatorsSubmission:
    """Indicators as a caller sends them.

    Attributes:
        reason: Why what is held changes; required when it does.
        sent: By number.
        correction_note: What everybody is told of it; required when what is held is public.
    """

    source: str
    reason: str | None
    notes: str | None
    sent: Sent
    correction_note: str | None = None


@dataclass(frozen=True, slots=True)
class StoredIndicators:
    """What is held after a write.

    Attributes:
        is_new: Whether it is the first revision of the census.
    """

    revision: IndicatorsRevision
    is_new: bool


def tag_of(revision: IndicatorsRevision | None) -> str | None:
    """Return the entity tag of what is held; None for nothing."""
    return None if revision is None else f'"{revision.revision}"'


def tag_of_answer(revision: IndicatorsRevision) -> str:
    """Return the entity tag of an answer, in which what is said to warnings counts too."""
    return with_editions(tag_of(revision) or "", revision.explanations.values())


def find_tag(session: Session, *, ods_code: str, year: int) -> str | None:
    """Return the entity tag of a trust's indicators, or None if none are held."""
    return tag_of(indicators.find(session, ods_code, year))


def put_indicators(
    session: Session,
    *,
    ods_code: str,
    year: int,
    submission: IndicatorsSubmission,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> StoredIndicators:
    """Store a trust's indicators as a new revision; the same again changes nothing.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not write for the trust.
        UnacceptableIndicators: They have faults, all of which are listed.
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none, and one is held.
        ChangedMeanwhile: A first write lost a race.
        SyntheticBesideReal: Figures of the other sort are held.
    """
    ledger.take_turn(session)
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.WRITE_FIGURES, trust)
    held = indicators.find(session, ods_code, year)
    faults = [
        *find_census_faults(session, read_lineage(session, trust).lineage, year, now),
        *find_missing(submission.sent),
        *find_indicator_faults(submission.sent, year),
    ]
    if faults:
        raise UnacceptableIndicators(faults)
    sent = settle(submission.source, submission.notes, submission.sent)
    if held is not None and held.indicators == sent:
        return StoredIndicators(with_indicator_explanations(session, held), is_new=False)
    number = next_revision(
        held.revision if held else None,
        tag=tag_of(held),
        precondition=precondition,
        reason=submission.reason,
        refusal=UnacceptableIndicators,
    )
    if held is not None:
        require_correction_note(
            session,
            (ods_code, year, held.record.at),
            note=submission.correction_note,
            refusal=UnacceptableIndicators,
        )
    refuse_mixture(session, trust)
    before = indicators.find(session, ods_code, year - 1)
    at = ledger.stamp(session, now, Change(ChangeKind.INDICATORS, ods_code, str(year)))
    revision = IndicatorsRevision(
        ods_code=ods_code,
        year=year,
        revision=number,
        indicators=sent,
        record=Record(at, author_of(caller), submission.reason),
        cautions=find_cautions(sent, before.indicators if before else None),
        correction_note=submission.correction_note if held else None,
    )
    indicators.add(session, revision)
    return StoredIndicators(revision, is_new=held is None)


def get_indicators(
    session: Session,
    *,
    ods_code: str,
    year: int,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> IndicatorsRevision | PublicIndicators:
    """Return a trust's indicators as they counted at an instant.

    Who may not read the trust's figures gets what is in the newest national edition.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the indicators are not public.
        NotAllowed: The caller may not read the trust's figures, and they are not public.
        IndicatorsNotFound: None were held.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_trust(session, ods_code)
    public = None
    if not may(session, caller, Action.READ_FIGURES, trust):
        public = find_indicators(session, trust, year, as_of=as_of)
        if public is None:
            authorise(session, caller, Action.READ_FIGURES, trust)
    refuse_future(as_of, now)
    if public is not None:
        return public
    found = indicators.find(session, ods_code, year, as_of=as_of)
    if found is None:
        raise IndicatorsNotFound(ods_code, year)
    return with_indicator_explanations(session, found)
