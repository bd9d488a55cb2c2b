"""What charts say in words: numbers as they are read, names, and the outlook."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.domain.bands import StaffGroup
from app.domain.codes import Outlook, PointsOutlook, Reason
from app.domain.measures import TITLES, Measure, ReferenceKind, Scope
from app.domain.progress import OtherOutlook, Parity
from app.domain.public_progress import PublicParity

PLACES: Final = 6
"""To which shares are rounded, once, as the API rounds them."""

HORIZON: Final = 30
"""Years after the last census that an outlook looks ahead."""

HIDDEN: Final = "hidden"
UNKNOWN: Final = "not known"

SYNTHETIC: Final = "Synthetic: these figures are invented, for demonstration."
"""What a picture of invented figures says."""

CONTROLLED: Final = "Released figures, rounded; small numbers are hidden."
"""What a picture of public figures says."""

_NOUNS = {
    Measure.WORKFORCE: "the workforce",
    Measure.LEADERSHIP: "leadership",
    Measure.SENIOR_LEADERSHIP: "senior leadership",
    Measure.BAND_8A: "band 8a",
    Measure.BAND_8B: "band 8b",
    Measure.BAND_8C: "band 8c",
    Measure.BAND_8D: "band 8d",
    Measure.BAND_9: "band 9",
    Measure.VSM: "very senior management",
    Measure.CONSULTANTS: "the group of medical consultants",
    Measure.BOARD: "the board",
    Measure.BOARD_VOTING: "the voting board",
    Measure.BOARD_EXECUTIVE: "the executive board",
}

_SHORT = {
    Measure.LEADERSHIP: "Leadership",
    Measure.SENIOR_LEADERSHIP: "Senior leadership",
    Measure.CONSULTANTS: "Consultants",
    Measure.VSM: "VSM",
    Measure.BOARD_VOTING: "Voting board",
    Measure.BOARD_EXECUTIVE: "Executive board",
}

_GROUPS = {StaffGroup.CLINICAL: "clinical", StaffGroup.NON_CLINICAL: "non-clinical"}


def rounded(share: float) -> float:
    """Return a share as the API tells it."""
    return round(share, PLACES)


def percent(share: float, places: int = 1) -> str:
    """Return a share as a percentage, its halves rounded up; none and all without decimals."""
    if share in {0, 1}:
        return f"{int(share) * 100}%"
    value = Decimal(repr(share)) * 100
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"


def points(difference: float) -> str:
    """Return a difference of shares in percentage points, without its unit."""
    value = Decimal(repr(difference)) * 100
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP)}"


def likelihood(probability: float) -> str:
    """Return a probability as a whole percentage, but never as none or all of it."""
    if probability < 0.005:  # noqa: PLR2004 — what would be rounded to 0 %
        return "less than 1%"
    if probability >= 0.995:  # noqa: PLR2004 — what would be rounded to 100 %
        return "more than 99%"
    return percent(probability, 0)


def census(year: int) -> str:
    """Return the day of a census."""
    return f"31 March {year}"


def day(instant: date) -> str:
    """Return a day, or that of an instant."""
    return f"{instant.day} {instant:%B %Y}"


def people(number: int) -> str:
    """Return a number of people, its thousands set apart."""
    return "1 person" if number == 1 else f"{number:,} people"


def first_upper(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def title_of(scope: Scope) -> str:
    """Return what a measure is called."""
    title = TITLES[scope.measure]
    return title if scope.staff_group is None else f"{title}, {_GROUPS[scope.staff_group]}"


def short_title(scope: Scope) -> str:
    """Return what a measure is called where there is little room."""
    title = _SHORT.get(scope.measure, TITLES[scope.measure])
    return title if scope.staff_group is None else f"{title}, {_GROUPS[scope.staff_group]}"


def noun(scope: Scope) -> str:
    """Return what a measure is called in a sentence."""
    word = _NOUNS[scope.measure]
    return word if scope.staff_group is None else f"{_GROUPS[scope.staff_group]} {word}"


def inside(scope: Scope) -> str:
    """Return where the people of a measure are, in a sentence."""
    return f"{'on' if scope.is_of_board else 'in'} {noun(scope)}"


def reference_noun(kind: ReferenceKind, scope: Scope, share: float | None) -> str:
    """Return what a measure is held against, in a sentence."""
    match kind:
        case ReferenceKind.OWN_WORKFORCE:
            return "the workforce"
        case ReferenceKind.OWN_MEDICAL_WORKFORCE:
            return "the medical workforce"
        case ReferenceKind.OWN_STAFF_GROUP:
            group = _GROUPS.get(scope.staff_group or StaffGroup.MEDICAL, "its")
            return f"the {group} workforce"
        case ReferenceKind.OWN_WORKFORCE_AT_BASELINE:
            return "the workforce at the target's baseline"
        case _:
            return "the fixed share" + ("" if share is None else f" of {percent(share)}")


_SENTENCES: Final[Mapping[Outlook, str]] = {
    Outlook.AT_OR_ABOVE_REFERENCE: "The share in {group} has reached that of {other}.",
    Outlook.WITHIN_ONE_PERSON: "One more BME person in {group} would match {other}.",
    Outlook.BEYOND_HORIZON: (
        "The gap to {other} is closing, but there is no even chance that {group} matches it by"
        " {end}."
    ),
    Outlook.NO_CLEAR_DIRECTION: (
        "Whether the gap between {group} and {other} is closing or widening cannot be told from"
        " chance."
    ),
    Outlook.WIDENING: "The gap between {group} and {other} is widening.",
    Outlook.TOO_FEW_YEARS: (
        "Fewer than three censuses can be compared, so no direction can be told."
    ),
    Outlook.TOO_SMALL: "There are fewer than 10 people in {group}, too few to tell a direction.",
    Outlook.NO_PEOPLE: "There is nobody in {group}, so there is no gap to tell of.",
}
"""What is said of an outlook that needs no more than names."""


def outlook_words(parity: Parity | PublicParity, scope: Scope) -> str:
    """Return what is to be expected of the gap between a measure and its reference."""
    group = noun(scope)
    other = reference_noun(parity.reference, scope, parity.reference_share)
    match parity.outlook:
        case Outlook.PROJECTED:
            return _projected(parity, group, other)
        case Outlook.DEPENDS_ON_SCALE:
            return _by_scale(parity)
        case Outlook.DEPENDS_ON_UNKNOWN:
            return _by_unknown(parity)
        case plain:
            end = parity.census + HORIZON
            return _SENTENCES[plain].format(group=group, other=other, end=end)


def why_no_outlook(reason: Reason) -> str:
    """Return why nothing is said about parity."""
    if reason is Reason.IS_THE_REFERENCE:
        return "The workforce is what other groups are compared with, so it has no gap to close."
    return f"No outlook is given: {lower_first(reason.sentence)}"


def lower_first(sentence: str) -> str:
    """Return a sentence that can follow a colon."""
    return sentence[:1].lower() + sentence[1:]


def join(parts: Iterable[str]) -> str:
    """Return sentences as one text."""
    return " ".join(part for part in parts if part)


def _projected(parity: Parity | PublicParity, group: str, other: str) -> str:
    """Return a year with its uncertainty, as far as the answer tells of it."""
    said = (
        f"The gap is closing. There is about an even chance that {group} matches {other} at the"
        f" census of 31 March {parity.year}"
    )
    span = parity.interval_80 if isinstance(parity, Parity) else None
    if span is None:
        return f"{said}."
    if span.earliest is not None and span.earliest != parity.year:
        said += f", one in ten by {span.earliest}"
    if span.latest is None:
        return f"{said}; it is still uncertain in {parity.census + HORIZON}."
    return f"{said}; nine in ten by {span.latest}."


_POINTS = {
    PointsOutlook.CLOSING: "closing",
    PointsOutlook.LEVEL: "level",
    PointsOutlook.WIDENING: "widening",
}


def _by_scale(parity: Parity | PublicParity) -> str:
    """Return that there are two answers, and which, as far as the answer tells them."""
    points = parity.on_points_scale if isinstance(parity, Parity) else None
    if points is None:
        return (
            "The gap is closing on one scale and widening on the other, so no year of parity is"
            " given."
        )
    other = "widening" if points.outlook is PointsOutlook.CLOSING else "closing"
    return (
        f"In percentage points the gap is {_POINTS[points.outlook]}, in proportion it is {other},"
        " so no year of parity is given."
    )


def _by_unknown(parity: Parity | PublicParity) -> str:
    """Return that the answer depends on people of unknown ethnicity, and on which sides."""
    said = "What is to be expected of the gap depends on people whose ethnicity is not known"
    if not isinstance(parity, Parity) or parity.on_everybody is None:
        return f"{said}, so no year of parity is given."
    return (
        f"{said}: counting everybody, {_in_short(parity.on_everybody)}; counting only people whose"
        f" ethnicity is known, {_in_short(parity.on_known_ethnicity)}."
    )


_IN_SHORT: Final[Mapping[Outlook, str]] = {
    Outlook.AT_OR_ABOVE_REFERENCE: "it has closed",
    Outlook.WITHIN_ONE_PERSON: "one more person would close it",
    Outlook.BEYOND_HORIZON: f"it is closing, but not within {HORIZON} years",
    Outlook.NO_CLEAR_DIRECTION: "its direction cannot be told from chance",
    Outlook.WIDENING: "it is widening",
    Outlook.DEPENDS_ON_SCALE: "it is closing on one scale and widening on the other",
}


def _in_short(other: OtherOutlook) -> str:
    """Return an outlook as part of a sentence."""
    if other.outlook is Outlook.PROJECTED:
        return f"parity has about an even chance in {other.year}"
    return _IN_SHORT.get(other.outlook, "nothing can be told")
