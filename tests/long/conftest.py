"""What long tests share with ordinary ones: a browser and a service for pages, and clients."""

from tests.browser.conftest import browser, demonstrated, origin, tokens
from tests.clients.conftest import python_client, reached, typescript_project

__all__ = [
    "browser",
    "demonstrated",
    "origin",
    "python_client",
    "reached",
    "tokens",
    "typescript_project",
]
