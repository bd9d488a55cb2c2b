"""Lists of entity tags, read as RFC 9110 has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.entity_tags import read_tags, weakly

CHARACTERS = [chr(code) for code in (0x21, *range(0x23, 0x7F), *range(0x80, 0x100))]

TAGS = st.builds(
    lambda weak, text: f'{weak}"{text}"',
    st.sampled_from(["", "W/"]),
    st.text(st.sampled_from(CHARACTERS), max_size=8),
)


@given(st.lists(TAGS, min_size=1), st.sampled_from([",", ", ", " ,\t", ",,", ", ,"]))
def test_every_tag_of_a_list_is_read_whatever_stands_in_it(tags: list[str], between: str) -> None:
    assert read_tags(between.join(tags)) == set(tags)


@pytest.mark.parametrize("header", ["*", " * ", "\t*"])
def test_an_asterisk_alone_stands_for_anything(header: str) -> None:
    assert read_tags(header) == {"*"}


@pytest.mark.parametrize(
    "header",
    ["", ",", "1", '"1', '1"', '"1";"2"', '"1" "2"', '*, "1"', '"1", *', "**", "W/", 'w/"1"',
     '"a b"', 'x"1"', '"1", 2'],
)  # fmt: skip
def test_what_is_no_list_has_no_tag(header: str) -> None:
    assert read_tags(header) == frozenset()


def test_a_weak_tag_can_be_compared_as_if_it_were_none() -> None:
    assert weakly('W/"1"') == weakly('"1"') == '"1"'
