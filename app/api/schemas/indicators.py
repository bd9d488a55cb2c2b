"""Indicators 2 to 8 as they are shown."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final, Self

from pydantic import Field

from app.api.schemas.base import (
    BodyOut,
    ExactShare,
    Headcount,
    Instant,
    OdsCodeText,
    Year,
    is_none,
)
from app.api.schemas.explanations import HeldWarningOut, list_held_warnings
from app.api.schemas.indicator_figures import (
    DisciplinaryOut,
    PeriodOut,
    RecruitmentOut,
    SurveyDifferenceOut,
    TrainingOut,
    either,
    show_difference,
)
from app.api.schemas.progress import Why
from app.api.schemas.releases import ReleaseOut
from app.domain.bands import EthnicGroup
from app.domain.codes import Reason
from app.domain.explanations import Warned
from app.domain.indicator_figures import show_pools, show_survey
from app.domain.indicators import (
    SURVEY_INDICATORS,
    Answers,
    IndicatorsRevision,
    SurveyIndicator,
)
from app.domain.organisations import is_synthetic
from app.domain.public_indicators import PublicIndicators


class AnswersOut(BodyOut):
    """Respondents to a question of the staff survey, and the share who answered so, as sent."""

    respondents: Headcount
    share: ExactShare | None
    share_reason: Why


class _SurveyOut(BodyOut):
    period: PeriodOut
    white: AnswersOut
    bme: AnswersOut
    unknown: AnswersOut


class BmeMinusWhiteOut(_SurveyOut):
    """Answers to a question of something bad: above 0 is a disadvantage for BME staff."""

    difference_bme_minus_white: SurveyDifferenceOut | None
    difference_bme_minus_white_reason: Why


class WhiteMinusBmeOut(_SurveyOut):
    """Answers to a question of something good: above 0 is a disadvantage for BME staff."""

    difference_white_minus_bme: SurveyDifferenceOut | None
    difference_white_minus_bme_reason: Why


class IndicatorsOut(BodyOut):
    """A trust's indicators 2 to 8 at a census, in the revision that counts."""

    ods_code: OdsCodeText
    year: Year
    revision: int = Field(description="1 for the first.", examples=[1])
    synthetic: bool = Field(description="Whether the trust is invented.")
    source: str = Field(examples=["ESR and TRAC, 2023/24"])
    notes: str | None
    reason: str | None
    correction_note: str | None = Field(
        default=None,
        exclude_if=is_none,
        description="What everybody is told of what it corrects; left out for nothing.",
    )
    recorded_at: Instant
    recorded_by: str = Field(examples=["ZZ001 workforce team"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )
    released: ReleaseOut | None = Field(
        default=None,
        exclude_if=is_none,
        description="The edition whose figures these are, under disclosure control: each"
        " indicator rounded whole, or null for `suppressed`. Left out of exact figures.",
    )
    indicator_2: RecruitmentOut | None
    indicator_2_reason: Why
    indicator_3: DisciplinaryOut | None
    indicator_3_reason: Why
    indicator_4: TrainingOut | None
    indicator_4_reason: Why
    indicator_5: BmeMinusWhiteOut | None
    indicator_5_reason: Why
    indicator_6: BmeMinusWhiteOut | None
    indicator_6_reason: Why
    indicator_7: WhiteMinusBmeOut | None
    indicator_7_reason: Why
    indicator_8: BmeMinusWhiteOut | None
    indicator_8_reason: Why
    warnings: list[HeldWarningOut]

    @classmethod
    def from_public(cls, public: PublicIndicators) -> Self:
        """Return the body that presents what everybody may read."""
        shown = cls.from_domain(public.revision)
        hidden = {f"indicator_{number}_reason": Reason.SUPPRESSED for number in public.hidden}
        return shown.model_copy(
            update={"released": ReleaseOut.from_domain(public.release), **hidden}
        )

    @classmethod
    def from_domain(cls, revision: IndicatorsRevision) -> Self:
        """Return the body that presents a revision."""
        sent, record = revision.indicators, revision.record
        shown: dict[str, Any] = {}
        for number, out in _POOLS_OUT.items():
            pools = sent.pools.get(number)
            figure = show_pools(number, [(pools, 1)]) if pools else Reason.NOT_SENT
            shown |= either(f"indicator_{number}", figure, out.from_figure)
        for number in SURVEY_INDICATORS:
            survey = sent.surveys.get(number)
            shown |= either(
                f"indicator_{number}", survey or Reason.NOT_SENT, partial(_show_survey, number)
            )
        return cls(
            ods_code=revision.ods_code,
            year=revision.year,
            revision=revision.revision,
            synthetic=is_synthetic(revision.ods_code),
            source=sent.source,
            notes=sent.notes,
            reason=record.reason,
            correction_note=revision.correction_note,
            recorded_at=record.at,
            recorded_by=record.author.name,
            supplied_by=record.author.supplied_by,
            warnings=list_held_warnings(Warned.INDICATORS, revision),
            **shown,
        )


_POOLS_OUT: Final[
    Mapping[int, type[RecruitmentOut] | type[DisciplinaryOut] | type[TrainingOut]]
] = {2: RecruitmentOut, 3: DisciplinaryOut, 4: TrainingOut}


def _show_survey(number: int, survey: SurveyIndicator) -> dict[str, Any]:
    """Return the members of an indicator of the staff survey, its shares as they were sent."""
    figure = show_survey(number, [(survey, 1)])
    groups = {
        group.value: AnswersOut(
            respondents=answers.respondents,
            share=None if answers.share is None else str(answers.share),
            share_reason=getattr(figure, group.value).share_reason,
        )
        for group in EthnicGroup
        for answers in [survey.groups.get(group, Answers())]
    }
    return {"period": survey.period, **groups, **show_difference(number, figure.difference)}
