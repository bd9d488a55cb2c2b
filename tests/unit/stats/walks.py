"""Walks fitted with the constants of method 1, and how closely they are compared."""

from app.stats.walk import Walks, fit_walks
from tests.unit.stats.series import CONSTANTS, Panel

HORIZONS = range(1, 31)
CLOSE = 1e-9
"""Relative: far tighter than anything shown, far wider than rounding."""


def fit(panel: Panel) -> Walks:
    """Return the walks of a panel."""
    return fit_walks(panel.years, panel.bme, panel.total, CONSTANTS)
