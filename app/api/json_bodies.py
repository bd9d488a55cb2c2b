"""JSON as it is meant to be: UTF-8, finite numbers, each member once (RFC 8259, RFC 7493)."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from app.api.faults import escape
from app.domain.errors import Fault, InvalidRequest

_LONGEST_NUMBER: Final = 400
"""Digits above which a number is not read, but refused."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """What stands where a number cannot be read.

    Attributes:
        tell: Returns what is wrong with it, given its pointer.
    """

    tell: Callable[[str], Fault]


class _Twice(dict[str, Any]):
    """An object that has a member twice.

    Attributes:
        names: Those members.
    """

    names: list[str]


def read_json(body: bytes, pointer: str = "") -> object:
    """Return what a body says, or a part of it that is JSON in a text.

    Args:
        body: The JSON.
        pointer: To the part, where it is one.

    Raises:
        InvalidRequest: It is no JSON in UTF-8, or is JSON that readers take differently: every
            fault is listed.
    """
    found: list[object] = []

    def keep(odd: object) -> object:
        found.append(odd)
        return odd

    def read_whole(digits: str) -> object:
        return int(digits) if len(digits) <= _LONGEST_NUMBER else keep(_too_long(digits))

    def read_object(members: list[tuple[str, object]]) -> object:
        made = dict(members)
        return made if len(made) == len(members) else keep(_twice(members))

    subject = "The text" if pointer else "The body"
    try:
        value = json.loads(
            body.decode(),
            object_pairs_hook=read_object,
            parse_constant=lambda name: keep(_not_finite(name)),
            parse_int=read_whole,
        )
    except UnicodeDecodeError as error:
        detail = f"The body is not UTF-8 at byte {error.start}."
        raise InvalidRequest([Fault(pointer, "not_json", detail)]) from error
    except json.JSONDecodeError as error:
        detail = f"{subject} is not JSON: {error.msg}."
        raise InvalidRequest([Fault(pointer, "not_json", detail)]) from error
    except RecursionError as error:
        detail = f"{subject} is nested too deeply to be read."
        raise InvalidRequest([Fault(pointer, "too_deep", detail)]) from error
    if found:
        raise InvalidRequest([*_find_faults(value, pointer)])
    return value


def _not_finite(name: str) -> _Unread:
    detail = f"{name} is not JSON; send a number, or null."
    return _Unread(lambda pointer: Fault(pointer, "finite_number", detail))


def _too_long(digits: str) -> _Unread:
    detail = (
        f"A number of {len(digits)} digits is not read; send one of at most {_LONGEST_NUMBER}."
    )
    return _Unread(lambda pointer: Fault(pointer, "int_parsing_size", detail))


def _twice(members: list[tuple[str, object]]) -> _Twice:
    made = _Twice(members)
    counts = Counter(name for name, _ in members)
    made.names = [name for name, number in counts.items() if number > 1]
    return made


def _find_faults(value: object, pointer: str) -> Iterator[Fault]:
    """Yield what is odd in a value, each with its pointer, in the order in which it was sent."""
    waiting = [(pointer, value)]
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, _Unread):
            yield one.tell(place)
        if isinstance(one, _Twice):
            for name in one.names:
                detail = "This member was sent twice; send it once."
                yield Fault(f"{place}/{escape(name)}", "duplicate_member", detail)
        waiting += reversed([(f"{place}/{step}", part) for step, part in _parts(one)])


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """Yield what a value is made of, with the steps of pointers to it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield escape(name), one
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield str(place), one
