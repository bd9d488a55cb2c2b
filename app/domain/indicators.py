"""Indicators 2 to 8: pools and events, and answers to the staff survey, as a trust sends them.

Indicators 2 to 4 are counts: of a pool of people something happened to some. Indicators 5 to 8
are questions of the staff survey: of the respondents a share answered so. Indicator 1 is the
headcounts, indicator 9 comes from the board; both are sent elsewhere. Ratios are computed, never
accepted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.codes import Caution
from app.domain.explanations import Explanation
from app.domain.records import Record

POOL_INDICATORS: Final = (2, 3, 4)
"""Indicators of pools and events."""

SURVEY_INDICATORS: Final = (5, 6, 7, 8)
"""Indicators of the staff survey."""

NARROWED_INDICATOR: Final = 2
"""The one that may come by staff group and band too."""

TITLES: Final[Mapping[int, str]] = {
    1: "BME share of each band and of the workforce",
    2: "Appointed from shortlisting",
    3: "Entering the formal disciplinary process",
    4: "Non-mandatory training and development",
    5: "Harassed, bullied or abused by patients, relatives or the public",
    6: "Harassed, bullied or abused by staff",
    7: "Believing in equal opportunities for career progression",
    8: "Discriminated against by manager, team leader or colleagues",
    9: "BME share of the board minus that of the workforce",
}
"""What each indicator is called where people read it."""

Narrowing = tuple[StaffGroup | None, Band | None]
"""Whose figures: of a staff group, or of a band in it; None where not narrowed."""

WHOLE: Final[Narrowing] = (None, None)
"""Everybody's."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that figures are of, both included."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Pool:
    """Persons of one ethnic group, and to how many of them something happened.

    Attributes:
        pool: Persons to whom it could have happened.
        events: Those to whom it did; more than the pool only until that is refused.
    """

    pool: int = 0
    events: int = 0

    @property
    def rate(self) -> Fraction | None:
        """To how many of the pool it happened, as a proportion; None when it is empty."""
        return Fraction(self.events, self.pool) if self.pool else None

    def __add__(self, other: "Pool") -> "Pool":
        return Pool(self.pool + other.pool, self.events + other.events)


@dataclass(frozen=True, slots=True)
class Pools:
    """Pools by ethnic group."""

    white: Pool = Pool()
    bme: Pool = Pool()
    unknown: Pool = Pool()

    @classmethod
    def of(cls, groups: Mapping[EthnicGroup, Pool]) -> "Pools":
        """Return pools by ethnic group; a group that is left out is empty."""
        return cls(**{group.value: one for group, one in groups.items()})

    @property
    def people(self) -> int:
        """Everybody in any of the pools."""
        return self.white.pool + self.bme.pool + self.unknown.pool

    def by_group(self) -> dict[EthnicGroup, Pool]:
        """Return the pools that are not empty, in the order of ethnic groups."""
        pools = zip(EthnicGroup, (self.white, self.bme, self.unknown), strict=True)
        return {group: one for group, one in pools if one.pool}

    def __add__(self, other: "Pools") -> "Pools":
        return Pools(self.white + other.white, self.bme + other.bme, self.unknown + other.unknown)


@dataclass(frozen=True, slots=True)
class Answers:
    """Respondents of one ethnic group, and how many of them answered so.

    Attributes:
        respondents: Persons.
        share: Exact proportion; None where it was not told, to protect the few who answered.
    """

    respondents: int = 0
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SentPart:
    """Pools of a staff group, or of a band in it, as they were sent."""

    staff_group: StaffGroup
    band: Band | None
    groups: Mapping[EthnicGroup, Pool]

    @property
    def narrowing(self) -> Narrowing:
        """Whose figures they are."""
        return (self.staff_group, self.band)


@dataclass(frozen=True, slots=True)
class SentPools:
    """An indicator of pools and events as it was sent.

    Attributes:
        period: None where it is malformed and reported elsewhere.
        groups: Everybody's pools; one that is malformed is left out.
        parts: In the order of sending; None where one is malformed.
    """

    period: Period | None
    groups: Mapping[EthnicGroup, Pool]
    parts: tuple[SentPart | None, ...] = ()


@dataclass(frozen=True, slots=True)
class SentSurvey:
    """An indicator of the staff survey as it was sent; attributes as those of `SentPools`."""

    period: Period | None
    groups: Mapping[EthnicGroup, Answers]


Sent = Mapping[int, SentPools | SentSurvey]
"""What was sent, by indicator."""


@dataclass(frozen=True, slots=True)
class PoolIndicator:
    """An indicator of pools and events.

    Attributes:
        cells: Pools, everybody's and narrowed; those in which there is nobody are left out.
    """

    period: Period
    cells: Mapping[Narrowing, Pools]

    def __post_init__(self) -> None:
        held = {whose: pools for whose, pools in self.cells.items() if pools.people}
        object.__setattr__(self, "cells", held)

    @property
    def whole(self) -> Pools:
        """Everybody's pools."""
        return self.cells.get(WHOLE, Pools())


@dataclass(frozen=True, slots=True)
class SurveyIndicator:
    """An indicator of the staff survey.

    Attributes:
        groups: Answers by ethnic group; groups without respondents are left out.
    """

    period: Period
    groups: Mapping[EthnicGroup, Answers]

    def __post_init__(self) -> None:
        held = {group: one for group, one in self.groups.items() if one.respondents}
        object.__setattr__(self, "groups", held)


@dataclass(frozen=True, slots=True)
class Indicators:
    """What a trust says of indicators 2 to 8 at one census.

    Two are equal when their figures, periods, source and notes are.

    Attributes:
        source: Where the figures come from, in the sender's words.
        notes: On completeness and comparability; None when there are none.
        pools: Indicators of pools and events, by number.
        surveys: Indicators of the staff survey, by number.
    """

    source: str
    notes: str | None
    pools: Mapping[int, PoolIndicator] = field(default_factory=dict)
    surveys: Mapping[int, SurveyIndicator] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndicatorsRevision:
    """One stored revision of a trust's indicators.

    Attributes:
        revision: 1 for the first; the highest counts.
        cautions: The warnings given when it was stored.
        correction_note: What everybody is told of what it corrects, if anything.
        explanations: What the trust says to its warnings, by their place, where it was read.
    """

    ods_code: str
    year: int
    revision: int
    indicators: Indicators
    record: Record
    cautions: tuple[Caution, ...] = ()
    correction_note: str | None = None
    explanations: Mapping[int, Explanation] = field(default_factory=dict)


def settle(source: str, notes: str | None, sent: Sent) -> Indicators:
    """Return what was sent, once it is known to be without fault."""
    pools: dict[int, PoolIndicator] = {}
    surveys: dict[int, SurveyIndicator] = {}
    for number, one in sorted(sent.items()):
        if one.period is None:
            raise ValueError(f"indicator {number} has no period")
        if isinstance(one, SentPools):
            parts = {part.narrowing: Pools.of(part.groups) for part in one.parts if part}
            pools[number] = PoolIndicator(one.period, {WHOLE: Pools.of(one.groups), **parts})
        else:
            surveys[number] = SurveyIndicator(one.period, one.groups)
    return Indicators(source, notes, pools, surveys)


def join_periods(periods: Iterable[Period]) -> Period:
    """Return the period from the first day of any of some to the last day of any."""
    known = list(periods)
    return Period(min(one.starts for one in known), max(one.ends for one in known))
