"""Measures: named groups of people whose BME share is followed, and what it is held against."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.bands import (
    ALLOWED_PAIRS,
    LEADERSHIP_BANDS,
    SENIOR_LEADERSHIP_BANDS,
    Band,
    StaffGroup,
)
from app.domain.coded import Coded
from app.domain.errors import MeasureCannotBeNarrowed


class Measure(StrEnum):
    """A named group of people, in the order in which measures are shown."""

    WORKFORCE = "workforce"
    LEADERSHIP = "leadership"
    SENIOR_LEADERSHIP = "senior_leadership"
    BAND_8A = "band_8a"
    BAND_8B = "band_8b"
    BAND_8C = "band_8c"
    BAND_8D = "band_8d"
    BAND_9 = "band_9"
    VSM = "vsm"
    CONSULTANTS = "consultants"
    BOARD = "board"
    BOARD_VOTING = "board_voting"
    BOARD_EXECUTIVE = "board_executive"


class ReferenceKind(Coded):
    """What a measure's share is compared with to say whether there is parity."""

    OWN_WORKFORCE = (
        "own_workforce",
        "The BME share of the trust's whole workforce at the same census, which moves every year.",
    )
    OWN_MEDICAL_WORKFORCE = (
        "own_medical_workforce",
        "The BME share of the trust's medical staff at the same census.",
    )
    OWN_STAFF_GROUP = (
        "own_staff_group",
        "The BME share of the staff group that the measure is narrowed to, at the same census.",
    )
    OWN_WORKFORCE_AT_BASELINE = (
        "own_workforce_at_baseline",
        "The BME share of the trust's whole workforce at the target's baseline, frozen with it.",
    )
    FIXED = ("fixed", "A share that is given, with its source, such as the local population's.")


BOARD_MEASURES = frozenset({Measure.BOARD, Measure.BOARD_VOTING, Measure.BOARD_EXECUTIVE})
"""Measures of board members, who are positions and partly not in the workforce."""

BAND_MEASURES = (
    Measure.BAND_8A,
    Measure.BAND_8B,
    Measure.BAND_8C,
    Measure.BAND_8D,
    Measure.BAND_9,
    Measure.VSM,
)
"""Measures of one band each; leadership is made of them."""

NOT_NARROWED = BOARD_MEASURES | {Measure.WORKFORCE, Measure.CONSULTANTS}
"""Measures that cannot be narrowed to a staff group."""

TITLES = {
    Measure.WORKFORCE: "Workforce",
    Measure.LEADERSHIP: "Leadership (bands 8a to 9 and VSM)",
    Measure.SENIOR_LEADERSHIP: "Senior leadership (bands 8c to 9 and VSM)",
    Measure.BAND_8A: "Band 8a",
    Measure.BAND_8B: "Band 8b",
    Measure.BAND_8C: "Band 8c",
    Measure.BAND_8D: "Band 8d",
    Measure.BAND_9: "Band 9",
    Measure.VSM: "Very senior managers",
    Measure.CONSULTANTS: "Medical consultants",
    Measure.BOARD: "Board",
    Measure.BOARD_VOTING: "Voting board members",
    Measure.BOARD_EXECUTIVE: "Executive board members",
}
"""What each measure is called where people read it."""

_BANDS = {
    Measure.LEADERSHIP: LEADERSHIP_BANDS,
    Measure.SENIOR_LEADERSHIP: SENIOR_LEADERSHIP_BANDS,
    Measure.BAND_8A: frozenset({Band.BAND_8A}),
    Measure.BAND_8B: frozenset({Band.BAND_8B}),
    Measure.BAND_8C: frozenset({Band.BAND_8C}),
    Measure.BAND_8D: frozenset({Band.BAND_8D}),
    Measure.BAND_9: frozenset({Band.BAND_9}),
    Measure.VSM: frozenset({Band.VSM}),
    Measure.CONSULTANTS: frozenset({Band.CONSULTANT}),
}


def default_reference(measure: Measure) -> ReferenceKind | None:
    """Return the reference of a measure unless another is asked for; None for the workforce."""
    match measure:
        case Measure.WORKFORCE:
            return None
        case Measure.CONSULTANTS:
            return ReferenceKind.OWN_MEDICAL_WORKFORCE
        case _:
            return ReferenceKind.OWN_WORKFORCE


@dataclass(frozen=True, slots=True)
class Scope:
    """A measure, narrowed to a staff group or not: exactly which people are counted.

    Raises:
        MeasureCannotBeNarrowed: The measure is of the workforce, consultants or the board,
            or the staff group is medical.
    """

    measure: Measure
    staff_group: StaffGroup | None = None

    def __post_init__(self) -> None:
        if self.staff_group is None:
            return
        if self.measure in NOT_NARROWED or self.staff_group is StaffGroup.MEDICAL:
            raise MeasureCannotBeNarrowed(self.measure, self.staff_group)

    @property
    def is_of_board(self) -> bool:
        """Whether board members are counted, not the workforce."""
        return self.measure in BOARD_MEASURES

    def pairs(self) -> frozenset[tuple[StaffGroup, Band]]:
        """Return the pairs of staff group and band whose people are counted.

        Empty for a measure of the board, which is not counted by band.
        """
        if self.is_of_board:
            return frozenset()
        if self.measure is Measure.WORKFORCE:
            return frozenset(ALLOWED_PAIRS)
        return frozenset(
            (group, band)
            for group, band in ALLOWED_PAIRS
            if band in _BANDS[self.measure] and self.staff_group in {None, group}
        )


def staff_group_pairs(staff_group: StaffGroup) -> frozenset[tuple[StaffGroup, Band]]:
    """Return all pairs of one staff group, which a measure can be held against."""
    return frozenset(pair for pair in ALLOWED_PAIRS if pair[0] is staff_group)


def reference_group(scope: Scope, reference: ReferenceKind) -> frozenset[tuple[StaffGroup, Band]]:
    """Return the pairs of the group that a scope is compared with under a reference.

    `own_workforce_at_baseline` and `fixed` are shares, not groups: for them the pairs are
    those of the whole workforce, against which a target's baseline is frozen.

    Raises:
        ValueError: `own_staff_group` of a scope that is not narrowed.
    """
    match reference:
        case ReferenceKind.OWN_MEDICAL_WORKFORCE:
            return staff_group_pairs(StaffGroup.MEDICAL)
        case ReferenceKind.OWN_STAFF_GROUP:
            if scope.staff_group is None:
                raise ValueError("own_staff_group needs a measure narrowed to a staff group")
            return staff_group_pairs(scope.staff_group)
        case _:
            return frozenset(ALLOWED_PAIRS)


ALL_SCOPES = tuple(
    Scope(measure, group)
    for measure in Measure
    for group in (None, StaffGroup.CLINICAL, StaffGroup.NON_CLINICAL)
    if group is None or measure not in NOT_NARROWED
)
"""Every measure, whole and narrowed, in the order in which they are shown."""
