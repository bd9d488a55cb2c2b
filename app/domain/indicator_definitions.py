"""The nine indicators in words: what each counts, and which way a figure points.

Source:
    NHS England, "Workforce Race Equality Standard: technical guidance".
"""

from dataclasses import dataclass
from typing import Final

from app.domain.indicators import TITLES


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """An indicator in words.

    Attributes:
        counted: What is counted.
        compared: What is made of the counts, and which way it points.
        sent: Where the counts come from.
    """

    number: int
    title: str
    counted: str
    compared: str
    sent: str


_SURVEY: Final = "From the NHS Staff Survey of the autumn before the census, sent by the trust."
_RECORDS: Final = "From the trust's own records of the year, sent by the trust."


def _define(number: int, *, counted: str, compared: str, sent: str) -> IndicatorDefinition:
    return IndicatorDefinition(number, TITLES[number], counted, compared, sent)


INDICATORS: Final = (
    _define(
        1,
        counted="Everybody whom the trust employs on 31 March, in each band and medical grade.",
        compared="The BME share of each band beside that of the whole workforce.",
        sent="From the headcounts that the trust sends of the census.",
    ),
    _define(
        2,
        counted="People who were shortlisted for a post, and those of them who were appointed.",
        compared="How many times as likely white as BME people were to be appointed once"
        " shortlisted. 1 is equal; above 1 is a disadvantage for BME people.",
        sent=_RECORDS,
    ),
    _define(
        3,
        counted="Everybody who is employed, and those of them who entered the formal disciplinary"
        " process: a formal investigation was begun.",
        compared="How many times as likely BME as white staff were to enter it. 1 is equal; above"
        " 1 is a disadvantage for BME staff.",
        sent=_RECORDS,
    ),
    _define(
        4,
        counted="Everybody who is employed, and those of them who took part in non-mandatory"
        " training or professional development.",
        compared="How many times as likely white as BME staff were to take part. 1 is equal; above"
        " 1 is a disadvantage for BME staff.",
        sent=_RECORDS,
    ),
    _define(
        5,
        counted="Staff who answered the question, and the share of them who were harassed,"
        " bullied or abused by patients, relatives or the public in the last 12 months.",
        compared="The share of BME respondents minus that of white ones, in percentage points."
        " Above 0 is a disadvantage for BME staff.",
        sent=_SURVEY,
    ),
    _define(
        6,
        counted="Staff who answered the question, and the share of them who were harassed,"
        " bullied or abused by other staff in the last 12 months.",
        compared="The share of BME respondents minus that of white ones, in percentage points."
        " Above 0 is a disadvantage for BME staff.",
        sent=_SURVEY,
    ),
    _define(
        7,
        counted="Staff who answered the question, and the share of them who believe that the"
        " trust gives equal opportunities for career progression or promotion.",
        compared="The share of white respondents minus that of BME ones, in percentage points: it"
        " is of something good, so above 0 is a disadvantage for BME staff here too.",
        sent=_SURVEY,
    ),
    _define(
        8,
        counted="Staff who answered the question, and the share of them who were discriminated"
        " against at work by a manager, a team leader or other colleagues in the last 12"
        " months.",
        compared="The share of BME respondents minus that of white ones, in percentage points."
        " Above 0 is a disadvantage for BME staff.",
        sent=_SURVEY,
    ),
    _define(
        9,
        counted="Members of the board: all, those with a vote, and executive ones.",
        compared="The BME share of the board minus that of the workforce, in percentage points."
        " Below 0 the board is less diverse than the people who work for it.",
        sent="From the board that the trust sends of the census, and from its headcounts.",
    ),
)
"""All nine, in their order."""
