"""What a page holds for its reader is taken back only as it was given."""

import pytest

from app.dashboard.forms.sealing import BrokenSeal, seal, unseal

TOLD = {"name": "staff.csv", "year": 2024}
CONTENT = bytes(range(256)) * 4
SEALED = seal("secret", TOLD, CONTENT)


def test_what_was_sealed_comes_back_as_it_was() -> None:
    assert unseal("secret", SEALED) == (TOLD, CONTENT)


@pytest.mark.parametrize(
    ("secret", "sealed"),
    [
        pytest.param("another", SEALED, id="of another session"),
        pytest.param("secret", f"B{SEALED[1:]}", id="another seal"),
        pytest.param("secret", f"{SEALED[:80]}{SEALED[81:]}", id="a letter less"),
        pytest.param("secret", SEALED[:20], id="the beginning alone"),
        pytest.param("secret", "", id="nothing"),
        pytest.param("secret", "ä", id="no such letters"),
    ],
)
def test_what_was_altered_is_not_taken(secret: str, sealed: str) -> None:
    with pytest.raises(BrokenSeal):
        unseal(secret, sealed)
