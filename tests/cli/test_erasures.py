"""What is told of the traces that a database keeps of what was taken out."""

import pytest
import typer

from app.cli.erasures import tell_clearing
from app.store.engine import Clearing


def test_what_is_off_the_disk_needs_no_word(capsys: pytest.CaptureFixture[str]) -> None:
    tell_clearing(Clearing.DONE, again="`parity redact`")

    assert capsys.readouterr() == ("", "")


def test_what_postgresql_keeps_is_said_to_be_the_operators(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_clearing(Clearing.OPERATORS, again="`parity redact`")

    told = (
        "PostgreSQL keeps former rows until VACUUM, and longer in its log and in backups: removing"
        " them is the operator's.\n"
    )
    assert capsys.readouterr() == (told, "")


def test_what_a_reader_keeps_on_the_disk_has_to_be_done_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(typer.Exit) as caught:
        tell_clearing(Clearing.BUSY, again="`parity redact`")

    assert caught.value.exit_code == 1
    told = (
        "It is not off the disk yet: somebody is reading the database. Run `parity redact`"
        " again.\n"
    )
    assert capsys.readouterr() == ("", told)
