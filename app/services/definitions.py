"""The definitions that figures refer to and that do not change: ethnic categories."""

from app.domain.ethnic_categories import EthnicCategories
from app.ingest.ethnic_categories import read_ethnic_categories


def list_ethnic_categories() -> EthnicCategories:
    """Return the ethnic categories of the NHS Data Dictionary."""
    return read_ethnic_categories()
