"""A trust sends in its actuals, mends them, signs them off, and writes its plan."""

from playwright.sync_api import FilePayload

from app.domain.callers import Role
from tests.browser.chromium import Look
from tests.browser.journeys.stage import Stage, Traveller

_HEADINGS = "Year,Staff group,Band,White,BME,Unknown\n"
WRONG = f"{_HEADINGS}2026,clinical,8a,200,61.5,10\n2026,clinical,12,400,50,0\n"
RIGHT = f"{_HEADINGS}2026,clinical,8a,200,61,10\n2026,clinical,5,400,50,0\n"

SAID = {
    "Source": "ESR staff in post",
    "Expected workforce": "721",
    "Expected BME people": "111",
}


def _choose(one: Traveller, text: str) -> None:
    """Choose a file that holds a text."""
    chosen = FilePayload(name="actuals.csv", mimeType="text/csv", buffer=text.encode())
    one.page.get_by_label("File", exact=True).set_input_files(chosen)


def _send(one: Traveller, code: str) -> None:
    """Send a file that is wrong, mend it, look at what will be stored, confirm it."""
    page = one.page
    one.fill(SAID)
    _choose(one, WRONG)
    one.press("Check the file")
    one.look("sending-faults")
    rows = page.locator("section[aria-labelledby=places] tbody tr").all()

    assert [row.locator("th, td").all_inner_texts()[:4] for row in rows] == [
        ["Row 2", "E", "BME", "61.5"],
        ["Row 3", "C", "Band", "12"],
    ]
    assert page.get_by_label("Source").input_value() == SAID["Source"]

    _choose(one, RIGHT)
    one.press("Check the file")
    one.look("sending-preview")
    assert one.heading() == "Check what will be stored"
    assert page.get_by_text("111 of 721 (2026)").count() == 1

    one.press("Confirm and store")
    one.look("sending-done")
    assert "The figures are stored." in one.told()
    one.follow(f"{code}, 2026")


def send_and_sign_off(stage: Stage, look: Look, code: str) -> None:
    """Send in actuals for a trust, sign them off with a fault first, look at releasing them."""
    with stage.caller(look, Role.TRUST, code) as one:
        one.visit(f"/trusts/{code}/actuals")
        one.look("actuals-of-own-trust")
        one.press("Send in actuals")
        _send(one, code)
        one.press("Sign off")
        one.fill({"Day": "30", "Month": "7", "Year": "2026"})
        one.press("Sign off")
        one.look("sign-off-faults")
        assert one.page.get_by_label("Day", exact=True).input_value() == "30"
        one.fill({"Role of the lead who reports the figures": "Chief People Officer"})
        one.press("Sign off")
        one.look("census-signed-off")

        assert "The figures are signed off." in one.told()
        one.press("Make these figures public")
        one.look("release")


def send_without_signing_off(stage: Stage, look: Look, code: str) -> None:
    """Send in actuals as who may send and not sign off; all that leads there is closed."""
    with stage.caller(look, Role.TRUST_DATA, code) as one:
        one.visit("/sign-in")
        one.follow("Send in the actuals of")
        one.press("Send in actuals")
        _send(one, code)
        buttons = one.page.get_by_role("button")
        assert {"Sign off", "Make these figures public"}.isdisjoint(buttons.all_inner_texts())

        one.visit(f"/trusts/{code}/actuals/2026/sign-off")
        one.look("sign-off-refused")
        assert one.heading() == "You cannot see this page"
        held = one.ask(f"/v1/trusts/{code}/actuals/2026")
        assert (held["totals"]["workforce"], held["sign_off"]) == (721, None)


def write_a_plan(stage: Stage, look: Look, code: str) -> None:
    """Add an action to a trust's plan, with a fault first, and look at the pages beside it."""
    with stage.caller(look, Role.TRUST, code) as one:
        page = one.visit(f"/trusts/{code}/action-plans")
        one.follow("Plan for 2025-2028")
        one.look("plan-empty")
        one.press("Add an action")
        one.press("Store")
        one.look("plan-action-faults")
        one.fill({
            "What is done": "A sponsor for every BME member of staff in band 7",
            "Owner": "Chief People Officer",
            "Day": "20", "Month": "11", "Year": "2026",
        })  # fmt: skip
        page.get_by_label("What it should change").select_option("Band 8a")
        one.press("Store")
        one.look("plan")

        assert "The action is stored." in one.told()
        titles = page.get_by_role("heading", level=3).all_inner_texts()
        assert "A sponsor for every BME member of staff in band 7" in titles
        for path, name in (
            ("action-plans/2025-2028/details", "plan-details"),
            ("action-plans/2022-2025/reviews/1", "plan-review"),
            ("consents", "consents"),
            ("actuals/send/counts?year=2025", "counts"),
        ):
            one.visit(f"/trusts/{code}/{path}")
            one.look(name)
