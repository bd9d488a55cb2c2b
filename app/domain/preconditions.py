"""What a caller last saw, checked before what is held is changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.errors import ChangedMeanwhile, RevisionNotNamed, RevisionStale
from app.domain.explanations import Explanation

ANY = "*"
"""Stands for whatever is held."""


@dataclass(frozen=True, slots=True)
class Precondition:
    """What has to hold for a change.

    Attributes:
        if_match: Tags of which one has to be held; None when the caller names none.
        if_none_match: Tags of which none may be held; None likewise.
        seen: The tag that was held when the request arrived; None when nothing was.
    """

    if_match: frozenset[str] | None = None
    if_none_match: frozenset[str] | None = None
    seen: str | None = None

    def check(self, held: str | None) -> None:
        """Refuse a change that builds on something else than what is held.

        Args:
            held: Tag of what is held; None when nothing is.

        Raises:
            RevisionStale: The tag is not among those named.
            RevisionNotNamed: Something is held, and the caller names no tag.
            ChangedMeanwhile: Likewise, but it was stored after the request arrived.
        """
        if self.if_match is not None and (held is None or not self.if_match & {held, ANY}):
            raise RevisionStale(held=held)
        if held is None:
            return
        if self.if_none_match is not None and self.if_none_match & {held, ANY}:
            raise RevisionStale(held=held)
        if self.if_match is None:
            if self.seen is None:
                raise ChangedMeanwhile(held=held)
            raise RevisionNotNamed(held=held)

    def check_if_given(self, held: str) -> None:
        """Refuse a change only where the caller names what it builds on.

        Raises:
            RevisionStale: The tag is not among those named.
        """
        if self.if_match is not None and not self.if_match & {held, ANY}:
            raise RevisionStale(held=held)


def with_editions(tag: str, explanations: Iterable[Explanation]) -> str:
    """Return the tag of an answer that shows what is said to warnings beside what is held."""
    editions = sum(one.edition for one in explanations)
    return f'{tag[:-1]}@{editions}"' if editions else tag


def undated(tag: str) -> str:
    """Return the tag of what is held, without what says how it was read: its content."""
    state, separator, _ = tag.rpartition("@")
    return f'{state}"' if separator else tag


WHATEVER = Precondition(if_match=frozenset({ANY}))
"""A change of what is held, whatever it is."""
