import gzip
import os
from pathlib import Path

import pytest

from app.ingest.text_stream import BLOCK_BYTES, LONGEST_LINE, UnreadableText, reading_text

SAVE = " Save it as CSV in UTF-8."
DAMAGED = "The compressed file is damaged or cut short; copy it again."


def read(content: bytes, folder: Path) -> str:
    file = folder / "list.csv"
    file.write_bytes(content)
    with reading_text(file) as text:
        return "".join(text.lines)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(b"", "", id="nothing"),
        pytest.param("Zoë,5\r\n".encode(), "Zoë,5\r\n", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfBand\n", "Band\n", id="UTF-8 with a mark"),
        pytest.param("Zoë – £5\n".encode("cp1252"), "Zoë – £5\n", id="Windows-1252"),
        pytest.param(gzip.compress("Zoë\n".encode()), "Zoë\n", id="gzip, whatever its name"),
        pytest.param(gzip.compress(b"\xef\xbb\xbfBand"), "Band", id="gzip with a mark inside"),
        pytest.param(gzip.compress(b"a\n") + gzip.compress(b"b\n"), "a\nb\n", id="two in one"),
    ],
)
def test_a_text_is_read_as_it_was_written(content: bytes, text: str, tmp_path: Path) -> None:
    assert read(content, tmp_path) == text


def test_a_letter_between_two_blocks_is_one_letter(tmp_path: Path) -> None:
    text = "\n" + "ë" * BLOCK_BYTES + "\n"

    assert read(text.encode(), tmp_path) == text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(
            b"PK\x03\x04...", f"The file is a workbook or another ZIP file.{SAVE}", id="XLSX"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0...", f"The file is an old or an encrypted workbook.{SAVE}", id="XLS"
        ),
        pytest.param("Band".encode("utf-16"), f"The file is a text in UTF-16.{SAVE}", id="UTF-16"),
        pytest.param(
            b"Band\nA\0B\n",
            f"The file has NUL bytes: it is damaged, or no text.{SAVE}",
            id="a NUL byte",
        ),
        pytest.param(
            b"Band\n\x81\n",
            f"The file is neither in UTF-8 nor in Windows-1252.{SAVE}",
            id="no letter",
        ),
        pytest.param(gzip.compress(os.urandom(9000))[:5000], DAMAGED, id="gzip cut short"),
        pytest.param(gzip.compress(b"Band\n")[:-8] + b"\1" * 8, DAMAGED, id="gzip with a fault"),
        pytest.param(b"\x1f\x8b\x08\0\0\0\0\0\0\0\xff\xff", DAMAGED, id="gzip of nothing right"),
        pytest.param(b"\x1f\x8bBand", DAMAGED, id="no gzip after all"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(
    content: bytes, why: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableText) as refused:
        read(content, tmp_path)

    assert str(refused.value) == why


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_line_without_an_end_is_refused_before_it_fills_the_memory(
    pack: type[bytes], tmp_path: Path
) -> None:
    with pytest.raises(UnreadableText, match="A line is longer than 1048576 bytes"):
        read(pack(b"Band\n" + b"x" * (LONGEST_LINE + BLOCK_BYTES)), tmp_path)


def test_long_lines_that_end_in_time_are_read(tmp_path: Path) -> None:
    text = ("x" * (LONGEST_LINE - BLOCK_BYTES) + "\r") * 2

    assert read(text.encode(), tmp_path) == text


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(UnreadableText, match=r"^The file cannot be read: Is a directory\.$"),
        reading_text(tmp_path),
    ):
        pytest.fail("a folder has no text")


def test_how_much_was_read_can_be_told(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"Band\n")

    with reading_text(file) as text:
        before = text.tell()
        list(text.lines)
        assert (before <= text.tell(), text.tell(), text.size) == (True, 5, 5)


def test_a_pipe_is_read_without_knowing_how_much_there_is() -> None:
    reading, writing = os.pipe()
    os.write(writing, gzip.compress(b"Band\n5\n"))
    os.close(writing)

    with reading_text(Path(f"/dev/fd/{reading}")) as text:
        assert ("".join(text.lines), text.size, text.tell()) == ("Band\n5\n", None, 0)
    os.close(reading)
