from datetime import UTC, datetime
from pathlib import Path

from tests.cli.parity import Parity
from tests.given import Given
from tests.ingest.ods_rows import ods_content, ods_row


def refreshed(folder: Path, parity: Parity, *options: str) -> str:
    """Refresh the register with a file in which a trust has another name; return the output."""
    file = folder / "etr.csv"
    file.write_bytes(ods_content([ods_row("RZ1", "NEW EXAMPLE NHS TRUST", icb="QMF", opened="")]))
    return parity.succeed("register", "refresh", str(file), *options)


def change() -> str:
    return (
        f"RZ1 has another name from {datetime.now(UTC):%Y-%m-%d}: New Example NHS Trust,"
        " until then First Example NHS Trust.\n"
        "Not in the file, and kept as they are: RZ2.\n"
    )


def test_the_register_is_loaded_once(parity: Parity) -> None:
    told = [parity.succeed("register", "load") for _ in range(2)]

    assert told == [
        "Added 299 organisations, 56 successions, 12 censuses and 3 cycles.\n",
        "Everything was held before.\n",
    ]


def test_a_refresh_tells_each_change_and_what_is_missing(
    tmp_path: Path, parity: Parity, given: Given
) -> None:
    told = refreshed(tmp_path, parity)

    assert told == f"{change()}1 trust changed.\n"
    assert "New Example NHS Trust" in given.read_database()


def test_a_dry_run_of_a_refresh_tells_the_same_and_changes_nothing(
    tmp_path: Path, parity: Parity, given: Given
) -> None:
    before = given.read_database()

    told = refreshed(tmp_path, parity, "--dry-run")

    assert told == f"{change()}1 trust would change; nothing was stored.\n"
    assert given.read_database() == before


def test_a_file_that_changes_nothing_is_told(tmp_path: Path, parity: Parity, given: Given) -> None:
    assert given
    refreshed(tmp_path, parity)

    told = refreshed(tmp_path, parity)

    assert told == "Not in the file, and kept as they are: RZ2.\n0 trusts changed.\n"


def test_a_file_with_every_trust_misses_none(tmp_path: Path, parity: Parity, given: Given) -> None:
    assert given
    file = tmp_path / "etr.csv"
    rows = [
        ods_row("RZ1", "FIRST EXAMPLE NHS TRUST", icb="QMF", opened=""),
        ods_row("RZ2", "SECOND EXAMPLE NHS TRUST", region="Y63", icb="QHM", opened=""),
    ]
    file.write_bytes(ods_content(rows))

    assert parity.succeed("register", "refresh", str(file)) == "0 trusts changed.\n"


def test_a_file_that_is_no_register_is_refused(
    tmp_path: Path, parity: Parity, given: Given
) -> None:
    before = given.read_database()
    file = tmp_path / "etr.csv"
    file.write_text("RZ1,Example\n", encoding="utf-8")

    told = parity.fail("register", "refresh", str(file))

    assert told.startswith("register_file_refused: etr.csv was not taken, it has 1 fault(s): ")
    assert given.read_database() == before
