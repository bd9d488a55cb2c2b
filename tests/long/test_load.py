"""A minute of all that a day brings, on each kind of database; `make load` does it for longer.

Nobody is answered otherwise than the description says, and nobody reads of the own figures what
was true before they were sent. Whether memory grows shows only in the half hour of `make load`.
"""

from pathlib import Path

import pytest

from tests.engines import ENGINES
from tests.load.errands import Part
from tests.load.running import load

SECONDS = 60.0

MOST_MEGABYTES = 900.0
"""Memory of one process: half as much again as it takes at most."""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_service_under_load_answers_everybody_as_it_says(engine: str, tmp_path: Path) -> None:
    outcome = load(engine, tmp_path, seconds=SECONDS)

    assert outcome.faults == []
    assert {one.part for one in outcome.answered} == set(Part)
    assert max(one.highest for one in outcome.memory) < MOST_MEGABYTES
