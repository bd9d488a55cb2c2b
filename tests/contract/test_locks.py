"""What is installed is pinned by hashes, and no file says where it comes from."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

PACKAGES = ROOT / "tests" / "clients" / "node" / "package-lock.json"


@pytest.mark.parametrize("file", LOCKS, ids=lambda one: one.stem)
def test_a_package_from_pypi_has_its_hashes_and_no_address(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("\\\n", " ")

    for line in text.splitlines():
        assert re.fullmatch(
            r"[a-z0-9.-]+==\S+( ; [^#]+?)?\s+(\s*--hash=sha256:[0-9a-f]{64})+", line
        )


def test_a_package_from_npm_has_its_hash_and_no_address() -> None:
    packages = json.loads(PACKAGES.read_text(encoding="utf-8"))["packages"]

    pinned = {name: one for name, one in packages.items() if name}
    assert len(pinned) > 10
    assert [name for name, one in pinned.items() if "integrity" not in one] == []
    assert [name for name, one in pinned.items() if "resolved" in one] == []
