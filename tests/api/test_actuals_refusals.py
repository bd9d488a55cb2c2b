"""Actuals that are refused: where they are wrong, and why; and nothing of them is stored."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.given import (
    JSON,
    Clock,
    Given,
    Headers,
    actuals_body,
    categories,
    cells,
    fault,
    malformed,
    problem,
    problem_of,
    refused,
)

PATH = "/v1/trusts/ZZ901/actuals/2024"

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is refused before the database is asked."""

TOTALS = {"workforce": 401, "bme": 61}

NOT_WHOLE = "not_a_whole_number"

BANDS = (
    "'under_1', '1', '2', '3', '4', '5', '6', '7', '8a', '8b', '8c', '8d', '9', 'vsm',"
    " 'consultant', 'career_grade', 'trainee' or 'other'"
)


def _cell(**members: object) -> JSON:
    """Return a well-formed cell with some members in place of its own."""
    cell = {"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 61}
    return {name: value for name, value in {**cell, **members}.items() if value is not Ellipsis}


def _body(*sent: JSON, **members: object) -> JSON:
    """Return a body of the given cells, the totals of which are wrong if they are not 61."""
    return actuals_body(totals={"workforce": 61, "bme": 61}) | {"headcounts": sent} | members


def _put(
    client: TestClient, given: Given, sender: Headers, body: object, path: str = PATH
) -> JSON:
    """Return the problem of a body that is refused, none of which is stored."""
    before = given.count_rows()
    # Written by the standard library, so that 61.0 stays 61.0.
    response: Response = client.put(
        path, content=json.dumps(body), headers=sender | {"Content-Type": "application/json"}
    )
    found = problem_of(response)
    assert client.get(path).status_code == 404
    assert given.count_rows() == before
    return found


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
    body = _body(_cell())
    if place == "/headcounts/0/headcount":
        body = _body(_cell(headcount=headcount))
    else:
        body["totals"][place.rpartition("/")[2]] = headcount

    found = _put(client, given, sender, body)

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
    found = _put(client, given, sender, _body(_cell(**{member: code})))

    assert found == malformed(fault(f"/headcounts/0/{member}", "unknown_code", detail))


@on_sqlite
@pytest.mark.parametrize("category", ["Q", "m", "ZZ", "16"])
def test_ethnic_categories_are_known(
    client: TestClient, given: Given, sender: Headers, category: str
) -> None:
    body = _body(*categories({category: 61}))

    found = _put(client, given, sender, body)

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
        _cell(ethnic_category="M"),
        _cell(ethnic_group=...),
        _cell(ethnic_group=None),
        _cell(ethnic_group=None, ethnic_category=None),
    ],
    ids=["both", "neither", "null", "two nulls"],
)
def test_a_cell_has_either_a_group_or_a_category(
    client: TestClient, given: Given, sender: Headers, cell: JSON
) -> None:
    found = _put(client, given, sender, _body(cell))

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
        (_body(_cell(fte="55.2")), "/headcounts/0/fte"),
        (actuals_body() | {"a/b~c": 1}, "/a~1b~0c"),
    ],
)
def test_unknown_members_are_refused(
    client: TestClient, given: Given, sender: Headers, body: JSON, pointer: str
) -> None:
    found = _put(client, given, sender, body)

    assert found == malformed(
        fault(pointer, "unknown_member", "There is no such member; leave it out.")
    )


@on_sqlite
def test_required_members_are_all_named(client: TestClient, given: Given, sender: Headers) -> None:
    found = _put(client, given, sender, {"totals": {}})

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
    found = _put(client, given, sender, actuals_body() | {member: []})

    assert found == malformed(
        fault(f"/{member}", "too_short", "An empty list says nothing; send at least one.")
    )


