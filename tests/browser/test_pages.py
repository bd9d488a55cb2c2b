"""Pages of each kind in a browser; `make test-long` looks at every page at every width."""

from playwright.sync_api import Browser

from tests.browser.chromium import WIDE, Look, looking
from tests.browser.pages import USUAL, look_at


def test_no_page_has_a_barrier_an_error_or_a_request_to_elsewhere(
    browser: Browser, origin: str
) -> None:
    with looking(browser, origin, Look(WIDE, with_scripts=True)) as reader:
        headings, faults = look_at(reader, USUAL)

    assert headings == {name: heading for name, (_, heading) in USUAL.items()}
    assert faults == []
