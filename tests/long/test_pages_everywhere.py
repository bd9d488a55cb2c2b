"""Every page at every width, with and without scripts.

Run by `make test-long`.
"""

import pytest
from playwright.sync_api import Browser

from app.domain.callers import Role
from tests.browser.chromium import Look, looking
from tests.browser.journeys.every import LOOKS
from tests.browser.pages import PAGES, SIGNED_IN, look_at
from tests.browser.signing import Tokens, sign_in


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_page_has_a_barrier_an_error_or_a_request_to_elsewhere(
    browser: Browser, origin: str, look: Look
) -> None:
    with looking(browser, origin, look, pictures=True) as reader:
        headings, faults = look_at(reader, PAGES)

    assert headings == {name: heading for name, (_, heading) in PAGES.items()}
    assert faults == []


@pytest.mark.parametrize("role", SIGNED_IN, ids=str)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_page_of_somebody_who_has_signed_in_has_any_either(
    browser: Browser, origin: str, tokens: Tokens, look: Look, role: Role
) -> None:
    pages = SIGNED_IN[role]
    with looking(browser, origin, look, pictures=True) as reader:
        sign_in(reader, tokens.of(role))
        headings, faults = look_at(reader, pages)

    assert headings == {name: heading for name, (_, heading) in pages.items()}
    assert faults == []
