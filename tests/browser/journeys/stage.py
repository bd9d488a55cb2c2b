"""Where a journey takes place, and what a person does there: look, fill in, press, follow."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from app.domain.callers import Role
from tests.browser.chromium import Look, Reader, looking
from tests.browser.pages import REFUSED
from tests.browser.signing import Tokens, sign_in


class Traveller:
    """Somebody on a journey, who looks at its pages and keeps what is wrong with them."""

    def __init__(self, reader: Reader, origin: str) -> None:
        """Begin a journey with a tab of its own."""
        self.page: Page = reader.page
        self.faults: list[str] = []
        self._reader = reader
        self._origin = origin

    @property
    def with_scripts(self) -> bool:
        """Whether pages run scripts."""
        return self._reader.look.with_scripts

    def visit(self, path: str) -> Page:
        """Go to a page by its address."""
        return self._reader.visit(path)

    def look(self, name: str) -> None:
        """Look at the page that is shown, under a name for its picture."""
        self._reader.take_picture(name)
        # The console repeats that a page was refused, which the page says itself.
        self.faults += [one for one in self._reader.find_faults() if REFUSED not in one]

    def heading(self) -> str:
        """Return what the page is called."""
        return self.page.locator("h1").inner_text()

    def fill(self, entered: Mapping[str, str]) -> None:
        """Fill in fields, by their labels."""
        for label, value in entered.items():
            self.page.get_by_label(label, exact=True).fill(value)

    def press(self, name: str) -> None:
        """Press a button, or a link that looks like one, and wait for the page that answers."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str, *, exact: bool = False) -> None:
        """Follow the first link of a name, and wait for the page that it leads to."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.get_by_role("link", name=name, exact=exact).first.click()

    def told(self) -> str:
        """Return what the page says was done."""
        return self.page.get_by_role("alert").inner_text()

    def ask(self, path: str) -> Any:  # noqa: ANN401 - whatever the API answers
        """Return what the API tells everybody at a path."""
        response = self.page.request.get(self._origin + path)
        assert response.ok, response.text()
        return response.json()

    def take(self, name: str) -> bytes:
        """Return the file to which a link of a name leads."""
        path = self.page.get_by_role("link", name=name).first.get_attribute("href")
        response = self.page.request.get(f"{self._origin}{path}")
        assert response.ok, response.text()
        return response.body()


@dataclass(frozen=True)
class Stage:
    """A service, and a browser.

    Attributes:
        keeps_pictures: Whether pictures are taken of the pages.
    """

    browser: Browser
    origin: str
    tokens: Tokens
    keeps_pictures: bool = False

    @contextmanager
    def stranger(self, look: Look) -> Iterator[Traveller]:
        """Yield somebody who has not signed in; fail if a page on their way had a fault."""
        with looking(self.browser, self.origin, look, pictures=self.keeps_pictures) as reader:
            traveller = Traveller(reader, self.origin)
            yield traveller
            assert traveller.faults == []

    @contextmanager
    def caller(self, look: Look, role: Role, *codes: str) -> Iterator[Traveller]:
        """Yield somebody who has signed in, and likewise."""
        with looking(self.browser, self.origin, look, pictures=self.keeps_pictures) as reader:
            sign_in(reader, self.tokens.of(role, *codes))
            traveller = Traveller(reader, self.origin)
            yield traveller
            assert traveller.faults == []


Journey = Callable[[Stage, Look, str], None]
"""Goes through pages at a look; the code is that of a trust that no other journey changes."""
