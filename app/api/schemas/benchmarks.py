"""Trusts beside each other as they are shown."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from app.api.schemas.base import (
    AnswerLinks,
    BodyOut,
    Difference,
    Headcount,
    Instant,
    MethodVersion,
    Number,
    OdsCodeText,
    Share,
    WarningOut,
    Year,
)
from app.api.schemas.progress import DifferenceIntervalOut, IntervalOut, Why
from app.domain.bands import StaffGroup
from app.domain.codes import FunnelPosition
from app.domain.measures import Measure
from app.domain.organisations import TrustType

Revision = Annotated[int, Field(description="Of the return that counts them.", examples=[1])]

Name = Annotated[str, Field(examples=["Example Hospitals NHS Trust (demonstration)"])]

ShareOfKnown = Annotated[Share | None, Field(description="Of people of known ethnicity.")]

UnknownShare = Annotated[Share, Field(description="Of unknown ethnicity, of everybody.")]

TypeAtCensus = Annotated[TrustType | None, Field(description="On the day of the census.")]


class TurnoutOut(BodyOut):
    """How many trusts are compared, of how many; those left out are not named."""

    expected: int = Field(description="Open on the day of the census.", examples=[202])
    reported: int = Field(description="Have sent the census.", examples=[198])
    counted_elsewhere: int = Field(
        description="Left out because another trust's return counts their people too.",
        examples=[1],
    )
    without_people: int = Field(
        description="Left out because they have nobody in the measure.", examples=[3]
    )
    compared: int = Field(examples=[194])


class RankIntervalOut(BodyOut):
    """Ranks that a trust could as well have; both ends belong to it."""

    lower: int = Field(examples=[2])
    upper: int = Field(examples=[7])


class StandingOut(BodyOut):
    """A rank, which never goes without its interval."""

    rank: int = Field(
        description="1 is the highest share; equal shares all have the best of their ranks.",
        examples=[4],
    )
    interval_95: RankIntervalOut
    of: int = Field(description="Trusts that are ranked.", examples=[11])


class GroupOut(BodyOut):
    """A group of people of a trust, with its share."""

    revision: Revision
    bme: Headcount
    total: Headcount
    share: Share | None
    share_reason: Why
    share_of_known: ShareOfKnown
    share_of_known_reason: Why
    unknown_share: UnknownShare | None
    unknown_share_reason: Why
    interval_95: IntervalOut | None = Field(description="Wilson interval of the share.")
    interval_95_reason: Why


class TrustFigureOut(BodyOut):
    """A trust with its workforce, by which peers are found, and its people in the measure."""

    ods_code: OdsCodeText
    name: Name
    type: TypeAtCensus
    type_reason: Why
    workforce: GroupOut
    people: GroupOut = Field(description="Those of the measure.")


class LikenessOut(BodyOut):
    """How like a trust is to the one asked about."""

    same_type: bool = Field(description="Trusts of the same type come first.")
    distance: Number = Field(
        description="√((ln size_ratio / log_size_sd)² + (share_difference / share_sd)²).",
        examples=[0.312407],
    )
    size_ratio: Number = Field(
        description="Its workforce over that of the trust asked about.", examples=[1.084]
    )
    share_difference: Difference = Field(
        description="BME share of its workforce minus that of the trust asked about."
    )


class ShareDifferenceOut(BodyOut):
    """The share of a peer minus that of the trust asked about: positive when that is short."""

    share: Difference
    interval_95: DifferenceIntervalOut = Field(description="Newcombe's hybrid score interval.")


class PeerOut(TrustFigureOut):
    """One of the trusts most like the one asked about."""

    likeness: LikenessOut
    difference: ShareDifferenceOut | None
    difference_reason: Why


class ScalesOut(BodyOut):
    """What distances are divided by: standard deviations over all trusts compared."""

    log_size_sd: Number = Field(description="Of the logarithm of the workforce.")
    share_sd: Number = Field(description="Of the BME share of the workforce.")


class PeersOut(BodyOut):
    """A trust among the trusts most like it, at one census, as of an instant."""

    ods_code: OdsCodeText
    measure: Measure
    staff_group: StaffGroup | None
    year: Year
    as_of: Instant
    method: MethodVersion
    links: AnswerLinks
    synthetic: bool = Field(description="Whether the trusts are invented.")
    trusts: TurnoutOut
    own: TrustFigureOut
    peers: list[PeerOut] = Field(description="Nearest first.")
    scales: ScalesOut | None
    scales_reason: Why
    standing: StandingOut | None = Field(description="Among itself and the peers.")
    standing_reason: Why
    warnings: list[WarningOut]


class CentreOut(BodyOut):
    """The people of all trusts compared; their share is the middle of the funnel."""

    bme: Headcount
    total: Headcount
    share: Share
    share_of_known: ShareOfKnown
    share_of_known_reason: Why
    unknown_share: UnknownShare


class DispersionOut(BodyOut):
    """How much trusts vary around the middle."""

    ratio: Number = Field(
        description="φ, mean square of the winsorised z-scores; above 1, by more than chance.",
        examples=[7.81],
    )
    between_sd: Number = Field(
        description="τ, standard deviation of the trusts' own shares beyond chance.",
        examples=[0.0521],
    )
    applied: bool = Field(description="Whether the limits were widened for it.")


class LimitsOut(BodyOut):
    """The limits for a group of a size."""

    total: Headcount
    limits_95: IntervalOut
    limits_998: IntervalOut


class FunnelPointOut(BodyOut):
    """One trust in the funnel: its people in the measure, and the limits for so many."""

    ods_code: OdsCodeText
    name: Name
    type: TypeAtCensus
    type_reason: Why
    revision: Revision
    bme: Headcount
    total: Headcount
    share: Share
    share_of_known: ShareOfKnown
    share_of_known_reason: Why
    unknown_share: UnknownShare
    interval_95: IntervalOut = Field(description="Wilson interval of the share.")
    limits_95: IntervalOut
    limits_998: IntervalOut
    position: FunnelPosition
    standing: StandingOut


class FunnelOut(BodyOut):
    """Every trust around the share of all together, at one census, as of an instant."""

    measure: Measure
    staff_group: StaffGroup | None
    year: Year
    as_of: Instant
    method: MethodVersion
    links: AnswerLinks
    synthetic: bool = Field(description="Whether the trusts are invented.")
    trusts: TurnoutOut
    centre: CentreOut | None
    centre_reason: Why
    dispersion: DispersionOut | None
    dispersion_reason: Why
    curve: list[LimitsOut] = Field(
        description="The limits from the smallest group to the largest."
    )
    points: list[FunnelPointOut] = Field(description="In the order of codes.")
    warnings: list[WarningOut]

    def rows(self) -> list["FunnelRow"]:
        """Return the trusts as lines of a file."""
        common = self.model_dump(include={"measure", "staff_group", "year", "synthetic"})
        return [
            FunnelRow.model_validate(common | dict(_flatten(point.model_dump())))
            for point in self.points
        ]


class FunnelRow(BodyOut):
    """One trust in the funnel as a line of a file; parts are named after what they belong to."""

    measure: Measure
    staff_group: StaffGroup | None
    year: int
    synthetic: bool
    ods_code: str
    name: str
    type: TrustType | None
    revision: int
    bme: int
    total: int
    share: float
    share_of_known: float | None
    unknown_share: float
    interval_95_lower: float
    interval_95_upper: float
    limits_95_lower: float
    limits_95_upper: float
    limits_998_lower: float
    limits_998_upper: float
    position: FunnelPosition
    standing_rank: int
    standing_interval_95_lower: int
    standing_interval_95_upper: int
    standing_of: int


def _flatten(members: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Yield the members of a body, those of its parts with the part's name before their own."""
    for name, value in members.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{before}{name}_")
        else:
            yield f"{before}{name}", value
