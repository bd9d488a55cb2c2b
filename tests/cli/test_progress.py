import re

import pytest

from app.services.actuals import put_actuals
from tests.cli.parity import Parity
from tests.given import Given

assert put_actuals

PAGE = ""


def page(parity: Parity, *arguments: str) -> str:
    """Return the page of progress, with INSTANT in place of when the facts were stored."""
    told = parity.succeed("progress", "show", *arguments)
    return re.sub(r"As of 20\S+, method", "As of INSTANT, method", told)


def test_x(example: Parity) -> None:
    open("/tmp/page1.txt","w").write(page(example, "ZZ901", "leadership"))
    open("/tmp/page2.txt","w").write(page(example, "ZZ901", "band_8a", "--staff-group", "clinical", "--reference", "fixed", "--reference-share", "0.12", "--turnover", "0.2", "--as-of", "2099-01-01T00:00:00Z") if 0 else page(example, "ZZ901", "band_8a", "--staff-group", "clinical", "--reference", "fixed", "--reference-share", "0.12", "--turnover", "0.2", "--continuity", "as_reported"))
    open("/tmp/page3.txt","w").write(page(example, "ZZ902", "board"))
    open("/tmp/page4.txt","w").write(page(example, "ZZ901", "workforce"))
