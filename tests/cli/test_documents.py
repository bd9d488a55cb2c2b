"""`parity board-page` and `parity report`: documents written to files."""

from pathlib import Path

import pytest

from tests.api.areas import two_in_the_north
from tests.cli.parity import Parity
from tests.given import Given
from tests.printed import read_pdf


def test_a_board_page_is_written(parity: Parity, example: None, tmp_path: Path) -> None:
    del example
    file = tmp_path / "board.pdf"

    said = parity.succeed("board-page", "ZZ901", "--out", str(file))

    assert said == f"Wrote {file}.\n"
    page = read_pdf(file.read_bytes())
    assert "69 of 452" in page.words[0]
    assert len(page.pages) == 2
    assert parity.fail("board-page", "ZZ999").startswith("trust_not_found: ")
    nowhere = tmp_path / "none" / "board.pdf"
    assert parity.fail("board-page", "ZZ901", "--out", str(nowhere)) == (
        f"{nowhere} cannot be written: No such file or directory.\n"
    )


def test_a_report_is_written_in_both_forms(
    parity: Parity, given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_in_the_north(given)
    monkeypatch.chdir(tmp_path)

    said = parity.succeed("report", "2025")

    assert said == "Wrote census-2025.html.\nWrote census-2025.pdf.\n"
    html = Path("census-2025.html").read_text(encoding="utf-8")
    paper = " ".join(read_pdf(Path("census-2025.pdf").read_bytes()).words)
    assert "Leadership 82 500 16.4% 14.8%" in paper
    assert ">16.4%</td>" in html
    assert "<link" not in html
    assert "<script" not in html
    assert "<style>" in html


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (("--out", "{}.html"), b"<!DOCTYPE html>"),
        (("--out", "{}.pdf"), b"%PDF-"),
        (("--out", "{}.pdf", "--format", "html"), b"<!DOCTYPE html>"),
        (("--out", "{}", "--format", "pdf", "--exact"), b"%PDF-"),
    ],
)
def test_a_report_comes_as_it_is_asked_for(
    parity: Parity, given: Given, tmp_path: Path, arguments: tuple[str, ...], begins: bytes
) -> None:
    two_in_the_north(given)
    named = [one.format(tmp_path / "report") for one in arguments]

    parity.succeed("report", "2025", *named)

    assert Path(named[1]).read_bytes().startswith(begins)


def test_without_a_release_there_is_no_public_edition(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    given.actuals("RZ1", 2025)
    file = str(tmp_path / "report.html")

    refused = parity.fail("report", "2025", "--out", file)
    parity.succeed("report", "2025", "--out", file, "--exact")

    assert refused.startswith("No figures of real trusts have been released")
    assert "not for publication" in Path(file).read_text(encoding="utf-8")
    assert parity.fail("report", "1990").startswith("census_not_found: ")