@on_sqlite
@pytest.mark.parametrize("body", [[], "401", 401, None, True, [actuals_body()]], ids=str)
def test_a_body_is_an_object(
    client: TestClient, given: Given, sender: Headers, body: object
) -> None:
    found = _put(client, given, sender, body)

    assert [one["pointer"] for one in found["errors"]] == [""]
    assert found == malformed(*found["errors"])


@on_sqlite
@pytest.mark.parametrize("member", ["source", "reason", "notes"])
@pytest.mark.parametrize("text", ["", "   ", 7, "a\u0000b", "a\u001bb"], ids=repr)
def test_texts_say_something_that_can_be_printed(
    client: TestClient, given: Given, sender: Headers, member: str, text: object
) -> None:
    found = _put(client, given, sender, actuals_body() | {member: text})

    assert [one["pointer"] for one in found["errors"]] == [f"/{member}"]
    assert found == malformed(*found["errors"])


# What is well formed, but cannot be true


@pytest.mark.parametrize(
    "sent",
    [
        [*cells({"bme": 61, "white": 340}), _cell(headcount=0)],
        [*cells({"bme": 61, "white": 340}), _cell(headcount=61)],
    ],
    ids=["0", "61"],
)
def test_the_same_cell_twice_is_refused(
    client: TestClient, given: Given, sender: Headers, sent: list[JSON]
) -> None:
    found = _put(client, given, sender, actuals_body(sent))

    assert found == refused(
        "actuals",
        fault(
            "/headcounts/2",
            "duplicate_cell",
            "The same cell stands at /headcounts/0; send each cell once.",
        ),
    )


def test_the_same_category_twice_is_refused(
    client: TestClient, given: Given, sender: Headers
) -> None:
    sent = [*categories({"M": 30, "A": 340}), *categories({"M": 31})]

    body = actuals_body(sent, totals={"workforce": 401, "bme": 61})
    found = _put(client, given, sender, body)

    assert found == refused(
        "actuals",
        fault(
            "/headcounts/2",
            "duplicate_cell",
            "The same cell stands at /headcounts/0; send each cell once.",
        ),
    )


def test_a_group_and_a_category_in_one_band_are_refused(
    client: TestClient, given: Given, sender: Headers
) -> None:
    sent = [
        *cells({"bme": 61}),
        *categories({"A": 340}),
        *categories({"A": 5}, staff_group="non_clinical"),
    ]

    found = _put(client, given, sender, actuals_body(sent, totals={"workforce": 406, "bme": 61}))

    assert found == refused(
        "actuals",
        fault(
            "/headcounts/1",
            "group_and_category",
            "clinical 8a has ethnic groups and ethnic categories (see /headcounts/0); use one of"
            " the two within a band.",
        ),
    )


@pytest.mark.parametrize(
    ("staff_group", "band", "right"),
    [
        ("medical", "8a", "consultant, career_grade, trainee or other"),
        ("medical", "vsm", "consultant, career_grade, trainee or other"),
        ("clinical", "consultant", "an AfC band or vsm"),
        ("non_clinical", "other", "an AfC band or vsm"),
    ],
)
def test_a_band_is_one_of_its_staff_group(
    *, client: TestClient, given: Given, sender: Headers, staff_group: str, band: str, right: str
) -> None:
    body = _body(_cell(staff_group=staff_group, band=band))

    found = _put(client, given, sender, body)

    assert found == refused(
        "actuals",
        fault(
            "/headcounts/0/band",
            "band_not_of_staff_group",
            f"{staff_group} staff are not in {band}; use {right}.",
        ),
    )


def _disagreement(name: str, said: int, counted: int) -> JSON:
    return fault(
        f"/totals/{name}",
        "total_disagrees",
        f"The total says {said}, the cells come to {counted}; a band or an ethnic group may be"
        " missing or counted twice.",
    )


