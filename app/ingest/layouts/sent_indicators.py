"""Indicators as a file has them, and what they would be in the body that puts the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from app.domain.bands import EthnicGroup
from app.domain.indicators import (
    SURVEY_INDICATORS,
    WHOLE,
    Answers,
    Narrowing,
    Period,
    Pool,
    Sent,
    SentPart,
    SentPools,
    SentSurvey,
)
from app.ingest.layouts.common import Said
from app.ingest.tables import At

Told = TypeVar("Told", Pool, Answers)

_REQUIRED: Final = {EthnicGroup.WHITE: "White", EthnicGroup.BME: "BME"}
"""Ethnic groups that an indicator always has, as when it is put."""


@dataclass(slots=True)
class SentIndicator:
    """One indicator as a file has it.

    Attributes:
        number: From 2 to 8.
        at: Where the first of it stands.
        period: None as long as no row has one that can be read.
        pools: By whose they are and ethnic group, of indicators 2 to 4.
        answers: By ethnic group, of indicators 5 to 8.
        where: Where each part of the body stands that puts the same, by its pointer.
    """

    number: int
    at: At
    period: Period | None = None
    pools: dict[Narrowing, dict[EthnicGroup, Pool]] = field(default_factory=lambda: {WHOLE: {}})
    answers: dict[EthnicGroup, Answers] = field(default_factory=dict)
    where: dict[str, At] = field(default_factory=dict)

    def point_at(self, whose: Narrowing) -> str:
        """Return the pointer to everybody's figures, or to those of a part."""
        place = f"/indicator_{self.number}"
        return place if whose == WHOLE else f"{place}/parts/{list(self.pools).index(whose) - 1}"

    def to_sent(self) -> SentPools | SentSurvey:
        """Return what would be put; of a group of unknown ethnicity without rows is nobody."""
        if self.number in SURVEY_INDICATORS:
            return SentSurvey(self.period, self._whole(self.answers, WHOLE, Answers()))
        groups = {whose: self._whole(pools, whose, Pool()) for whose, pools in self.pools.items()}
        parts = [
            SentPart(staff_group, band, groups[staff_group, band])
            for staff_group, band in groups
            if staff_group is not None
        ]
        return SentPools(self.period, groups[WHOLE], tuple(parts))

    def _whole(
        self, told: dict[EthnicGroup, Told], whose: Narrowing, nobody: Told
    ) -> dict[EthnicGroup, Told]:
        unknown = EthnicGroup.UNKNOWN
        is_told = f"{self.point_at(whose)}/{unknown}" in self.where
        return told if is_told else {**told, unknown: nobody}


@dataclass(slots=True)
class SentIndicators:
    """A trust's indicators at a census, as a file has them.

    Attributes:
        at: Where the first of them stands.
        said: What is said of all of them.
        indicators: By number.
    """

    ods_code: str
    year: int
    at: At
    said: Said = field(default_factory=Said)
    indicators: dict[int, SentIndicator] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether there is an indicator, and each has a period that could be read."""
        has_periods = all(one.period is not None for one in self.indicators.values())
        return bool(self.indicators) and has_periods

    def to_sent(self) -> Sent:
        """Return what would be put, by indicator."""
        return {number: one.to_sent() for number, one in self.indicators.items()}

    def locate(self, pointer: str) -> At:
        """Return where what a pointer into the body leads to stands, or what it is part of."""
        where = {place: at for one in self.indicators.values() for place, at in one.where.items()}
        while pointer and pointer not in where:
            pointer = pointer.rpartition("/")[0]
        return where.get(pointer, self.at)


def find_missing(one: SentIndicator) -> Iterator[tuple[At, str]]:
    """Yield where figures of white or of BME staff are missing, and what to add."""
    for whose in one.pools:
        place = one.point_at(whose)
        missing = [group for group in _REQUIRED if f"{place}/{group}" not in one.where]
        if missing:
            names = " or ".join(_REQUIRED[group] for group in missing)
            of = " ".join(part for part in whose if part) or "everybody"
            yield (
                one.where.get(place, one.at),
                (
                    f"Indicator {one.number} has no row of {names} for {of}; add one, with 0 where"
                    " there is nobody."
                ),
            )
