from hashlib import sha256

import pytest

from app.domain.errors import MethodNotFound
from app.domain.methods import METHODS
from app.ingest.backtest import file_name, write_backtest
from app.ingest.reference_files import read_reference
from app.services.backtest import run_backtest

RELEASED = {"1": "fb039a5548fc728cb3bea79e62b491ed937c8aa27409593cf0f73d0792366d1b"}
"""SHA-256 of the back-test that was released with each version of the method."""


@pytest.mark.parametrize("version", METHODS)
def test_what_is_kept_with_a_method_is_what_comes_out_today(version: str) -> None:
    made = run_backtest(version=version)

    assert write_backtest(made) == read_reference(file_name(version)), (
        "if a formula changed, it takes a new version of the method; else a mistake was made"
    )


@pytest.mark.parametrize("version", METHODS)
def test_what_is_kept_with_a_method_is_what_was_released(version: str) -> None:
    assert sha256(read_reference(file_name(version))).hexdigest() == RELEASED[version], (
        "what was released does not change: a changed formula takes a new version of the method"
    )


def test_a_method_that_is_not_there_cannot_be_tried() -> None:
    with pytest.raises(MethodNotFound):
        run_backtest(version="9")
