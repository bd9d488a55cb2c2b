"""The client for Python has every operation; a trust's year and the pages for callers work."""

import json
import shutil
from pathlib import Path

import pytest

from tests.clients.conftest import Reached
from tests.clients.pages import USING, read_blocks, run_page
from tests.clients.tools import PROGRAMS, run
from tests.clients.year import YEAR
from tests.contract.openapi import PATHS

SCRIPT = Path(__file__).parent / "python" / "year.py"


def test_the_client_for_python_has_every_operation_under_its_tag(python_client: Path) -> None:
    api = python_client / "parity_client" / "api"

    made = {(one.parent.name, one.stem) for one in api.glob("*/[!_]*.py")}

    described = (one for methods in PATHS.values() for one in methods.values())
    assert made == {(one["tags"][0].replace(" ", "_"), one["operationId"]) for one in described}


def test_a_year_can_be_driven_with_the_client_for_python(
    reached: Reached, python_client: Path
) -> None:
    told = run(
        [PROGRAMS / "python", SCRIPT, reached.address],
        environment={"PYTHONPATH": str(python_client), "TOKEN": reached.token("trust", "ZZ901")},
    )

    assert json.loads(told) == YEAR


def test_the_page_for_the_systems_of_trusts_does_what_it_says(
    reached_on_sqlite: Reached, python_client: Path, tmp_path: Path
) -> None:
    token = reached_on_sqlite.token("trust", "ZZ901")

    told = run_page(
        USING / "trust-system.md",
        reached_on_sqlite.address,
        tmp_path,
        {"PYTHONPATH": str(python_client), "TOKEN": token},
    )

    assert len(told) == 3
    assert [printed for _, printed in told] == [said for said, _ in told]


def test_the_program_of_a_trusts_system_has_twenty_lines() -> None:
    program = next(one for one in read_blocks(USING / "trust-system.md") if one.name == "send.py")

    assert len([one for one in program.text.splitlines() if one]) == 20


@pytest.mark.skipif(shutil.which("curl") is None, reason="the lines under test call curl")
def test_the_page_on_bulk_downloads_does_what_it_says(
    reached_on_sqlite: Reached, python_client: Path, tmp_path: Path
) -> None:
    for year in (2024, 2025):
        reached_on_sqlite.given.actuals("ZZ901", year, {("clinical", "8a"): (900, 100, 0)})
        reached_on_sqlite.given.actuals("ZZ902", year, {("clinical", "8a"): (450, 50, 0)})
        reached_on_sqlite.given.released(year)

    told = run_page(
        USING / "bulk-download.md",
        reached_on_sqlite.address,
        tmp_path,
        {"PYTHONPATH": str(python_client)},
    )

    assert len(told) == 4
    assert [printed for _, printed in told] == [said for said, _ in told]
