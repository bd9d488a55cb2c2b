"""Looking up the register, and correcting one organisation of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.errors import UnacceptableOrganisation
from app.domain.organisations import Attribute, Kind, Organisation, Succession, TrustType
from app.domain.preconditions import Precondition
from app.domain.register import Entry, apply, find_entry_faults, find_succession_faults
from app.services.access import require_role
from app.store import ledger, organisations
from app.store.organisations import Registered


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An organisation with its succession both ways.

    Attributes:
        revision: Number of its last change.
    """

    organisation: Organisation
    predecessors: tuple[Succession, ...]
    successors: tuple[Succession, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """What is held after a write.

    Attributes:
        is_new: Whether nothing was held before.
    """

    entry: RegisterEntry
    is_new: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """Which organisations are wanted; None for any.

    Attributes:
        region: Code of the region they lie in, now or when they closed.
        icb: Code of the integrated care board, likewise.
        open_on: A day on which they were open.
        text: Part of a code, name or alias, in any case.
    """

    kind: Kind | None = None
    type: TrustType | None = None
    region: str | None = None
    icb: str | None = None
    open_on: date | None = None
    text: str | None = None

    def admits(self, organisation: Organisation) -> bool:
        """Return whether an organisation is wanted."""
        wanted = (
            (self.type, Attribute.TYPE),
            (self.region, Attribute.REGION),
            (self.icb, Attribute.ICB),
        )
        return (
            self.kind in {None, organisation.kind}
            and all(value in {None, organisation.newest(a)} for value, a in wanted)
            and (self.open_on is None or organisation.is_open_on(self.open_on))
            and (self.text is None or self._is_called(organisation, self.text.casefold()))
        )

    @staticmethod
    def _is_called(organisation: Organisation, text: str) -> bool:
        names = [dated.value for dated in organisation.facts.get(Attribute.NAME, ())]
        called = (organisation.ods_code, *names, *organisation.aliases)
        return any(text in name.casefold() for name in called)


def tag_of(revision: int | None) -> str | None:
    """Return the entity tag of an organisation; None for nothing."""
    return None if revision is None else f'"{revision}"'


def find_tag(session: Session, *, ods_code: str) -> str | None:
    """Return the entity tag of an organisation, or None if none has the code."""
    found = organisations.find(session, ods_code)
    return tag_of(found.revision if found else None)


def list_organisations(
    session: Session, *, wanted: Filter, after: str | None, limit: int | None
) -> list[Organisation]:
    """Return the organisations that are wanted, in the order of codes.

    Args:
        session: A reading session.
        wanted: Which ones.
        after: Only codes after this one.
        limit: How many at most; None for all.
    """
    found = [
        one.organisation
        for code, one in organisations.list_all(session).items()
        if (after is None or code > after) and wanted.admits(one.organisation)
    ]
    return sorted(found, key=lambda one: one.ods_code)[:limit]


def list_named(session: Session, *, codes: Iterable[str]) -> list[Organisation]:
    """Return the organisations that have the codes, in the order of codes."""
    found = organisations.list_some(session, codes)
    return [found[code].organisation for code in sorted(found)]


def get_organisation(session: Session, *, ods_code: str) -> RegisterEntry:
    """Return an organisation with its succession.

    Raises:
        OrganisationNotFound: None has the code.
    """
    return _entry(session, organisations.get(session, ods_code))


def get_trust(session: Session, *, ods_code: str) -> Organisation:
    """Return a trust.

    Raises:
        TrustNotFound: None has the code.
    """
    return organisations.get_trust(session, ods_code)


def put_organisation(
    session: Session,
    *,
    entry: Entry,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> StoredEntry:
    """Store an organisation as it should be; the same again changes nothing.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not write to the register.
        UnacceptableOrganisation: It has faults, all of which are listed.
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none, and one is held.
        ChangedMeanwhile: A first write lost a race.
    """
    require_role(caller, Action.WRITE_REGISTER)
    ledger.take_turn(session)
    found = organisations.find(session, entry.ods_code)
    held = found.organisation if found else None
    named = [entry.icb, entry.region, *(one.ods_code for one in entry.predecessors or ())]
    register = organisations.list_some(session, [code for code in named if code])
    known = {code: one.organisation for code, one in register.items()}
    all_known = [one.succession for one in organisations.list_successions(session)]
    faults = [
        *find_entry_faults(entry, held, known),
        *find_succession_faults(entry, all_known),
    ]
    if faults:
        raise UnacceptableOrganisation(faults)
    wanted = apply(entry, held)
    held_already = {(one.predecessor, one.successor, one.effective_date) for one in all_known}
    new = [
        one
        for one in entry.successions()
        if (one.predecessor, one.successor, one.effective_date) not in held_already
    ]
    if found is not None and held == wanted and not new:
        return StoredEntry(_entry(session, found), is_new=False)
    precondition.check(tag_of(found.revision if found else None))
    at = ledger.stamp(session, now, Change(ChangeKind.ORGANISATION, wanted.ods_code))
    revision = found.revision + 1 if found else 1
    organisations.replace_all(
        session, {wanted.ods_code: (wanted, revision)}, at=at, by=caller.name
    )
    organisations.add_successions(session, new, known_from=at)
    return StoredEntry(_entry(session, Registered(wanted, revision, at)), is_new=found is None)


def _entry(session: Session, registered: Registered) -> RegisterEntry:
    code = registered.organisation.ods_code
    known = [one.succession for one in organisations.list_successions(session)]
    return RegisterEntry(
        registered.organisation,
        tuple(one for one in known if one.successor == code),
        tuple(one for one in known if one.predecessor == code),
        registered.revision,
    )
