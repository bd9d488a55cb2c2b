"""Actuals that cannot be true are refused, and nothing of them is stored."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import body_of, cell_with, disagreement, put_refused
from tests.bodies import JSON, Headers, actuals_body, categories, cells, fault, problem, refused
from tests.given import Clock, Given


@pytest.mark.parametrize(
    "sent",
    [
        [*cells({"bme": 61, "white": 340}), cell_with(headcount=0)],
        [*cells({"bme": 61, "white": 340}), cell_with(headcount=61)],
    ],
    ids=["0", "61"],
)
def test_the_same_cell_twice_is_refused(
    client: TestClient, given: Given, sender: Headers, sent: list[JSON]
) -> None:
    found = put_refused(client, given, sender, actuals_body(sent))

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
    found = put_refused(client, given, sender, body)

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

    found = put_refused(
        client, given, sender, actuals_body(sent, totals={"workforce": 406, "bme": 61})
    )

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
    body = body_of(cell_with(staff_group=staff_group, band=band))

    found = put_refused(client, given, sender, body)

    assert found == refused(
        "actuals",
        fault(
            "/headcounts/0/band",
            "band_not_of_staff_group",
            f"{staff_group} staff are not in {band}; use {right}.",
        ),
    )


@pytest.mark.parametrize(
    ("totals", "faults"),
    [
        ({"workforce": 402, "bme": 61}, [disagreement("workforce", 402, 401)]),
        ({"workforce": 401, "bme": 60}, [disagreement("bme", 60, 61)]),
        (
            {"workforce": 0, "bme": 0},
            [disagreement("workforce", 0, 401), disagreement("bme", 0, 61)],
        ),
        (
            {"workforce": 401, "bme": 402},
            [
                fault(
                    "/totals/bme",
                    "subset_larger_than_whole",
                    "402 BME staff are more than the workforce of 401.",
                ),
                disagreement("bme", 402, 61),
            ],
        ),
    ],
    ids=["workforce", "bme", "both", "a subset larger than its whole"],
)
def test_totals_agree_with_the_cells(
    client: TestClient, given: Given, sender: Headers, totals: JSON, faults: list[JSON]
) -> None:
    found = put_refused(client, given, sender, actuals_body(totals=totals))

    assert found == refused("actuals", *faults)


def test_a_mapping_that_drops_a_band_is_refused(
    client: TestClient, given: Given, sender: Headers
) -> None:
    whole = [*cells({"bme": 61, "white": 340}), *cells({"bme": 2, "white": 7}, band="8b")]

    body = actuals_body(whole) | {"headcounts": whole[:2]}
    found = put_refused(client, given, sender, body)

    assert found == refused(
        "actuals", disagreement("workforce", 410, 401), disagreement("bme", 63, 61)
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

    found = put_refused(client, given, sender, actuals_body(), f"/v1/trusts/ZZ901/actuals/{year}")

    assert found == refused("actuals", fault("", "census_not_open", detail))


@pytest.mark.parametrize("code", ["ZZ907", "ZZ908"], ids=["opened since", "closed before"])
def test_a_trust_that_was_not_open_and_succeeds_none_that_was_is_refused(
    client: TestClient, given: Given, code: str
) -> None:
    given.trust("ZZ907", opened=date(2024, 4, 1))
    given.trust("ZZ908", closed=date(2024, 3, 30))
    headers = given.token("trust_data", code)

    found = put_refused(client, given, headers, actuals_body(), f"/v1/trusts/{code}/actuals/2024")

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

    found = put_refused(client, given, sender, body, "/v1/trusts/ZZ905/actuals/2024")

    assert found == refused("actuals", *faults)


def test_a_successor_is_no_predecessor(client: TestClient, given: Given, sender: Headers) -> None:
    path = "/v1/trusts/ZZ903/actuals/2024"

    found = put_refused(client, given, sender, actuals_body(covers=["ZZ903", "ZZ905"]), path)

    assert found == refused(
        "actuals",
        fault(
            "/covers/1",
            "not_a_predecessor",
            "ZZ905 is neither ZZ903 nor one of its predecessors.",
        ),
    )


def test_figures_of_an_unknown_trust_are_not_taken(
    client: TestClient, given: Given, national: Headers
) -> None:
    path = "/v1/trusts/ZZ999/actuals/2024"

    found = put_refused(client, given, national, actuals_body(), path)

    assert found == problem(
        404,
        "trust-not-found",
        "Trust not found",
        "No trust has the ODS code ZZ999.",
        ods_code="ZZ999",
    )
