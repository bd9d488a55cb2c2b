"""How far a file has been read, for people who wait for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def progress_bar(stream: TextIO, label: str) -> Iterator[Callable[[int, int | None], None]]:
    """Yield what takes the bytes read and those there are, and shows them as a bar.

    Args:
        stream: Where the bar is shown; nothing is, unless it is a terminal.
        label: What is being done.
    """
    if not stream.isatty():
        yield lambda _read, _size: None
        return

    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(file=stream)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda read, size: bar.update(task, completed=read, total=size)
