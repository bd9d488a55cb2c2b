"""Lists as files: the same columns, one item a line."""

import csv
import io
from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from app.domain.csv_texts import as_cells


def as_csv(columns: Sequence[str], items: Iterable[BaseModel]) -> str:
    """Return the named members of items as CSV, under a line of their names."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    for one in items:
        said = one.model_dump(mode="json")
        # Some members are there only where they say something.
        writer.writerow(as_cells(said.get(name) for name in columns))
    return file.getvalue()
