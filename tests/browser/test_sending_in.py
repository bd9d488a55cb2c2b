"""A trust sends in its actuals, and writes its plan, with a browser: with scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.domain.callers import Role
from tests.browser.chromium import NARROW, WIDE, Look, Reader, looking
from tests.browser.pages import REFUSED
from tests.browser.signing import Tokens, sign_in

HEADINGS = "Year,Staff group,Band,White,BME,Unknown\n"
WRONG = f"{HEADINGS}2026,clinical,8a,200,61.5,10\n2026,clinical,12,400,50,0\n"
RIGHT = f"{HEADINGS}2026,clinical,8a,200,61,10\n2026,clinical,5,400,50,0\n"

SAID = {
    "Source": "ESR staff in post",
    "Expected workforce": "721",
    "Expected BME people": "111",
}


def fill(page: Page, entered: dict[str, str]) -> None:
    for label, value in entered.items():
        page.get_by_label(label, exact=True).fill(value)


def press(page: Page, name: str) -> None:
    """Press a button, or a link that looks like one, and wait for the page that answers."""
    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("link", name=name).first.click()


class Looker:
    """Looks at each page of a journey, and keeps what is wrong with it."""

    def __init__(self, reader: Reader) -> None:
        self.faults: list[str] = []
        self._reader = reader

    def look(self, name: str) -> None:
        self._reader.take_picture(name)
        # The console repeats that a form was refused, which the page says itself.
        self.faults += [one for one in self._reader.find_faults() if REFUSED not in one]


@pytest.mark.parametrize(
    ("look", "code"),
    [
        pytest.param(Look(WIDE, with_scripts=True), "ZZ020", id="with scripts"),
        pytest.param(Look(NARROW, with_scripts=False), "ZZ021", id="without scripts"),
    ],
)
def test_a_trust_sends_a_file_mends_it_confirms_it_and_signs_it_off(
    browser: Browser, origin: str, tokens: Tokens, tmp_path: Path, *, look: Look, code: str
) -> None:
    wrong, right = tmp_path / "wrong.csv", tmp_path / "right.csv"
    wrong.write_text(WRONG, encoding="utf-8")
    right.write_text(RIGHT, encoding="utf-8")
    with looking(browser, origin, look) as reader:
        sign_in(reader, tokens.of(Role.TRUST, code))
        page, seen = reader.visit(f"/trusts/{code}/actuals"), Looker(reader)
        seen.look("actuals-of-own-trust")
        press(page, "Send in actuals")
        fill(page, SAID)
        page.get_by_label("File", exact=True).set_input_files(wrong)
        press(page, "Check the file")
        seen.look("sending-faults")
        rows = page.locator("section[aria-labelledby=places] tbody tr").all()

        assert [row.locator("th, td").all_inner_texts()[:4] for row in rows] == [
            ["Row 2", "E", "BME", "61.5"],
            ["Row 3", "C", "Band", "12"],
        ]
        assert page.get_by_label("Source").input_value() == SAID["Source"]

        page.get_by_label("File", exact=True).set_input_files(right)
        press(page, "Check the file")
        seen.look("sending-preview")
        assert page.locator("h1").inner_text() == "Check what will be stored"
        assert page.get_by_role("cell", name="111 of 721 (2026)").count() == 1

        press(page, "Confirm and store")
        seen.look("sending-done")
        assert "The figures are stored." in page.get_by_role("alert").inner_text()

        follow(page, f"{code}, 2026")
        press(page, "Sign off")
        fill(page, {"Day": "30", "Month": "7", "Year": "2026"})
        press(page, "Sign off")
        seen.look("sign-off-faults")
        assert page.get_by_label("Day", exact=True).input_value() == "30"
        fill(page, {"Role of the lead who reports the figures": "Chief People Officer"})
        press(page, "Sign off")
        seen.look("census-signed-off")

        assert "The figures are signed off." in page.get_by_role("alert").inner_text()
        press(page, "Make these figures public")
        seen.look("release")
        assert seen.faults == []


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
        reader.take_picture("sending-progress")
        page.evaluate("window.dispatchEvent(new Event('pageshow'))")
        assert bar.count() == 0
        assert reader.find_faults() == []


def test_a_trust_writes_its_plan(browser: Browser, origin: str, tokens: Tokens) -> None:
    with looking(browser, origin, Look(NARROW, with_scripts=True)) as reader:
        sign_in(reader, tokens.of(Role.TRUST, "ZZ022"))
        page, seen = reader.visit("/trusts/ZZ022/action-plans"), Looker(reader)
        follow(page, "Plan for 2025-2028")
        seen.look("plan-empty")
        press(page, "Add an action")
        press(page, "Store")
        seen.look("plan-action-faults")
        fill(page, {
            "What is done": "A sponsor for every BME member of staff in band 7",
            "Owner": "Chief People Officer",
            "Day": "20", "Month": "11", "Year": "2026",
        })  # fmt: skip
        page.get_by_label("What it should change").select_option("Band 8a")
        press(page, "Store")
        seen.look("plan")

        assert "The action is stored." in page.get_by_role("alert").inner_text()
        assert page.get_by_role("heading", level=3).first.inner_text() == (
            "A sponsor for every BME member of staff in band 7"
        )
        for path, name in (
            ("/trusts/ZZ022/action-plans/2025-2028/details", "plan-details"),
            ("/trusts/ZZ022/action-plans/2022-2025/reviews/1", "plan-review"),
            ("/trusts/ZZ022/consents", "consents"),
            ("/trusts/ZZ022/actuals/send/counts?year=2025", "counts"),
        ):
            reader.visit(path)
            seen.look(name)
        assert seen.faults == []
