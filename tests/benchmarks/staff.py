"""How long a staff list of England takes to count, beside a bare `csv.reader`.

Run by `make bench-staff`. It makes two lists of 1.5 million invented people in 202 trusts, one
in the order of trusts and one in no order. Each is counted by a bare `csv.reader` with a
`Counter` over the cells that count; by the command with everything checked; and by the command
with people told apart. Each count is a process of its own, three times in turn. It prints the
least processor time and the highest peak of memory of each, and fails if the command without
identifiers needs more than 1.6 times the time of the bare reader, or 150 MB. The time of a
process includes starting Python and what it imports, for both.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.domain.bands import Band
from app.ingest.reference_files import read_rows

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

PARITY = Path(sys.executable).with_name("parity")


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


def run(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return the seconds of processor time and the peak of megabytes it took."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _maxrss_bytes() / 1e6


def _maxrss_bytes() -> int:
    return 1 if sys.platform == "darwin" else 1024


def measure(file: Path) -> Iterator[tuple[str, float, float]]:
    """Yield each way to count a list, with its least time and its highest memory."""
    count = (str(PARITY), "staff", "count", str(file), "--date", "2024-03-31")
    ways = {
        "bare csv.reader": (sys.executable, "-c", BARE, str(file), str(PEOPLE)),
        "parity staff count": count,
        "with --identifier": (*count, "--identifier", "Employee Number"),
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, command in ways.items():
            took[name].append(run(command))
    for name, found in took.items():
        yield name, min(one[0] for one in found), max(one[1] for one in found)


def main() -> int:
    """Measure, print the table, and return 1 if a bound was broken."""
    lines, is_broken = [], False
    with tempfile.TemporaryDirectory() as folder:
        for order, shuffled in (("in the order of trusts", False), ("in no order", True)):
            file = Path(folder) / "staff.csv"
            make_list(file, shuffled=shuffled)
            size = file.stat().st_size / 1e6
            lines.append(f"{PEOPLE:,} people of {TRUSTS} trusts, {order}, {size:.0f} MB")
            bare, counted, _ = found = list(measure(file))
            lines += [
                f"  {name:<20}{seconds:6.2f} s {seconds / bare[1]:6.2f} times {megabytes:6.0f} MB"
                for name, seconds, megabytes in found
            ]
            is_broken |= counted[1] > MOST_TIMES * bare[1] or counted[2] > MOST_MEGABYTES
    lines.append(f"wanted: at most {MOST_TIMES} times and {MOST_MEGABYTES} MB, no identifiers")
    sys.stdout.write("\n".join([*lines, ""]))
    return int(is_broken)


if __name__ == "__main__":
    sys.exit(main())
