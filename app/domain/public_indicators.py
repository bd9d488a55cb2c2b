"""Indicators 2 to 8 as everybody may read them: each rounded whole, or hidden whole.

Nothing adds up across ethnic groups or indicators that is shown, so an indicator hides nothing in
another. Only the pools of indicators 3 and 4 are of the workforce: where its division into
white, BME and unknown is hidden, they are too. What an indicator says of staff groups and bands
is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from app.domain.disclosure import SMALL_GROUP, Decision, Layer, Rules
from app.domain.indicators import (
    WHOLE,
    Answers,
    Indicators,
    IndicatorsRevision,
    Pool,
    PoolIndicator,
    Pools,
    SurveyIndicator,
)
from app.domain.published_groups import WORKFORCE
from app.domain.records import Record
from app.domain.releases import Release

OF_THE_WORKFORCE: Final = frozenset({3, 4})
"""Indicators whose pool is the workforce."""

_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class PublicIndicators:
    """A trust's indicators in an edition of a census of all trusts.

    Attributes:
        revision: Rounded, without those that are hidden and without the trust's own words.
        hidden: Indicators that were sent and are hidden.
    """

    release: Release
    revision: IndicatorsRevision
    hidden: frozenset[int]

    @property
    def tag(self) -> str:
        """The entity tag, which no hidden count goes into."""
        return f'"{self.release.ods_code}-{self.release.edition}"'


def control_indicators(
    held: IndicatorsRevision, release: Release, workforce: Decision
) -> PublicIndicators:
    """Return what everybody may read of indicators in an edition.

    Args:
        held: As they counted at the instant of the edition.
        release: The edition.
        workforce: What it hides of the trust's workforce, and by which rules.
    """
    rules, sent = workforce.rules, held.indicators
    tells_workforce = workforce.shows(WORKFORCE.root.name, Layer.SPLIT)
    pools = {
        number: PoolIndicator(one.period, {WHOLE: _round_pools(one.whole, rules)})
        for number, one in sent.pools.items()
        if (tells_workforce or number not in OF_THE_WORKFORCE)
        and all(_is_safe(pool.pool, pool.events, rules) for pool in one.whole.by_group().values())
    }
    surveys = {
        number: _round_survey(one, rules)
        for number, one in sent.surveys.items()
        if all(_is_safe(answers.respondents, _yes(answers), rules) for answers in _answers(one))
    }
    shown = replace(
        held,
        indicators=Indicators(release.name, None, pools, surveys),
        record=Record(release.record.at, release.record.author),
        cautions=(),
        correction_note=None,
        explanations={},
    )
    told: Mapping[int, object] = {**pools, **surveys}
    return PublicIndicators(release, shown, frozenset({*sent.pools, *sent.surveys} - set(told)))


def _is_safe(people: int, some: int, rules: Rules) -> bool:
    """Return whether a group and how many of it did something may be told."""
    is_small = rules.is_small(some) or rules.is_small(people - some)
    return people == 0 or (people >= SMALL_GROUP and not is_small)


def _round_pools(pools: Pools, rules: Rules) -> Pools:
    return Pools.of(
        {
            group: Pool(rules.rounded(one.pool), rules.rounded(one.events))
            for group, one in pools.by_group().items()
        }
    )


def _answers(survey: SurveyIndicator) -> list[Answers]:
    """Return the answers of each ethnic group of which anybody answered."""
    return list(survey.groups.values())


def _yes(answers: Answers) -> int:
    """Return how many answered so; nobody where the share was not told."""
    return round(answers.respondents * (answers.share or 0))


def _round_survey(survey: SurveyIndicator, rules: Rules) -> SurveyIndicator:
    """Return answers with rounded respondents, and shares that come from rounded counts."""
    groups = {}
    for group, one in survey.groups.items():
        respondents, yes = rules.rounded(one.respondents), rules.rounded(_yes(one))
        share = None if one.share is None else (Decimal(yes) / respondents).quantize(_PLACES)
        groups[group] = Answers(respondents, share)
    return SurveyIndicator(survey.period, groups)
