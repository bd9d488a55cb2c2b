"""Comparing trusts: the peers of one, and the funnel of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.benchmarks import Occasion, Participant, assemble
from app.domain.callers import Action, Caller
from app.domain.censuses import census_day
from app.domain.errors import ActualsNotFound, BoardNotFound, ReturnsNotFound
from app.domain.funnels import Funnel, draw_funnel
from app.domain.measures import Measure, Scope
from app.domain.methods import get_method
from app.domain.organisations import Attribute, Organisation, TrustType
from app.domain.peers import PeerGroup, group_peers
from app.domain.releases import ENGLAND
from app.services.access import authorise, is_open_to_all, note_reading, require_role
from app.services.england import is_invented
from app.services.instants import refuse_future
from app.store import benchmarks, organisations, register
from app.store.benchmarks import Sent
from app.store.register import KnownOrganisation

_WORKFORCE = Scope(Measure.WORKFORCE)
_FACTS = (Attribute.NAME, Attribute.TYPE)


def find_peers(
    session: Session,
    *,
    ods_code: str,
    scope: Scope,
    year: int | None,
    number: int,
    as_of: datetime | None,
    method: str | None,
    caller: Caller,
    now: datetime,
) -> PeerGroup:
    """Return the trusts most like one at a census, and where it stands among them.

    Args:
        session: A reading session.
        ods_code: The trust's.
        scope: The measure.
        year: Of the census; None for the newest that the trust has sent.
        number: Peers wanted.
        as_of: None for the newest change that the answer depends on.
        method: Version of the method; None for the newest.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not compare real trusts.
        MethodNotFound: No method has the version.
        ReturnsNotFound: The trust has sent no census.
        ActualsNotFound: It has not sent its headcounts of the census.
        BoardNotFound: It has not sent its board, and that is what is measured.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.BENCHMARK, trust)
    computed_with = get_method(method)
    refuse_future(as_of, now)
    held = _read(session, scope, year, as_of, synthetic=trust.is_synthetic, own=ods_code)
    staff = benchmarks.tally(session, held.trusts, held.year, _WORKFORCE, as_of=as_of)
    if ods_code not in held.people:
        raise (BoardNotFound if scope.is_of_board else ActualsNotFound)(ods_code, held.year)
    if ods_code not in staff:
        raise ActualsNotFound(ods_code, held.year)
    participants = {one.ods_code: one for one in held.participants() if one.ods_code in staff}
    return group_peers(
        participants[ods_code],
        assemble(participants.values(), expected=len(held.trusts), own=ods_code),
        {code: sent.tally for code, sent in staff.items()},
        Occasion(scope, held.year, as_of or held.changed_at(staff), computed_with),
        number,
    )


def make_funnel(
    session: Session,
    *,
    scope: Scope,
    year: int | None,
    as_of: datetime | None,
    method: str | None,
    caller: Caller,
    now: datetime,
) -> Funnel:
    """Return every trust around the share of all together at a census.

    The trusts are invented ones where invented figures are held, else the real ones.

    Args:
        session: A reading session.
        scope: The measure.
        year: Of the census; None for the newest that any trust has sent.
        as_of: None for the newest change that the answer depends on.
        method: Version of the method; None for the newest.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        TokenInvalid: The caller has no token, and the trusts are real.
        NotAllowed: The caller may not compare real trusts.
        MethodNotFound: No method has the version.
        ReturnsNotFound: No trust has sent the census.
        UnacceptableQuestion: The instant has not come.
    """
    synthetic = is_invented(session)
    require_role(caller, Action.BENCHMARK, synthetic=synthetic)
    if not is_open_to_all(caller, Action.BENCHMARK, synthetic=synthetic):
        note_reading(session, caller, ENGLAND)
    computed_with = get_method(method)
    refuse_future(as_of, now)
    held = _read(session, scope, year, as_of, synthetic=synthetic)
    if not held.people:
        raise ReturnsNotFound(year=held.year)
    field = assemble(held.participants(), expected=len(held.trusts))
    occasion = Occasion(scope, held.year, as_of or held.changed_at(), computed_with)
    return draw_funnel(field, occasion, synthetic=synthetic)


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held of trusts at one census, as of an instant.

    Attributes:
        trusts: Those that were open on the day, by code.
        people: Of the measure, in those of them that have sent it.
        covers: Whose staff their returns count, where they are of staff.
        registered_at: When what is known of any trust last changed; None if it never did.
    """

    year: int
    trusts: Mapping[str, KnownOrganisation]
    people: Mapping[str, Sent]
    covers: Mapping[str, tuple[str, ...]]
    registered_at: datetime | None

    def participants(self) -> list[Participant]:
        """Return the trusts that have sent the measure."""
        return [
            Participant(
                ods_code=code,
                name=self.trusts[code].organisation.name,
                type=_type_on(self.trusts[code].organisation, self.year),
                covers=self.covers.get(code, (code,)),
                people=sent.tally,
            )
            for code, sent in self.people.items()
        ]

    def changed_at(self, staff: Mapping[str, Sent] | None = None) -> datetime:
        """Return the instant of the newest change to the figures, or to who is among them.

        Args:
            staff: Figures that count beside those of the measure.
        """
        sent = [*self.people.values(), *(staff or {}).values()]
        instants = [*(one.recorded_at for one in sent), self.registered_at]
        return max(at for at in instants if at is not None)


def _read(
    session: Session,
    scope: Scope,
    year: int | None,
    as_of: datetime | None,
    *,
    synthetic: bool,
    own: str | None = None,
) -> _Held:
    """Return what is held of invented, or of real, trusts at a census.

    A trust from which one looks is among them even if it was not open on the day.

    Raises:
        ReturnsNotFound: No census is asked for, and none was sent.
    """
    known = register.list_known_trusts(session, _FACTS, synthetic=synthetic, as_of=as_of)
    senders = known if own is None else [own]
    asked = year or benchmarks.find_newest_year(session, senders, scope, as_of=as_of)
    if asked is None:
        raise ReturnsNotFound(ods_code=own)
    trusts = {
        code: one
        for code, one in known.items()
        if code == own or one.organisation.is_open_on(census_day(asked))
    }
    is_of_staff = not scope.is_of_board
    changes = [one.changed_at for one in known.values() if one.changed_at is not None]
    return _Held(
        year=asked,
        trusts=trusts,
        people=benchmarks.tally(session, trusts, asked, scope, as_of=as_of),
        covers=benchmarks.list_covers(session, trusts, asked, as_of=as_of) if is_of_staff else {},
        registered_at=max(changes, default=None),
    )


def _type_on(trust: Organisation, year: int) -> TrustType | None:
    """Return the type of a trust at a census; None where the register does not say."""
    value = trust.value_on(Attribute.TYPE, census_day(year))
    return None if value is None else TrustType(value)
