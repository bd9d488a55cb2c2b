"""Pages of documentation whose blocks of code are run, in the order in which they stand.

A block with a name (`python send.py`) is a file; one of `sh` is run, in one shell for the whole
page; one of `text` is what the lines before it print.
"""

import os
import subprocess
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from markdown_it import MarkdownIt

from tests.clients.tools import PROGRAMS, ROOT

USING: Final = ROOT / "docs" / "using"

ADDRESS: Final = "http://127.0.0.1:8000"
"""Where pages say that the service is."""

SEPARATOR: Final = "\x1e"

SERVICE: Final = ROOT / ".venv" / "bin"


class Block(NamedTuple):
    """A block of code.

    Attributes:
        language: In which it is written.
        name: Of the file that it is; empty if it is none.
        text: What stands in it.
    """

    language: str
    name: str
    text: str


def read_blocks(page: Path) -> list[Block]:
    """Return the blocks of code of a page."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    fences = [one for one in tokens if one.type in {"fence", "code_block"}]
    return [_block(one.info, one.content) for one in fences]


def _block(info: str, text: str) -> Block:
    language, _, name = info.partition(" ")
    return Block(language, name, text)


def run_page(
    page: Path, address: str, folder: Path, environment: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Run the blocks of a page; return what it says that they print, each with what they did.

    Args:
        page: The file.
        address: Of the service.
        folder: An empty one, where the page's files are put.
        environment: Variables, beside where programs are found.

    Raises:
        AssertionError: A block is of no use, or lines of the shell failed.
    """
    blocks = [one._replace(text=one.text.replace(ADDRESS, address)) for one in read_blocks(page)]
    for one in blocks:
        if one.name:
            (folder / one.name).write_text(one.text, encoding="utf-8")
    lines = [one for one in blocks if not one.name]
    script = f"\nprintf '{SEPARATOR}'\n".join(one.text for one in lines if one.language == "sh")
    path = os.pathsep.join([str(PROGRAMS), str(SERVICE), os.environ["PATH"]])
    ended = subprocess.run(
        ["/bin/sh", "-eu"],
        input=script,
        cwd=folder,
        env={"PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    printed = iter(ended.stdout.split(SEPARATOR))
    told: list[tuple[str, str]] = []
    for one, following in pairwise([*lines, Block("", "", "")]):
        if one.language == "sh":
            output = next(printed)
            if following.language == "text":
                told.append((following.text, output))
        else:
            assert one.language == "text", one
    return told
