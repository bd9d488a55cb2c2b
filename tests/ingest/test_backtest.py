import json
from dataclasses import replace

import pytest

from app.domain.methods import METHODS
from app.ingest.backtest import file_name, is_kept, parse_backtest, read_backtest, write_backtest
from app.ingest.reference_files import read_reference


@pytest.mark.parametrize("version", METHODS)
def test_every_method_has_a_back_test_that_is_kept(version: str) -> None:
    kept = read_backtest(version)

    assert kept.method == version
    assert is_kept(kept)


@pytest.mark.parametrize("version", METHODS)
def test_what_is_read_is_written_as_it_was(version: str) -> None:
    content = read_reference(file_name(version))

    assert write_backtest(parse_backtest(content)) == content


def test_figures_are_kept_to_six_places() -> None:
    kept = read_backtest("1")
    score = replace(kept.findings.goal[0], brier=2 / 3)
    findings = replace(kept.findings, goal=(score,))

    body = json.loads(write_backtest(replace(kept, findings=findings)))

    assert body["findings"]["goal"][0]["brier"] == 0.666667


def test_another_back_test_is_not_kept() -> None:
    kept = read_backtest("1")

    assert not is_kept(replace(kept, basis=replace(kept.basis, trusts=201)))
    assert not is_kept(replace(kept, method="0"))
