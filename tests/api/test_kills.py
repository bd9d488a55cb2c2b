"""A service that is killed while it is written to; `make test-long` does so 200 times."""

from pathlib import Path

import pytest

from tests.api.setting import KINDS
from tests.kept import Kept
from tests.killing import fill, kill_while_writing

KILLS = 3


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_acknowledged_is_there_after_kills(kept: Kept, kind: str, tmp_path: Path) -> None:
    with kept.copy(kind, fill, tmp_path) as url:
        killed = kill_while_writing(url, kills=KILLS, seed=1)

    assert killed.findings == []
    assert killed.acknowledged >= KILLS
    assert sum(killed.cut_off.values()) > 0
