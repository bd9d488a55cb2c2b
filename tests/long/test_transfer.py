"""The demonstration set goes into one file, into the other kind of database, and back.

Run by `make test-long`. Every table goes there and back in the ordinary tests too, with a few
rows of each.
"""

from pathlib import Path

from tests.kept import Kept, demonstration
from tests.services.test_transfer import exported, moved


def test_the_other_engine_gives_the_same_bytes_back(
    kept: Kept, sqlite_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "original"
    folder.mkdir()
    with kept.copy("sqlite", demonstration, folder) as url:
        first = exported(url, tmp_path / "first.zip")
    told = moved(first, postgresql_url)
    second = exported(postgresql_url, tmp_path / "second.zip")
    told_back = moved(second, sqlite_url)
    third = exported(sqlite_url, tmp_path / "third.zip")

    assert told == told_back
    assert told.rows > 70_000
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()
