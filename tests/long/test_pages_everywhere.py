"""Every page at every width, with and without scripts.

Run by `make test-long`.
"""

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import NARROW, WIDE, Look, looking
from tests.browser.conftest import browser, origin
from tests.browser.pages import LARGE, PAGES, look_at

__all__ = ["browser", "origin"]

LOOKS = [Look(width, scripts) for width in (NARROW, WIDE) for scripts in (True, False)]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_page_has_a_barrier_an_error_or_a_request_to_elsewhere(
    browser: Browser, origin: str, look: Look
) -> None:
    pages = PAGES | LARGE
    with looking(browser, origin, look) as reader:
        headings, faults = look_at(reader, pages)

    assert headings == {name: heading for name, (_, heading) in pages.items()}
    assert faults == []
