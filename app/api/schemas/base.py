"""What bodies have in common: strictness, units and rounding."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from operator import is_
from typing import Annotated, Final, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from app.api.schemas.faults import fault
from app.domain.attainability import USUAL_TURNOVER
from app.domain.censuses import LAST_YEAR
from app.domain.codes import WarningCode
from app.domain.texts import (
    LONGEST_LINE,
    LONGEST_PARAGRAPH,
    LONGEST_PASSAGE,
    LONGEST_SENTENCE,
    is_printable,
)
from app.domain.yearly_rates import PLACES, TURNOVER, has_few_places

LARGEST_HEADCOUNT: Final = 10_000_000
"""More people than any census counts; above it a number is a mistake."""

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(LAST_YEAR, 12, 31)
_FIRST_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"\s*[-+]?[0-9.]+(e[-+]?[0-9]+)?\s*", re.IGNORECASE)
_PLACES = 6


def six_places(value: float) -> float:
    """Return what is told of a proportion."""
    # Adding zero turns a rounded −0.0 into 0.0.
    return round(value, _PLACES) + 0.0


def _printable(value: str) -> str:
    if not is_printable(value):
        raise ValueError("has characters that cannot be printed")
    return value


def _as_a_day(value: object) -> object:
    # The parser would take numbers for seconds since 1970, and drop the time of an instant.
    if _is_a_number(value) or (isinstance(value, str) and len(value) > len("2026-03-31")):
        raise ValueError("must be a day, such as 2026-03-31")
    return value


def _as_an_instant(value: object) -> object:
    if _is_a_number(value):
        raise ValueError("must be an instant, such as 2026-11-23T09:00:00Z")
    return value


def _is_a_number(value: object) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and _NUMBER.fullmatch(value) is not None
    )


def _in_our_time(value: date) -> date:
    if not _FIRST_DAY <= value <= _LAST_DAY:
        raise ValueError("must be a day from 1900 to 2200")
    return value


def _since_2000(value: datetime) -> datetime:
    if value < _FIRST_INSTANT:
        raise ValueError("must be an instant since 2000-01-01")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be an instant that a calendar has") from None


SixPlaces = AfterValidator(six_places)
"""Outside the domain, shares are kept to six places."""

Share = Annotated[
    float,
    Field(ge=0, le=1, allow_inf_nan=False, description="Proportion, 0 to 1.", examples=[0.152655]),
    SixPlaces,
]

TargetShare = Annotated[
    float,
    Field(
        ge=0,
        allow_inf_nan=False,
        description="Proportion; above 1 where a headcount goal is larger than the team.",
        examples=[0.18],
    ),
    SixPlaces,
]

Difference = Annotated[
    float,
    Field(
        allow_inf_nan=False,
        description="Difference of shares; positive when short.",
        examples=[0.027345],
    ),
    SixPlaces,
]

Number = Annotated[
    float, Field(allow_inf_nan=False, description="A number.", examples=[54.24]), SixPlaces
]

Headcount = Annotated[
    int,
    Field(strict=True, ge=0, description="Persons, not full-time equivalents.", examples=[61]),
]
"""In answers, where sums may be larger than any count that was sent."""

SentHeadcount = Annotated[Headcount, Field(le=LARGEST_HEADCOUNT)]
"""In what callers send."""

Year = Annotated[
    int,
    Field(
        strict=True,
        ge=1900,
        le=LAST_YEAR,
        description="Census year: the census is on 31 March.",
        examples=[2024],
    ),
]

Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_as_an_instant),
    AfterValidator(_since_2000),
    Field(description="RFC 3339, UTC.", examples=["2026-11-23T09:00:00Z"]),
]

ASSUMED_TURNOVER: Final = float(USUAL_TURNOVER)
"""The turnover that is taken where none is sent, as JSON has numbers."""


def _few_places(value: float) -> float:
    if not has_few_places(exact_number(value)):
        detail = f"{value} has more than {PLACES} decimal places; send at most {PLACES}."
        raise fault("too_many_places", detail)
    return value


FewPlaces = AfterValidator(_few_places)
"""Rates are sent with at most six decimal places."""

Turnover = Annotated[
    float,
    Field(
        strict=True,
        ge=float(TURNOVER.least),
        le=float(TURNOVER.most),
        allow_inf_nan=False,
        description="Share of staff who leave in a year, below 1; at most six decimal places.",
        examples=[0.12],
    ),
    FewPlaces,
]

AppointedShare = Annotated[
    float,
    Field(
        strict=True,
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="Share of appointments that go to BME people; at most six decimal places.",
        examples=[0.3],
    ),
    FewPlaces,
]

ExactShare = Annotated[
    str,
    StringConstraints(pattern=r"^(0(\.[0-9]{1,4})?|1(\.0{1,4})?)$"),
    Field(description="Exact proportion of up to four places, as a string.", examples=["0.1800"]),
]

Day = Annotated[date, BeforeValidator(_as_a_day), AfterValidator(_in_our_time)]
"""A day from 1900 to 2200."""

OdsCodeText = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z0-9]{3,5}$"),
    Field(description="ODS code.", examples=["ZZ001"]),
]


_Printable = AfterValidator(_printable)

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE),
    _Printable,
]
"""A name or a role: trimmed, printable, of 1 to 200 characters."""

Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_SENTENCE),
    _Printable,
]
"""A source: likewise, of 1 to 500 characters."""

Paragraph = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_PARAGRAPH),
    _Printable,
]
"""A reason: likewise, of 1 to 1000 characters."""

Passage = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_PASSAGE),
    _Printable,
]
"""Notes: likewise, of 1 to 4000 characters."""


Page = Annotated[
    str,
    Field(
        description="Path of the page that tells this to people.",
        examples=["/definitions/measures/leadership"],
    ),
]


def exact_number(number: float) -> Decimal:
    """Return the shortest decimal that reads back as a number: 0.12 is twelve hundredths."""
    return Decimal(repr(number))


class BodyIn(BaseModel):
    """A body that is received; unknown members are refused."""

    model_config = ConfigDict(extra="forbid")


class BodyOut(BaseModel):
    """A body that is sent; made from the domain's value."""

    # What a program made from the description may count on, members with a default included.
    model_config = ConfigDict(
        from_attributes=True, json_schema_serialization_defaults_required=True
    )


class WarningOut(BodyOut):
    """What a reader should know about a figure that is nevertheless given."""

    code: WarningCode = Field(description="Explained at /v1/codes.", examples=["small_base"])
    detail: str = Field(
        description="The sentence with this occurrence's facts.",
        examples=["The group had 9 people in 2025; one person moves the share visibly."],
    )


class AnswerLinksOut(BodyOut):
    """Where what stands behind an answer is told."""

    method: str = Field(
        description="The method, its constants and how it did.", examples=["/v1/methods/1"]
    )

    @classmethod
    def from_domain(cls, method: str) -> Self:
        """Return the links of an answer that was computed with a version of the method."""
        return cls(method=f"/v1/methods/{method}")


MethodVersion = Annotated[str, Field(description="Version of the method.", examples=["1"])]
"""With what an answer was computed."""

AnswerLinks = Annotated[
    AnswerLinksOut, Field(validation_alias="method"), BeforeValidator(AnswerLinksOut.from_domain)
]
"""The links of an answer that names its method."""


is_none: Final = partial(is_, None)
"""Whether a member is left out: one that is present only when it says something.

Without a function of our own in it: an answer about England asks 40,000 times.
"""
