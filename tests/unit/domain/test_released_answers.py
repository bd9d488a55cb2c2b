"""What a released method answers does not change."""

import json
from dataclasses import replace

import pytest

from app.domain.methods import METHODS
from tests.unit.domain import released

CHANGED = (
    "This changes what method {version} answers: {members}.\n"
    "If that is meant, register a new version: add a Method to app/domain/methods.py beside the"
    " old one, with what changed as a member of its formulas, constants or thresholds; give it a"
    " page docs/methods/VERSION.md and a back-test (`parity backtest --write`); and keep what it"
    " answers with `python -m tests.unit.domain.released VERSION`.\n"
    "If it is a mistake, mend it. {file} is never made anew."
)


@pytest.mark.parametrize("version", METHODS)
def test_a_released_method_answers_as_it_did_when_it_was_released(version: str) -> None:
    file = released.file_of(version)
    kept = json.loads(file.read_text(encoding="utf-8"))

    found = released.digest(METHODS[version])

    # A member that is new beside those that were there changes no answer.
    changed = [name for name, value in kept.items() if found.get(name) != value]
    assert changed == [], CHANGED.format(
        version=version, members=", ".join(changed), file=file.name
    )


def test_what_was_kept_is_not_made_anew(capsys: pytest.CaptureFixture[str]) -> None:
    file = released.file_of("1")
    before = file.read_bytes()

    code = released.main("1")

    told = "released_1.json is there, and what was released does not change.\n"
    assert (code, capsys.readouterr().err, file.read_bytes()) == (1, told, before)


def test_another_constant_gives_other_answers() -> None:
    method = METHODS["1"]
    kept = json.loads(released.file_of("1").read_text(encoding="utf-8"))

    found = released.digest(replace(method, constants=replace(method.constants, damping=0.949)))

    assert {name for name in kept if found[name] != kept[name]} == {
        "method.damping",
        "progress.forecast",
        "progress.goal_outlook",
        "progress.parity",
    }
