"""What tests of pages share with the ordinary ones: one browser, and one service, for all."""

from tests.browser.conftest import browser, demonstrated, origin, tokens

__all__ = ["browser", "demonstrated", "origin", "tokens"]
