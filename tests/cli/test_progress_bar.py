import io
import os
from collections.abc import Iterator
from contextlib import suppress

from app.cli.progress_bar import progress_bar


def shown_on(terminal: int) -> Iterator[bytes]:
    """Yield what a terminal shows, to its end."""
    # Linux says that the other side has closed by an error, others by nothing more to read.
    with suppress(OSError):
        while shown := os.read(terminal, 4096):
            yield shown


def test_a_terminal_shows_how_far_reading_has_come() -> None:
    screen, terminal = os.openpty()
    with (
        os.fdopen(terminal, "w", encoding="utf-8") as stream,
        progress_bar(stream, "Counting") as progress,
    ):
        progress(500, 1000)
    told = b"".join(shown_on(screen)).decode()
    os.close(screen)

    assert "Counting" in told
    assert "0.5/1.0 kB" in told


def test_elsewhere_nothing_is_shown() -> None:
    stream = io.StringIO()

    with progress_bar(stream, "Counting") as progress:
        progress(500, None)

    assert stream.getvalue() == ""
