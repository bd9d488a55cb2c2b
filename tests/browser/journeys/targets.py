"""A trust sets a target and submits it; its area comments on it; the national team reviews it."""

from playwright.sync_api import Page, expect

from app.domain.callers import Role
from tests.browser.chromium import Look
from tests.browser.journeys.stage import Stage, Traveller
from tests.printed import read_pdf

REGION = "Y56"
"""Where the trusts of these journeys lie."""


def _say_goal(goal: int, more: int) -> str:
    """Return what the page says of a goal."""
    return (
        f"The goal is {goal} BME people by 31 March 2028. That is {more} more than at the census"
        " of 31 March 2025, the size of the team unchanged."
    )


def _answer_to(one: Traveller, goal: int, told: str) -> str:
    """Enter a goal; return what the page says of it once that begins as it should.

    With scripts the page says it by itself, without them when it is asked.
    """
    one.fill({"BME people": str(goal)})
    if not one.with_scripts:
        one.press("Show what this means")
    summary = one.page.locator("#summary")
    expect(summary).to_contain_text(told)
    return summary.inner_text()


def _due_in(page: Page) -> list[list[str]]:
    """Return what is due at each census, as the page says it."""
    rows = page.get_by_role("table", name="What is due at each census").locator("tbody tr")
    return [
        [" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]
        for row in rows.all()
    ]


def _due(year: int, bme: int, more: int, total: int) -> list[str]:
    """Return how a page says what is due at a census."""
    return [f"31 March {year}", f"{(bme + more) / total:.1%}", str(bme + more), str(more)]


def set_change_and_submit(stage: Stage, look: Look, code: str) -> None:
    """Set a target for band 8a of a trust that has none, change the draft, submit it."""
    with stage.caller(look, Role.TRUST, code) as one:
        newest = one.ask(f"/v1/trusts/{code}/progress/band_8a")["actuals"][-1]
        bme, total = newest["bme"], newest["total"]
        page = one.visit(f"/trusts/{code}/targets")
        one.press("Set a target")
        one.look("target-start")
        page.get_by_label("Which group?").select_option(label="Band 8a")
        one.press("Continue")
        page.get_by_label("A number of BME people").check()
        low, below, goal = bme + 12, bme - 9, bme + 21
        assert [
            _answer_to(one, low, f"The goal is {low} BME people"),
            _answer_to(one, below, "This cannot be the goal."),
            _answer_to(one, goal, f"The goal is {goal} BME people"),
        ] == [
            _say_goal(low, 12),
            (
                f"This cannot be the goal.\n\nThe goal {below} is below the baseline of {bme}"
                " people; a goal is never below it."
            ),
            _say_goal(goal, 21),
        ]
        assert _due_in(page) == [
            _due(2026, bme, 7, total), _due(2027, bme, 14, total), _due(2028, bme, 21, total)
        ]  # fmt: skip
        one.look("target-form")
        one.press("Save as a draft")
        expect(page.get_by_text("The draft is saved.")).to_be_visible()
        one.look("target-draft")

        one.press("Change the draft")
        _answer_to(one, bme + 15, "That is 15 more")
        assert _due_in(page)[-1] == _due(2028, bme, 15, total)
        one.press("Save as a draft")
        one.press("Submit the target")
        expect(page.get_by_text("The target is submitted and in force.")).to_be_visible()
        one.look("target-submitted")
    assert _state_of(stage, look, code) == ("submitted", bme + 15)


def _state_of(stage: Stage, look: Look, code: str) -> tuple[str, int]:
    """Return what the API tells of the target of band 8a."""
    with stage.stranger(look) as one:
        held = one.ask(f"/v1/trusts/{code}/targets/band-8a-2025-2028")
        return held["state"], held["goal_headcount"]


def comment_as_an_area(stage: Stage, look: Look, code: str) -> None:
    """Read an area, and comment on a target of one of its trusts, with a fault first."""
    with stage.caller(look, Role.AREA, REGION) as one:
        page = one.visit("/sign-in")
        one.follow("See the trusts of London")
        one.look("journey-area")
        assert one.heading() == "London"
        page.locator(f"section[aria-labelledby=lines] a[href^='/trusts/{code}']").first.click()
        one.follow("Targets")
        one.follow("Leadership (bands 8a to 9 and VSM)")
        one.press("Add the comment")
        one.look("comment-faults")
        assert page.get_by_role("alert").is_visible()
        one.fill({"Add a comment": "Ambitious; how will band 7 be prepared for it?"})
        one.press("Add the comment")
        one.look("comment-stored")

        assert page.get_by_text("Ambitious; how will band 7 be prepared for it?").is_visible()
        for button in ("Submit the target", "Record the review", "Withdraw the target"):
            assert page.get_by_role("button", name=button).count() == 0


def review_as_national(stage: Stage, look: Look, code: str) -> None:
    """Review a target that waits, with a fault first."""
    with stage.caller(look, Role.NATIONAL) as one:
        page = one.page
        path = f"/trusts/{code}/targets/leadership-2025-2028"
        page.get_by_role("navigation", name="Account").get_by_role("link", name="Reviews").click()
        page.get_by_label("Cycle").select_option(label="2025 to 2028")
        page.get_by_label("Region").select_option(label="London")
        one.press("Show")
        page.wait_for_url(f"**/reviews?region={REGION}&cycle=2025-2028")
        one.look("journey-reviews")
        page.locator(f'a[href="{path}"]').click()
        one.press("Record the review")
        one.look("review-faults")
        page.get_by_label("Reviewed: it can stay as it is").check()
        one.fill({"Comment": "Well argued."})
        one.press("Record the review")
        expect(page.get_by_text("The target is marked as reviewed.")).to_be_visible()
        one.look("target-reviewed")
        assert page.get_by_text("Well argued.").is_visible()


def take_the_report(stage: Stage, look: Look, _code: str) -> None:
    """Read England as the national team, and take the report of its newest census along."""
    with stage.caller(look, Role.NATIONAL) as one:
        one.visit("/england")
        one.look("journey-england")
        one.follow("Report of the census of 31 March")  # the newest of which anything was sent
        one.look("journey-report")
        paper = read_pdf(one.take("Download as PDF"))
        assert paper.title == one.heading()
        assert "Synthetic" in paper.words[0]
