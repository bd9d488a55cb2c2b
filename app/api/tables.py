"""Lists as files: the same columns, one item a line."""

import csv
import io
from collections.abc import Iterable, Sequence

from pydantic import BaseModel


def as_csv(columns: Sequence[str], items: Iterable[BaseModel]) -> str:
    """Return the named members of items as CSV, under a line of their names."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, extrasaction="ignore")
    writer.writeheader()
    for one in items:
        writer.writerow(one.model_dump(mode="json"))
    return file.getvalue()
