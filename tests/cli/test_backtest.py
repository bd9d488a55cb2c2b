from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from app.cli.backtest import keep, tell_whether_kept
from app.ingest.backtest import read_backtest
from app.ingest.reference_files import read_reference
from tests.cli.parity import Parity

TOP = (
    "Back-test of method 1, simulated\n"
    "202 trusts, 13 measures, censuses 2016 to 2025; up to 3 held out. Invented trusts: it shows"
    " that the\n"
    "method does what it says, not that the world obeys.\n"
    "\n"
    "Censuses within the bands\n"
)

ROWS = [
    "      1            any        7817   71.9 %   80.6 %     84.6 %     96.0 %   95.7 %   99.1 %",
    "      1         1 to 9        1202   44.3 %   49.8 %     84.9 %     95.8 %   99.2 %   99.7 %",
    "      3   1000 or more         215   63.7 %   97.2 %     63.3 %     97.2 %   64.2 %   97.2 %",
    "    goal             1        5995        45.6 %     37.6 %   0.110              0.235",
    "  parity             3        1988        15.3 %      4.8 %   0.057              0.046",
]

KEPT = Path("app/ingest/reference")


@pytest.fixture
def parity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parity:
    """The command line outside a checkout, with an address that nothing needs."""
    monkeypatch.chdir(tmp_path)
    return Parity("nowhere", tmp_path)


def test_a_back_test_is_made_anew_and_compared_with_what_is_kept(parity: Parity) -> None:
    told = parity.succeed("backtest", "--check")

    assert told.startswith(TOP)
    assert [row for row in ROWS if row not in told.splitlines()] == []
    assert told.endswith("\nIt is what is kept with the method.\n")


def test_a_back_test_is_kept_in_a_checkout(parity: Parity) -> None:
    KEPT.mkdir(parents=True)

    told = parity.succeed("backtest", "--method", "1", "--write")

    assert told.endswith("\nWrote app/ingest/reference/backtest_1.json.\n")
    assert (KEPT / "backtest_1.json").read_bytes() == read_reference("backtest_1.json")


def test_another_back_test_that_is_kept_is_replaced_only_if_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    KEPT.mkdir(parents=True)
    file = KEPT / "backtest_1.json"
    file.write_text("another", encoding="utf-8")
    made = read_backtest("1")

    with pytest.raises(typer.Exit) as refused:
        keep(made, replace=False)
    kept = file.read_text(encoding="utf-8")

    assert (refused.value.exit_code, kept) == (1, "another")
    assert capsys.readouterr().err == (
        "app/ingest/reference/backtest_1.json keeps another one, and what was released does not"
        " change: if a formula changed, it takes a new version of the method. To write over it,"
        " add --replace.\n"
    )
    assert keep(made, replace=True) == keep(made, replace=False) == file
    assert file.read_bytes() == read_reference("backtest_1.json")


def test_a_back_test_is_not_kept_elsewhere(parity: Parity) -> None:
    code = parity("backtest", "--write")

    assert (code, parity.err) == (
        1,
        "There is no app/ingest/reference here; run it at the root of a checkout.\n",
    )


@pytest.mark.parametrize("check", [True, False])
def test_a_back_test_that_differs_from_what_is_kept_fails_the_check_alone(
    *, check: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = read_backtest("1")
    other = replace(kept, basis=replace(kept.basis, trusts=201))

    with pytest.raises(typer.Exit) if check else nullcontext():
        tell_whether_kept(other, check=check)

    told = (
        "It is not what is kept: if a formula changed, it takes a new version of the method; else"
        " run `parity backtest --write`.\n"
    )
    assert capsys.readouterr() == (("", told) if check else (told, ""))


def test_a_method_that_is_not_there_cannot_be_tried(parity: Parity) -> None:
    told = parity.fail("backtest", "--method", "9")

    assert told == "method_not_found: There is no method 9.\n"
