"""The outlook of many series in one pass: the first word that holds of each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.codes import Outlook, PointsOutlook
from app.domain.methods import Thresholds
from app.stats.normal import Floats

OUTLOOKS = tuple(Outlook)
"""Outlooks in the order of their indices."""

POINTS_OUTLOOKS = tuple(PointsOutlook)
"""Outlooks on the scale of points in the order of their indices."""

POINTS_CLOSING = POINTS_OUTLOOKS.index(PointsOutlook.CLOSING)
POINTS_LEVEL = POINTS_OUTLOOKS.index(PointsOutlook.LEVEL)
POINTS_WIDENING = POINTS_OUTLOOKS.index(PointsOutlook.WIDENING)

NO_PEOPLE = OUTLOOKS.index(Outlook.NO_PEOPLE)
DEPENDS_ON_UNKNOWN = OUTLOOKS.index(Outlook.DEPENDS_ON_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Told:
    """What each series' outlook follows from.

    Attributes:
        total: Persons in the measure at the last common census; NaN when there is none.
        is_reached: Whether the share has reached its reference there.
        enough: Whether there are censuses enough for one.
        distance: Of the walks, in log-odds.
        closing: Probability that the gap is closing.
        points: Index into `POINTS_OUTLOOKS`; −1 when it cannot be told.
        year: Census year of an even chance of parity; NaN when there is none.
    """

    total: Floats
    is_reached: NDArray[np.bool_]
    enough: NDArray[np.bool_]
    distance: Floats
    closing: Floats
    points: NDArray[np.int64]
    year: Floats

    def words(self, limits: Thresholds) -> NDArray[np.int64]:
        """Return each outlook: the first that holds, as an index into `OUTLOOKS`."""
        closes, widens = self.points == POINTS_CLOSING, self.points == POINTS_WIDENING
        towards = self.closing >= limits.closing_from
        rules = [
            (~(self.total > 0), Outlook.NO_PEOPLE),
            (self.is_reached, Outlook.AT_OR_ABOVE_REFERENCE),
            (~self.enough, Outlook.TOO_FEW_YEARS),
            (self.total < limits.min_people, Outlook.TOO_SMALL),
            (self.distance <= 0, Outlook.WITHIN_ONE_PERSON),
            ((towards & widens) | (~towards & closes), Outlook.DEPENDS_ON_SCALE),
            (np.isfinite(self.year), Outlook.PROJECTED),
            (towards, Outlook.BEYOND_HORIZON),
            (self.closing > limits.widening_to, Outlook.NO_CLEAR_DIRECTION),
        ]
        return np.asarray(
            np.select(
                [mask for mask, _ in rules],
                [OUTLOOKS.index(word) for _, word in rules],
                OUTLOOKS.index(Outlook.WIDENING),
            ),
            dtype=np.int64,
        )
