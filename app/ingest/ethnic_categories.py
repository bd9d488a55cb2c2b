"""The ethnic categories of the NHS Data Dictionary, as the package ships them."""

from functools import cache

from app.domain.bands import EthnicGroup
from app.domain.ethnic_categories import EthnicCategories, EthnicCategory
from app.ingest.reference_files import read_rows


@cache
def read_ethnic_categories() -> EthnicCategories:
    """Return the categories, each in the group that the shipped file puts it in."""
    return EthnicCategories(
        EthnicCategory(row["code"], row["label"], EthnicGroup(row["group"]), row["code_list"])
        for row in read_rows("ethnic_categories.csv")
    )
