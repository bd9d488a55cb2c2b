"""What callers of the service come for: one request, and what it is to be answered with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any, Final, Self

from app.domain.callers import Role

OK: Final = frozenset({200})
DONE: Final = frozenset({200, 201})
REFUSED: Final = frozenset({401, 403})

PAGE: Final = "page"
"""What stands for the operation of a page, which the description of the API has not."""


class Part(StrEnum):
    """What is done, with how many hundredths of all requests."""

    READS = ("reads", 90)
    WRITES = ("writes", 8)
    IMPORTS = ("imports", 2)

    hundredths: int

    def __new__(cls, value: str, hundredths: int) -> Self:
        """Return the member of a value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.hundredths = hundredths
        return member


@dataclass(frozen=True, slots=True)
class Errand:
    """A request.

    Attributes:
        operation: As the description of the API has it.
        expected: Statuses with which it may be answered.
        name: What it is reported as; that of the operation if left out.
        sent: What else `httpx` is given: a body, a form, files.
        place: Address of what it changes, or reads back.
    """

    operation: str
    path: str
    expected: frozenset[int] = OK
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)
    place: str | None = None

    @property
    def title(self) -> str:
        """What it is reported as."""
        return self.name or self.operation


@dataclass(slots=True)
class Caller:
    """Somebody who calls.

    Attributes:
        headers: That carry the token; none for a stranger.
        own: Trusts of which nobody else changes anything.
        area: The area it is for, or that its trusts lie in.
        written: How often it has changed something.
        acknowledged: The newest revision of each place that it was told of.
    """

    role: Role
    headers: Mapping[str, str]
    own: Sequence[str]
    area: str
    written: int = 0
    acknowledged: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chance:
    """What an errand is drawn with: chance, and what there is to ask about."""

    random: Random
    trusts: Sequence[str]
    areas: Sequence[str]

    def trust(self) -> str:
        """Return any trust."""
        return self.random.choice(self.trusts)


Draw = Callable[[Caller, Chance], Errand]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of errand: how often it is drawn among others, by whom, and how."""

    weight: int
    roles: frozenset[Role]
    draw: Draw


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that was answered as it should be.

    Attributes:
        title: What it is reported as.
        seconds: From sending it to the last byte of the answer.
    """

    part: Part
    title: str
    seconds: float
