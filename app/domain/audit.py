"""Who did what, when and from where: entries that each hold the hash of the one before.

Whoever changes, takes out or moves an entry breaks the chain behind it. Each entry also holds a
digest of what was stored, so that what is held can be compared with what was entered.
"""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Final, Self

from app.domain.callers import Caller
from app.domain.coded import Coded

FORM: Final = 1
"""Version of the form in which entries are hashed and what is stored is digested."""

BEGINNING: Final = "0" * 64
"""Stands for the hash of the entry before the first."""


class AuditEvent(Coded):
    """What an entry of the audit is about."""

    CHANGE = ("change", "Something was stored or changed.")
    REDACTION = ("redaction", "A text that should never have been sent was taken out.")
    READING = ("reading", "Another organisation's exact figures were read.")
    BEFORE_AUDIT = ("before_audit", "It was held already when the audit began.")


class Channel(Coded):
    """By what way a caller came."""

    HTTP = ("http", "Over HTTP; the address is the client's.")
    CLI = ("cli", "On the command line; the address is the account of the operating system.")
    UPGRADE = ("upgrade", "By an upgrade of the database.")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who changes something, how, and from where.

    Attributes:
        operation: Identifier of the operation over HTTP, or the command.
        address: Of the client, or the account; None where neither is known.
        request_id: None on the command line.
    """

    caller: Caller
    channel: Channel
    operation: str
    address: str | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody reading exact figures of an organisation, or of an area, that is not its own."""

    caller: Caller
    ods_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry, its codes as they are stored, so that one that was changed can be told.

    Attributes:
        event: An `AuditEvent`.
        caller_role: A `Role`.
        channel: A `Channel`.
        number: 1 for the first; each is one more than the one before it.
        form: Version of the form that the hash is of.
        kind: A `ChangeKind`; None where something was read.
        ods_code: Of the organisation that it belongs to; None where it belongs to none.
        name: What it is called there; None where the organisation itself changed.
        change: Number of the change; None where there is none.
        thing: What `before` and `after` are digests of; None where something was read.
        reason: Of a redaction.
        before: Digest of what was stored before; None where nothing was entered of it.
        after: Digest of what was stored when the transaction ended.
        previous: Hash of the entry before.
        hash: Of all the other members.
    """

    number: int
    form: int
    recorded_at: datetime
    event: str
    caller_name: str
    caller_role: str
    token_id: str | None
    channel: str
    address: str | None
    operation: str
    request_id: str | None
    kind: str | None
    ods_code: str | None
    name: str | None
    change: int | None
    thing: str | None
    reason: str | None
    before: str | None
    after: str | None
    previous: str
    hash: str = ""

    def members(self) -> dict[str, str | int | None]:
        """Return every member as JSON has it, in their order."""
        values = dict(zip(_MEMBERS, _values_of(self), strict=True))
        instant = self.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
        values["recorded_at"] = instant
        return values

    def canonical(self) -> str:
        """Return what the hash is of: every other member as compact JSON, in their order."""
        values = self.members()
        del values["hash"]
        return _encode(values)

    def placed(self, number: int, previous: str) -> dict[str, str | int | None]:
        """Return every member, with its place in the chain and its hash.

        Args:
            number: Its own.
            previous: Hash of the entry before.
        """
        values = self.members() | {"number": number, "previous": previous}
        del values["hash"]
        return values | {"hash": digest(_encode(values))}

    def compute_hash(self) -> str:
        """Return the hash that the entry has unless somebody changed it."""
        return digest(self.canonical())

    def as_line(self) -> str:
        """Return the entry as a line of a file that can be verified alone."""
        return _encode(self.members())

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Return the entry of a line.

        Raises:
            ValueError: The line is none.
        """
        try:
            values = json.loads(line)
            at = datetime.fromisoformat(values.pop("recorded_at"))
            entry = cls(recorded_at=at, **values)
            entry.compute_hash()
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("a line has not the members of an entry") from error
        return entry


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain, to be kept where nobody who can change the database reaches it.

    Attributes:
        count: Entries, and the number of the newest.
        hash: Of the newest.
    """

    count: int
    hash: str

    def __str__(self) -> str:
        """Return it as it is printed and given back."""
        return f"{self.count}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the head that was printed so.

        Raises:
            ValueError: None was.
        """
        count, _, digest = text.partition(":")
        is_hash = len(digest) == len(BEGINNING) and set(digest) <= set("0123456789abcdef")
        if not (count.isascii() and count.isdigit() and is_hash):
            raise ValueError("give it as `parity audit head` printed it, NUMBER:HASH")
        return cls(int(count), digest)


def digest(encoded: str) -> str:
    """Return the SHA-256 of an entry, or of what is stored of a thing, given it as JSON."""
    return hashlib.sha256(encoded.encode()).hexdigest()


EMPTY: Final = digest("[]")
"""The digest of a thing of which nothing is stored."""

_MEMBERS: Final = tuple(one.name for one in fields(AuditEntry))

_values_of: Final = attrgetter(*_MEMBERS)

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
