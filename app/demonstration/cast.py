"""The invented trusts: who they are, and who opens, merges and closes on the way."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.demonstration.values import Notable, RegisterProfile, TrustProfile
from app.domain.censuses import census_day
from app.domain.organisations import SuccessionKind, TrustType

ONLINE_OPENS = date(2026, 6, 1)
"""First day of the online trust."""

PLAIN_OPENING = date(2020, 4, 1)
"""First day of the trust that opens without taking over from another."""


@dataclass(frozen=True, slots=True)
class Trust:
    """One invented trust, before it has staff.

    Attributes:
        opened: First day.
        closed: Last day; None while open.
    """

    code: str
    profile: TrustProfile
    opened: date
    closed: date | None = None

    def is_open_at(self, year: int) -> bool:
        """Return whether the trust was open on the day of a census."""
        day = census_day(year)
        return self.opened <= day and (self.closed is None or day <= self.closed)


@dataclass(frozen=True, slots=True)
class Change:
    """Predecessors handing over to successors; both are places in the cast."""

    effective: date
    kind: SuccessionKind
    predecessors: tuple[int, ...]
    successors: tuple[int, ...]

    def falls_before(self, year: int) -> bool:
        """Return whether the change lies between a census and the one before it."""
        return census_day(year - 1) < self.effective <= census_day(year)


@dataclass(frozen=True, slots=True)
class Cast:
    """Every trust, what happens among them, and where the extraordinary ones stand."""

    trusts: tuple[Trust, ...]
    changes: tuple[Change, ...]
    notable: dict[Notable, int]


@dataclass(frozen=True, slots=True)
class _Event:
    """What a change takes: so many predecessors of a type, and successors in a region."""

    effective: date
    kind: SuccessionKind
    predecessor: TrustType
    number: int
    successor: TrustType
    region: str
    successors: int = 1


_ACUTE, _COMMUNITY, _MENTAL = TrustType.ACUTE, TrustType.COMMUNITY, TrustType.MENTAL_HEALTH
_ACQUIRED, _MERGED = SuccessionKind.ACQUIRED, SuccessionKind.MERGED
_SPLIT, _UNKNOWN = SuccessionKind.SPLIT, SuccessionKind.UNKNOWN

_EVENTS = (
    _Event(date(2017, 4, 1), _MERGED, _ACUTE, 2, _ACUTE, "Y61"),
    _Event(date(2017, 10, 1), _ACQUIRED, _ACUTE, 1, _ACUTE, "Y60"),
    _Event(date(2018, 4, 1), _ACQUIRED, _COMMUNITY, 1, _MENTAL, "Y59"),
    _Event(date(2018, 7, 1), _MERGED, _ACUTE, 2, _ACUTE, "Y62"),
    _Event(date(2019, 4, 1), _MERGED, _MENTAL, 2, _MENTAL, "Y63"),
    _Event(date(2019, 10, 1), _ACQUIRED, _ACUTE, 1, _ACUTE, "Y58"),
    _Event(date(2020, 4, 1), _ACQUIRED, _ACUTE, 2, _ACUTE, "Y61"),
    _Event(date(2021, 10, 1), _SPLIT, _ACUTE, 1, _ACUTE, "Y62", successors=2),
    _Event(date(2022, 4, 1), _ACQUIRED, _COMMUNITY, 1, _ACUTE, "Y56"),
    _Event(date(2023, 7, 1), _ACQUIRED, _ACUTE, 1, _ACUTE, "Y62"),
    _Event(date(2024, 10, 1), _UNKNOWN, _COMMUNITY, 1, _COMMUNITY, "Y60", successors=0),
)
"""What happens on the way; fifteen trusts close in it."""

_NOTABLE = {
    Notable.ABOVE_PARITY: (_ACUTE, "Y58"),
    Notable.NINE_LEADERS: (_COMMUNITY, "Y61"),
    Notable.HIGH_UNKNOWN: (_MENTAL, "Y60"),
    Notable.MISSING_CENSUS: (_ACUTE, "Y63"),
    Notable.LOWEST_SHARE: (TrustType.AMBULANCE, "Y58"),
    Notable.HIGHEST_SHARE: (_ACUTE, "Y56"),
    Notable.OPENED_PLAINLY: (_COMMUNITY, "Y59"),
}
"""The type and region of the trust that shows each case, all open from first to last."""


class _Casting:
    """Gives each part to an open trust that has none yet."""

    def __init__(self, trusts: list[Trust]) -> None:
        self.trusts = trusts
        self._free = dict.fromkeys(range(len(trusts)))

    def pick(self, kind: TrustType, region: str) -> int:
        """Return the first free open trust of a type in a region.

        Raises:
            ValueError: There is none; the profile is too small for the story.
        """
        for place in self._free:
            profile = self.trusts[place].profile
            if (profile.type, profile.region) == (kind, region):
                del self._free[place]
                return place
        raise ValueError(f"the register profile has too few {kind} trusts in {region}")

    def play(self, event: _Event) -> Change:
        """Let an event happen: close its predecessors and, for a merger, open the successor."""
        successors = tuple(
            self.pick(event.successor, event.region) for _ in range(event.successors)
        )
        if event.kind is _MERGED:
            (place,) = successors
            self.trusts[place] = replace(self.trusts[place], opened=event.effective)
        neighbour = next(t.profile for t in self.trusts if t.profile.region == event.region)
        like = self.trusts[successors[0]].profile if successors else neighbour
        predecessors = tuple(self._close(event, like) for _ in range(event.number))
        return Change(event.effective, event.kind, predecessors, successors)

    def _close(self, event: _Event, like: TrustProfile) -> int:
        place = len(self.trusts)
        last_day = event.effective - timedelta(days=1)
        profile = replace(like, type=event.predecessor)
        opened = date(1994 + place % 13, 4, 1)
        self.trusts.append(Trust(_code(place), profile, opened, last_day))
        return place


def assemble(profile: RegisterProfile) -> Cast:
    """Return the cast: one open trust for each of the profile, and those that close.

    Raises:
        ValueError: The profile lacks a type or region that the story needs.
    """
    trusts = [
        Trust(_code(place), each, _opening_day(place, each))
        for place, each in enumerate(sorted(profile.trusts, key=_sort_key))
    ]
    casting = _Casting(trusts)
    notable = {case: casting.pick(*wanted) for case, wanted in _NOTABLE.items()}
    place = notable[Notable.OPENED_PLAINLY]
    trusts[place] = replace(trusts[place], opened=PLAIN_OPENING)
    changes = tuple(casting.play(event) for event in _EVENTS)
    for change in changes:
        if change.kind is _SPLIT:
            notable[Notable.SPLIT] = change.predecessors[0]
        elif change.kind is _UNKNOWN:
            notable[Notable.CLOSED_UNKNOWN] = change.predecessors[0]
    return Cast(tuple(trusts), changes, notable)


def _code(place: int) -> str:
    return f"ZZ{place + 1:03d}"


def _sort_key(profile: TrustProfile) -> tuple[str, ...]:
    # Sorted, so that the set does not depend on the order of the register; without a region last.
    region, icb = profile.region or "~", profile.icb or "~"
    return region, profile.type, icb, profile.former_icb or ""


def _opening_day(place: int, profile: TrustProfile) -> date:
    if profile.type is TrustType.ONLINE:
        return ONLINE_OPENS
    return date(1993 + place % 19, 4, 1)
