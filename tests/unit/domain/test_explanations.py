"""Which warning an identifier names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.explanations import Warned, WarningKey, parse_warning_key


@given(
    st.builds(
        WarningKey,
        st.sampled_from(Warned),
        st.integers(1000, 9999),
        st.integers(0, 999_999),
        st.integers(0, 9999),
    )
)
def test_an_identifier_names_the_warning_that_it_is_of(key: WarningKey) -> None:
    assert parse_warning_key(str(key)) == key


@pytest.mark.parametrize(
    "text", ["", "actuals", "actuals-2024-1", "staff-2024-1-0", "board-٢٠٢٤-1-0"]
)
def test_anything_else_names_none(text: str) -> None:
    with pytest.raises(ValueError, match="names no warning"):
        parse_warning_key(text)
