"""The settings of a command."""

import os
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from app.settings import Settings

WRONGLY_CONFIGURED = 2
"""Exit code of a command that the environment configures wrongly."""


def settings_or_exit(**overrides: object) -> "Settings":
    """Return the settings; print what is wrong with them and exit if they are refused.

    Args:
        overrides: Settings that the command line gives, by name; None for those it does not.
            They are put into the environment, so that processes started later have them too.
    """
    from app.settings import PREFIX, SettingsRefused, read_settings

    for name, value in overrides.items():
        if value is not None:
            os.environ[PREFIX + name.upper()] = str(value)
    try:
        return read_settings()
    except SettingsRefused as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        raise typer.Exit(WRONGLY_CONFIGURED) from error
