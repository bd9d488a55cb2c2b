"""Takes the picture of a trust's page that README.md shows. Run by `make picture`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.browser.chromium import WIDE, Look, chromium, looking
from tests.programs import served

PATH: Final = "/trusts/ZZ028"

FILE: Final = Path(__file__).parents[2] / "docs" / "pictures" / "trust.png"

HEIGHT: Final = 1600
"""Pixels of the page, from its top, that the picture shows."""


def main() -> None:
    """Start a service with the demonstration set, and take the picture."""
    FILE.parent.mkdir(exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        served(f"sqlite:///{folder}/parity.sqlite3", Path(folder), "--demonstration") as service,
        chromium() as browser,
        looking(browser, service.address, Look(WIDE, with_scripts=True)) as reader,
    ):
        page = reader.visit(PATH)
        page.screenshot(
            path=FILE, clip={"x": 0, "y": 0, "width": WIDE, "height": HEIGHT}, full_page=True
        )
    sys.stdout.write(f"{FILE}: {FILE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
