"""Sending in actuals, signing them off, and reading them back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.domain.actuals import (
    Actuals,
    ActualsRevision,
    Before,
    Cell,
    SignOff,
    Totals,
    add_up,
    find_cautions,
    find_cell_faults,
    find_total_faults,
)
from app.domain.callers import Action, Caller
from app.domain.censuses import census_day
from app.domain.changes import Change, ChangeKind
from app.domain.errors import (
    ActualsNotFound,
    AlreadySignedOff,
    Fault,
    UnacceptableActuals,
    UnacceptableSignOff,
)
from app.domain.organisations import Organisation
from app.domain.preconditions import Precondition
from app.domain.records import Record
from app.domain.series import Lineage
from app.services.access import author_of, authorise, refuse_mixture
from app.services.explanations import with_explanations
from app.services.lineages import read_lineage
from app.services.revising import next_revision, require_correction_note
from app.services.windows import find_census_faults
from app.store import actuals, ledger, organisations


@dataclass(frozen=True, slots=True)
class ActualsSubmission:
    """Actuals as a caller sends them.

    Attributes:
        covers: None for the trust itself.
        reason: Why what is held changes; required when it does.
        correction_note: What everybody is told of it; required when what is held is public.
    """

    source: str
    covers: tuple[str, ...] | None
    reason: str | None
    notes: str | None
    totals: Totals
    cells: tuple[Cell, ...]
    correction_note: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What is held after a write.

    Attributes:
        is_new: Whether it is the first revision of the census.
    """

    revision: ActualsRevision
    is_new: bool


def tag_of(revision: ActualsRevision | None) -> str | None:
    """Return the entity tag of what is held: its revision and state; None for nothing."""
    if revision is None:
        return None
    signed = "-signed-off" if revision.sign_off else ""
    made = revision.released
    released = f"-released-{made.ods_code}-{made.edition}" if made else ""
    return f'"{revision.revision}{signed}{released}"'


def find_tag(session: Session, *, ods_code: str, year: int) -> str | None:
    """Return the entity tag of a trust's actuals, or None if none are held."""
    return tag_of(actuals.find(session, ods_code, year))


def put_actuals(
    session: Session,
    *,
    ods_code: str,
    year: int,
    submission: ActualsSubmission,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> Stored:
    """Store a trust's actuals as a new revision; the same again changes nothing.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not write for the trust.
        UnacceptableActuals: They have faults, all of which are listed.
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none, and one is held.
        ChangedMeanwhile: A first write lost a race.
        SyntheticBesideReal: Figures of the other sort are held.
    """
    ledger.take_turn(session)
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.WRITE_FIGURES, trust)
    lineage = read_lineage(session, trust).lineage
    held = actuals.find(session, ods_code, year)
    closed = find_census_faults(session, lineage, year, now)
    covers = submission.covers
    faults = [
        *closed,
        *find_cover_faults(
            lineage,
            year,
            covers,
            {} if covers is None else organisations.list_some(session, covers),
            is_told=bool(closed),
        ),
        *find_cell_faults(submission.cells),
        *find_total_faults(submission.cells, submission.totals),
    ]
    if faults:
        raise UnacceptableActuals(faults)
    sent = Actuals(
        source=submission.source,
        covers=submission.covers or (ods_code,),
        notes=submission.notes,
        headcounts=add_up(submission.cells),
    )
    if held is not None and held.actuals == sent:
        return Stored(with_explanations(session, [held])[0], is_new=False)
    number = next_revision(
        held.revision if held else None,
        tag=tag_of(held),
        precondition=precondition,
        reason=submission.reason,
        refusal=UnacceptableActuals,
    )
    if held is not None:
        require_correction_note(
            session,
            (ods_code, year, held.record.at),
            note=submission.correction_note,
            refusal=UnacceptableActuals,
        )
    refuse_mixture(session, trust)
    at = ledger.stamp(session, now, Change(ChangeKind.ACTUALS, ods_code, str(year)))
    revision = ActualsRevision(
        ods_code=ods_code,
        year=year,
        revision=number,
        actuals=sent,
        record=Record(at, author_of(caller), submission.reason),
        cautions=find_cautions(
            sent,
            find_before(actuals.of_trusts(session, [ods_code]), lineage, year, sent.covers),
        ),
        correction_note=submission.correction_note if held else None,
    )
    actuals.add(session, revision)
    return Stored(revision, is_new=held is None)


