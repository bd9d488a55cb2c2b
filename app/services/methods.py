"""The methods that answers are computed with, and how each did."""

from app.domain import methods
from app.domain.backtest import Backtest
from app.domain.methods import METHODS, Method
from app.ingest.backtest import read_backtest
from app.ingest.method_pages import read_method_page


def list_methods() -> list[Method]:
    """Return every method that was ever released, oldest first."""
    return list(METHODS.values())


def get_method(*, version: str) -> Method:
    """Return a version of the method.

    Raises:
        MethodNotFound: No method has the version.
    """
    return methods.get_method(version)


def get_page(*, version: str) -> str:
    """Return what a version of the method is, in Markdown.

    Raises:
        MethodNotFound: No method has the version.
    """
    return read_method_page(methods.get_method(version).version)


def get_backtest(*, version: str) -> Backtest:
    """Return the back-test that is kept with a version of the method.

    Raises:
        MethodNotFound: No method has the version.
    """
    return read_backtest(methods.get_method(version).version)
