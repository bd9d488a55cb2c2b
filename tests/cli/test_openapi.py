import json
from pathlib import Path

import pytest

from app.main import create_app
from app.settings import Settings
from tests.cli.parity import Parity


@pytest.fixture
def parity(tmp_path: Path) -> Parity:
    """The command line, with a setting on which the description must not depend."""
    return Parity("nowhere", tmp_path)


def test_the_description_is_written_as_the_service_gives_it_and_passes_the_check(
    parity: Parity, tmp_path: Path
) -> None:
    file = tmp_path / "new" / "openapi.json"

    told = parity.succeed("openapi", "export", str(file))

    written = file.read_bytes()
    assert told == f"Wrote {file}.\n"
    description = create_app(Settings()).openapi()
    assert written.decode() == json.dumps(description, ensure_ascii=False, indent=2) + "\n"
    assert parity.succeed("openapi", "export", str(file), "--check") == ""


@pytest.mark.parametrize("content", [None, b"{}\n"], ids=["missing", "other"])
def test_a_description_that_is_not_current_fails_the_check_and_stays(
    content: bytes | None, parity: Parity, tmp_path: Path
) -> None:
    file = tmp_path / "openapi.json"
    if content is not None:
        file.write_bytes(content)

    told = parity.fail("openapi", "export", str(file), "--check")

    assert told == f"{file} is not current; run `parity openapi export`.\n"
    assert (file.read_bytes() if file.exists() else None) == content
