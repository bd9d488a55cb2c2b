"""Codes in a word or a few, each of which leads to what it means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tag:
    """A state as a coloured word, which leads to what it means."""

    title: str
    colour: str
    path: str


@dataclass(frozen=True, slots=True)
class Coding:
    """A code as it is named in a line, which leads to what it means."""

    title: str
    path: str


def name_code(code: str) -> str:
    """Return a code as people read it."""
    return code.replace("_", " ").capitalize()
