import pytest

from app.domain.errors import MethodNotFound
from app.domain.methods import METHODS
from app.ingest.backtest import file_name, write_backtest
from app.ingest.reference_files import read_reference
from app.services.backtest import run_backtest


@pytest.mark.parametrize("version", METHODS)
def test_what_is_kept_with_a_method_is_what_comes_out_today(version: str) -> None:
    made = run_backtest(version=version)

    assert write_backtest(made) == read_reference(file_name(version)), (
        "run `parity backtest --write`; if a formula changed, it takes a new version"
    )


def test_a_method_that_is_not_there_cannot_be_tried() -> None:
    with pytest.raises(MethodNotFound):
        run_backtest(version="9")
