"""WRES experts: persons, and the trusts that they support from a day to a day."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from app.domain.errors import Fault
from app.domain.organisations import Kind, Organisation
from app.domain.records import Record


@dataclass(frozen=True, slots=True)
class Support:
    """A trust that an expert supports from a day to a day, both included.

    Attributes:
        ends: None while it goes on.
    """

    ods_code: str
    starts: date
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the trust is supported on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def ended_on(self, day: date) -> Self | None:
        """Return the support with a day as its last at the latest; None if it starts later."""
        if day < self.starts:
            return None
        return self if self.ends is not None and self.ends <= day else replace(self, ends=day)

    def meets(self, other: "Support") -> bool:
        """Return whether another support is of the same trust at an overlapping time."""
        return (
            self.ods_code == other.ods_code
            and (other.ends is None or self.starts <= other.ends)
            and (self.ends is None or other.starts <= self.ends)
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Who an expert is: what is taken away when the person is erased."""

    name: str
    email: str

    def has_email(self, email: str) -> bool:
        """Return whether an e-mail is the person's, in capitals or not."""
        return self.email.casefold() == email.casefold()


@dataclass(frozen=True, slots=True)
class Expert:
    """What is recorded of a WRES expert.

    Attributes:
        person: None once erased.
        cohort: The programme's intake, such as 2018.
        supports: Kept in the order of their first days.
    """

    person: Person | None
    cohort: str
    supports: tuple[Support, ...]

    def __post_init__(self) -> None:
        ordered = sorted(self.supports, key=lambda one: (one.starts, one.ods_code))
        object.__setattr__(self, "supports", tuple(ordered))

    def ended_on(self, day: date) -> Self:
        """Return the expert as one who has supported nobody since a day."""
        ended = (one.ended_on(day) for one in self.supports)
        return replace(self, supports=tuple(one for one in ended if one is not None))


@dataclass(frozen=True, slots=True)
class ExpertRevision:
    """One stored revision of what is recorded of an expert.

    Attributes:
        created_at: Instant of the first revision; no two experts share one.
        erased_at: When the person was erased; None while known.
    """

    id: str
    revision: int
    expert: Expert
    record: Record
    created_at: datetime
    erased_at: datetime | None = None

    def seen_from(self, codes: Collection[str], day: date) -> Self | None:
        """Return what the trusts supported may know by a day, or None if it is nothing.

        They know who the person is and how they themselves are or were supported, as long as
        the person is not erased.
        """
        begun = [
            one for one in self.expert.supports if one.ods_code in codes and one.starts <= day
        ]
        if not begun or self.erased_at is not None:
            return None
        return replace(self, expert=replace(self.expert, supports=tuple(begun)))


@dataclass(frozen=True, slots=True)
class TrustSupport:
    """How many experts support a trust on a day."""

    trust: Organisation
    on: date
    experts: int


def find_support_faults(supports: Sequence[Support | None]) -> Iterator[Fault]:
    """Yield the faults of supports among each other; None stands for a malformed one."""
    sound: dict[int, Support] = {}
    for index, one in enumerate(supports):
        if one is None:
            continue
        at = f"/supports/{index}"
        if one.ends is not None and one.ends < one.starts:
            detail = f"It ends on {one.ends}, before it starts on {one.starts}."
            yield Fault(f"{at}/ends", "ends_before_start", detail)
            continue
        met = next((place for place, other in sound.items() if one.meets(other)), None)
        if met is not None:
            detail = (
                f"{one.ods_code} is supported at an overlapping time at /supports/{met} too; end"
                " one before the other starts."
            )
            yield Fault(at, "overlapping_support", detail)
        sound[index] = one


def find_email_faults(person: Person, known: Iterable[ExpertRevision]) -> Iterator[Fault]:
    """Yield the fault that another expert is recorded with the e-mail of a person.

    Args:
        person: As sent.
        known: The other experts.
    """
    for one in known:
        other = one.expert.person
        if other is not None and other.has_email(person.email):
            detail = f"The expert {one.id} has this e-mail; change that record instead."
            yield Fault("/email", "duplicate_email", detail)
            return


def find_trust_faults(
    supports: Sequence[Support], register: Mapping[str, Organisation]
) -> Iterator[Fault]:
    """Yield the supports of what is no trust, or of one that was not open on the first day.

    Args:
        supports: In the order in which they were sent.
        register: The organisations that they name, by code.
    """
    for index, one in enumerate(supports):
        at, code = f"/supports/{index}", one.ods_code
        if code not in register:
            detail = f"No organisation has the ODS code {code}."
            yield Fault(f"{at}/ods_code", "unknown_code", detail)
        elif register[code].kind is not Kind.TRUST:
            detail = f"{code} is a {register[code].kind}; experts support trusts."
            yield Fault(f"{at}/ods_code", "wrong_kind", detail)
        elif not register[code].is_open_on(one.starts):
            detail = f"{code} was not open on {one.starts}; start on a day when it was."
            yield Fault(f"{at}/starts", "trust_not_open", detail)
