"""The page of a method says what its back-test found."""

from pathlib import Path

import pytest

from app.domain.methods import METHODS
from app.ingest.backtest import read_backtest

PAGES = Path(__file__).parents[2] / "docs/methods"


@pytest.mark.parametrize("version", METHODS)
def test_the_page_of_a_method_prints_what_is_kept_with_it(version: str) -> None:
    found = read_backtest(version).findings

    rows = [
        f"| {all_teams.years_ahead} | {all_teams.forecasts} | "
        + " | ".join(
            f"{100 * covered.band_80:.1f} / {100 * covered.band_95:.1f} %"
            for covered in (
                all_teams.in_smoothed_shares, all_teams.in_people, all_teams.in_shares,
            )
        )
        + f" | {goal.brier:.3f} ({goal.brier_of_base_rate:.3f})"
        + f" | {parity.brier:.3f} ({parity.brier_of_base_rate:.3f}) |"
        for all_teams, goal, parity in zip(found.coverage, found.goal, found.parity, strict=True)
    ]  # fmt: skip
    page = (PAGES / f"{version}.md").read_text(encoding="utf-8").splitlines()
    assert [row for row in rows if row not in page] == []
