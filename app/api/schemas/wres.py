"""The nine indicators of the Workforce Race Equality Standard as they are shown."""

from dataclasses import asdict
from functools import partial
from typing import Any, Self

from pydantic import Field

from app.api.schemas.base import BodyOut, Headcount, Instant, OdsCodeText, Share, WarningOut, Year
from app.api.schemas.indicator_figures import (
    DisciplinaryOut,
    PeriodOut,
    RatioOut,
    RecruitmentOut,
    SurveyDifferenceOut,
    TrainingOut,
    Trusts,
    either,
    show_difference,
)
from app.api.schemas.progress import IntervalOut, SourceOut, Why
from app.domain.bands import Band, StaffGroup
from app.domain.indicator_figures import SurveyFigure
from app.domain.likelihoods import Disparity, Step
from app.domain.series import Continuity
from app.domain.wres import (
    BoardFigure,
    DisparityFigure,
    NineFigures,
    PeopleFigure,
    SeatsFigure,
    Sources,
    StaffFigure,
    WresReport,
)


class PeopleOut(BodyOut):
    """People by ethnic group, with their BME share."""

    white: Headcount
    bme: Headcount
    unknown: Headcount
    total: Headcount
    share: Share | None = Field(description="BME of everybody, unknown included.")
    share_reason: Why
    share_of_known: Share | None = Field(description="Of people of known ethnicity.")
    share_of_known_reason: Why
    unknown_share: Share | None
    unknown_share_reason: Why
    interval_95: IntervalOut | None = Field(description="Wilson interval of the share.")
    interval_95_reason: Why


def _people(figure: PeopleFigure) -> dict[str, Any]:
    return asdict(figure)


class _OfStaffGroupOut(BodyOut):
    staff_group: StaffGroup


class StaffGroupPeopleOut(PeopleOut, _OfStaffGroupOut):
    """People of a staff group."""


class _OfBandOut(_OfStaffGroupOut):
    band: Band


class BandPeopleOut(PeopleOut, _OfBandOut):
    """People of a band, or of a medical grade."""


class StaffOut(BodyOut):
    """Indicator 1: the workforce, and beside it each staff group and band that has people."""

    trusts: Trusts
    workforce: PeopleOut
    staff_groups: list[StaffGroupPeopleOut]
    bands: list[BandPeopleOut]

    @classmethod
    def from_figure(cls, figure: StaffFigure) -> Self:
        """Return the body that presents the indicator."""
        return cls(
            trusts=figure.trusts,
            workforce=PeopleOut.model_validate(figure.workforce),
            staff_groups=[
                StaffGroupPeopleOut(staff_group=one.staff_group, **_people(one.people))
                for one in figure.staff_groups
            ],
            bands=[
                BandPeopleOut(staff_group=one.staff_group, band=one.band, **_people(one.people))
                for one in figure.bands
            ],
        )


class RespondentsOut(BodyOut):
    """Respondents to a question of the staff survey, and the share who answered so."""

    respondents: Headcount
    share: Share | None
    share_reason: Why


class _AnswersOut(BodyOut):
    period: PeriodOut
    trusts: Trusts
    white: RespondentsOut
    bme: RespondentsOut
    unknown: RespondentsOut


class BadExperienceOut(_AnswersOut):
    """Indicator 5, 6 or 8, of something bad: above 0 is a disadvantage for BME staff."""

    difference_bme_minus_white: SurveyDifferenceOut | None
    difference_bme_minus_white_reason: Why


class GoodExperienceOut(_AnswersOut):
    """Indicator 7, of something good: above 0 is a disadvantage for BME staff."""

    difference_white_minus_bme: SurveyDifferenceOut | None
    difference_white_minus_bme_reason: Why


def _survey(number: int, figure: SurveyFigure) -> dict[str, Any]:
    return {
        "period": figure.period,
        "trusts": figure.trusts,
        "white": figure.white,
        "bme": figure.bme,
        "unknown": figure.unknown,
        **show_difference(number, figure.difference),
    }


class SeatsOut(PeopleOut):
    """Board members, and their BME share minus that of the workforce."""

    difference_board_minus_workforce: SurveyDifferenceOut | None = Field(
        description="Below 0 the board is less diverse than the workforce."
    )
    difference_board_minus_workforce_reason: Why


class BoardPeopleOut(BodyOut):
    """Indicator 9: the board as a whole, its voting and its executive members."""

    trusts: Trusts
    board: SeatsOut
    voting: SeatsOut
    executive: SeatsOut

    @classmethod
    def from_figure(cls, figure: BoardFigure) -> Self:
        """Return the body that presents the indicator."""

        def show(seats: SeatsFigure) -> SeatsOut:
            name = "difference_board_minus_workforce"
            return SeatsOut(
                **_people(seats.people), **either(name, seats.difference, lambda one: one)
            )

        return cls(
            trusts=figure.trusts,
            board=show(figure.board),
            voting=show(figure.voting),
            executive=show(figure.executive),
        )


class TierOut(BodyOut):
    """People of a staff group in a tier of pay."""

    white: Headcount
    bme: Headcount
    unknown: Headcount


class DisparityStepOut(BodyOut):
    """How many times likelier white than BME staff are found in the upper of two tiers."""

    ratio_white_over_bme: RatioOut | None = Field(
        description="Above 1 is a disadvantage for BME people."
    )
    ratio_white_over_bme_reason: Why

    @classmethod
    def from_step(cls, step: Step) -> Self:
        """Return the body that presents a step."""
        ratio = None if step.ratio is None else RatioOut.model_validate(step.ratio)
        return cls(ratio_white_over_bme=ratio, ratio_white_over_bme_reason=step.reason)