@pytest.mark.parametrize(
    ("totals", "faults"),
    [
        ({"workforce": 402, "bme": 61}, [_disagreement("workforce", 402, 401)]),
        ({"workforce": 401, "bme": 60}, [_disagreement("bme", 60, 61)]),
        (
            {"workforce": 0, "bme": 0},
            [_disagreement("workforce", 0, 401), _disagreement("bme", 0, 61)],
        ),
        (
            {"workforce": 401, "bme": 402},
            [
                fault(
                    "/totals/bme",
                    "subset_larger_than_whole",
                    "402 BME staff are more than the workforce of 401.",
                ),
                _disagreement("bme", 402, 61),
            ],
        ),
    ],
    ids=["workforce", "bme", "both", "a subset larger than its whole"],
)
def test_totals_agree_with_the_cells(
    client: TestClient, given: Given, sender: Headers, totals: JSON, faults: list[JSON]
) -> None:
    found = _put(client, given, sender, actuals_body(totals=totals))

    assert found == refused("actuals", *faults)


def test_a_mapping_that_drops_a_band_is_refused(
    client: TestClient, given: Given, sender: Headers
) -> None:
    whole = [*cells({"bme": 61, "white": 340}), *cells({"bme": 2, "white": 7}, band="8b")]

    body = actuals_body(whole) | {"headcounts": whole[:2]}
    found = _put(client, given, sender, body)

    assert found == refused(
        "actuals", _disagreement("workforce", 410, 401), _disagreement("bme", 63, 61)
    )


@pytest.mark.parametrize(
    ("year", "now", "detail"),
    [
        (2026, datetime(2026, 3, 31, 22, tzinfo=UTC), "The census of 2026 opens on 2026-04-01."),
        (
            2014,
            datetime(2026, 11, 23, tzinfo=UTC),
            "There is no census of 2014; censuses run from 2015 to the newest one open.",
        ),
        (
            2027,
            datetime(2026, 11, 23, tzinfo=UTC),
            "There is no census of 2027; censuses run from 2015 to the newest one open.",
        ),
    ],
)
def test_a_census_that_is_not_open_is_refused(
    *,
    client: TestClient,
    clock: Clock,
    given: Given,
    sender: Headers,
    year: int,
    now: datetime,
    detail: str,
) -> None:
    clock.set(now)

    found = _put(client, given, sender, actuals_body(), f"/v1/trusts/ZZ901/actuals/{year}")

    assert found == refused("actuals", fault("", "census_not_open", detail))


@pytest.mark.parametrize("code", ["ZZ907", "ZZ908"], ids=["opened since", "closed before"])
def test_a_trust_that_was_not_open_and_succeeds_none_that_was_is_refused(
    client: TestClient, given: Given, code: str
) -> None:
    given.trust("ZZ907", opened=date(2024, 4, 1))
    given.trust("ZZ908", closed=date(2024, 3, 30))
    headers = given.token("trust_data", code)

    found = _put(client, given, headers, actuals_body(), f"/v1/trusts/{code}/actuals/2024")

    # It is not asked to name predecessors: it has none.
    assert found == refused(
        "actuals",
        fault(
            "",
            "trust_not_open",
            f"{code} was not open on 31 March 2024, and succeeds no trust that was.",
        ),
    )


@pytest.mark.parametrize(
    ("covers", "faults"),
    [
        (
            None,
            [
                fault(
                    "/covers",
                    "not_open_at_census",
                    "ZZ905 was not open on 31 March 2024; name the predecessors whose staff are"
                    " counted.",
                )
            ],
        ),
        (
            ["ZZ905"],
            [fault("/covers/0", "not_open_at_census", "ZZ905 was not open on 31 March 2024.")],
        ),
        (
            ["ZZ903", "ZZ999", "ZZ902", "QMF", "ZZ903", "ZZ905"],
            [
                fault("/covers/1", "unknown_code", "No organisation has the ODS code ZZ999."),
                fault(
                    "/covers/2",
                    "not_a_predecessor",
                    "ZZ902 is neither ZZ905 nor one of its predecessors.",
                ),
                fault(
                    "/covers/3",
                    "not_a_predecessor",
                    "QMF is neither ZZ905 nor one of its predecessors.",
                ),
                fault("/covers/4", "duplicate_code", "ZZ903 is named twice."),
                fault("/covers/5", "not_open_at_census", "ZZ905 was not open on 31 March 2024."),
            ],
        ),
    ],
    ids=["left out", "itself", "many"],
)
def test_a_return_covers_trusts_that_were_open_and_became_the_sender(
    client: TestClient,
    given: Given,
    sender: Headers,
    covers: list[str] | None,
    faults: Sequence[JSON],
) -> None:
    body = actuals_body(covers=covers)

    found = _put(client, given, sender, body, "/v1/trusts/ZZ905/actuals/2024")

    assert found == refused("actuals", *faults)


