"""Half an hour of mixed load on the service, on each kind of database. Run by `make load`.

python -m tests.load --minutes 30 --write
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import page
from tests.engines import ENGINES
from tests.load.report import tell
from tests.load.running import load


def main() -> int:
    """Load each engine that is asked for, tell what it showed; return 1 if something failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="on each kind of database")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one; both if left out")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md too")
    asked = parser.parse_args()
    outcomes = []
    for engine in asked.engine or ENGINES:
        with TemporaryDirectory() as folder:
            outcomes.append(load(engine, Path(folder), seconds=60 * asked.minutes))
        told = list(tell(outcomes[-1]))
        sys.stdout.write("\n".join([*told, ""]))
        sys.stdout.flush()
        if asked.write:
            page.write(f"load on {engine}", told)
    return int(not all(one.is_sound for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
