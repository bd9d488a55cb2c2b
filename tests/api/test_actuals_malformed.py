"""Malformed actuals are refused: where they are wrong, and why; and nothing of them is stored."""

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import NOT_WHOLE, body_of, cell_with, put_refused
from tests.api.databases import on_sqlite
from tests.bodies import JSON, Headers, actuals_body, categories, fault, malformed
from tests.given import Given

TOTALS = {"workforce": 401, "bme": 61}

BANDS = (
    "'under_1', '1', '2', '3', '4', '5', '6', '7', '8a', '8b', '8c', '8d', '9', 'vsm',"
    " 'consultant', 'career_grade', 'trainee' or 'other'"
)


@on_sqlite
@pytest.mark.parametrize(
    ("headcount", "code", "detail"),
    [
        (61.0, NOT_WHOLE, "61.0 is not a whole number; send one without quotes or decimals."),
        ("61", NOT_WHOLE, '"61" is not a whole number; send one without quotes or decimals.'),
        (61.5, NOT_WHOLE, "61.5 is not a whole number; send one without quotes or decimals."),
        (True, NOT_WHOLE, "true is not a whole number; send one without quotes or decimals."),
        (None, NOT_WHOLE, "null is not a whole number; send one without quotes or decimals."),
        ([61], NOT_WHOLE, "[61] is not a whole number; send one without quotes or decimals."),
        (-1, "too_small", "-1 is negative; send 0 or more."),
    ],
)
@pytest.mark.parametrize("place", ["/headcounts/0/headcount", "/totals/workforce", "/totals/bme"])
def test_headcounts_and_totals_are_whole_numbers_from_zero(
    *,
    client: TestClient,
    given: Given,
    sender: Headers,
    headcount: object,
    code: str,
    detail: str,
    place: str,
) -> None:
    body = body_of(cell_with())
    if place == "/headcounts/0/headcount":
        body = body_of(cell_with(headcount=headcount))
    else:
        body["totals"][place.rpartition("/")[2]] = headcount

    found = put_refused(client, given, sender, body)

    assert found == malformed(fault(place, code, detail))


@on_sqlite
@pytest.mark.parametrize(
    ("member", "code", "detail"),
    [
        (
            "staff_group",
            "nursing",
            "\"nursing\" is not known; use one of 'non_clinical', 'clinical' or 'medical'.",
        ),
        ("staff_group", 7, "7 is not known; use one of 'non_clinical', 'clinical' or 'medical'."),
        ("band", "10", f'"10" is not known; use one of {BANDS}.'),
        ("band", "8A", f'"8A" is not known; use one of {BANDS}.'),
        ("band", "smm", f'"smm" is not known; use one of {BANDS}.'),
        ("band", 5, f"5 is not known; use one of {BANDS}."),
        (
            "ethnic_group",
            "mixed",
            "\"mixed\" is not known; use one of 'white', 'bme' or 'unknown'.",
        ),
    ],
)
def test_codes_are_known(
    *, client: TestClient, given: Given, sender: Headers, member: str, code: object, detail: str
) -> None:
    found = put_refused(client, given, sender, body_of(cell_with(**{member: code})))

    assert found == malformed(fault(f"/headcounts/0/{member}", "unknown_code", detail))


@on_sqlite
@pytest.mark.parametrize("category", ["Q", "m", "ZZ", "16"])
def test_ethnic_categories_are_known(
    client: TestClient, given: Given, sender: Headers, category: str
) -> None:
    body = body_of(*categories({category: 61}))

    found = put_refused(client, given, sender, body)

    assert found == malformed(
        fault(
            "/headcounts/0/ethnic_category",
            "unknown_code",
            f'"{category}" is no ethnic category; see /v1/ethnic-categories.',
        )
    )


@on_sqlite
@pytest.mark.parametrize(
    "cell",
    [
        cell_with(ethnic_category="M"),
        cell_with(ethnic_group=...),
        cell_with(ethnic_group=None),
        cell_with(ethnic_group=None, ethnic_category=None),
    ],
    ids=["both", "neither", "null", "two nulls"],
)
def test_a_cell_has_either_a_group_or_a_category(
    client: TestClient, given: Given, sender: Headers, cell: JSON
) -> None:
    found = put_refused(client, given, sender, body_of(cell))

    assert found == malformed(
        fault(
            "/headcounts/0",
            "ethnic_group_or_category",
            "Give either ethnic_group or ethnic_category.",
        )
    )


@on_sqlite
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (actuals_body(headcount=401), "/headcount"),
        (actuals_body(totals={**TOTALS, "white": 340}), "/totals/white"),
        (body_of(cell_with(fte="55.2")), "/headcounts/0/fte"),
        (actuals_body() | {"a/b~c": 1}, "/a~1b~0c"),
    ],
)
def test_unknown_members_are_refused(
    client: TestClient, given: Given, sender: Headers, body: JSON, pointer: str
) -> None:
    found = put_refused(client, given, sender, body)

    assert found == malformed(
        fault(pointer, "unknown_member", "There is no such member; leave it out.")
    )


@on_sqlite
def test_required_members_are_all_named(client: TestClient, given: Given, sender: Headers) -> None:
    found = put_refused(client, given, sender, {"totals": {}})

    assert found == malformed(
        *(
            fault(pointer, "missing", "This member is required.")
            for pointer in ("/source", "/totals/workforce", "/totals/bme", "/headcounts")
        )
    )


@on_sqlite
@pytest.mark.parametrize("member", ["headcounts", "covers"])
def test_an_empty_list_is_refused(
    client: TestClient, given: Given, sender: Headers, member: str
) -> None:
    found = put_refused(client, given, sender, actuals_body() | {member: []})

    assert found == malformed(
        fault(f"/{member}", "too_short", "An empty list says nothing; send at least one.")
    )


@on_sqlite
@pytest.mark.parametrize("body", [[], "401", 401, None, True, [actuals_body()]], ids=str)
def test_a_body_is_an_object(
    client: TestClient, given: Given, sender: Headers, body: object
) -> None:
    found = put_refused(client, given, sender, body)

    assert [one["pointer"] for one in found["errors"]] == [""]
    assert found == malformed(*found["errors"])


@on_sqlite
@pytest.mark.parametrize("member", ["source", "reason", "notes"])
@pytest.mark.parametrize("text", ["", "   ", 7, "a\u0000b", "a\u001bb"], ids=repr)
def test_texts_say_something_that_can_be_printed(
    client: TestClient, given: Given, sender: Headers, member: str, text: object
) -> None:
    found = put_refused(client, given, sender, actuals_body() | {member: text})

    assert [one["pointer"] for one in found["errors"]] == [f"/{member}"]
    assert found == malformed(*found["errors"])


@on_sqlite
def test_codes_of_trusts_covered_look_like_ods_codes(
    client: TestClient, given: Given, sender: Headers
) -> None:
    found = put_refused(client, given, sender, actuals_body(covers=["ZZ901", "zz 901", 7]))

    assert [one["pointer"] for one in found["errors"]] == ["/covers/1", "/covers/2"]
    assert found == malformed(*found["errors"])
