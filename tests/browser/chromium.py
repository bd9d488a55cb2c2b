"""The machine's Chromium, driven by Playwright, and what no page may do in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

SWITCHES = (
    "--no-sandbox",  # as root Chromium has none; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

NARROW, WIDE = 360, 1280
"""Widths of a telephone and a desk, in CSS pixels."""

PATIENCE_MS = 60_000
"""How long is waited for what a page is to show."""

SHOTS = Path(__file__).parents[2] / ".screenshots"
"""Where pictures of pages go."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader looks at pages."""

    width: int
    with_scripts: bool

    def __str__(self) -> str:
        """Return the name of the look."""
        return f"{self.width}px, {'with' if self.with_scripts else 'without'} scripts"


def find_chromium() -> str:
    """Return where the machine's browser is.

    Raises:
        RuntimeError: There is none.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError(
            "The tests of the pages need Chromium. `make .venv/.browser-stamp` installs it where"
            " apt-get can; elsewhere install it by hand, so that `chromium` is on the path."
        )
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the browser, running."""
    # A busy machine may take its time: what is to be seen has to come, and not at once.
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(SWITCHES))
        yield browser
        browser.close()


class Reader:
    """Somebody who looks at pages, and finds what is wrong with them."""

    def __init__(self, page: Page, origin: str, look: Look, *, pictures: bool) -> None:
        """Begin to look.

        Args:
            page: A tab of the browser.
            origin: Where the service is.
            look: How it is looked at.
            pictures: Whether pictures are kept; taking them takes as long as the pages do.
        """
        self.page = page
        self.look = look
        self._origin = origin
        self._pictures = pictures
        self._said: list[str] = []
        self._asked: list[str] = []
        page.on("console", lambda message: self._said.append(message.text))
        page.on("pageerror", lambda error: self._said.append(str(error)))
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        self._asked.append(request.url)

    def visit(self, path: str) -> Page:
        """Go to a page of the service, and wait until all of it is there."""
        self.page.goto(self._origin + path, wait_until="networkidle")
        return self.page

    def find_faults(self) -> list[str]:
        """Return what is wrong with the page that is shown, and with how it came here."""
        found = [f"the console says: {text}" for text in self._said]
        found += [
            f"it asks {url}" for url in self._asked if not url.startswith(f"{self._origin}/")
        ]
        if self._width() > self.look.width:
            found.append(f"it is {self._width()} pixels wide")
        if self.look.with_scripts:  # axe-core is one itself
            found += [_describe(one) for one in Axe().run(self.page).response["violations"]]
        self._said.clear()
        self._asked.clear()
        return [f"{self.page.url} ({self.look}): {one}" for one in found]

    def take_picture(self, name: str) -> None:
        """Keep a picture of the whole page for whoever wants to look at it."""
        if not self._pictures:
            return
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}-{self.look.width}.png", full_page=True)

    def _width(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


def _describe(violation: dict[str, Any]) -> str:
    where = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
    return f"axe-core: {violation['id']}: {violation['help']} ({where})"


@contextmanager
def looking(
    browser: Browser, origin: str, look: Look, *, pictures: bool = False
) -> Iterator[Reader]:
    """Yield a reader with a fresh browser profile, who keeps pictures of pages or does not."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 900}, java_script_enabled=look.with_scripts
    )
    yield Reader(context.new_page(), origin, look, pictures=pictures)
    context.close()
