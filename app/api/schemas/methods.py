"""Methods and their back-tests as they are shown."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from pydantic import Field

from app.api.schemas.base import BodyOut, MethodVersion, Number, Page, Share, Year, is_none
from app.domain.backtest import Backtest
from app.domain.codes import Evidence
from app.domain.methods import COVERS, LATEST, MEANINGS, Method
from app.services.definitions import page_of


class ConstantOut(BodyOut):
    """A constant of a method."""

    name: str = Field(examples=["turnover"])
    value: Number = Field(examples=[0.12])
    meaning: str = Field(examples=["Share of staff who leave in a year (τ)."])


class MethodLinksOut(BodyOut):
    """Where more is told of a method."""

    backtest: str = Field(description="How it did.", examples=["/v1/methods/1/backtest"])
    formulas: str = Field(
        description="Path of the page with its formulas and their sources.",
        examples=["/definitions/methods/1/formulas"],
    )


class MethodOut(BodyOut):
    """A version of the method for trend, forecast and parity."""

    version: str = Field(description="What answers name it by.", examples=["1"])
    title: str = Field(examples=["Damped random walk in log-odds"])
    released: date = Field(description="The day since which answers can name it.")
    newest: bool = Field(description="Whether it is used unless another is asked for.")
    covers: str = Field(description="What has the version, and what has not.", examples=[COVERS])
    constants: list[ConstantOut] = Field(description="Constants, then thresholds.")
    links: MethodLinksOut
    page: Page

    @classmethod
    def from_domain(cls, method: Method) -> Self:
        """Return the body that presents a method."""
        return cls(
            version=method.version,
            title=method.title,
            released=method.released,
            newest=method is LATEST,
            covers=COVERS,
            constants=[
                ConstantOut(name=name, value=method.numbers[name], meaning=meaning)
                for name, meaning in MEANINGS.items()
            ],
            links=MethodLinksOut(
                backtest=f"/v1/methods/{method.version}/backtest",
                formulas=page_of("methods", method.version, "formulas"),
            ),
            page=page_of("methods", method.version),
        )


class MethodListOut(BodyOut):
    """Every method, oldest first."""

    items: list[MethodOut]
    next: str | None

    @classmethod
    def from_domain(cls, methods: Iterable[Method]) -> Self:
        """Return the body that presents methods."""
        return cls(items=[MethodOut.from_domain(one) for one in methods], next=None)


class BacktestBasisOut(BodyOut):
    """What a method was tried on."""

    evidence: Evidence = Field(description="Explained at /v1/codes.")
    sha256: str = Field(
        description="Of the demonstration set.",
        examples=["4ee4f327a735ab18323d8c9acae505418d11bb8e6277ed9e8370b75e9db68815"],
    )
    trusts: int = Field(description="Predecessors' counts are added in.", examples=[202])
    measures: int = Field(examples=[13])
    first_census: Year
    last_census: Year
    held_out: int = Field(description="Censuses held out at most.", examples=[3])


class CoveredOut(BodyOut):
    """Proportions of forecasts whose 80 % and 95 % bands held what came."""

    band_80: Share
    band_95: Share


class CoverageOut(BodyOut):
    """How often the bands held what came, so many years ahead."""

    years_ahead: int = Field(examples=[1])
    fewest: int = Field(
        description="Persons in the smallest team, at the last census fitted.", examples=[100]
    )
    most: int | None = Field(
        default=None,
        exclude_if=is_none,
        description="Persons in the largest; left out where there is no end.",
        examples=[199],
    )
    forecasts: int = Field(description="Number of forecasts.", examples=[736])
    in_shares: CoveredOut = Field(description="Of the bands as shares.")
    in_smoothed_shares: CoveredOut = Field(
        description="Likewise, with half a person added on either side of what came, as the"
        " method does with what it is shown."
    )
    in_people: CoveredOut = Field(description="Of the bands in whole people, rounded outwards.")


class ScoreOut(BodyOut):
    """How good the probabilities of an event were, so many years ahead."""

    years_ahead: int = Field(examples=[1])
    forecasts: int = Field(description="Number of probabilities.", examples=[5995])
    mean_probability: Share = Field(description="What they were on average.")
    base_rate: Share = Field(description="How often the event happened.")
    brier: Share = Field(description="Brier score: the mean squared distance, 0 at best.")
    brier_of_base_rate: Share = Field(description="The score of always saying the base rate.")


class BacktestOut(BodyOut):
    """How a version of the method did on censuses that it was not shown."""

    method: MethodVersion
    basis: BacktestBasisOut
    coverage: list[CoverageOut] = Field(description="Of teams of any size.")
    coverage_by_team_size: list[CoverageOut]
    goal: list[ScoreOut] = Field(
        description="Of the share due on the straight path from 2018 to parity in 2028."
    )
    parity: list[ScoreOut] = Field(description="Of being at parity or above at the census.")

    @classmethod
    def from_domain(cls, backtest: Backtest) -> Self:
        """Return the body that presents a back-test."""
        found = backtest.findings
        return cls(
            method=backtest.method,
            basis=BacktestBasisOut.model_validate(backtest.basis),
            coverage=[CoverageOut.model_validate(one) for one in found.coverage],
            coverage_by_team_size=[
                CoverageOut.model_validate(one) for one in found.coverage_by_team_size
            ],
            goal=[ScoreOut.model_validate(one) for one in found.goal],
            parity=[ScoreOut.model_validate(one) for one in found.parity],
        )
