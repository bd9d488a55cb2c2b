from collections import Counter

import pytest

from app.domain.bands import EthnicGroup
from app.domain.ethnic_categories import EthnicCategory
from app.ingest.ethnic_categories import read_ethnic_categories

WHITE, BME, UNKNOWN = EthnicGroup.WHITE, EthnicGroup.BME, EthnicGroup.UNKNOWN


def test_the_categories_are_those_of_the_file() -> None:
    categories = read_ethnic_categories.__wrapped__().all  # whoever has read them before

    assert len({c.code for c in categories}) == len(categories) == 72
    assert Counter((c.code_list, c.group) for c in categories) == {
        ("national", WHITE): 3,
        ("national", BME): 13,
        ("national", UNKNOWN): 2,
        ("extended", WHITE): 26,
        ("extended", BME): 26,
        ("extended", UNKNOWN): 2,
    }


def test_a_category_is_read_whole() -> None:
    assert read_ethnic_categories().all[0] == EthnicCategory(
        "A", "White - British", WHITE, "national"
    )


@pytest.mark.parametrize(
    ("code", "group"),
    [
        pytest.param("CN", WHITE, id="Gypsy and Roma count as white"),
        pytest.param("CX", WHITE, id="the file decides, not the label's first word"),
        pytest.param("GC", BME, id="an extended code"),
        pytest.param("Z", UNKNOWN, id="not stated"),
        pytest.param("99", UNKNOWN, id="not known"),
        pytest.param(" ", UNKNOWN, id="blank"),
        pytest.param("ZZ", None, id="no code at all"),
    ],
)
def test_a_code_counts_in_the_group_of_the_file(code: str, group: EthnicGroup | None) -> None:
    assert read_ethnic_categories().find_group(code) is group
