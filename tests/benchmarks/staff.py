"""How long a staff list of England takes to count, beside a bare `csv.reader`, and Polars.

Two lists of 1.5 million invented people in 202 trusts are made, one in the order of trusts and
one in no order. Each is counted by a bare `csv.reader` with a `Counter` over the cells that count;
by the command with everything checked; by the command with people told apart; and by Polars,
which checks nothing. Each count is a process of its own, three times in turn. The time is that of
all processors, starting Python and what it imports included; the memory is the highest.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from app.domain.bands import Band
from app.ingest.reference_files import read_rows
from tests.benchmarks.findings import Finding
from tests.programs import PARITY

PEOPLE = 1_500_000
TRUSTS = 202
ROUNDS = 3
MOST_TIMES = 1.6
MOST_MEGABYTES = 150

HEADER = (
    *("Organisation", "Employee Number", "Last Name", "First Name", "Staff Group"),
    *("Job Role", "Pay Scale", "FTE", "Start Date", "Ethnic Origin"),
)

BARE = """
import csv, sys
from collections import Counter
from operator import itemgetter

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    next(rows)
    counts = Counter(map(itemgetter(0, 4, 6, 9), rows))
assert counts.total() == int(sys.argv[2])
"""

POLARS = """
import sys
import polars

columns = ["Organisation", "Staff Group", "Pay Scale", "Ethnic Origin"]
rows = polars.scan_csv(sys.argv[1], infer_schema=False).group_by(columns).len().collect()
assert rows["len"].sum() == int(sys.argv[2])
"""


def make_list(file: Path, *, shuffled: bool) -> None:
    """Write a list; the same every time."""
    chance = random.Random(0)  # noqa: S311 - nothing depends on these people
    trusts = [f"ZZ{number:03}" for number in range(1, TRUSTS + 1)]
    groups = [row["word"] for row in read_rows("staff_words.csv") if row["staff_group"]]
    groups = [word for word in groups if len(word) > 2 and "edical" not in word]
    bands = [f"Review Body Band {number}" for number in range(2, 8)]
    bands += [f"Review Body Band 8 - Range {letter}" for letter in "ABCD"] + [Band.VSM.value]
    categories = read_rows("ethnic_categories.csv")[:18]
    ethnic = [f"{row['code']} {row['label']}" for row in categories]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number in range(PEOPLE):
            trust = chance.choice(trusts) if shuffled else trusts[number * TRUSTS // PEOPLE]
            person = (20_000_000 + number, f"Last{number % 9973}", f"First{number % 773}")
            job = (chance.choice(groups), "Some Job Role", chance.choice(bands))
            writer.writerow((trust, *person, *job, "1.00", "2019-04-01", chance.choice(ethnic)))


def call(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return the seconds of processor time and the peak of megabytes it took."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _maxrss_bytes() / 1e6


def _maxrss_bytes() -> int:
    return 1 if sys.platform == "darwin" else 1024


def run() -> Iterator[Finding]:
    """Yield what was measured with each list."""
    with tempfile.TemporaryDirectory() as folder:
        for order, shuffled in (("by trust", False), ("in no order", True)):
            file = Path(folder) / "staff.csv"
            make_list(file, shuffled=shuffled)
            yield from measure(file, f"{PEOPLE / 1e6} million staff {order}")


def measure(file: Path, what: str) -> Iterator[Finding]:
    """Yield how long each way takes to count a list."""
    count = (PARITY, "staff", "count", str(file), "--date", "2024-03-31")
    bare = (sys.executable, "-c", BARE, str(file), str(PEOPLE))
    ways = {
        what: count,
        f"{what}, told apart": (*count, "--identifier", "Employee Number"),
        f"{what}, Polars": (sys.executable, "-c", POLARS, str(file), str(PEOPLE)),
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in ("", *ways)}
    for _ in range(ROUNDS):
        for name, command in {"": bare, **ways}.items():
            took[name].append(call(command))
    for name in ways:
        pairs = zip(took[name], took[""], strict=True)
        ratio = median(one / other for (one, _), (other, _) in pairs)
        seconds, beside = (median(one for one, _ in took[key]) for key in (name, ""))
        memory = max(size for _, size in took[name])
        is_met = ratio <= MOST_TIMES and memory <= MOST_MEGABYTES
        has_goal = name == what
        yield Finding(
            name,
            f"{seconds:.2f} s, {memory:.0f} MB",
            f"bare csv.reader: {beside:.2f} s",
            ratio,
            f"at most {MOST_TIMES} × bare, {MOST_MEGABYTES} MB" if has_goal else "",
            is_met if has_goal else None,
        )
