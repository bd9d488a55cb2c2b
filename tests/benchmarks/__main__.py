"""Everything that is measured, each beside its baseline, as one table. Run by `make bench`.

python -m tests.benchmarks --only imports --only staff
python -m tests.benchmarks --write
"""

import argparse
import sys
from importlib import import_module
from typing import Final

from tests.benchmarks import page
from tests.benchmarks.findings import Finding, tell

PARTS: Final = (
    "warm", "connections", "cold", "pages", "growth", "imports", "staff", "starting", "analysis",
)  # fmt: skip
"""Modules that measure something, in the order of the table."""


def main() -> int:
    """Measure, print the table; return 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; all if left out")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md too")
    asked = parser.parse_args()
    findings: list[Finding] = []
    for part in asked.only or PARTS:
        for one in import_module(f"tests.benchmarks.{part}").run():
            findings.append(one)
            sys.stderr.write(f"{one.what}: {one.measured}\n")
    lines = list(tell(findings))
    sys.stdout.write("\n".join([*lines, ""]))
    if asked.write:
        page.write("benchmarks", lines)
    return int(any(one.is_met is False for one in findings))


if __name__ == "__main__":
    sys.exit(main())
