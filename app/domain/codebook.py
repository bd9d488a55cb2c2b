"""Every code that an answer can carry, by kind."""

import re
from dataclasses import dataclass
from typing import Final, Self

from app.domain.coded import Coded
from app.domain.codes import CODES
from app.domain.errors import CodeNotFound, leaves, sentence_of

PROBLEM: Final = "problem"
"""The kind of the codes of errors."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code and what it means.

    Attributes:
        kind: What it tells of, which says where it stands; codes are unique within a kind.
    """

    kind: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CodeKind:
    """Codes that tell of the same thing.

    Attributes:
        name: What codes name it by.
        sentence: What they tell of.
    """

    name: str
    sentence: str
    codes: tuple[Code, ...]

    @property
    def title(self) -> str:
        """What it is called where people read it."""
        return self.name.replace("_", " ").capitalize()

    @classmethod
    def of(cls, enumeration: type[Coded]) -> Self:
        """Return the codes of an enumeration, whose name and docstring say what they tell of."""
        name = _snake_case(enumeration.__name__.removesuffix("Code"))
        codes = (Code(name, one.value, one.sentence) for one in enumeration)
        return cls(name, (enumeration.__doc__ or "").partition("\n")[0], tuple(codes))


def list_code_kinds() -> list[CodeKind]:
    """Return every kind of code; that of errors is the last."""
    errors = tuple(Code(PROBLEM, one.code, sentence_of(one)) for one in leaves())
    problems = CodeKind(PROBLEM, "Why a request is refused.", errors)
    return [*(CodeKind.of(one) for one in CODES), problems]


def list_codes() -> list[Code]:
    """Return every code, kind by kind."""
    return [code for kind in list_code_kinds() for code in kind.codes]


def get_code(kind: str, code: str) -> Code:
    """Return a code of a kind.

    Raises:
        CodeNotFound: There is none.
    """
    for one in list_codes():
        if (one.kind, one.code) == (kind, code):
            return one
    raise CodeNotFound(kind, code)


def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
