import io
import os

from app.cli.progress_bar import progress_bar


def test_a_terminal_shows_how_far_reading_has_come() -> None:
    shown, terminal = os.openpty()
    with os.fdopen(terminal, "w", encoding="utf-8") as stream:
        with progress_bar(stream, "Counting") as progress:
            progress(500, 1000)
        told = os.read(shown, 100_000).decode()
    os.close(shown)

    assert "Counting" in told
    assert "0.5/1.0 kB" in told


def test_elsewhere_nothing_is_shown() -> None:
    stream = io.StringIO()

    with progress_bar(stream, "Counting") as progress:
        progress(500, None)

    assert stream.getvalue() == ""