def test_a_successor_is_no_predecessor(client: TestClient, given: Given, sender: Headers) -> None:
    path = "/v1/trusts/ZZ903/actuals/2024"

    found = _put(client, given, sender, actuals_body(covers=["ZZ903", "ZZ905"]), path)

    assert found == refused(
        "actuals",
        fault(
            "/covers/1",
            "not_a_predecessor",
            "ZZ905 is neither ZZ903 nor one of its predecessors.",
        ),
    )


@on_sqlite
def test_codes_of_trusts_covered_look_like_ods_codes(
    client: TestClient, given: Given, sender: Headers
) -> None:
    found = _put(client, given, sender, actuals_body(covers=["ZZ901", "zz 901", 7]))

    assert [one["pointer"] for one in found["errors"]] == ["/covers/1", "/covers/2"]
    assert found == malformed(*found["errors"])


# Many faults at once


def test_every_fault_of_well_formed_actuals_is_told_at_once(
    client: TestClient, given: Given, sender: Headers
) -> None:
    sent = [
        *cells({"bme": 61, "white": 340}),
        *cells({"bme": 61}),
        *cells({"white": 5}, staff_group="medical", band="7"),
        *categories({"A": 2}),
    ]
    body = actuals_body(sent, covers=["ZZ902"], totals={"workforce": 100, "bme": 101})

    found = _put(client, given, sender, body, "/v1/trusts/ZZ901/actuals/2014")

    assert found == refused(
        "actuals",
        fault(
            "",
            "census_not_open",
            "There is no census of 2014; censuses run from 2015 to the newest one open.",
        ),
        fault(
            "/covers/0",
            "not_a_predecessor",
            "ZZ902 is neither ZZ901 nor one of its predecessors.",
        ),
        fault(
            "/headcounts/2",
            "duplicate_cell",
            "The same cell stands at /headcounts/0; send each cell once.",
        ),
        fault(
            "/headcounts/3/band",
            "band_not_of_staff_group",
            "medical staff are not in 7; use consultant, career_grade, trainee or other.",
        ),
        fault(
            "/headcounts/4",
            "group_and_category",
            "clinical 8a has ethnic groups and ethnic categories (see /headcounts/0); use one of"
            " the two within a band.",
        ),
        fault(
            "/totals/bme",
            "subset_larger_than_whole",
            "101 BME staff are more than the workforce of 100.",
        ),
        _disagreement("workforce", 100, 469),
        _disagreement("bme", 101, 122),
    )


MALFORMED_CELLS = (
    (
        _cell(headcount="61"),
        fault(
            "/headcounts/0/headcount",
            NOT_WHOLE,
            '"61" is not a whole number; send one without quotes or decimals.',
        ),
    ),
    (
        _cell(staff_group="nursing"),
        fault(
            "/headcounts/1/staff_group",
            "unknown_code",
            "\"nursing\" is not known; use one of 'non_clinical', 'clinical' or 'medical'.",
        ),
    ),
    (
        _cell(headcount=-3),
        fault("/headcounts/2/headcount", "too_small", "-3 is negative; send 0 or more."),
    ),
)


