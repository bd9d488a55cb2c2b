"""What was entered into a form, read with every fault told beside its field."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final, Self

from app.domain.texts import is_printable

DAY_PARTS: Final = ("day", "month", "year")
"""The fields of a date, each with a name after that of the date."""

ALL: Final = Decimal(100)
"""The percent of everybody."""

_PERCENT: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?", re.ASCII)
_PLACES: Final = Decimal("0.0001")
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2200


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with what was entered into a form.

    Attributes:
        field: The name of the field, which is its id too; empty for the form as a whole.
        sentence: What is wrong, and what would be right.
    """

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered into a form.

    Attributes:
        values: By the name of the field, as often as it was sent.
        faults: What is wrong with it, in the order in which it was looked at.
    """

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    faults: list[FieldFault] = field(default_factory=list)

    @classmethod
    def of(cls, sent: Iterable[tuple[str, str]]) -> Self:
        """Return what a form sent, field by field.

        A form names its own encoding, so that there may be in it what no text can be made of;
        lines end in forms as they do in messages.
        """
        values: dict[str, list[str]] = {}
        for name, value in sent:
            text = value.encode(errors="replace").decode().replace("\r\n", "\n")
            values.setdefault(name, []).append(text)
        return cls(values)

    def but(self, **others: str) -> Self:
        """Return the same with other values in some fields."""
        values = {**self.values, **{name: (one,) for name, one in others.items()}}
        return replace(self, values=values, faults=list(self.faults))

    def raw(self, name: str) -> str:
        """Return a field as it was entered, without what stands around it."""
        sent = self.values.get(name, ())
        return sent[0].strip() if sent else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field, such as of boxes that were ticked."""
        return tuple(self.values.get(name, ()))

    def refuse(self, name: str, sentence: str) -> None:
        """Tell what is wrong with a field; with the form as a whole where the name is empty."""
        self.faults.append(FieldFault(name, sentence))

    def tell(self, faults: Iterable[FieldFault]) -> None:
        """Tell more of what is wrong."""
        self.faults.extend(faults)

    def text(self, name: str, *, longest: int, empty: str = "") -> str:
        """Return a text; an empty one where there is none, or it cannot be taken.

        Args:
            name: Of the field.
            longest: Characters that it may have.
            empty: What is told where it is empty; nothing where it may be.
        """
        entered = self.raw(name)
        if not entered:
            if empty:
                self.refuse(name, empty)
            return ""
        if len(entered) > longest:
            detail = f"This has {len(entered):,} characters; write at most {longest:,}."
        elif not is_printable(entered):
            detail = "This has characters that cannot be shown; type it anew."
        else:
            return entered
        self.refuse(name, detail)
        return ""

    def whole(
        self, name: str, *, least: int, most: int, otherwise: str, empty: str = ""
    ) -> int | None:
        """Return a whole number; None where nothing was entered, or no such number.

        Args:
            name: Of the field.
            least: The smallest number.
            most: The largest.
            otherwise: What is told of anything else.
            empty: What is told where it is empty; nothing where it may be.
        """
        entered = self.raw(name).replace(",", "")
        if not entered:
            if empty:
                self.refuse(name, empty)
            return None
        # No number of a form has more digits, and very long ones take long to read.
        is_number = entered.isascii() and entered.isdigit() and len(entered) <= len(f"{most}")
        if is_number and least <= int(entered) <= most:
            return int(entered)
        self.refuse(name, otherwise)
        return None

    def share(self, name: str, *, empty: str = "") -> Decimal | None:
        """Return a share that was entered in percent; None where there is none.

        Args:
            name: Of the field.
            empty: What is told where it is empty; nothing where it may be.

        Returns:
            A proportion from 0 to 1, exactly as it was entered.
        """
        entered = self.raw(name).removesuffix("%").rstrip()
        if not entered:
            if empty:
                self.refuse(name, empty)
            return None
        if not _PERCENT.fullmatch(entered) or Decimal(entered) > ALL:
            told = "Enter a percentage from 0 to 100 with at most two decimals, such as 42.5."
            self.refuse(name, told)
            return None
        return (Decimal(entered) / ALL).quantize(_PLACES)

    def day(self, name: str, *, empty: str = "") -> date | None:
        """Return a day that was entered in three fields; None where there is none.

        Args:
            name: Of the date.
            empty: What is told where it is empty; nothing where it may be.
        """
        parts = self.day_parts(name)
        if not any(parts):
            if empty:
                self.refuse(name, empty)
            return None
        found = _make_day(*parts)
        if found is None:
            self.refuse(name, "Enter a day that there is, such as 30 9 2026.")
        return found

    def day_parts(self, name: str) -> tuple[str, str, str]:
        """Return the three fields of a date as they were entered."""
        day, month, year = (self.raw(f"{name}_{part}") for part in DAY_PARTS)
        return day, month, year

    def choice(self, name: str, options: Collection[str], *, otherwise: str) -> str:
        """Return one of some options; an empty text where none of them was chosen."""
        chosen = self.raw(name)
        if chosen in options:
            return chosen
        self.refuse(name, otherwise)
        return ""


def day_fields(name: str, day: date | None) -> dict[str, Sequence[str]]:
    """Return what the three fields of a date hold for a day; nothing without one."""
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{part}": (str(value),) for part, value in zip(DAY_PARTS, parts, strict=True)}


def _make_day(day: str, month: str, year: str) -> date | None:
    parts = (day, month, year)
    if not all(one.isascii() and one.isdigit() and len(one) <= len("2026") for one in parts):
        return None
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
