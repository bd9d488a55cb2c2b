"""The register as answers about areas need it: who lies where, and when that last changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from app.domain.area_units import list_remaining, take_effect
from app.domain.organisations import Attribute, Kind, Organisation, Succession
from app.store import organisations, register
from app.store.organisations import Known
from app.store.register import KnownOrganisation

ATTRIBUTES = {Kind.ICB: Attribute.ICB, Kind.REGION: Attribute.REGION}
"""The fact of a trust that says in which area of a kind it lies."""

_FACTS = (Attribute.NAME, *ATTRIBUTES.values())
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AreaRegister:
    """Trusts, areas and successions as known at an instant.

    Attributes:
        day: Of the instant, for the boundaries of today.
        successions: Those that have taken effect by then.
    """

    day: date
    known_trusts: Mapping[str, KnownOrganisation]
    areas: Mapping[str, Organisation]
    known_successions: tuple[Known, ...]

    @property
    def trusts(self) -> dict[str, Organisation]:
        """The trusts by code."""
        return {code: one.organisation for code, one in self.known_trusts.items()}

    @property
    def successions(self) -> tuple[Succession, ...]:
        """The successions that have taken effect."""
        return take_effect((one.succession for one in self.known_successions), self.day)

    def list_of_today(self, area: Organisation) -> tuple[str, ...]:
        """Return the trusts that lie in an area on the day."""
        trusts = self.trusts
        remaining = list_remaining(trusts, self.successions, self.day)
        attribute = ATTRIBUTES.get(area.kind)
        return tuple(
            code
            for code in remaining
            if attribute is None or trusts[code].value_on(attribute, self.day) == area.ods_code
        )

    def list_ever(self, area: Organisation) -> tuple[str, ...]:
        """Return the trusts that lay in an area at some time."""
        attribute = ATTRIBUTES.get(area.kind)
        return tuple(
            code
            for code, trust in self.trusts.items()
            if attribute is None
            or any(one.value == area.ods_code for one in trust.facts.get(attribute, ()))
        )

    def list_areas(self) -> list[Organisation]:
        """Return the regions, then the integrated care boards that are open on the day."""
        return [
            area
            for kind in (Kind.REGION, Kind.ICB)
            for area in self.areas.values()
            if area.kind is kind and area.is_open_on(self.day)
        ]

    def list_changes(self) -> Iterator[datetime]:
        """Yield the instants of the changes to who lies where, until the day.

        What holds from a day on changes when that day begins, however long it was known.
        """
        for known in self.known_trusts.values():
            if known.changed_at is not None:
                yield known.changed_at
            yield from map(_begin, filter(self._has_come, _turns(known.organisation)))
        for one in self.known_successions:
            if self._has_come(one.succession.effective_date):
                yield from (one.known_from, _begin(one.succession.effective_date))

    def _has_come(self, day: date) -> bool:
        return day <= self.day


def read_register(
    session: Session, *, synthetic: bool, as_of: datetime | None, now: datetime
) -> AreaRegister:
    """Return the invented, or the real, trusts and all areas as known at an instant."""
    return AreaRegister(
        day=(as_of or now).date(),
        known_trusts=register.list_known_trusts(session, _FACTS, synthetic=synthetic, as_of=as_of),
        areas={
            code: one.organisation
            for code, one in register.list_known_areas(session, as_of=as_of).items()
        },
        known_successions=organisations.list_successions(session, as_of=as_of),
    )


def _turns(trust: Organisation) -> Iterator[date]:
    """Yield the days from which something else holds of a trust."""
    spans = [one for attribute in ATTRIBUTES.values() for one in trust.facts.get(attribute, ())]
    for starts, ends in ((trust.opened, trust.closed), *((s.starts, s.ends) for s in spans)):
        if starts is not None:
            yield starts
        if ends is not None:
            yield ends + _DAY


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