def _sorted(found: JSON) -> JSON:
    """Return a problem with its faults in the order of their places."""
    errors = sorted(found["errors"], key=lambda one: (one["pointer"], one["code"]))
    return {**found, "errors": errors}


@on_sqlite
def test_malformed_cells_are_told_together_with_duplicates(
    client: TestClient, given: Given, sender: Headers
) -> None:
    sent = [
        *(cell for cell, _ in MALFORMED_CELLS),
        *cells({"white": 5}, band="9"),
        *cells({"white": 5}, band="9"),
        *cells({"white": 5}, staff_group="medical", band="9"),
        *categories({"A": 1}, band="9"),
    ]

    found = _put(client, given, sender, _body(*sent, sauce="ESR"))

    assert _sorted(found) == _sorted(
        malformed(
            *(one for _, one in MALFORMED_CELLS),
            fault(
                "/headcounts/4",
                "duplicate_cell",
                "The same cell stands at /headcounts/3; send each cell once.",
            ),
            fault(
                "/headcounts/5/band",
                "band_not_of_staff_group",
                "medical staff are not in 9; use consultant, career_grade, trainee or other.",
            ),
            fault(
                "/headcounts/6",
                "group_and_category",
                "clinical 9 has ethnic groups and ethnic categories (see /headcounts/3); use one"
                " of the two within a band.",
            ),
            fault("/sauce", "unknown_member", "There is no such member; leave it out."),
        )
    )


@on_sqlite
def test_every_fault_of_one_cell_is_told(
    client: TestClient, given: Given, sender: Headers
) -> None:
    cell = {"staff_group": "clinical", "band": "8a", "ethnic_category": "Q", "headcount": "61"}

    found = _put(client, given, sender, _body(cell))

    assert _sorted(found) == malformed(
        fault(
            "/headcounts/0/ethnic_category",
            "unknown_code",
            '"Q" is no ethnic category; see /v1/ethnic-categories.',
        ),
        fault(
            "/headcounts/0/headcount",
            NOT_WHOLE,
            '"61" is not a whole number; send one without quotes or decimals.',
        ),
    )


@on_sqlite
def test_totals_that_disagree_are_told_together_with_what_is_malformed(
    client: TestClient, given: Given, sender: Headers
) -> None:
    body = actuals_body(totals={"workforce": 402, "bme": 61}, source=None)

    found = _put(client, given, sender, body)

    assert [one["pointer"] for one in _sorted(found)["errors"]] == ["/source", "/totals/workforce"]


@on_sqlite
def test_a_year_out_of_bounds_is_told_together_with_the_body(
    client: TestClient, sender: Headers
) -> None:
    body = _body(_cell(headcount="61"))

    response = client.put("/v1/trusts/zz901/actuals/99999", json=body, headers=sender)

    found = problem_of(response)
    assert [one["pointer"] for one in found["errors"]] == [
        "{ods_code}",
        "{year}",
        "/headcounts/0/headcount",
    ]
    assert found == malformed(*found["errors"])


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param([*cells({"white": 5}), _cell(headcount=-1)], id="malformed"),
        pytest.param([*cells({"white": 5}), *cells({"white": 5})], id="twice"),
    ],
)
def test_a_half_bad_correction_leaves_what_is_held_as_it_was(
    client: TestClient, given: Given, sender: Headers, sent: list[Any]
) -> None:
    given.actuals("ZZ901", 2024)
    before = client.get(PATH).json(), given.count_rows()

    body = actuals_body(sent, reason="Corrected")
    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 422
    assert (client.get(PATH).json(), given.count_rows()) == before


def test_figures_of_an_unknown_trust_are_not_taken(
    client: TestClient, given: Given, national: Headers
) -> None:
    path = "/v1/trusts/ZZ999/actuals/2024"

    found = _put(client, given, national, actuals_body(), path)

    assert found == problem(
        404,
        "trust-not-found",
        "Trust not found",
        "No trust has the ODS code ZZ999.",
        ods_code="ZZ999",
    )
