"""The reference files that the package ships."""

import csv
from importlib.resources import files


def read_reference(name: str) -> bytes:
    """Return the content of a shipped file."""
    return files("app.ingest").joinpath("reference", name).read_bytes()


def has_reference(name: str) -> bool:
    """Return whether a file is shipped."""
    return files("app.ingest").joinpath("reference", name).is_file()


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped CSV file by column name, without space around values."""
    lines = read_reference(name).decode("utf-8-sig").splitlines()
    return [
        {column: value.strip() for column, value in row.items()} for row in csv.DictReader(lines)
    ]
