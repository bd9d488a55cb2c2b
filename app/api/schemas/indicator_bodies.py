"""Indicators 2 to 8 as they are sent."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator

from app.api.schemas.base import (
    BodyIn,
    Day,
    ExactShare,
    Paragraph,
    Passage,
    Sentence,
    SentHeadcount,
)
from app.api.schemas.faults import parse_each, parse_one, with_faults
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.indicator_checks import find_indicator_faults
from app.domain.indicators import (
    POOL_INDICATORS,
    SURVEY_INDICATORS,
    Answers,
    Period,
    Pool,
    Sent,
    SentPart,
    SentPools,
    SentSurvey,
)
from app.services.indicators import IndicatorsSubmission

_FOUR_PLACES: Final = Decimal("0.0001")

MOST_PARTS: Final = 100
"""More parts than there are staff groups and bands."""


class PeriodIn(BodyIn):
    """The days that figures are of, both included."""

    starts: Day = Field(description="First day.", examples=["2023-04-01"])
    ends: Day = Field(
        description="Last day, the day of the census at the latest.", examples=["2024-03-31"]
    )

    def to_period(self) -> Period:
        """Return the domain's period."""
        return Period(self.starts, self.ends)


class PoolIn(BodyIn):
    """Persons, and to how many of them it happened."""

    pool: SentHeadcount = Field(
        description="Persons to whom it could have happened.", examples=[400]
    )
    events: SentHeadcount = Field(description="Those to whom it did.", examples=[100])

    def to_pool(self) -> Pool:
        """Return the domain's pool."""
        return Pool(self.pool, self.events)


class _PoolGroupsIn(BodyIn):
    white: PoolIn
    bme: PoolIn
    unknown: PoolIn | None = Field(
        default=None, description="Of unknown ethnicity; nobody if left out."
    )

    def to_groups(self) -> dict[EthnicGroup, Pool]:
        """Return the domain's pools."""
        unknown = self.unknown.to_pool() if self.unknown else Pool()
        return {
            EthnicGroup.WHITE: self.white.to_pool(),
            EthnicGroup.BME: self.bme.to_pool(),
            EthnicGroup.UNKNOWN: unknown,
        }


class PartIn(_PoolGroupsIn):
    """Pools of a staff group, or of a band in it."""

    staff_group: StaffGroup = Field(examples=["clinical"])
    band: Band | None = Field(
        default=None, description="The whole staff group if left out.", examples=["8a"]
    )

    def to_part(self) -> SentPart:
        """Return the domain's part."""
        return SentPart(self.staff_group, self.band, self.to_groups())


class PoolsIn(_PoolGroupsIn):
    """Pools and events of one indicator; the ratio is computed."""

    period: PeriodIn


class AppointmentsIn(PoolsIn):
    """Shortlisted applicants, and those of them who were appointed; the ratio is computed."""

    parts: list[PartIn] = Field(
        default_factory=list,
        max_length=MOST_PARTS,
        description="The same by staff group, or by staff group and band; they may be fewer than"
        " everybody.",
    )


class AnswersIn(BodyIn):
    """Respondents to a question of the staff survey, and the share who answered so."""

    respondents: SentHeadcount = Field(examples=[512])
    share: ExactShare | None = Field(
        description="Null where it was not told, because few responded.", examples=["0.2530"]
    )

    def to_answers(self) -> Answers:
        """Return the domain's answers."""
        share = None if self.share is None else Decimal(self.share).quantize(_FOUR_PLACES)
        return Answers(self.respondents, share)


class SurveyIn(BodyIn):
    """Answers to a question of the staff survey; the difference is computed."""

    period: PeriodIn
    white: AnswersIn
    bme: AnswersIn
    unknown: AnswersIn | None = Field(
        default=None, description="Of unknown ethnicity; nobody if left out."
    )


