"""Every journey at every width, with and without scripts, each on a trust of its own.

Run by `make test-long`.
"""

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import Look
from tests.browser.journeys.every import LOOKS, TRIPS, Trip
from tests.browser.journeys.stage import Stage
from tests.browser.signing import Tokens


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("trip", TRIPS, ids=str)
def test_a_journey_leads_to_its_end(
    browser: Browser, origin: str, tokens: Tokens, trip: Trip, look: Look
) -> None:
    stage = Stage(browser, origin, tokens, keeps_pictures=True)

    trip.journey(stage, look, trip.codes[LOOKS.index(look)])
