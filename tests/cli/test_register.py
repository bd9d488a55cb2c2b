from datetime import UTC, datetime
from pathlib import Path

from tests.cli.files import folder_server
from tests.cli.parity import Parity
from tests.given import Given
from tests.ingest.ods_rows import ods_content, ods_row


def written(folder: Path) -> Path:
    """Write a file in which a trust has another name."""
    file = folder / "etr.csv"
    file.write_bytes(ods_content([ods_row("RZ1", "NEW EXAMPLE NHS TRUST", icb="QMF", opened="")]))
    return file


def refreshed(folder: Path, parity: Parity, *options: str) -> str:
    """Refresh the register with a file in which a trust has another name; return the output."""
    file = written(folder)
    return parity.succeed("register", "refresh", str(file), *(options or ("--yes",)))


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


def test_a_refresh_asks_before_it_stores(tmp_path: Path, parity: Parity, given: Given) -> None:
    before = given.read_database()

    code = parity("register", "refresh", str(written(tmp_path)))

    assert code == 1
    assert parity.out == f"{change()}Change 1 trust? [y/N]:\n"
    assert given.read_database() == before


def test_a_register_is_fetched_from_an_address(
    tmp_path: Path, parity: Parity, given: Given
) -> None:
    assert given
    written(tmp_path)

    with folder_server(tmp_path) as address:
        url = f"{address}/etr.csv"
        refused = parity.fail("register", "refresh", "--from", url)
        told = parity.succeed("register", "refresh", "--from", url, "--allow-http", "--yes")

    assert refused == f"download_failed: {url} was not fetched: only https is fetched, not http.\n"
    assert told == f"{change()}1 trust changed.\n"


def test_a_refresh_takes_a_file_or_an_address(tmp_path: Path, parity: Parity) -> None:
    file = str(written(tmp_path))

    for arguments in ((), (file, "--from", "https://example.org/etr.csv")):
        assert parity("register", "refresh", *arguments) == 2
        assert "name either FILE or --from URL" in parity.err


def test_a_refresh_says_whose_staff_would_be_in_nobodys_series(
    tmp_path: Path, parity: Parity, given: Given
) -> None:
    before = given.read_database()
    file = tmp_path / "etr.csv"
    rows = [
        ods_row("RZ1", "FIRST EXAMPLE NHS TRUST", icb="QMF", opened="", closed="20991231"),
        ods_row("RZ2", "SECOND EXAMPLE NHS TRUST", region="Y63", icb="QHM", opened=""),
    ]
    file.write_bytes(ods_content(rows))

    told = parity.succeed("register", "refresh", str(file), "--dry-run")

    assert told == (
        "RZ1 has the last day 2099-12-31, until now none.\n"
        "RZ1 has no successor: from 2100-01-01 on its staff, and their history, are in nobody's"
        " series until it is entered among the predecessors of the trust that takes over"
        " (PUT /v1/organisations/CODE).\n"
        "1 trust would change; nothing was stored.\n"
    )
    assert given.read_database() == before
