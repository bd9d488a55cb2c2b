"""Every role's main job, done once; `make test-long` does each at every width."""

import pytest

from tests.browser.journeys.every import TRIPS, Trip
from tests.browser.journeys.stage import Stage


@pytest.mark.parametrize("trip", [one for one in TRIPS if one.usual], ids=str)
def test_a_journey_leads_to_its_end(stage: Stage, trip: Trip) -> None:
    assert trip.usual is not None
    trip.journey(stage, trip.usual, trip.codes[0])
