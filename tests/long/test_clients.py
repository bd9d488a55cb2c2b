"""Both clients pass their compilers at their strictest; the one for TypeScript drives a year.

Run by `make test-long`.
"""

import json
import re
import sys
from pathlib import Path

from tests.clients.conftest import Reached
from tests.clients.pages import USING, run_page
from tests.clients.test_python_client import SCRIPT
from tests.clients.tools import PACKAGES, PROGRAMS, run
from tests.clients.year import YEAR
from tests.contract.openapi import PATHS

NODE = PROGRAMS / "node"


def test_the_client_for_python_and_its_script_are_typed_strictly(
    python_client: Path, tmp_path: Path
) -> None:
    mypy = Path(sys.executable).with_name("mypy")
    options = ["--strict", "--config-file=", f"--cache-dir={tmp_path}"]
    interpreter = f"--python-executable={PROGRAMS / 'python'}"

    told = run(
        [mypy, *options, interpreter, python_client / "parity_client", SCRIPT],
        environment={"MYPYPATH": str(python_client)},
    )

    assert re.match(r"Success: no issues found in \d+ source files\n", told)


def test_the_client_for_typescript_has_every_operation(typescript_project: Path) -> None:
    schema = (typescript_project / "client" / "schema.d.ts").read_text(encoding="utf-8")

    (made,) = re.findall(
        r"^export interface operations {\n(.*?)^}", schema, re.DOTALL | re.MULTILINE
    )

    described = [one["operationId"] for methods in PATHS.values() for one in methods.values()]
    assert sorted(re.findall(r"^    (\w+): {$", made, re.MULTILINE)) == sorted(described)


def test_the_client_for_typescript_and_its_script_are_typed_strictly(
    typescript_project: Path,
) -> None:
    compiler = PACKAGES / "typescript" / "bin" / "tsc"

    compiled = run([NODE, compiler, "--project", typescript_project, "--listFiles"]).splitlines()

    parts = {"year.ts", "client/client.ts", "client/schema.d.ts"}
    assert {str(typescript_project / part) for part in parts} <= set(compiled)


def test_a_year_can_be_driven_with_the_client_for_typescript(
    reached: Reached, typescript_project: Path
) -> None:
    told = run(
        [NODE, typescript_project / "year.ts", reached.address],
        environment={"TOKEN": reached.token("trust", "ZZ901")},
    )

    assert json.loads(told) == YEAR


def test_the_page_for_administrators_does_what_it_says(
    reached: Reached, python_client: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    environment = {
        "PYTHONPATH": str(python_client),
        "TOKEN": reached.token("national"),
        "PARITY_DATABASE_URL": reached.url,
    }

    told = run_page(USING / "administration.md", reached.address, folder, environment)

    assert len(told) == 3
    assert [printed for _, printed in told] == [said for said, _ in told]
