"""Which areas may read a trust's exact figures, because the trust consents to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from app.domain.errors import Fault
from app.domain.organisations import Kind, Organisation
from app.domain.records import Record

AREAS = frozenset({Kind.ICB, Kind.REGION})
"""What a trust can consent to: integrated care boards and regions."""


@dataclass(frozen=True, slots=True)
class ConsentRevision:
    """All that a trust consented to from an instant on, until its next revision; never changed.

    Attributes:
        areas: ODS codes, in order; none when it consents to nobody.
    """

    ods_code: str
    revision: int
    areas: tuple[str, ...]
    record: Record


@dataclass(frozen=True, slots=True)
class Consent:
    """A trust's consent to one area.

    Attributes:
        since: The revision since which it has held without a break, and who made it.
    """

    area: str
    since: Record


@dataclass(frozen=True, slots=True)
class Consents:
    """What a trust consents to, and ever consented to.

    A trust that took over from others has none of theirs: each trust gives its own.

    Attributes:
        revision: Number of the newest revision; 0 while there is none.
        given: The consents that hold, in the order of areas.
        history: Every revision, oldest first.
    """

    ods_code: str
    revision: int
    given: tuple[Consent, ...]
    history: tuple[ConsentRevision, ...]

    @classmethod
    def of(cls, ods_code: str, history: Sequence[ConsentRevision]) -> Self:
        """Return what all revisions of a trust, oldest first, come to."""
        since: dict[str, Record] = {}
        for one in history:
            since = {area: since.get(area, one.record) for area in one.areas}
        given = tuple(Consent(area, since[area]) for area in sorted(since))
        return cls(ods_code, len(history), given, tuple(history))

    @property
    def areas(self) -> tuple[str, ...]:
        """The codes of the areas that may read the figures now, in order."""
        return tuple(one.area for one in self.given)


def find_consent_faults(
    areas: Sequence[str], registered: Mapping[str, Organisation]
) -> list[Fault]:
    """Return every fault of the areas that a trust names.

    Args:
        areas: Codes as they were sent.
        registered: The organisations of the register that have such codes.
    """
    faults = []
    for index, code in enumerate(areas):
        at = f"/areas/{index}"
        if code in areas[:index]:
            faults.append(Fault(at, "duplicate_code", f"{code} is named twice."))
        elif code not in registered:
            faults.append(Fault(at, "unknown_code", f"No organisation has the ODS code {code}."))
        elif registered[code].kind not in AREAS:
            detail = f"{code} is neither an integrated care board nor a region."
            faults.append(Fault(at, "wrong_kind", detail))
    return faults
