"""Everything that is measured, each beside its baseline, as one table. Run by `make bench`.

    python -m tests.benchmarks --only imports --only staff
    python -m tests.benchmarks --write

What is written takes the place of the rows of the same parts, and leaves those of others.
"""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module
from typing import Final

from tests.benchmarks import page
from tests.benchmarks.findings import Finding, is_of, tabulate

PARTS: Final = (
    "warm", "connections", "cold", "pages", "growth", "imports", "staff", "starting", "analysis",
)  # fmt: skip
"""Modules that measure something, in the order of the table."""

TABLE: Final = "benchmarks"
"""What the page calls it."""


def main() -> int:
    """Measure, print the table; return 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; all if left out")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md too")
    asked = parser.parse_args()
    today = datetime.now(UTC).date()
    rows: dict[str, list[str]] = {}
    findings: list[Finding] = []
    for part in asked.only or PARTS:
        rows[part] = []
        for one in import_module(f"tests.benchmarks.{part}").run():
            findings.append(one)
            rows[part].append(one.tell(part, today))
            sys.stderr.write(f"{one.what}: {one.measured}\n")
    sys.stdout.write("\n".join([*tabulate(row for some in rows.values() for row in some), ""]))
    if asked.write:
        _write(rows)
    return int(any(one.is_met is False for one in findings))


def _write(rows: dict[str, list[str]]) -> None:
    held = page.read(TABLE)
    whole = {part: [row for row in held if is_of(row, part)] for part in PARTS} | rows
    page.write(TABLE, tabulate(row for part in PARTS for row in whole[part]))


if __name__ == "__main__":
    sys.exit(main())
