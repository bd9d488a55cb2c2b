import pytest

from app.domain.bands import AFC_BANDS, LEADERSHIP_BANDS, SENIOR_LEADERSHIP_BANDS, Band, StaffGroup
from app.domain.definitions import (
    BAND_TITLES,
    BandDefinition,
    MeasureDefinition,
    get_band,
    get_measure,
)
from app.domain.errors import BandNotFound, MeasureNotFound
from app.domain.measures import NOT_NARROWED, Measure, ReferenceKind

BOTH = (StaffGroup.NON_CLINICAL, StaffGroup.CLINICAL)


@pytest.mark.parametrize("measure", Measure)
def test_a_measure_tells_everything_in_sentences(measure: Measure) -> None:
    found = MeasureDefinition.of(measure)

    parts = (found.counted, found.held_against, found.narrowing)
    assert all(part[0].isupper() and part.endswith(".") for part in parts)
    assert found.description == " ".join(parts)


@pytest.mark.parametrize("measure", Measure)
def test_the_words_agree_with_what_is_counted(measure: Measure) -> None:
    found = MeasureDefinition.of(measure)

    assert ("bands 8a to 9" in found.counted) == (measure is Measure.LEADERSHIP)
    assert ("bands 8c to 9" in found.counted) == (measure is Measure.SENIOR_LEADERSHIP)
    if measure.startswith("band_"):
        (band,) = found.bands
        assert f"band {band}." in found.counted
    assert found.narrowing.startswith("It cannot") == (not found.staff_groups)
    assert (measure in NOT_NARROWED) == (not found.staff_groups)
    assert ("medical workforce" in found.held_against) == (measure is Measure.CONSULTANTS)


def test_leadership_is_held_against_the_workforce_and_can_be_narrowed() -> None:
    found = get_measure("leadership")

    assert found == MeasureDefinition.of(Measure.LEADERSHIP)
    assert found.staff_groups == (StaffGroup.CLINICAL, StaffGroup.NON_CLINICAL)
    assert set(found.bands) == LEADERSHIP_BANDS
    assert found.default_reference is ReferenceKind.OWN_WORKFORCE


def test_the_workforce_is_what_others_are_held_against() -> None:
    found = get_measure("workforce")

    assert found.default_reference is None
    assert found.held_against.startswith("Other measures are held against it")
    assert found.bands == tuple(Band)


@pytest.mark.parametrize("name", ["", "Leadership", "band_10", "8a"])
def test_another_name_is_no_measure(name: str) -> None:
    with pytest.raises(MeasureNotFound):
        get_measure(name)


@pytest.mark.parametrize("band", Band)
def test_a_band_says_whose_it_is_and_whether_it_is_leadership(band: Band) -> None:
    found = BandDefinition.of(band)

    assert found.title == BAND_TITLES[band]
    assert found.staff_groups == (BOTH if band in AFC_BANDS else (StaffGroup.MEDICAL,))
    assert found.leadership == (band in LEADERSHIP_BANDS)
    assert found.senior_leadership == (band in SENIOR_LEADERSHIP_BANDS)
    assert ("does not count as leadership" in found.description) == (not found.leadership)
    assert ("and as senior leadership" in found.description) == found.senior_leadership
    assert found.description.endswith(".")


def test_bands_are_called_differently() -> None:
    assert len(set(BAND_TITLES.values())) == len(Band) == len(BAND_TITLES)
    assert get_band("8a") == BandDefinition(
        band=Band.BAND_8A,
        title="Band 8a",
        description="An Agenda for Change band, of clinical and non-clinical staff. It counts as"
        " leadership, but not as senior leadership.",
        staff_groups=BOTH,
        leadership=True,
        senior_leadership=False,
    )


@pytest.mark.parametrize("name", ["", "8A", "8e", "band_8a"])
def test_another_name_is_no_band(name: str) -> None:
    with pytest.raises(BandNotFound):
        get_band(name)
