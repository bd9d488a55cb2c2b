"""From a trust to the paper for its board, and from England to its report, in a browser."""

from playwright.sync_api import Browser

from tests.browser.chromium import NARROW, Look, looking
from tests.printed import read_pdf


def test_a_reader_takes_a_board_page_and_a_report_along(browser: Browser, origin: str) -> None:
    with looking(browser, origin, Look(NARROW, with_scripts=False)) as reader:
        page = reader.visit("/trusts/ZZ001")
        page.get_by_role("link", name="Board page").click()
        figure = page.locator(".figure").first.inner_text()
        board = page.get_by_role("link", name="Download as PDF").get_attribute("href")
        on_board = reader.find_faults()
        page = reader.visit("/england")
        page.get_by_role("link", name="Report of the census of 31 March 2025").click()
        report = page.get_by_role("link", name="Download as PDF").get_attribute("href")
        on_report = reader.find_faults()
        papers = [read_pdf(page.request.get(f"{origin}{path}").body()) for path in (board, report)]

    assert figure == "318 of 810"
    assert [one.title for one in papers] == [
        "Race equality in leadership: Pepperwick Health Care NHS Trust (demonstration) (ZZ001)",
        "Workforce race equality in England: census of 31 March 2025",
    ]
    assert figure in papers[0].words[0]
    assert on_board == on_report == []
