"""Numbers and outlooks in words."""

from dataclasses import replace

import pytest

from app.charts.words import (
    likelihood,
    outlook_words,
    percent,
    points,
    reference_noun,
    why_no_outlook,
)
from app.domain.bands import StaffGroup
from app.domain.codes import Outlook, PointsOutlook, Reason
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.progress import OtherOutlook, Parity, PointsScale, YearInterval
from app.domain.public_progress import PublicParity
from tests.unit.charts.telling import example
from tests.unit.domain.given import LEADERSHIP

PUBLIC = PublicParity(
    2024, ReferenceKind.OWN_WORKFORCE, 0.234, None, 0.08, None, Outlook.PROJECTED, 2033, 0.96, None
)

PROJECTED = (
    "The gap is closing. There is about an even chance that leadership matches the workforce at"
    " the census of 31 March 2033"
)


def parity(outlook: Outlook = Outlook.PROJECTED) -> Parity:
    """Return the parity of the worked example, with another outlook."""
    found = example().parity
    assert isinstance(found, Parity)
    if outlook is Outlook.PROJECTED:
        return found
    return replace(found, outlook=outlook, year=None, interval_80=None)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0%"), (1.0, "100%"), (0.152655, "15.3%"), (0.0005, "0.1%"), (0.9996, "100.0%")],
)
def test_a_share_has_one_decimal_unless_it_is_none_or_all(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.0, "less than 1%"), (0.005, "1%"), (0.27, "27%"), (0.994, "99%"), (1.0, "more than 99%")],
)
def test_a_probability_is_never_none_or_all(probability: float, text: str) -> None:
    assert likelihood(probability) == text


def test_a_difference_has_one_decimal_and_its_halves_are_rounded_up() -> None:
    assert [points(one) for one in (0, 0.0004, 0.0225, 0.317249)] == ["0.0", "0.0", "2.3", "31.7"]


def test_a_projected_outlook_says_its_year_and_how_uncertain_it_is() -> None:
    told = outlook_words(parity(), LEADERSHIP)

    assert told == f"{PROJECTED}, one in ten by 2028; it is still uncertain in 2054."


def test_a_closed_interval_says_its_end() -> None:
    closed = replace(parity(), interval_80=YearInterval(2033, 2041, None))

    assert outlook_words(closed, LEADERSHIP) == f"{PROJECTED}; nine in ten by 2041."


def test_a_public_outlook_says_the_year_alone() -> None:
    assert outlook_words(PUBLIC, LEADERSHIP) == f"{PROJECTED}."


PLAIN = {
    Outlook.AT_OR_ABOVE_REFERENCE: "The share in leadership has reached that of the workforce.",
    Outlook.WITHIN_ONE_PERSON: "One more BME person in leadership would match the workforce.",
    Outlook.BEYOND_HORIZON: (
        "The gap to the workforce is closing, but there is no even chance that leadership matches"
        " it by 2054."
    ),
    Outlook.NO_CLEAR_DIRECTION: (
        "Whether the gap between leadership and the workforce is closing or widening cannot be"
        " told from chance."
    ),
    Outlook.WIDENING: "The gap between leadership and the workforce is widening.",
    Outlook.TOO_FEW_YEARS: (
        "Fewer than three censuses can be compared, so no direction can be told."
    ),
    Outlook.TOO_SMALL: (
        "There are fewer than 10 people in leadership, too few to tell a direction."
    ),
    Outlook.NO_PEOPLE: "There is nobody in leadership, so there is no gap to tell of.",
    Outlook.DEPENDS_ON_SCALE: (
        "In percentage points the gap is closing, in proportion it is widening, so no year of"
        " parity is given."
    ),
}


@pytest.mark.parametrize("outlook", list(Outlook))
def test_every_outlook_has_its_sentence(outlook: Outlook) -> None:
    exact, public = (
        outlook_words(one, LEADERSHIP)
        for one in (parity(outlook), replace(PUBLIC, outlook=outlook, year=2033))
    )

    assert exact == PLAIN.get(outlook, exact)
    assert exact.endswith(".")
    assert public.endswith(".")
    assert "None" not in exact + public


def test_an_outlook_by_scale_names_both() -> None:
    scale = PointsScale(0.002, PointsOutlook.WIDENING, None, Reason.NOT_CLOSING)
    told = outlook_words(
        replace(parity(Outlook.DEPENDS_ON_SCALE), on_points_scale=scale), LEADERSHIP
    )

    assert told == (
        "In percentage points the gap is widening, in proportion it is closing, so no year of"
        " parity is given."
    )


@pytest.mark.parametrize("outlook", list(Outlook))
def test_an_outlook_by_unknown_ethnicity_names_both(outlook: Outlook) -> None:
    year = 2031 if outlook is Outlook.PROJECTED else None
    both = replace(
        parity(Outlook.DEPENDS_ON_UNKNOWN),
        on_everybody=OtherOutlook(Outlook.WIDENING, None),
        on_known_ethnicity=OtherOutlook(outlook, year),
    )

    told = outlook_words(both, LEADERSHIP)

    begun = (
        "What is to be expected of the gap depends on people whose ethnicity is not known:"
        " counting everybody, it is widening; counting only people whose ethnicity is known, "
    )
    assert told.startswith(begun)
    assert ("2031" in told) == (year is not None)


def test_the_workforce_has_no_gap_to_close() -> None:
    assert why_no_outlook(Reason.IS_THE_REFERENCE) == (
        "The workforce is what other groups are compared with, so it has no gap to close."
    )
    assert why_no_outlook(Reason.SUPPRESSED) == (
        "No outlook is given: not shown, to protect people in small groups."
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ReferenceKind.OWN_WORKFORCE, "the workforce"),
        (ReferenceKind.OWN_MEDICAL_WORKFORCE, "the medical workforce"),
        (ReferenceKind.OWN_STAFF_GROUP, "the clinical workforce"),
        (ReferenceKind.OWN_WORKFORCE_AT_BASELINE, "the workforce at the target's baseline"),
        (ReferenceKind.FIXED, "the fixed share of 20.0%"),
    ],
)
def test_every_reference_has_a_name(kind: ReferenceKind, text: str) -> None:
    narrowed = Scope(Measure.BAND_8A, StaffGroup.CLINICAL)

    assert reference_noun(kind, narrowed, 0.2) == text
