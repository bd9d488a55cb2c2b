"""Every page in a browser; `make test-long` looks at them at every width."""

from playwright.sync_api import Browser

from tests.browser.chromium import NARROW, WIDE, Look, looking
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


def test_a_board_member_reads_an_indicator_and_its_history_on_a_telephone(
    browser: Browser, origin: str
) -> None:
    with looking(browser, origin, Look(NARROW, with_scripts=False)) as reader:
        page = reader.visit("/trusts/ZZ001")
        page.get_by_role("link", name="Nine indicators").click()
        page.get_by_role("link", name="2. Appointed from shortlisting", exact=True).click()
        section = page.locator("section[aria-labelledby=indicator-2]")
        said = section.locator("p").first.inner_text()
        cell = section.locator("tr", has_text="White over BME").locator("td").first
        told = cell.inner_text()
        label = cell.evaluate("one => getComputedStyle(one, '::before').content")
        section.get_by_role("link", name="What is counted").click()
        heading = page.locator("h1").inner_text()
        page.go_back()
        page.get_by_role("link", name="History").click()
        page.get_by_role("link", name="Older").click()
        faults = reader.find_faults()

        assert told == "1.76"
        assert said.startswith("Once shortlisted, white people were 1.76 times as likely")
        assert label.startswith('"2025"')
        assert heading == "Indicator 2: Appointed from shortlisting"
        assert page.url.endswith("/trusts/ZZ001/history?page=2")
        assert faults == []
