"""The operator's guide, and what stands in it."""

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
"""The folder of the project."""

GUIDE: Final = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
"""The whole guide."""


def blocks(language: str) -> list[str]:
    """Return its blocks of code in a language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)
