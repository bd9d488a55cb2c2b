"""What is entered into forms is read with every fault beside its field."""

from datetime import date

import pytest

from app.dashboard.forms.entered import Entered, FieldFault, day_fields

TYPE_ANEW = "This has characters that cannot be shown; type it anew."
NO_DAY = "Enter a day that there is, such as 30 9 2026."


def one(text: str) -> Entered:
    """Return a form with one field."""
    return Entered({"field": (text,)})


@pytest.mark.parametrize(
    ("text", "read", "fault"),
    [
        (" Chief People Officer ", "Chief People Officer", None),
        ("two\nlines", "two\nlines", None),
        ("x" * 20, "x" * 20, None),
        ("x" * 21, "", "This has 21 characters; write at most 20."),
        ("bell\a", "", TYPE_ANEW),
        ("  ", "", "Enter something."),
    ],
)
def test_a_text_is_read_without_what_stands_around_it(
    text: str, read: str, fault: str | None
) -> None:
    entered = one(text)

    assert entered.text("field", longest=20, empty="Enter something.") == read
    assert entered.faults == ([FieldFault("field", fault)] if fault else [])


def test_what_may_be_empty_may_be_left_out() -> None:
    entered = Entered()

    assert entered.text("field", longest=20) == ""
    assert entered.day("field") is None
    assert entered.whole("field", least=0, most=9, otherwise="No.") is None
    assert entered.all("field") == ()
    assert entered.faults == []


@pytest.mark.parametrize(
    ("text", "read"),
    [("0", 0), (" 1,234 ", 1234), ("2000", 2000), ("2001", None), ("1.0", None), ("-1", None),
     ("²", None), ("٣", None), ("9" * 5000, None)],
)  # fmt: skip
def test_a_whole_number_is_read_in_digits(text: str, read: int | None) -> None:
    entered = one(text)

    assert entered.whole("field", least=0, most=2000, otherwise="Enter a number.") == read
    expected = [] if read is not None else [FieldFault("field", "Enter a number.")]
    assert entered.faults == expected


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        (("30", "9", "2026"), date(2026, 9, 30)),
        (("31", "9", "2026"), None),
        (("30", "", "2026"), None),
        (("30", "9", "26"), None),
        (("30", "9", "2201"), None),
        (("³", "9", "2026"), None),
        (("1" * 5000, "9", "2026"), None),
    ],
)
def test_a_day_is_read_from_its_three_fields(
    parts: tuple[str, str, str], read: date | None
) -> None:
    names = ("due_day", "due_month", "due_year")
    entered = Entered({name: (part,) for name, part in zip(names, parts, strict=True)})

    assert entered.day("due", empty="Enter a day.") == read
    assert entered.faults == ([] if read else [FieldFault("due", NO_DAY)])


def test_a_day_that_is_needed_is_asked_for() -> None:
    entered = Entered(day_fields("due", None))

    assert entered.day("due", empty="Enter a day.") is None
    assert entered.faults == [FieldFault("due", "Enter a day.")]
    assert Entered(day_fields("due", date(2026, 9, 30))).day("due") == date(2026, 9, 30)


def test_a_choice_is_one_of_those_there_are() -> None:
    entered = one("b")

    assert entered.choice("field", ["a", "b"], otherwise="Choose.") == "b"
    assert entered.choice("field", ["a"], otherwise="Choose.") == ""
    assert entered.faults == [FieldFault("field", "Choose.")]
