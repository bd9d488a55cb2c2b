"""Measures and bands in words: who is counted, and what they are held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from app.domain.bands import (
    LEADERSHIP_BANDS,
    MEDICAL_GRADES,
    SENIOR_LEADERSHIP_BANDS,
    Band,
    StaffGroup,
    is_allowed_pair,
)
from app.domain.errors import BandNotFound, MeasureNotFound
from app.domain.measures import (
    ALL_SCOPES,
    NOT_NARROWED,
    TITLES,
    Measure,
    ReferenceKind,
    Scope,
    default_reference,
)

_NOT_MEDICAL = "medical staff are not counted"
_NOT_STAFF = "non-executive members are not part of the workforce"

_COUNTED: Final[Mapping[Measure, str]] = {
    Measure.WORKFORCE: "Everybody whom the trust employs on 31 March, in every staff group, band"
    " and medical grade; bank and agency staff are not counted.",
    Measure.LEADERSHIP: "Clinical and non-clinical staff in Agenda for Change bands 8a to 9, and"
    f" very senior managers (VSM); {_NOT_MEDICAL}.",
    Measure.SENIOR_LEADERSHIP: "Clinical and non-clinical staff in Agenda for Change bands 8c to"
    f" 9, and very senior managers (VSM); {_NOT_MEDICAL}.",
    Measure.BAND_8A: "Clinical and non-clinical staff in Agenda for Change band 8a.",
    Measure.BAND_8B: "Clinical and non-clinical staff in Agenda for Change band 8b.",
    Measure.BAND_8C: "Clinical and non-clinical staff in Agenda for Change band 8c.",
    Measure.BAND_8D: "Clinical and non-clinical staff in Agenda for Change band 8d.",
    Measure.BAND_9: "Clinical and non-clinical staff in Agenda for Change band 9.",
    Measure.VSM: "Very senior managers (VSM), clinical and non-clinical; their pay is outside"
    " Agenda for Change.",
    Measure.CONSULTANTS: "Medical staff in the grade of consultant, senior medical managers"
    " included.",
    Measure.BOARD: "Everybody on the board, with a vote or without, executive or not;"
    f" {_NOT_STAFF}.",
    Measure.BOARD_VOTING: f"Members of the board with a vote, executive or not; {_NOT_STAFF}.",
    Measure.BOARD_EXECUTIVE: "Executive members of the board, with a vote or without.",
}

_HELD_AGAINST: Final[Mapping[ReferenceKind | None, str]] = {
    None: "Other measures are held against it, so it has parity only with a fixed share that is"
    " given.",
    ReferenceKind.OWN_WORKFORCE: "It is held against the BME share of the trust's own workforce"
    " at the same census, unless another reference is asked for.",
    ReferenceKind.OWN_MEDICAL_WORKFORCE: "It is held against the BME share of the trust's own"
    " medical workforce at the same census, unless another reference is asked for.",
}

_KEPT_WHOLE: Final = "It cannot be narrowed to a staff group."
_NARROWED: Final = (
    "It can be narrowed to clinical or to non-clinical staff: only they are counted then, and"
    " they are still held against the whole workforce, unless the reference is their own staff"
    " group."
)

BAND_TITLES: Final[Mapping[Band, str]] = {
    Band.UNDER_1: "Below band 1",
    Band.BAND_1: "Band 1",
    Band.BAND_2: "Band 2",
    Band.BAND_3: "Band 3",
    Band.BAND_4: "Band 4",
    Band.BAND_5: "Band 5",
    Band.BAND_6: "Band 6",
    Band.BAND_7: "Band 7",
    Band.BAND_8A: "Band 8a",
    Band.BAND_8B: "Band 8b",
    Band.BAND_8C: "Band 8c",
    Band.BAND_8D: "Band 8d",
    Band.BAND_9: "Band 9",
    Band.VSM: "Very senior manager (VSM)",
    Band.CONSULTANT: "Consultant",
    Band.CAREER_GRADE: "Career grade",
    Band.TRAINEE: "Trainee",
    Band.OTHER: "Other medical grade",
}
"""What each band or grade is called where people read it."""


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """A measure in words.

    Attributes:
        counted: Who is counted.
        held_against: What the share of these people is compared with.
        narrowing: Whether it can be narrowed, and what that means.
        staff_groups: To which it can be narrowed.
        bands: Those that are counted; empty for a measure of the board.
        default_reference: None for the workforce.
    """

    measure: Measure
    title: str
    counted: str
    held_against: str
    narrowing: str
    staff_groups: tuple[StaffGroup, ...]
    bands: tuple[Band, ...]
    default_reference: ReferenceKind | None

    @classmethod
    def of(cls, measure: Measure) -> Self:
        """Return the definition of a measure."""
        counted = {band for _, band in Scope(measure).pairs()}
        reference = default_reference(measure)
        narrowed = (one.staff_group for one in ALL_SCOPES if one.measure is measure)
        return cls(
            measure=measure,
            title=TITLES[measure],
            counted=_COUNTED[measure],
            held_against=_HELD_AGAINST[reference],
            narrowing=_KEPT_WHOLE if measure in NOT_NARROWED else _NARROWED,
            staff_groups=tuple(group for group in narrowed if group is not None),
            bands=tuple(band for band in Band if band in counted),
            default_reference=reference,
        )

    @property
    def description(self) -> str:
        """All of it in sentences."""
        return f"{self.counted} {self.held_against} {self.narrowing}"


@dataclass(frozen=True, slots=True)
class BandDefinition:
    """A band or medical grade in words.

    Attributes:
        description: What it is, and whether it counts as leadership.
        staff_groups: Those that have it.
    """

    band: Band
    title: str
    description: str
    staff_groups: tuple[StaffGroup, ...]
    leadership: bool
    senior_leadership: bool

    @classmethod
    def of(cls, band: Band) -> Self:
        """Return the definition of a band or grade."""
        return cls(
            band=band,
            title=BAND_TITLES[band],
            description=f"{_pay_of(band)} {_rank_of(band)}",
            staff_groups=tuple(group for group in StaffGroup if is_allowed_pair(group, band)),
            leadership=band in LEADERSHIP_BANDS,
            senior_leadership=band in SENIOR_LEADERSHIP_BANDS,
        )


def _pay_of(band: Band) -> str:
    if band in MEDICAL_GRADES:
        return "A grade of medical staff."
    if band is Band.VSM:
        return "Pay of clinical and non-clinical staff above and outside Agenda for Change."
    return "An Agenda for Change band, of clinical and non-clinical staff."


def _rank_of(band: Band) -> str:
    if band in SENIOR_LEADERSHIP_BANDS:
        return "It counts as leadership, and as senior leadership."
    if band in LEADERSHIP_BANDS:
        return "It counts as leadership, but not as senior leadership."
    return "It does not count as leadership."


def get_measure(name: str) -> MeasureDefinition:
    """Return the definition of the measure of a name.

    Raises:
        MeasureNotFound: There is none.
    """
    if name not in {*Measure}:
        raise MeasureNotFound(name)
    return MeasureDefinition.of(Measure(name))


def get_band(name: str) -> BandDefinition:
    """Return the definition of the band or grade of a name.

    Raises:
        BandNotFound: There is none.
    """
    if name not in {*Band}:
        raise BandNotFound(name)
    return BandDefinition.of(Band(name))