def sign_off(
    session: Session,
    *,
    ods_code: str,
    year: int,
    board_date: date,
    lead_role: str,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> ActualsRevision:
    """Record that the board approved the newest revision; the same again changes nothing.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not sign off for the trust.
        ActualsNotFound: None are held.
        RevisionStale: The caller names another revision than the newest.
        AlreadySignedOff: It was signed off with other particulars.
        UnacceptableSignOff: The board cannot have met then.
    """
    ledger.take_turn(session)
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.SIGN_OFF, trust)
    held = actuals.find(session, ods_code, year)
    if held is None:
        raise ActualsNotFound(ods_code, year)
    if held.sign_off is not None:
        if (held.sign_off.board_date, held.sign_off.lead_role) != (board_date, lead_role):
            raise AlreadySignedOff(ods_code, year, held.revision)
        return with_explanations(session, [held])[0]
    precondition.check_if_given(tag_of(held) or "")
    if not census_day(year) <= board_date <= now.date():
        raise UnacceptableSignOff([_board_date_fault(year, board_date, now.date())])
    at = ledger.stamp(session, now, Change(ChangeKind.SIGN_OFF, ods_code, str(year)))
    record = Record(at, author_of(caller))
    approval = SignOff(board_date, lead_role, record)
    actuals.add_sign_off(session, (ods_code, year, held.revision), approval)
    return with_explanations(session, [actuals.find(session, ods_code, year) or held])[0]


def find_cover_faults(
    lineage: Lineage,
    year: int,
    covers: Sequence[str] | None,
    members: Mapping[str, organisations.Registered],
    *,
    is_told: bool,
) -> list[Fault]:
    """Return the codes that a return cannot cover, with why.

    Args:
        lineage: Of the trust that sends the return.
        year: The census.
        covers: As sent; None for the trust itself.
        members: The organisations that have such codes.
        is_told: Whether it has been told already that the census does not accept the trust.
    """
    own = lineage.trust
    if covers is None:
        return [] if is_told else _self_fault(own, year)
    faults = []
    for index, code in enumerate(covers):
        at = f"/covers/{index}"
        if code in covers[:index]:
            faults.append(Fault(at, "duplicate_code", f"{code} is named twice."))
        elif code not in members:
            faults.append(Fault(at, "unknown_code", f"No organisation has the ODS code {code}."))
        elif code not in lineage.codes:
            detail = f"{code} is neither {own.ods_code} nor one of its predecessors."
            faults.append(Fault(at, "not_a_predecessor", detail))
        elif not members[code].organisation.is_open_on(census_day(year)):
            detail = f"{code} was not open on 31 March {year}."
            faults.append(Fault(at, "not_open_at_census", detail))
    return faults


def _self_fault(own: Organisation, year: int) -> list[Fault]:
    """Return the fault of leaving out `covers` where the trust itself cannot be covered."""
    if own.is_open_on(census_day(year)):
        return []
    detail = (
        f"{own.ods_code} was not open on 31 March {year}; name the predecessors whose staff are"
        " counted."
    )
    return [Fault("/covers", "not_open_at_census", detail)]


def find_before(
    sent: Iterable[ActualsRevision], lineage: Lineage, year: int, covers: tuple[str, ...]
) -> Before | None:
    """Return the trust's own census before a year, if it has sent one.

    A return that covers other trusts than that one did is as good as a merger between them.

    Args:
        sent: The trust's own censuses, oldest first.
        lineage: Its lineage.
        year: The census that is sent.
        covers: Whose staff it counts.
    """
    earlier = [one for one in sent if one.year < year]
    if not earlier:
        return None
    last = earlier[-1]
    span = (census_day(last.year), census_day(year))
    has_merged = bool(lineage.mergers_between(*span)) or covers != last.actuals.covers
    return Before(last.year, last.actuals, has_merged, year - last.year)


def _board_date_fault(year: int, board_date: date, today: date) -> Fault:
    detail = (
        f"The board cannot have approved the census of {year} on {board_date.isoformat()}; give"
        f" a day from 31 March {year} to today, {today.isoformat()}."
    )
    return Fault("/board_date", "board_date_out_of_range", detail)
