"""A trust sets a target and submits it, and the national team reviews it."""

from playwright.sync_api import Browser, Page, expect

from app.domain.callers import Role
from tests.browser.chromium import NARROW, WIDE, Look, looking
from tests.browser.signing import Tokens, sign_in

TRUST = "ZZ008"
TARGETS = f"/trusts/{TRUST}/targets"
ONE = f"{TARGETS}/band-8a-2025-2028"


BELOW = "The goal 80 is below the baseline of 89 people; a goal is never below it."


def say_goal(goal: int, more: int) -> str:
    """Return what the page says of a goal."""
    return (
        f"The goal is {goal} BME people by 31 March 2028. That is {more} more than at the census"
        " of 31 March 2025, the size of the team unchanged."
    )


def answer_to(page: Page, goal: int, told: str) -> str:
    """Enter a goal; return what the page says of it once that begins as it should."""
    page.get_by_label("BME people", exact=True).fill(str(goal))
    summary = page.locator("#summary")
    expect(summary).to_contain_text(told)
    return summary.inner_text()


def due_in(page: Page) -> list[str]:
    """Return what is due at each census, as the page says it."""
    rows = page.get_by_role("table", name="What is due at each census").get_by_role("row")
    return [" ".join(one.split()) for one in rows.all_inner_texts()[1:]]


def test_a_target_is_set_with_scripts_changed_without_submitted_and_reviewed(
    browser: Browser, origin: str, tokens: Tokens
) -> None:
    with looking(browser, origin, Look(WIDE, with_scripts=True)) as reader:
        sign_in(reader, tokens.of(Role.TRUST, TRUST))
        page = reader.visit(TARGETS)
        page.get_by_role("button", name="Set a target").click()
        expect(page.get_by_label("Which group?")).to_be_visible()
        faults = reader.find_faults()
        page.get_by_label("Which group?").select_option(label="Band 8a")
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("A number of BME people").check()
        answers = [
            answer_to(page, 180, "The goal is 180 BME people"),
            answer_to(page, 80, "This cannot be the goal."),
            answer_to(page, 110, "The goal is 110 BME people"),
        ]
        due = due_in(page)
        reader.take_picture("target-form")
        faults += reader.find_faults()
        page.get_by_role("button", name="Save as a draft").click()
        expect(page.get_by_text("The draft is saved.")).to_be_visible()
        faults += reader.find_faults()

        assert answers == [
            say_goal(180, 91),
            f"This cannot be the goal.\n\n{BELOW}",
            say_goal(110, 21),
        ]
        assert due == [
            "31 March 2026 54.5% 96 7",
            "31 March 2027 58.5% 103 14",
            "31 March 2028 62.5% 110 21",
        ]
        assert faults == []

    with looking(browser, origin, Look(NARROW, with_scripts=False)) as reader:
        sign_in(reader, tokens.of(Role.TRUST, TRUST))
        page = reader.visit(ONE)
        page.get_by_role("button", name="Change the draft").click()
        page.get_by_label("BME people", exact=True).fill("104")
        page.get_by_role("button", name="Show what this means").click()
        expect(page.locator("#summary")).to_contain_text("That is 15 more")
        shown = due_in(page)
        page.get_by_role("button", name="Save as a draft").click()
        page.get_by_role("button", name="Submit the target").click()
        expect(page.get_by_text("The target is submitted and in force.")).to_be_visible()

        assert shown[-1] == "31 March 2028 59.1% 104 15"
        assert reader.find_faults() == []

    with looking(browser, origin, Look(WIDE, with_scripts=True)) as reader:
        sign_in(reader, tokens.of(Role.NATIONAL))
        page = reader.page
        page.get_by_role("navigation", name="Account").get_by_role("link", name="Reviews").click()
        page.get_by_label("Cycle").select_option(label="2025 to 2028")
        page.get_by_label("Region").select_option(label="London")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**/reviews?region=Y56&cycle=2025-2028")
        faults = reader.find_faults()
        page.locator(f'a[href="{ONE}"]').click()
        page.get_by_label("Reviewed: it can stay as it is").check()
        page.get_by_label("Comment", exact=True).fill("Well argued.")
        page.get_by_role("button", name="Record the review").click()
        expect(page.get_by_text("The target is marked as reviewed.")).to_be_visible()
        reader.take_picture("target-reviewed")

        assert page.get_by_text("Well argued.").is_visible()
        assert faults + reader.find_faults() == []
