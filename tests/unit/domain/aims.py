"""An aim, its path, and the latest census to hold against it."""

from app.domain.gaps import Latest
from app.domain.progress import Interval
from app.domain.targets import Path, Target
from tests.unit.domain.given import people, target
from tests.unit.stats import oracle

AIM = target("0.3400", bme=10, total=100)


def path_of(aim: Target) -> Path:
    """Return the path of a target that has one."""
    path = aim.path
    assert path is not None
    return path


def latest(
    year: int, bme: int, total: int, *, censuses: int = 6, slope: float | None = 0.01
) -> Latest:
    """Return the latest census, with the interval of its share."""
    interval = Interval(*oracle.wilson(bme, total, 0.95)) if total else None
    return Latest(year, people(bme, total), interval, slope, censuses)
