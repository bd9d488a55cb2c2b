"""Figures of indicators 2 to 8 as they are shown: rates, ratios and differences."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Self, TypeVar

from pydantic import Field

from app.api.schemas.base import BodyOut, Headcount, Number, Share, SixPlaces
from app.api.schemas.progress import Why
from app.domain.bands import Band, StaffGroup
from app.domain.codes import Reason
from app.domain.indicator_figures import (
    WHITE_MINUS_BME,
    DifferenceFigure,
    PoolIndicatorFigure,
    PoolsFigure,
)
from app.domain.likelihoods import Likelihood

Figure = TypeVar("Figure")

Trusts = Annotated[int, Field(ge=0, description="Trusts whose people are counted.", examples=[1])]

SignedShare = Annotated[
    float,
    Field(
        ge=-1,
        le=1,
        allow_inf_nan=False,
        description="Difference of shares, in the direction that the name says.",
        examples=[0.041],
    ),
    SixPlaces,
]


def either(name: str, figure: Figure | Reason, show: Callable[[Figure], object]) -> dict[str, Any]:
    """Return a member of a body and the one beside it that says why it is null."""
    if isinstance(figure, Reason):
        return {name: None, f"{name}_reason": figure}
    return {name: show(figure), f"{name}_reason": None}


class PeriodOut(BodyOut):
    """The days that figures are of, both included; of sums, from the first to the last of any."""

    starts: date = Field(examples=["2023-04-01"])
    ends: date = Field(examples=["2024-03-31"])


class RatioIntervalOut(BodyOut):
    """A closed interval of ratios. Counts are exact: it describes the process behind them."""

    lower: Number = Field(examples=[1.12])
    upper: Number = Field(examples=[2.29])


class RatioOut(BodyOut):
    """A ratio, which never goes without its interval."""

    ratio: Number = Field(examples=[1.6])
    interval_95: RatioIntervalOut
    adjusted: bool = Field(
        description="Whether a half was added to the counts, because there was a zero."
    )


class LikelihoodOut(RatioOut):
    """How many times likelier it is in one group than in the other."""

    within_four_fifths: bool = Field(
        description="Whether the ratio lies from 0.8 to 1.25: a convention, not a test."
    )


class RateOut(BodyOut):
    """Of a pool of people, to how many it happened."""

    pool: Headcount
    events: Headcount
    rate: Share | None
    rate_reason: Why


class _WholeOut(BodyOut):
    period: PeriodOut
    trusts: Trusts


class _RatesOut(BodyOut):
    white: RateOut
    bme: RateOut
    unknown: RateOut


class _WhiteOverBmeOut(_RatesOut):
    likelihood_white_over_bme: LikelihoodOut | None = Field(
        description="Above 1 is a disadvantage for BME people."
    )
    likelihood_white_over_bme_reason: Why


class _NarrowedOut(BodyOut):
    staff_group: StaffGroup
    band: Band | None = Field(description="Null for the whole staff group.")
    trusts: Trusts


class PartOut(_WhiteOverBmeOut, _NarrowedOut):
    """Appointments in a staff group, or in a band of it."""

    @classmethod
    def from_part(cls, part: PoolsFigure) -> Self:
        """Return the body that presents a part."""
        staff_group, band = part.narrowing
        likelihood = either("likelihood_white_over_bme", part.likelihood, _same)
        return cls(
            **_rates(part), **likelihood, staff_group=staff_group, band=band, trusts=part.trusts
        )


class RecruitmentOut(_WhiteOverBmeOut, _WholeOut):
    """Indicator 2: how many times likelier white than BME applicants are appointed."""

    parts: list[PartOut] = Field(description="By staff group and band, where sent so.")

    @classmethod
    def from_figure(cls, figure: PoolIndicatorFigure) -> Self:
        """Return the body that presents the indicator."""
        parts = [PartOut.from_part(one) for one in figure.parts]
        return cls(**_pools(figure, "likelihood_white_over_bme"), parts=parts)


class DisciplinaryOut(_RatesOut, _WholeOut):
    """Indicator 3: how many times likelier BME than white staff enter the disciplinary process."""

    likelihood_bme_over_white: LikelihoodOut | None = Field(
        description="Above 1 is a disadvantage for BME people."
    )
    likelihood_bme_over_white_reason: Why

    @classmethod
    def from_figure(cls, figure: PoolIndicatorFigure) -> Self:
        """Return the body that presents the indicator."""
        return cls(**_pools(figure, "likelihood_bme_over_white"))


class TrainingOut(_WhiteOverBmeOut, _WholeOut):
    """Indicator 4: how many times likelier white than BME staff get non-mandatory training."""

    @classmethod
    def from_figure(cls, figure: PoolIndicatorFigure) -> Self:
        """Return the body that presents the indicator."""
        return cls(**_pools(figure, "likelihood_white_over_bme"))


class DifferenceRangeOut(BodyOut):
    """A closed interval of differences of shares, by Newcombe's method."""

    lower: SignedShare
    upper: SignedShare


class SurveyDifferenceOut(BodyOut):
    """A difference of two shares, which never goes without its interval."""

    share: SignedShare
    interval_95: DifferenceRangeOut


def show_difference(number: int, difference: DifferenceFigure | Reason) -> dict[str, Any]:
    """Return the member that tells a difference, its direction in its name."""
    direction = "white_minus_bme" if number in WHITE_MINUS_BME else "bme_minus_white"
    return either(f"difference_{direction}", difference, _same)


def _pools(figure: PoolIndicatorFigure, name: str) -> dict[str, Any]:
    whole = figure.whole
    return {
        "period": figure.period,
        "trusts": whole.trusts,
        **_rates(whole),
        **either(name, whole.likelihood, _same),
    }


def _rates(pools: PoolsFigure) -> dict[str, Any]:
    return {"white": pools.white, "bme": pools.bme, "unknown": pools.unknown}


def _same(figure: Likelihood | DifferenceFigure) -> Likelihood | DifferenceFigure:
    """Return a figure that its body is made from as it is."""
    return figure
