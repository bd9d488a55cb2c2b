"""What a load showed, as lines and as a table."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.load.errands import Answered, Part
from tests.load.memory import Grown

MOST_FAULTS = 20
"""Faults that are told whole."""

JUDGED_SECONDS = 600.0
"""From which duration on memory is judged."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a load on one engine.

    Attributes:
        seconds: How long it lasted.
        faults: Answers that were not as they should be, and requests that had none.
        memory: How that of each process of the service went.
    """

    engine: str
    seconds: float
    answered: Sequence[Answered]
    faults: Sequence[str]
    memory: Sequence[Grown]

    @property
    def is_sound(self) -> bool:
        """Whether nothing failed, something of every part was done, and memory did not grow.

        In little time memory is not judged: what is kept on purpose (pictures, documents, what
        documents are made of) is still being filled.
        """
        is_whole = {one.part for one in self.answered} == set(Part)
        is_judged = self.seconds >= JUDGED_SECONDS
        return is_whole and not self.faults and not (is_judged and self.grows)

    @property
    def grows(self) -> bool:
        """Whether the memory of a process went on growing."""
        return any(one.grows for one in self.memory)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the least value that a share of all values does not exceed."""
    return ordered[max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)]


def tell(outcome: Outcome) -> Iterator[str]:
    """Yield the lines of a report in Markdown."""
    number, faults = len(outcome.answered), len(outcome.faults)
    yield (
        f"{outcome.engine}: {number:,} requests in {outcome.seconds / 60:.3g} minutes,"
        f" {number / outcome.seconds:.0f} a second; {faults} not answered as they should be."
    )
    yield ""
    yield from _latencies(outcome.answered)
    yield ""
    yield from _memory(outcome.memory)
    yield ""
    yield from (f"- {one}" for one in outcome.faults[:MOST_FAULTS])
    if outcome.seconds < JUDGED_SECONDS:
        yield "In so little time memory is told, and not judged."


def _latencies(answered: Sequence[Answered]) -> Iterator[str]:
    of_parts: dict[Part, list[float]] = {part: [] for part in Part}
    of_titles: dict[Part, dict[str, list[float]]] = {part: defaultdict(list) for part in Part}
    for one in answered:
        of_parts[one.part].append(one.seconds)
        of_titles[one.part][one.title].append(one.seconds)
    yield "| requests | number | p50 ms | p95 ms | p99 ms | most ms |"
    yield "|---|---:|---:|---:|---:|---:|"
    for part, seconds in of_parts.items():
        yield _row(f"**all {part}**", seconds)
        for title, some in sorted(of_titles[part].items()):
            yield _row(title, some)


def _row(title: str, seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    if not ordered:
        return f"| {title} | 0 | | | | |"
    cells = [1000 * percentile(ordered, share) for share in (0.5, 0.95, 0.99, 1.0)]
    return f"| {title} | {len(ordered):,} | " + " | ".join(f"{one:.0f}" for one in cells) + " |"


def _memory(memory: Sequence[Grown]) -> Iterator[str]:
    yield "| memory | second quarter MB | last quarter MB | most MB | MB an hour | grows |"
    yield "|---|---:|---:|---:|---:|---|"
    for one in memory:
        cells = (one.second, one.last, one.highest, one.hourly)
        told = " | ".join(f"{cell:.1f}" for cell in cells)
        yield f"| {one.name} | {told} | {'yes' if one.grows else 'no'} |"
