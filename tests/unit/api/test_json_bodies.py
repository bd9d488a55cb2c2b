"""JSON that every reader takes the same way is read; all other is refused, with its places."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.json_bodies import read_json
from app.domain.errors import Fault, InvalidRequest

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def refused(body: bytes) -> list[Fault]:
    with pytest.raises(InvalidRequest) as caught:
        read_json(body)
    return list(caught.value.faults)


@given(VALUES)
def test_what_is_written_as_json_is_read_as_it_was(value: object) -> None:
    assert read_json(json.dumps(value).encode()) == value
    assert (
        read_json(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")) == value
    )


@given(VALUES, VALUES)
def test_a_member_that_is_sent_twice_is_refused_whatever_it_says(
    one: object, other: object
) -> None:
    body = f'{{"a": [{{"x~/y": {json.dumps(one)}, "x~/y": {json.dumps(other)}}}]}}'

    faults = refused(body.encode())

    assert faults[0] == Fault(
        "/a/0/x~0~1y", "duplicate_member", "This member was sent twice; send it once."
    )


def test_all_that_is_odd_is_told_with_its_place() -> None:
    body = b'{"a": [1, NaN, {"b": -Infinity, "c": 1, "c": 2}], "d": 1, "e": 0, "d": Infinity}'

    faults = refused(body)

    assert [(one.pointer, one.code) for one in faults] == [
        ("/d", "duplicate_member"),
        ("/a/1", "finite_number"),
        ("/a/2/c", "duplicate_member"),
        ("/a/2/b", "finite_number"),
        ("/d", "finite_number"),
    ]
    assert faults[1].detail == "NaN is not JSON; send a number, or null."


@pytest.mark.parametrize("digits", [400, 401, 5_000])
def test_a_number_of_many_digits_is_read_or_refused_but_never_fails(digits: int) -> None:
    body = f'{{"headcount": {"9" * digits}}}'.encode()

    if digits == 400:
        assert read_json(body) == {"headcount": 10**400 - 1}
    else:
        assert refused(body) == [
            Fault(
                "/headcount",
                "int_parsing_size",
                f"A number of {digits} digits is not read; send one of at most 400.",
            )
        ]


@pytest.mark.parametrize(
    ("body", "code", "detail"),
    [
        (b'{"a": "\xff"}', "not_json", "The body is not UTF-8 at byte 7."),
        ('{"a": 1}'.encode("utf-16"), "not_json", "The body is not UTF-8 at byte 0."),
        (
            b"\xef\xbb\xbf{}",
            "not_json",
            "The body is not JSON: Unexpected UTF-8 BOM (decode using utf-8-sig).",
        ),
        (b"  ", "not_json", "The body is not JSON: Expecting value."),
        (b"{}{}", "not_json", "The body is not JSON: Extra data."),
        (b"[" * 100_000, "too_deep", "The body is nested too deeply to be read."),
        (
            b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
            "too_deep",
            "The body is nested too deeply to be read.",
        ),
    ],
    ids=["not UTF-8", "UTF-16", "byte order mark", "blank", "two", "lists", "objects"],
)
def test_what_is_no_json_is_refused(body: bytes, code: str, detail: str) -> None:
    assert refused(body) == [Fault("", code, detail)]
