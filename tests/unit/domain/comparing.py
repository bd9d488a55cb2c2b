"""Trusts that take part in a comparison, from which its tests start."""

from datetime import UTC, datetime

from app.domain.benchmarks import Occasion, Participant, Tally
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.methods import METHOD_1
from app.domain.organisations import TrustType

LEADERSHIP = Scope(Measure.LEADERSHIP)
AS_OF = datetime(2026, 11, 23, 9, tzinfo=UTC)
OCCASION = Occasion(LEADERSHIP, 2024, AS_OF, METHOD_1)


def tally(bme: int, total: int, revision: int = 1) -> Tally:
    """Return BME people of a total, everybody else white."""
    return Tally(revision, Count(total - bme, bme, 0))


def trust(
    ods_code: str,
    bme: int,
    total: int,
    *,
    covers: tuple[str, ...] = (),
    trust_type: TrustType | None = TrustType.ACUTE,
) -> Participant:
    """Return a trust that has sent BME people of a total in the measure."""
    return Participant(
        ods_code, f"Trust {ods_code}", trust_type, covers or (ods_code,), tally(bme, total)
    )
