"""Back-tests as they are kept: a file for each version of the method, shipped with it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from app.domain.backtest import Backtest, Basis, Coverage, Covered, Findings, Score
from app.domain.codes import Evidence
from app.ingest.reference_files import has_reference, read_reference

PLACES = 6
"""Decimal places to which figures are kept."""


def file_name(version: str) -> str:
    """Return the name of the file that keeps the back-test of a version of the method."""
    return f"backtest_{version}.json"


@cache
def read_backtest(version: str) -> Backtest:
    """Return the back-test kept with a registered version of the method."""
    return parse_backtest(read_reference(file_name(version)))


def write_backtest(backtest: Backtest) -> bytes:
    """Return a back-test as it is kept; the same figures give the same bytes."""
    return (json.dumps(_rounded(asdict(backtest)), indent=1) + "\n").encode()


def is_kept(backtest: Backtest) -> bool:
    """Return whether a back-test is what is kept with its method, to the last byte."""
    name = file_name(backtest.method)
    return has_reference(name) and read_reference(name) == write_backtest(backtest)


def parse_backtest(content: bytes) -> Backtest:
    """Return the back-test that a file keeps."""
    body = json.loads(content)
    basis, findings = body["basis"], body["findings"]
    return Backtest(
        method=body["method"],
        basis=Basis(**{**basis, "evidence": Evidence(basis["evidence"])}),
        findings=Findings(
            coverage=_coverage(findings["coverage"]),
            coverage_by_team_size=_coverage(findings["coverage_by_team_size"]),
            goal=tuple(Score(**row) for row in findings["goal"]),
            parity=tuple(Score(**row) for row in findings["parity"]),
        ),
    )


def _coverage(rows: Sequence[Mapping[str, Any]]) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(
            years_ahead=row["years_ahead"],
            fewest=row["fewest"],
            most=row["most"],
            forecasts=row["forecasts"],
            in_shares=Covered(**row["in_shares"]),
            in_smoothed_shares=Covered(**row["in_smoothed_shares"]),
            in_people=Covered(**row["in_people"]),
        )
        for row in rows
    )


def _rounded(value: object) -> object:
    """Return a value with every number in it rounded."""
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
