"""Every journey, how the ordinary tests look at it, and the trusts that it may change."""

from dataclasses import dataclass
from typing import Final

from tests.browser.chromium import NARROW, WIDE, Look
from tests.browser.journeys import reading, sending, targets
from tests.browser.journeys.stage import Journey

LOOKS: Final = tuple(Look(width, scripts) for width in (NARROW, WIDE) for scripts in (True, False))

_PLAIN: Final = Look(NARROW, with_scripts=False)


@dataclass(frozen=True, slots=True)
class Trip:
    """A journey with its trusts.

    Attributes:
        codes: A trust for each of `LOOKS`; the ordinary tests, which have a database of their
            own, take the first.
        usual: The look of the ordinary tests, None if it takes too long for them; axe-core, a
            script, looks only where scripts run.
    """

    journey: Journey
    codes: tuple[str, str, str, str]
    usual: Look | None = _PLAIN

    def __str__(self) -> str:
        """Return what the journey is called."""
        return self.journey.__name__


ONE: Final = ("ZZ001",) * 4
"""A trust for journeys that change nothing."""

TRIPS: Final = (
    Trip(reading.read_a_trust, ONE),
    Trip(reading.read_an_indicator, ONE),
    Trip(reading.compare_trusts, ONE, usual=None),
    Trip(sending.send_without_signing_off, ("ZZ009", "ZZ010", "ZZ011", "ZZ012")),
    Trip(sending.send_and_sign_off, ("ZZ020", "ZZ021", "ZZ023", "ZZ024")),
    Trip(sending.write_a_plan, ("ZZ022", "ZZ026", "ZZ027", "ZZ028")),
    Trip(
        targets.set_change_and_submit,
        ("ZZ008", "ZZ004", "ZZ016", "ZZ019"),
        usual=Look(WIDE, with_scripts=True),
    ),
    Trip(targets.comment_as_an_area, ("ZZ002", "ZZ005", "ZZ007", "ZZ013")),
    Trip(targets.review_as_national, ("ZZ003", "ZZ006", "ZZ015", "ZZ018")),
    Trip(targets.take_the_report, ONE, usual=None),
)