class StaffDisparityOut(BodyOut):
    """The disparity of one staff group between three tiers of pay."""

    lower: TierOut = Field(description="Bands up to 5.")
    middle: TierOut = Field(description="Bands 6 and 7.")
    upper: TierOut = Field(description="Bands 8a and over, and very senior managers.")
    lower_to_middle: DisparityStepOut
    middle_to_upper: DisparityStepOut
    lower_to_upper: DisparityStepOut = Field(description="The product of the two steps.")

    @classmethod
    def from_domain(cls, disparity: Disparity) -> Self:
        """Return the body that presents a staff group."""
        return cls(
            lower=TierOut.model_validate(disparity.lower),
            middle=TierOut.model_validate(disparity.middle),
            upper=TierOut.model_validate(disparity.upper),
            lower_to_middle=DisparityStepOut.from_step(disparity.lower_to_middle),
            middle_to_upper=DisparityStepOut.from_step(disparity.middle_to_upper),
            lower_to_upper=DisparityStepOut.from_step(disparity.lower_to_upper),
        )


class DisparityOut(BodyOut):
    """How much likelier white than BME staff are found in higher tiers of pay."""

    trusts: Trusts
    non_clinical: StaffDisparityOut
    clinical: StaffDisparityOut

    @classmethod
    def from_figure(cls, figure: DisparityFigure) -> Self:
        """Return the body that presents disparity ratios."""
        return cls(
            trusts=figure.trusts,
            non_clinical=StaffDisparityOut.from_domain(figure.non_clinical),
            clinical=StaffDisparityOut.from_domain(figure.clinical),
        )


class NineOut(BodyOut):
    """All nine indicators, and disparity ratios, of one census: sums of counts."""

    year: Year
    expected_trusts: int = Field(
        description="Trusts that had people of their own then; each figure says how many of them"
        " it counts.",
        examples=[202],
    )
    indicator_1: StaffOut | None
    indicator_1_reason: Why
    indicator_2: RecruitmentOut | None
    indicator_2_reason: Why
    indicator_3: DisciplinaryOut | None
    indicator_3_reason: Why
    indicator_4: TrainingOut | None
    indicator_4_reason: Why
    indicator_5: BadExperienceOut | None
    indicator_5_reason: Why
    indicator_6: BadExperienceOut | None
    indicator_6_reason: Why
    indicator_7: GoodExperienceOut | None
    indicator_7_reason: Why
    indicator_8: BadExperienceOut | None
    indicator_8_reason: Why
    indicator_9: BoardPeopleOut | None
    indicator_9_reason: Why
    disparity: DisparityOut | None
    disparity_reason: Why

    @staticmethod
    def members(figures: NineFigures) -> dict[str, Any]:
        """Return the members that every view of the nine indicators has."""
        members: dict[str, Any] = {"year": figures.year, "expected_trusts": figures.expected}
        members |= either("indicator_1", figures.staff, StaffOut.from_figure)
        members |= either("indicator_2", figures.pools[2], RecruitmentOut.from_figure)
        members |= either("indicator_3", figures.pools[3], DisciplinaryOut.from_figure)
        members |= either("indicator_4", figures.pools[4], TrainingOut.from_figure)
        for number, survey in figures.surveys.items():
            members |= either(f"indicator_{number}", survey, partial(_survey, number))
        members |= either("indicator_9", figures.board, BoardPeopleOut.from_figure)
        return members | either("disparity", figures.disparity, DisparityOut.from_figure)


class RevisionsOut(BodyOut):
    """The revisions that figures were added up from."""

    actuals: list[SourceOut]
    board: list[SourceOut]
    indicators: list[SourceOut]


class TrustNineOut(NineOut):
    """The nine indicators of a trust."""

    revisions: RevisionsOut

    @classmethod
    def from_figures(cls, figures: NineFigures, sources: Sources) -> Self:
        """Return the body that presents a trust's census."""
        revisions = RevisionsOut.model_validate(sources)
        return cls(**NineOut.members(figures), revisions=revisions)


class WresOut(BodyOut):
    """The nine indicators of a trust at a census, beside the year before and all England."""

    ods_code: OdsCodeText
    year: Year
    continuity: Continuity
    as_of: Instant
    synthetic: bool = Field(description="Whether the trust is invented.")
    trust: TrustNineOut
    last_year: TrustNineOut
    england: NineOut | None = Field(
        description="Sums of what all trusts have sent, of invented ones for an invented trust;"
        " null for callers who may not compare real trusts."
    )
    england_reason: Why
    warnings: list[WarningOut]

    @classmethod
    def from_domain(cls, report: WresReport) -> Self:
        """Return the body that presents a report."""
        return cls(
            ods_code=report.ods_code,
            year=report.year,
            continuity=report.continuity,
            as_of=report.as_of,
            synthetic=report.synthetic,
            trust=TrustNineOut.from_figures(report.trust, report.trust_sources),
            last_year=TrustNineOut.from_figures(report.last_year, report.last_year_sources),
            warnings=[WarningOut.model_validate(one) for one in report.warnings],
            **either("england", report.england, lambda one: NineOut(**NineOut.members(one))),
        )
