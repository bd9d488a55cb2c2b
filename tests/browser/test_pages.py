"""Every page in a browser; `make test-long` looks at them at every width."""

from playwright.sync_api import Browser

from tests.browser.chromium import WIDE, Look, looking
from tests.browser.pages import PAGES, look_at

SHARE = 4
"""The column of shares among those of England's trusts."""


def test_no_page_has_a_barrier_an_error_or_a_request_to_elsewhere(
    browser: Browser, origin: str
) -> None:
    with looking(browser, origin, Look(WIDE, with_scripts=True)) as reader:
        headings, faults = look_at(reader, PAGES)

    assert headings == {name: heading for name, (_, heading) in PAGES.items()}
    assert faults == []


def test_a_reader_without_scripts_finds_a_trust_and_its_leadership(
    browser: Browser, origin: str
) -> None:
    with looking(browser, origin, Look(WIDE, with_scripts=False)) as reader:
        page = reader.visit("/")
        page.get_by_label("Find a trust").fill("pepperwick")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("link", name="Pepperwick Health Care NHS Trust").click()
        summary = page.get_by_text("At the census of 31 March 2025").first.inner_text()
        page.get_by_role("link", name="Leadership (bands 8a to 9 and VSM)", exact=True).click()
        newest = (
            page.locator("section[aria-labelledby=actuals] tbody tr").first.inner_text().split()
        )
        page.get_by_role("link", name="Who is counted").click()

        assert summary == (
            "At the census of 31 March 2025, 318 of 810 people in leadership were BME. The goal of"
            " 493 by the census of 31 March 2028 takes 175 more. Matching the workforce takes 175"
            " more, the size of the team unchanged."
        )
        assert newest == ["2025", "318", "449", "43", "810", "39.3%", "36.0%", "to", "42.7%"]
        assert page.locator("h1").inner_text() == "Leadership (bands 8a to 9 and VSM)"
        assert reader.find_faults() == []


def test_a_reader_sorts_and_filters_the_trusts_of_england(browser: Browser, origin: str) -> None:
    with looking(browser, origin, Look(WIDE, with_scripts=True)) as reader:
        page = reader.visit("/england")
        page.get_by_label("Region").select_option(label="London")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("link", name="BME share").last.click()
        rows = page.locator("section[aria-labelledby=lines] tbody tr")
        told = [row.split("\t")[SHARE] for row in rows.all_inner_texts()]
        shares = [float(one.rstrip("%")) for one in told if one.endswith("%")]
        heading = page.get_by_role("columnheader", name="BME share").last

        assert heading.get_attribute("aria-sort") == "descending"
        assert len(shares) > 1
        assert shares == sorted(shares, reverse=True)
