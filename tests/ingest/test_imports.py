"""Files that can be read: what is said of what they mean, and what is read from them."""

import pytest

from tests.ingest import meant_files, meant_indicators, meant_sheets
from tests.ingest.meant_files import Meant, read

CASES = meant_files.CASES + meant_sheets.CASES + meant_indicators.CASES


@pytest.mark.parametrize("case", [pytest.param(one, id=one.id) for one in CASES])
def test_a_file_is_answered_in_whole_sentences(case: Meant) -> None:
    found = read(case)

    assert sorted((one.pointer, one.detail) for one in found.faults) == sorted(case.faults)
    assert tuple(one.detail for one in found.remarks) == case.remarks
    assert case.faults or found.sent


def test_every_file_has_a_name_of_its_own() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 40
