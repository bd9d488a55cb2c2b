"""Changing one organisation of the register: what is wanted, and what is wrong with it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.errors import Fault
from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
    TrustType,
)

_SHAPES = {
    Kind.TRUST: re.compile(r"[RT][A-Z0-9]{2}|ZZ[0-9]{3}|[A-Z0-9]{5}"),
    Kind.ICB: re.compile(r"Q[A-Z0-9]{2}|[A-Z0-9]{5}"),
    Kind.REGION: re.compile(r"Y[0-9]{2}"),
    Kind.ENGLAND: re.compile(r"ENG"),
}


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A trust that an organisation takes over from, from its first day on."""

    ods_code: str
    effective_date: date
    kind: SuccessionKind


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation as the register should have it.

    Attributes:
        effective_from: First day of a changed name, type, ICB or region; None to correct the
            newest value without a new period.
        predecessors: None to leave the succession as it is.
    """

    ods_code: str
    kind: Kind
    name: str
    type: TrustType | None
    icb: str | None
    region: str | None
    opened: date | None
    closed: date | None
    aliases: tuple[str, ...]
    effective_from: date | None
    predecessors: tuple[Predecessor, ...] | None

    def values(self) -> dict[Attribute, str | None]:
        """Return the dated values."""
        return {
            Attribute.NAME: self.name,
            Attribute.TYPE: self.type.value if self.type else None,
            Attribute.ICB: self.icb,
            Attribute.REGION: self.region,
        }

    def successions(self) -> list[Succession]:
        """Return the successions that the predecessors amount to."""
        return [
            Succession(one.ods_code, self.ods_code, one.effective_date, one.kind)
            for one in self.predecessors or ()
        ]


def apply(entry: Entry, held: Organisation | None) -> Organisation:
    """Return the organisation that an entry makes of what is held."""
    facts = {}
    for attribute, value in entry.values().items():
        before = held.facts.get(attribute, ()) if held else ()
        after = _change(before, value, entry.effective_from)
        if after:
            facts[attribute] = after
    return Organisation(
        ods_code=entry.ods_code,
        kind=entry.kind,
        opened=entry.opened,
        closed=entry.closed,
        facts=facts,
        aliases=entry.aliases,
    )


def _change(
    before: tuple[Dated, ...], value: str | None, starts: date | None
) -> tuple[Dated, ...]:
    """Return dated values of which the newest is `value`."""
    newest = before[-1] if before else None
    if newest is not None and newest.value == value and newest.ends is None:
        return before
    if newest is None:
        return () if value is None else (Dated(value, starts),)
    if starts is None:
        earlier = before[:-1]
        return earlier if value is None else (*earlier, Dated(value, newest.starts))
    last_day = starts - timedelta(days=1)
    ended = Dated(newest.value, newest.starts, min(last_day, newest.ends or last_day))
    return (*before[:-1], ended) if value is None else (*before[:-1], ended, Dated(value, starts))


def find_succession_faults(entry: Entry, known: Iterable[Succession]) -> Iterator[Fault]:
    """Yield the predecessors that are held with another kind from the same day."""
    held = {
        (s.predecessor, s.effective_date): s.kind for s in known if s.successor == entry.ods_code
    }
    for index, one in enumerate(entry.predecessors or ()):
        kind = held.get((one.ods_code, one.effective_date), one.kind)
        if kind is not one.kind:
            detail = f"The register has it as {kind}, and a succession is not changed."
            yield Fault(f"/predecessors/{index}/kind", "kind_is_fixed", detail)


def find_entry_faults(
    entry: Entry, held: Organisation | None, register: Mapping[str, Organisation]
) -> Iterator[Fault]:
    """Yield how an entry contradicts itself or the register.

    Args:
        entry: What is wanted.
        held: What is held under the code; None for nothing.
        register: The organisations that the entry names, by code.
    """
    if held is None and not _SHAPES[entry.kind].fullmatch(entry.ods_code):
        detail = f"{entry.ods_code} does not look like the ODS code of a {entry.kind}."
        yield Fault("", "code_shape", detail)
    if held is not None and held.kind is not entry.kind:
        yield Fault("/kind", "kind_is_fixed", f"{entry.ods_code} is a {held.kind}.")
    if entry.type is not None and entry.kind is not Kind.TRUST:
        yield Fault("/type", "type_of_trusts_only", f"A {entry.kind} has no type.")
    if entry.opened and entry.closed and entry.closed < entry.opened:
        detail = f"It closes on {entry.closed.isoformat()}, before it opens."
        yield Fault("/closed", "closed_before_opened", detail)
    for name, code, kind in (("icb", entry.icb, Kind.ICB), ("region", entry.region, Kind.REGION)):
        if code is not None and (code not in register or register[code].kind is not kind):
            yield Fault(f"/{name}", "unknown_code", f"No {kind} has the ODS code {code}.")
    yield from _find_date_faults(entry, held)
    yield from _find_predecessor_faults(entry, register)


def _find_date_faults(entry: Entry, held: Organisation | None) -> Iterator[Fault]:
    """Yield the fault of a change that would begin before what it changes."""
    starts = entry.effective_from
    if held is None or starts is None:
        return
    for attribute, value in entry.values().items():
        values = held.facts.get(attribute, ())
        began = values[-1].starts if values else None
        is_same = bool(values) and values[-1].value == value and values[-1].ends is None
        if began is not None and not is_same and starts <= began:
            detail = (
                f"The {attribute} held now began on {began.isoformat()}; a change is later, or"
                " leaves effective_from out to correct it."
            )
            yield Fault("/effective_from", "before_what_it_changes", detail)


def _find_predecessor_faults(
    entry: Entry, register: Mapping[str, Organisation]
) -> Iterator[Fault]:
    seen: set[tuple[str, date]] = set()
    for index, one in enumerate(entry.predecessors or ()):
        at = f"/predecessors/{index}/ods_code"
        if (one.ods_code, one.effective_date) in seen:
            detail = f"{one.ods_code} stands twice from {one.effective_date.isoformat()}."
            yield Fault(at, "duplicate_code", detail)
        seen.add((one.ods_code, one.effective_date))
        if one.ods_code == entry.ods_code:
            yield Fault(at, "succeeds_itself", "An organisation does not succeed itself.")
        elif one.ods_code not in register:
            yield Fault(at, "unknown_code", f"No organisation has the ODS code {one.ods_code}.")
        elif register[one.ods_code].kind is not entry.kind:
            detail = f"{one.ods_code} is a {register[one.ods_code].kind}, not a {entry.kind}."
            yield Fault(at, "wrong_kind", detail)
