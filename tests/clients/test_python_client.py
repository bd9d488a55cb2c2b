"""The client for Python: it has every operation, and a trust's year can be driven with it."""

import json
from pathlib import Path

from tests.clients.conftest import Reached
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
        environment={"PYTHONPATH": str(python_client), "PARITY_TOKEN": reached.token},
    )

    assert json.loads(told) == YEAR
