"""People sign in and out with a browser, in each role."""

from playwright.sync_api import Browser

from app.domain.callers import Role
from tests.browser.chromium import NARROW, WIDE, Look, looking
from tests.browser.signing import EVERY_ROLE, Tokens, sign_in


def test_somebody_of_each_role_signs_in_without_scripts(
    browser: Browser, origin: str, tokens: Tokens
) -> None:
    names = {}
    for role in EVERY_ROLE:
        with looking(browser, origin, Look(NARROW, with_scripts=False)) as reader:
            sign_in(reader, tokens.of(role))
            account = reader.page.get_by_role("navigation", name="Account")
            names[role] = account.get_by_role("link").last.inner_text()
            assert reader.find_faults() == []

    assert names == {role: f"{role} in a browser" for role in EVERY_ROLE}


def test_whoever_has_signed_in_signs_out(browser: Browser, origin: str, tokens: Tokens) -> None:
    with looking(browser, origin, Look(WIDE, with_scripts=True)) as reader:
        sign_in(reader, tokens.of(Role.TRUST))
        reader.visit("/sign-in")
        account_faults = reader.find_faults()
        reader.page.get_by_role("navigation").get_by_role("button", name="Sign out").click()
        reader.page.get_by_role("link", name="Sign in again").wait_for()

        assert reader.page.locator("h1").inner_text() == "You are signed out"
        assert account_faults + reader.find_faults() == []
