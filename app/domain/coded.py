"""What a code is: a stable name, with the sentence that explains it."""

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """A code with a sentence for people.

    Attributes:
        sentence: What the code means, wherever it is given.
    """

    sentence: str

    def __new__(cls, value: str, sentence: str = "") -> Self:
        """Return the member of a value, with its sentence."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member
