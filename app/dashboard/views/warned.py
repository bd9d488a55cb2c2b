"""Warnings as pages tell them, each with the page of its code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.codes import Caution
from app.services.definitions import page_of


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, with the page of its code."""

    sentence: str
    path: str


def list_warned(cautions: Iterable[Caution]) -> Sequence[Warned]:
    """Return warnings in their order."""
    return [Warned(one.detail, page_of("codes", "warning", one.code)) for one in cautions]
