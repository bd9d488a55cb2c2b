"""One answer about progress, and what is asked and held for it."""

from dataclasses import replace
from datetime import date

from app.domain.assessment import assess
from app.domain.holdings import Holdings
from app.domain.panels import Question
from app.domain.progress import Progress
from app.domain.series import Continuity
from app.domain.targets import Goal, GoalForm
from tests.unit.domain.given import OWN_WORKFORCE, SETTINGS, lineage, merger

NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")


def one(
    held: Holdings, question: Question = OWN_WORKFORCE, continuity: Continuity | None = None
) -> Progress:
    """Return the answer to one question."""
    found = assess(held, [question], replace(
        SETTINGS, continuity=continuity or SETTINGS.continuity
    ))  # fmt: skip
    assert len(found) == 1
    return found[0]


ON_1_APRIL = date(2024, 4, 1)
BOTH = lineage(merger("ZZ002", ON_1_APRIL))
