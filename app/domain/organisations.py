"""Organisations: trusts, integrated care boards, regions and England.

Names, types and places hold from a date to a date, because they change under one code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.coded import Coded

SYNTHETIC_PREFIX: Final = "ZZ"
"""How the codes begin that are reserved for invented organisations."""


class Kind(Coded):
    """What an organisation is; never inferred from its code."""

    TRUST = ("trust", "An NHS trust or NHS foundation trust.")
    ICB = ("icb", "An integrated care board; its figures are those of the trusts in its area.")
    REGION = ("region", "An NHS England region; its figures are those of the trusts in it.")
    ENGLAND = ("england", "All English trusts together.")


class TrustType(Coded):
    """What kind of care a trust gives."""

    ACUTE = ("acute", "General hospitals.")
    AMBULANCE = ("ambulance", "Ambulance services.")
    COMMUNITY = ("community", "Care in the community and at home.")
    MENTAL_HEALTH = ("mental_health", "Mental health and learning disability services.")
    SPECIALIST = ("specialist", "Hospitals of one specialty.")
    ONLINE = ("online", "Care over the internet.")


class SuccessionKind(Coded):
    """How a successor took over from a predecessor."""

    ACQUIRED = ("acquired", "The successor was there already, and took the predecessor over.")
    MERGED = ("merged", "Predecessors became one trust.")
    SPLIT = (
        "split",
        "Only a part of the predecessor came, whose earlier counts cannot be told apart.",
    )
    UNKNOWN = ("unknown", "The register does not say.")


class Attribute(StrEnum):
    """A fact about an organisation that holds from a date to a date."""

    NAME = "name"
    TYPE = "type"
    ICB = "icb"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that holds from a day to a day, both included; None is open at that end."""

    value: str
    starts: date | None = None
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the value holds on a day."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


@dataclass(frozen=True, slots=True)
class Succession:
    """A successor taking over from a predecessor.

    Attributes:
        predecessor: ODS code.
        successor: ODS code; None where the successor is not known.
        effective_date: First day of the new arrangement.
        kind: How.
        confirmed: Whether it was read in ODS data.
    """

    predecessor: str
    successor: str | None
    effective_date: date
    kind: SuccessionKind
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation with all its dated facts.

    Attributes:
        opened: First day; None when not known, then it counts as open until it closed.
        closed: Last day; None while open.
        facts: Dated values by attribute, oldest first.
        aliases: Other names it is known by.
    """

    ods_code: str
    kind: Kind
    opened: date | None = None
    closed: date | None = None
    facts: dict[Attribute, tuple[Dated, ...]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    @property
    def is_synthetic(self) -> bool:
        """Whether the organisation is invented: its code is reserved for demonstrations."""
        return is_synthetic(self.ods_code)

    @property
    def name(self) -> str:
        """The newest name."""
        return self.facts[Attribute.NAME][-1].value

    def is_open_on(self, day: date) -> bool:
        """Return whether the organisation was open on a day."""
        return (self.opened is None or self.opened <= day) and (
            self.closed is None or day <= self.closed
        )

    def newest(self, attribute: Attribute) -> str | None:
        """Return the newest value of an attribute, or None if none is known or it has ended."""
        values = self.facts.get(attribute, ())
        return values[-1].value if values and values[-1].ends is None else None

    def value_on(self, attribute: Attribute, day: date) -> str | None:
        """Return the value of an attribute that held on a day, or None."""
        held = [d.value for d in self.facts.get(attribute, ()) if d.holds_on(day)]
        return held[-1] if held else None


def is_synthetic(ods_code: str) -> bool:
    """Return whether an ODS code is reserved for invented organisations."""
    return ods_code.startswith(SYNTHETIC_PREFIX)


def find_ancestors(ods_code: str, successions: Iterable[Succession]) -> dict[str, Succession]:
    """Return every predecessor, direct or not, by code, with the succession that joined it.

    What came by a split, or in an unknown way, is not followed.
    """
    by_successor: dict[str, list[Succession]] = {}
    for succession in successions:
        if succession.successor is not None:
            by_successor.setdefault(succession.successor, []).append(succession)
    found: dict[str, Succession] = {}
    waiting = [ods_code]
    while waiting:
        for succession in by_successor.get(waiting.pop(), ()):
            is_whole = succession.kind in {SuccessionKind.ACQUIRED, SuccessionKind.MERGED}
            if is_whole and succession.predecessor not in found:
                found[succession.predecessor] = succession
                waiting.append(succession.predecessor)
    return found
