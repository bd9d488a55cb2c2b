"""What somebody does who has no token: find a trust, read it, take its page for the board."""

from tests.browser.chromium import NARROW, Look
from tests.browser.journeys.stage import Stage
from tests.printed import read_pdf

LEADERSHIP = "Leadership (bands 8a to 9 and VSM)"


def read_a_trust(stage: Stage, look: Look, code: str) -> None:
    """Find a trust, read where it stands, open the table of a chart, take the board page."""
    with stage.stranger(look) as one:
        newest = one.ask(f"/v1/trusts/{code}/progress/leadership")["actuals"][-1]
        name = one.ask(f"/v1/organisations/{code}")["name"]
        page = one.visit("/")
        one.look("journey-home")
        page.get_by_label("Find a trust").fill(code.lower())
        one.press("Find")
        one.look("journey-found")
        one.follow(name)
        one.look("journey-trust")
        counted = f"{newest['bme']:,} of {newest['total']:,}"
        assert counted in page.locator("main").inner_text()

        one.follow(LEADERSHIP, exact=True)
        behind = page.locator("details", has_text="The numbers behind this chart").first
        table = behind.locator("table")
        assert not table.is_visible()
        behind.locator("summary").click()
        table.wait_for(state="visible")
        row = table.locator("tbody tr", has_text=str(newest["year"])).first.inner_text().split()
        assert {f"{newest['bme']:,}", f"{newest['total']:,}"} <= set(row)
        one.look("journey-table")

        one.follow("Who is counted")
        assert one.heading() == LEADERSHIP
        one.visit(f"/trusts/{code}")
        one.follow("Board page")
        figure = page.locator(".figure").first.inner_text()
        paper = read_pdf(one.take("Download as PDF"))
        one.look("journey-board-page")
        assert figure == counted
        assert figure in paper.words[0]
        assert paper.title == f"Race equality in leadership: {name} ({code})"


def read_an_indicator(stage: Stage, look: Look, code: str) -> None:
    """Read an indicator of a trust, what it counts, and the trust's history."""
    with stage.stranger(look) as one:
        page = one.visit(f"/trusts/{code}")
        one.follow("Nine indicators")
        one.look("journey-indicators")
        page.get_by_role("link", name="2. Appointed from shortlisting", exact=True).click()
        section = page.locator("section[aria-labelledby=indicator-2]")
        said = section.locator("p").first.inner_text()
        cell = section.locator("tr", has_text="White over BME").locator("td").first
        told = cell.inner_text()
        label = cell.evaluate("one => getComputedStyle(one, '::before').content")
        section.get_by_role("link", name="What is counted").click()
        one.look("journey-indicator-definition")
        heading = one.heading()
        page.go_back()
        one.follow("History")
        one.follow("Older")
        one.look("journey-history")

        assert f"{told} times as likely" in said
        assert heading == "Indicator 2: Appointed from shortlisting"
        assert page.url.endswith(f"/trusts/{code}/history?page=2")
        if look.width == NARROW:  # where a row of a wide table is a block that names its columns
            assert label.startswith('"2025"')


def compare_trusts(stage: Stage, look: Look, _code: str) -> None:
    """Sort and filter the trusts of England."""
    with stage.stranger(look) as one:
        page = one.visit("/england")
        page.get_by_label("Region").select_option(label="London")
        one.press("Show")
        page.locator("a[href*='sort=share']").last.click()
        page.wait_for_url("**sort=share**")
        one.look("journey-england")
        heads = page.locator("section[aria-labelledby=lines] thead th")
        names = [text.strip() for text in heads.all_text_contents()]
        place = names.index("BME share")
        rows = page.locator("section[aria-labelledby=lines] tbody tr").all()
        told = [row.locator("th, td").nth(place).text_content() or "" for row in rows]
        shares = [float(text.strip().rstrip("%")) for text in told if "%" in text]

        assert heads.nth(place).get_attribute("aria-sort") == "descending"
        assert len(shares) > 1
        assert shares == sorted(shares, reverse=True)
