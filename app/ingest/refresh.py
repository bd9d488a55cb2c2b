"""What a newer ODS file changes in the register; a rule over values, nothing is stored.

A trust is never deleted, and no succession is made, since the file does not name successors.
What the register knows of the past stays: a changed name, ICB or region holds from the day
of the refresh, and the last day of a trust that has closed is not moved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.errors import RegisterFileRefused
from app.domain.organisations import Attribute, Dated, Kind, Organisation, Succession
from app.ingest.names import is_same_name
from app.ingest.ods_file import OdsFile, OdsTrust
from app.ingest.spans import restate


@dataclass(frozen=True, slots=True)
class RefreshPlan:
    """What a refresh would do.

    Attributes:
        organisations: Every trust that is new or changed, as it would be, in the file's order.
        changes: A sentence for each change, in the same order.
        missing: Codes of open trusts that the file does not have, sorted; they are kept as
            they are. Care trusts are among them, since the ODS keeps those in another file.
        followed: A sentence for each trust whose last day changes, about who takes over from it.
    """

    organisations: tuple[Organisation, ...]
    changes: tuple[str, ...]
    missing: tuple[str, ...]
    followed: tuple[str, ...] = ()


_WORDS = {Attribute.NAME: "name", Attribute.ICB: "ICB", Attribute.REGION: "region"}


def plan_refresh(
    held: Iterable[Organisation],
    file: OdsFile,
    on: date,
    successions: Iterable[Succession] = (),
) -> RefreshPlan:
    """Return what a file changes in what is held, from a day on.

    A trust that is not held and has closed by then is left out.

    Args:
        held: The whole register, regions and ICBs included.
        file: The newer file.
        on: The first day of what is changed.
        successions: All that are held.

    Raises:
        RegisterFileRefused: A trust lies in a region or an ICB that the register does not
            have open, has the code of something else, or is open though it has closed.
    """
    register = {organisation.ods_code: organisation for organisation in held}
    faults = [fault for trust in file.trusts for fault in _find_faults(trust, register, on)]
    if faults:
        raise RegisterFileRefused(file.name, faults)
    known = tuple(successions)
    organisations: list[Organisation] = []
    changes: list[str] = []
    followed: list[str] = []
    for trust in file.trusts:
        old = register.get(trust.ods_code)
        if old is None and not trust.is_open_on(on):
            continue
        new = _add(trust, register) if old is None else _revise(old, trust, on)
        if new != old:
            organisations.append(new)
            changes.extend([_describe_new(new)] if old is None else _describe(old, new, on))
            if new.closed != (None if old is None else old.closed):
                followed.extend(_describe_successors(new, known))
    missing = _find_missing(register.values(), file, on)
    return RefreshPlan(tuple(organisations), tuple(changes), missing, tuple(followed))


def _find_faults(trust: OdsTrust, register: Mapping[str, Organisation], on: date) -> Iterator[str]:
    old = register.get(trust.ods_code)
    if old is not None and old.kind is not Kind.TRUST:
        yield f"row {trust.row}, column 1: {trust.ods_code} is held as {old.kind}, not as trust"
        return
    if not trust.is_open_on(on):
        return
    if old is not None and old.closed is not None and old.closed < on:
        yield (
            f"row {trust.row}, column 12: {trust.ods_code} closed on {old.closed.isoformat()}"
            " and is open here; the file may be older than the register"
        )
        return
    places = ((3, "region", Kind.REGION, trust.region), (4, "ICB", Kind.ICB, trust.icb))
    for column, what, kind, code in places:
        place = None if code is None else register.get(code)
        if code is not None and not (place and place.kind is kind and place.is_open_on(on)):
            yield (
                f"row {trust.row}, column {column}: the register has no {what} {code}"
                f" that is open on {on.isoformat()}"
            )


def _add(trust: OdsTrust, register: Mapping[str, Organisation]) -> Organisation:
    facts: dict[Attribute, tuple[Dated, ...]] = {Attribute.NAME: (Dated(trust.name),)}
    if trust.icb:
        began = [day for day in (trust.opened, register[trust.icb].opened) if day]
        facts[Attribute.ICB] = (Dated(trust.icb, max(began, default=None)),)
    if trust.region:
        facts[Attribute.REGION] = (Dated(trust.region),)
    return Organisation(trust.ods_code, Kind.TRUST, trust.opened, trust.closed, facts)


def _revise(old: Organisation, trust: OdsTrust, on: date) -> Organisation:
    if old.closed is not None and old.closed < on:
        return old
    new = replace(old, opened=trust.opened or old.opened, closed=trust.closed)
    if not trust.is_open_on(on):
        return new
    held_name = old.value_on(Attribute.NAME, on) or old.name
    is_known = any(is_same_name(trust.name, name) for name in (held_name, *old.aliases))
    found = {
        Attribute.NAME: held_name if is_known else trust.name,
        Attribute.ICB: trust.icb,
        Attribute.REGION: trust.region,
    }
    facts = dict(old.facts)
    for attribute, value in found.items():
        if value != old.value_on(attribute, on):
            facts[attribute] = restate(facts.get(attribute, ()), value, on)
    return replace(new, facts=facts)


def _find_missing(held: Iterable[Organisation], file: OdsFile, on: date) -> tuple[str, ...]:
    present = {trust.ods_code for trust in file.trusts}
    return tuple(
        sorted(
            organisation.ods_code
            for organisation in held
            if organisation.kind is Kind.TRUST
            and not organisation.is_synthetic
            and organisation.is_open_on(on)
            and organisation.ods_code not in present
        )
    )


def _describe_new(new: Organisation) -> str:
    icb, region = new.newest(Attribute.ICB), new.newest(Attribute.REGION)
    return (
        f"{new.ods_code} is new: {new.name}, ICB {_show(icb)}, region {_show(region)}, opened"
        f" {_show(new.opened)}; its type is not in the file."
    )


def _describe(old: Organisation, new: Organisation, on: date) -> Iterator[str]:
    for attribute, what in _WORDS.items():
        was, now = old.value_on(attribute, on), new.value_on(attribute, on)
        if was != now:
            yield (
                f"{new.ods_code} has another {what} from {on.isoformat()}: {_show(now)},"
                f" until then {_show(was)}."
            )
    for what, before, after in (
        ("first", old.opened, new.opened),
        ("last", old.closed, new.closed),
    ):
        if before != after:
            yield f"{new.ods_code} has the {what} day {_show(after)}, until now {_show(before)}."


def _describe_successors(new: Organisation, known: Iterable[Succession]) -> Iterator[str]:
    """Yield who takes over from a trust whose last day has changed, and what is odd about it."""
    code = new.ods_code
    successors = [one for one in known if one.predecessor == code and one.successor is not None]
    for one in successors:
        first_day = one.effective_date
        days = set() if new.closed is None else {new.closed, new.closed + timedelta(days=1)}
        odd = "" if first_day in days else ", which does not fit its last day and stays so"
        yield f"{code} has the successor {one.successor} from {first_day} ({one.kind}){odd}."
    if not successors and new.closed is not None:
        yield (
            f"{code} has no successor: from {new.closed + timedelta(days=1)} on its staff, and"
            " their history, are in nobody's series until it is entered among the predecessors of"
            " the trust that takes over (PUT /v1/organisations/CODE)."
        )


def _show(value: str | date | None) -> str:
    return "none" if value is None else str(value)
