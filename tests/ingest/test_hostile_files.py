"""Files that are refused whole, before anything in them is read."""

from pathlib import Path

import pytest

from app.domain.errors import UnreadableFile
from app.domain.file_codes import UnreadableCode
from app.ingest.sheets import read_workbook
from tests.ingest.hostile_files import HOSTILE, Hostile


@pytest.mark.parametrize("case", [pytest.param(one, id=one.id) for one in HOSTILE])
def test_a_hostile_file_is_refused_with_a_sentence_that_helps(
    case: Hostile, tmp_path: Path
) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.write())

    with pytest.raises(UnreadableFile) as refusal:
        read_workbook(path, case.name)

    assert str(refusal.value) == f"{case.name} was not read. {case.sentence}"
    assert refusal.value.facts == {"file": case.name, "reason": case.reason}


def test_every_reason_has_a_file_and_every_file_its_own_name() -> None:
    reasons = {case.reason for case in HOSTILE}

    assert reasons == {code.value for code in UnreadableCode} - {"cannot_be_opened"}
    assert len({case.id for case in HOSTILE}) == len(HOSTILE) >= 60


@pytest.mark.parametrize(
    ("name", "why"),
    [("missing.csv", "No such file or directory"), (".", "Is a directory")],
)
def test_a_file_that_cannot_be_opened_is_refused(name: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_workbook(tmp_path / name, "a.csv")

    assert str(refusal.value) == f"a.csv was not read. The file cannot be opened. {why}."
