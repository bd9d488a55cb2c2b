"""What a script adds to the form that sends in actuals."""

from playwright.sync_api import Browser

from app.domain.callers import Role
from tests.browser.chromium import WIDE, Look, looking
from tests.browser.signing import Tokens, sign_in

KEEP_BACK = """() => {
  window.sent = [];
  window.addEventListener("submit", (event) => {
    window.sent.push(!event.defaultPrevented);
    event.preventDefault();
  });
}"""
"""Keeps the browser from sending forms, and notes for each time whether it would have."""


def test_a_form_shows_that_it_is_on_its_way_and_is_sent_once(
    browser: Browser, origin: str, tokens: Tokens
) -> None:
    with looking(browser, origin, Look(WIDE, with_scripts=True)) as reader:
        sign_in(reader, tokens.of(Role.TRUST, "ZZ020"))
        page = reader.visit("/trusts/ZZ020/actuals/send")
        told, bar = page.get_by_role("status"), page.get_by_role("progressbar")
        before = (told.count(), bar.count())
        page.evaluate(KEEP_BACK)
        button = page.get_by_role("button", name="Check the file")
        button.click()
        button.click()

        assert before == (0, 0)
        assert told.inner_text().startswith("The file is being sent and checked.")
        assert bar.count() == 1
        assert page.evaluate("window.sent") == [True, False]
        page.evaluate("window.dispatchEvent(new Event('pageshow'))")
        assert bar.count() == 0
        assert reader.find_faults() == []
