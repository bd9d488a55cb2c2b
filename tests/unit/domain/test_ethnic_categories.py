import pytest

from app.domain.bands import EthnicGroup
from app.domain.ethnic_categories import EthnicCategories, EthnicCategory

LISTED = (
    EthnicCategory("A", "White British", EthnicGroup.WHITE, "national"),
    EthnicCategory("B", "White Irish", EthnicGroup.WHITE, "national"),
    EthnicCategory("M", "Black Caribbean", EthnicGroup.BME, "national"),
    EthnicCategory("Z", "Not stated", EthnicGroup.UNKNOWN, "national"),
)


@pytest.mark.parametrize(
    ("code", "group"),
    [
        pytest.param("B", EthnicGroup.WHITE, id="Irish staff are counted as white"),
        pytest.param("M", EthnicGroup.BME, id="listed"),
        pytest.param("Z", EthnicGroup.UNKNOWN, id="not stated"),
        pytest.param("", EthnicGroup.UNKNOWN, id="empty"),
        pytest.param("  ", EthnicGroup.UNKNOWN, id="blank"),
        pytest.param("X", None, id="not listed"),
        pytest.param("m", None, id="another case is another code"),
    ],
)
def test_the_list_decides(code: str, group: EthnicGroup | None) -> None:
    categories = EthnicCategories(LISTED)

    assert categories.find_group(code) is group


def test_the_list_keeps_its_order() -> None:
    assert EthnicCategories(iter(LISTED)).all == LISTED
