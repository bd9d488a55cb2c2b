"""The page that keeps what was measured: parts of it are made by the commands that measure."""

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "performance.md"


def read(part: str) -> list[str]:
    """Return the lines of a part of the page."""
    return _split(part)[1].splitlines()


def write(part: str, lines: Iterable[str]) -> None:
    """Put lines in the place of a part of the page."""
    before, _, after = _split(part)
    text = "\n".join([_when_and_where(), "", *lines]).rstrip()
    PAGE.write_text(f"{before}\n{text}\n\n{after}", encoding="utf-8")


def _split(part: str) -> tuple[str, str, str]:
    """Return the page up to a part, the part, and the page from its end on.

    Raises:
        ValueError: The comments that mark the part are not there.
    """
    begin, end = f"<!-- {part}: made by a command -->\n", f"<!-- end of {part} -->"
    before, begun, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    held, ended, after = rest.partition(end)
    if not begun or not ended:
        raise ValueError(f"{PAGE} has no part {part}")
    return before + begun, held, ended + after


def _when_and_where() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{datetime.now(UTC):%-d %B %Y}; {cores} cores ({_processor()}), {memory:.0f} GB,"
        f" {platform.system()}, Python {platform.python_version()}."
    )


def _processor() -> str:
    """Return what the processor is called, as far as the system tells."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
