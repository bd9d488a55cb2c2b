"""What the demonstration set is generated from, and what comes out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.bands import Band, StaffGroup
from app.domain.counts import Count
from app.domain.indicators import PoolIndicator, SurveyIndicator
from app.domain.measures import Measure
from app.domain.organisations import Organisation, Succession, TrustType
from app.domain.targets import Goal

CENSUS_YEARS = range(2016, 2026)
"""The censuses that the demonstration trusts have sent."""

CYCLES = {"2019-2022": 2019, "2022-2025": 2022, "2025-2028": 2025}
"""The cycles that targets are set in, with the census of their baselines."""


@dataclass(frozen=True, slots=True)
class TrustProfile:
    """What an invented trust takes from a real one: its kind and its place, nothing else.

    Attributes:
        region: Code of the region; None for a trust of all England.
        icb: Code of the integrated care board since April 2026; None where there is none.
        former_icb: Code of the board from July 2022 to March 2026; None if it was the same.
    """

    type: TrustType
    region: str | None
    icb: str | None
    former_icb: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterProfile:
    """The mix of open trusts that the demonstration set copies, in any order."""

    trusts: tuple[TrustProfile, ...]


@dataclass(frozen=True, slots=True)
class PublishedShares:
    """National BME shares by census year, as proportions, where one exact figure is published.

    Attributes:
        workforce: Of all staff.
        vsm: Of very senior managers.
        leadership: Of AfC 8a to 9 and VSM.
        board: Of board members.
    """

    workforce: Mapping[int, Decimal]
    vsm: Mapping[int, Decimal]
    leadership: Mapping[int, Decimal]
    board: Mapping[int, Decimal]

    def __post_init__(self) -> None:
        for name in ("workforce", "vsm", "leadership", "board"):
            if len(getattr(self, name)) < 2:  # noqa: PLR2004 - a step takes two points
                raise ValueError(f"{name} needs the shares of at least two years")


@dataclass(frozen=True, slots=True)
class Return:
    """What a trust has sent for one census.

    Attributes:
        headcounts: Persons by staff group and band; pairs without people are left out.
        board: Persons by (voting, executive), likewise.
    """

    headcounts: dict[tuple[StaffGroup, Band], Count]
    board: dict[tuple[bool, bool], Count]


@dataclass(frozen=True, slots=True)
class IndicatorReturn:
    """What a trust has sent of indicators 2 to 8 for one census.

    Attributes:
        pools: Indicators of pools and events, by number.
        surveys: Indicators of the staff survey, by number.
    """

    pools: dict[int, PoolIndicator]
    surveys: dict[int, SurveyIndicator]


class Notable(StrEnum):
    """An extraordinary case that the set holds on purpose."""

    ABOVE_PARITY = "above_parity"
    NINE_LEADERS = "nine_leaders"
    HIGH_UNKNOWN = "high_unknown"
    MISSING_CENSUS = "missing_census"
    LOWEST_SHARE = "lowest_share"
    HIGHEST_SHARE = "highest_share"
    OPENED_PLAINLY = "opened_plainly"
    CLOSED_UNKNOWN = "closed_unknown"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class DemonstrationSet:
    """Invented trusts with their history.

    Attributes:
        organisations: Trusts, by code; those still open come first.
        successions: Who took over from whom, oldest first.
        returns: What was sent, by code and census year.
        targets: Goals, by code, cycle and measure.
        indicators: What was sent of indicators 2 to 8, by code and census year.
        notable: Code of the trust that shows each extraordinary case.
    """

    organisations: tuple[Organisation, ...]
    successions: tuple[Succession, ...]
    returns: dict[str, dict[int, Return]]
    targets: dict[tuple[str, str, Measure], Goal]
    indicators: dict[str, dict[int, IndicatorReturn]]
    notable: dict[Notable, str]

    def digest(self) -> str:
        """Return a SHA-256 of all but the indicators, the same on every machine."""
        sha = hashlib.sha256()
        for organisation in self.organisations:
            sha.update(f"{_describe(organisation)}\n".encode())
        for succession in self.successions:
            sha.update(f"{succession}\n".encode())
        for code, years in self.returns.items():
            for year, sent in years.items():
                sha.update(f"{code} {year} {_cells(sent)}\n".encode())
        for (code, cycle, measure), goal in self.targets.items():
            facts = (code, cycle, measure, goal.form, goal.share, goal.headcount, goal.reason)
            sha.update(f"{'|'.join(map(str, facts))}\n".encode())
        for case, code in self.notable.items():
            sha.update(f"{case} {code}\n".encode())
        return sha.hexdigest()

    def digest_of_indicators(self) -> str:
        """Return a SHA-256 of the indicators, the same on every machine."""
        sha = hashlib.sha256()
        for code, years in self.indicators.items():
            for year, sent in years.items():
                sha.update(f"{code} {year} {_figures(sent)}\n".encode())
        return sha.hexdigest()


def _describe(organisation: Organisation) -> str:
    facts = [
        f"{attribute}={dated.value}:{dated.starts}:{dated.ends}"
        for attribute, values in organisation.facts.items()
        for dated in values
    ]
    return "|".join(
        (organisation.ods_code, str(organisation.opened), str(organisation.closed), *facts)
    )


def _cells(sent: Return) -> str:
    cells = [
        f"{group}/{band}:{count.white},{count.bme},{count.unknown}"
        for (group, band), count in sent.headcounts.items()
    ]
    cells += [
        f"{voting}/{executive}:{count.white},{count.bme},{count.unknown}"
        for (voting, executive), count in sent.board.items()
    ]
    return " ".join(cells)


def _figures(sent: IndicatorReturn) -> str:
    figures = [
        f"{number}/{group}/{band}/{ethnic_group}:{pool.events}/{pool.pool}"
        for number, one in sent.pools.items()
        for (group, band), pools in one.cells.items()
        for ethnic_group, pool in pools.by_group().items()
    ]
    figures += [
        f"{number}/{ethnic_group}:{answers.share}/{answers.respondents}"
        for number, survey in sent.surveys.items()
        for ethnic_group, answers in survey.groups.items()
    ]
    periods = {one.period for one in sent.pools.values()}
    periods |= {one.period for one in sent.surveys.values()}
    days = sorted(f"{period.starts}:{period.ends}" for period in periods)
    return " ".join([*days, *figures])
