"""Leaders among others, and the parity that is found for them."""

from collections.abc import Sequence

from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.groups import Panel
from app.domain.methods import METHOD_1
from app.domain.panels import Censuses, Question, build_panel
from app.domain.parity import find_parity
from app.domain.progress import Parity
from app.domain.trends import analyse
from tests.unit.domain.given import (
    CLINICAL_5,
    CLINICAL_8A,
    LEADERS,
    OWN_WORKFORCE,
    WORKFORCE,
    people,
)

Row = tuple[Count, Count]
"""Leaders and others at one census."""


def parity_of(
    rows: Sequence[Row], question: Question = OWN_WORKFORCE, *, horizon: int = 30
) -> Parity | Reason:
    """Return the parity of leaders among others, the last census being that of 2024."""
    return find_parity(analyse(panel_of(rows, question), METHOD_1), 0, question, horizon)


def panel_of(rows: Sequence[Row], question: Question) -> Panel:
    """Return the panel of leaders among others."""
    censuses = Censuses.empty(1, range(2025 - len(rows), 2025))
    for index, (leaders, others) in enumerate(rows):
        censuses.put_staff(0, index, {CLINICAL_8A: leaders, CLINICAL_5: others})
    return build_panel(censuses, [question])


def rows(leaders: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[Row]:
    """Return censuses from BME people and all people, of leaders and of others."""
    return [(people(*one), people(*two)) for one, two in zip(leaders, others, strict=True)]


def told(found: Parity | Reason) -> Parity:
    """Return a parity, which must have been found."""
    assert isinstance(found, Parity)
    return found


WORKED = rows(LEADERS, [(x - a, n - b) for (a, b), (x, n) in zip(LEADERS, WORKFORCE, strict=True)])