class IndicatorsIn(BodyIn):
    """A trust's indicators 2 to 8 at a census. Those left out have not been collected."""

    source: Sentence = Field(
        description="Where the figures come from.", examples=["ESR and TRAC, 2023/24"]
    )
    reason: Paragraph | None = Field(
        default=None, description="Why what is held changes.", examples=["Bank posts were counted"]
    )
    correction_note: Paragraph | None = Field(
        default=None,
        description="What everybody is told of the correction; required once it is public.",
        examples=["Bank posts had been counted"],
    )
    notes: Passage | None = Field(
        default=None,
        description="On completeness and comparability.",
        examples=["Appointments to medical posts are left out"],
    )
    indicator_2: AppointmentsIn | None = Field(
        default=None, description="Shortlisted, and appointed from shortlisting."
    )
    indicator_3: PoolsIn | None = Field(
        default=None, description="Workforce, and those entering the formal disciplinary process."
    )
    indicator_4: PoolsIn | None = Field(
        default=None,
        description="Workforce, and those taking up non-mandatory training and development.",
    )
    indicator_5: SurveyIn | None = Field(
        default=None,
        description="Harassed, bullied or abused by patients, relatives or the public.",
    )
    indicator_6: SurveyIn | None = Field(
        default=None, description="Harassed, bullied or abused by staff."
    )
    indicator_7: SurveyIn | None = Field(
        default=None, description="Believing in equal opportunities for progression or promotion."
    )
    indicator_8: SurveyIn | None = Field(
        default=None,
        description="Discriminated against by manager, team leader or other colleagues.",
    )

    @model_validator(mode="wrap")
    @classmethod
    def _with_all_faults(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 — anything may be sent
        """Report malformed members together with the faults of what is well formed."""
        try:
            return handler(data)
        except ValidationError as error:
            found = find_indicator_faults(_salvage(data))
            raise with_faults(cls.__name__, error, found) from None

    def to_submission(self) -> IndicatorsSubmission:
        """Return what the service takes."""
        sent: dict[int, SentPools | SentSurvey] = {}
        for number in POOL_INDICATORS:
            pools: PoolsIn | None = getattr(self, f"indicator_{number}")
            if pools is not None:
                parts = pools.parts if isinstance(pools, AppointmentsIn) else []
                sent[number] = SentPools(
                    pools.period.to_period(),
                    pools.to_groups(),
                    tuple(part.to_part() for part in parts),
                )
        for number in SURVEY_INDICATORS:
            survey: SurveyIn | None = getattr(self, f"indicator_{number}")
            if survey is not None:
                sent[number] = SentSurvey(survey.period.to_period(), _answers(survey))
        return IndicatorsSubmission(
            self.source, self.reason, self.notes, sent, self.correction_note
        )


def _answers(survey: SurveyIn) -> dict[EthnicGroup, Answers]:
    unknown = survey.unknown.to_answers() if survey.unknown else Answers()
    return {
        EthnicGroup.WHITE: survey.white.to_answers(),
        EthnicGroup.BME: survey.bme.to_answers(),
        EthnicGroup.UNKNOWN: unknown,
    }


def _salvage(data: object) -> Sent:
    """Return what is well formed of a body that as a whole is not."""
    sent: dict[int, SentPools | SentSurvey] = {}
    for number in (*POOL_INDICATORS, *SURVEY_INDICATORS):
        one = data.get(f"indicator_{number}") if isinstance(data, Mapping) else None
        if not isinstance(one, Mapping):
            continue
        period = parse_one(one.get("period"), PeriodIn)
        found = period.to_period() if period else None
        if number in POOL_INDICATORS:
            pools = {group: parse_one(one.get(group), PoolIn) for group in EthnicGroup}
            parts = parse_each(one, "parts", PartIn)
            sent[number] = SentPools(
                found,
                {group: pool.to_pool() for group, pool in pools.items() if pool},
                tuple(part.to_part() if part else None for part in parts),
            )
        else:
            answers = {group: parse_one(one.get(group), AnswersIn) for group in EthnicGroup}
            sent[number] = SentSurvey(
                found, {group: told.to_answers() for group, told in answers.items() if told}
            )
    return sent
