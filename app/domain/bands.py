"""Staff groups, pay bands and ethnic groups, in the order in which they are shown.

The allowed pairs: medical staff have medical grades, everybody else has Agenda for Change
(AfC) bands or very senior manager (VSM) pay.
"""

from enum import StrEnum

from app.domain.coded import Coded


class StaffGroup(Coded):
    """A part of the workforce as the WRES template divides it."""

    NON_CLINICAL = ("non_clinical", "Staff who are not clinical, in Agenda for Change or VSM pay.")
    CLINICAL = ("clinical", "Clinical staff but doctors, in Agenda for Change or VSM pay.")
    MEDICAL = ("medical", "Medical and dental staff, who have grades in place of bands.")


class Band(StrEnum):
    """An AfC band, very senior manager pay, or a medical grade."""

    UNDER_1 = "under_1"
    BAND_1 = "1"
    BAND_2 = "2"
    BAND_3 = "3"
    BAND_4 = "4"
    BAND_5 = "5"
    BAND_6 = "6"
    BAND_7 = "7"
    BAND_8A = "8a"
    BAND_8B = "8b"
    BAND_8C = "8c"
    BAND_8D = "8d"
    BAND_9 = "9"
    VSM = "vsm"
    CONSULTANT = "consultant"
    CAREER_GRADE = "career_grade"
    TRAINEE = "trainee"
    OTHER = "other"


class EthnicGroup(Coded):
    """The three groups that WRES counts; unknown is not "not BME"."""

    WHITE = ("white", "White people, Irish, Gypsy, Roma and Traveller people among them.")
    BME = ("bme", "People of ethnic minorities, which are several groups that differ.")
    UNKNOWN = ("unknown", "People who did not state their ethnicity, or of whom it is not known.")


MEDICAL_GRADES = frozenset({Band.CONSULTANT, Band.CAREER_GRADE, Band.TRAINEE, Band.OTHER})
"""The grades of medical staff."""

AFC_BANDS = tuple(band for band in Band if band not in MEDICAL_GRADES)
"""The AfC bands and VSM, lowest first."""

LEADERSHIP_BANDS = frozenset(
    {Band.BAND_8A, Band.BAND_8B, Band.BAND_8C, Band.BAND_8D, Band.BAND_9, Band.VSM}
)
"""Bands that count as leadership: AfC 8a to 9 and VSM."""

SENIOR_LEADERSHIP_BANDS = frozenset({Band.BAND_8C, Band.BAND_8D, Band.BAND_9, Band.VSM})
"""Bands that count as senior leadership: AfC 8c to 9 and VSM."""


def is_allowed_pair(staff_group: StaffGroup, band: Band) -> bool:
    """Return whether people of a staff group can be in a band."""
    return (staff_group is StaffGroup.MEDICAL) == (band in MEDICAL_GRADES)


ALLOWED_PAIRS = tuple(
    (group, band) for group in StaffGroup for band in Band if is_allowed_pair(group, band)
)
"""Every staff group with each of its bands, in the order in which they are shown."""
