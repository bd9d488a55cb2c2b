"""How large files of figures may be.

Ten years of 202 trusts in the long layout are about 200,000 rows of ten columns.
"""

from typing import Final

MAX_BYTES: Final = 50 * 1024 * 1024
"""Bytes of a file as it is sent."""

MAX_UNPACKED_BYTES: Final = 128 * 1024 * 1024
"""Bytes that the parts of a workbook come to, all together, when they are unpacked."""

MAX_PARTS: Final = 1_000
"""Parts of a workbook."""

MAX_RATIO: Final = 200
"""How many times its packed size a part may have; spreadsheets have up to about 30."""

RATIO_COUNTS_FROM: Final = 4 * 1024 * 1024
"""Bytes up to which a part may be packed as tightly as it likes."""

MAX_ROWS: Final = 500_000
"""The last row of a sheet that may hold something."""

MAX_COLUMNS: Final = 1_000
"""The last column of a sheet that may hold something."""

MAX_CELLS: Final = 4_000_000
"""Cells of a file, counted for each sheet from A1 to its last row and column."""

MAX_ROW_TEXT: Final = 2_000_000
"""Characters of a row of a CSV file."""

MAX_TEXT: Final = 32_767
"""Characters of a cell; that is also what Excel allows."""
