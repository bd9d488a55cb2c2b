"""Who changes something in tests, where it does not matter who."""

from app.domain.audit import Channel, Origin
from app.domain.callers import COMMAND_LINE

ORIGIN = Origin(COMMAND_LINE, Channel.CLI, "tests")
"""Somebody on the command line."""
