"""A text file that may be larger than memory, read once, line by line.

It may be compressed with gzip, which its content says and not its name. It is in UTF-8, with or
without a byte-order mark; what is not UTF-8 is read as Windows-1252 where it stands, so that no
file is read twice to find out.
"""

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

BLOCK_BYTES: Final = 1 << 17
"""Bytes that are read at a time."""

LONGEST_LINE: Final = 1 << 20
"""Bytes of the longest line; a longer one is no line of a table."""

_WINDOWS = "parity-windows-1252"
_GZIP = b"\x1f\x8b"
_FORMATS = {
    b"PK\x03\x04": "a workbook or another ZIP file",
    b"\xd0\xcf\x11\xe0": "an old or an encrypted workbook",
    b"\xff\xfe": "a text in UTF-16",
    b"\xfe\xff": "a text in UTF-16",
}
_WHAT_TO_DO = "Save it as CSV in UTF-8."


class UnreadableText(Exception):
    """A file cannot be read as text; the message says why, and nothing of what it holds."""


class TextStream(NamedTuple):
    """A text that is being read.

    Attributes:
        lines: Of the text, with their ends.
        size: Bytes of the file; None where they cannot be known, as of a pipe.
        tell: Returns how many of these bytes have been read.
    """

    lines: Iterator[str]
    size: int | None
    tell: Callable[[], int]


@contextmanager
def reading_text(path: Path) -> Iterator[TextStream]:
    """Yield the text of a file.

    Raises:
        UnreadableText: It is no text, or damaged, here or while lines are taken from it.
    """
    with _explained(), path.open("rb", buffering=0) as file:
        source: io.BufferedReader = io.BufferedReader(file, BLOCK_BYTES)
        content: gzip.GzipFile | io.BufferedReader = source
        if source.peek(len(_GZIP)).startswith(_GZIP):
            content = gzip.GzipFile(fileobj=source)
        head = content.peek(4)
        for magic, what in _FORMATS.items():
            if head.startswith(magic):
                raise UnreadableText(f"The file is {what}. {_WHAT_TO_DO}")
        if head.startswith(codecs.BOM_UTF8):
            content.read(len(codecs.BOM_UTF8))
        text = io.TextIOWrapper(
            io.BufferedReader(_Checked(content), BLOCK_BYTES), "utf-8", _WINDOWS, newline=""
        )
        is_seekable = file.seekable()
        size = path.stat().st_size if is_seekable else None
        yield TextStream(text, size, file.tell if is_seekable else lambda: 0)


class _Checked(io.RawIOBase):
    """Bytes of a text: without NUL, and in lines."""

    def __init__(self, source: gzip.GzipFile | io.BufferedReader) -> None:
        self._source = source
        self._since_line_end = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self._source.read(len(buffer))
        if b"\0" in block:
            detail = f"The file has NUL bytes: it is damaged, or no text. {_WHAT_TO_DO}"
            raise UnreadableText(detail)
        line_end = max(block.rfind(b"\n"), block.rfind(b"\r"))
        line = self._since_line_end if line_end < 0 else -line_end - 1
        self._since_line_end = line + len(block)
        if self._since_line_end > LONGEST_LINE:
            detail = f"A line is longer than {LONGEST_LINE} bytes, so this is no table of rows."
            raise UnreadableText(detail)
        buffer[: len(block)] = block
        return len(block)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what goes wrong into a sentence, without what the file says."""
    try:
        yield
    except UnicodeDecodeError:
        detail = f"The file is neither in UTF-8 nor in Windows-1252. {_WHAT_TO_DO}"
    except (EOFError, zlib.error, gzip.BadGzipFile):
        detail = "The compressed file is damaged or cut short; copy it again."
    except OSError as error:
        detail = f"The file cannot be read: {error.strerror}."
    else:
        return
    raise UnreadableText(detail)


def _decode_windows(error: UnicodeError) -> tuple[str, int]:
    """Return what bytes that are no UTF-8 are in Windows-1252."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 — nothing is encoded here
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error(_WINDOWS, _decode_windows)
