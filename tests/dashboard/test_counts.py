"""The counts of one census are entered on a page, and go the way of every file."""

from httpx2 import Response

from app.domain.callers import Role
from tests.api.setting import Service, leaders_and_rest, read
from tests.dashboard import setting
from tests.dashboard.filling import passages_of, problems_of, rows_of
from tests.dashboard.reading import Page, read_page
from tests.dashboard.sending import begin, confirm
from tests.dashboard.signing import fields_of, signed_in

service = setting.service

ENTERED = {
    "year": "2024",
    "source": "ESR staff in post",
    "clinical-8a-white": "340",
    "clinical-8a-bme": "61",
    "expected_workforce": "401",
    "expected_bme": "61",
}


def open_form(service: Service, code: str, year: int | None = None) -> Page:
    asked = {"year": year} if year else {}
    response = service.client.get(f"/trusts/{code}/actuals/send/counts", params=asked)
    assert response.status_code == 200, response.text
    return read_page(response)


def enter(service: Service, code: str, page: Page, **entered: str) -> Response:
    fields = {**fields_of(page), **passages_of(page), **entered}
    return service.client.post(f"/trusts/{code}/actuals/send/counts", data=fields)


def test_counts_are_previewed_and_stored_as_a_file_of_them_is(service: Service) -> None:
    begin(service, "ZZ901")

    preview = enter(
        service, "ZZ901", open_form(service, "ZZ901", 2024), notes="All sites", **ENTERED
    )
    stored = confirm(service, preview)

    assert rows_of(read_page(preview))[:2] == [
        "Trust Census What happens Figures that change",
        "ZZ901 31 March 2024 New 2",
    ]
    assert stored.status_code == 303
    held = read(service.send("GET", "/v1/trusts/ZZ901/actuals/2024"))
    assert (held["source"], held["notes"], held["headcounts"]) == (
        "ESR staff in post",
        "All sites",
        [
            {"staff_group": "clinical", "band": "8a", "ethnic_group": "white", "headcount": 340},
            {"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 61},
        ],
    )
    sent = read_page(service.client.get(stored.headers["location"]))
    assert sent.texts["h1"] == ["Sent in: counts-2024.csv"]


def test_every_fault_stands_beside_its_field_and_what_was_entered_is_kept(
    service: Service,
) -> None:
    begin(service, "ZZ902")
    page = open_form(service, "ZZ902")
    wrong = {"clinical-8a-white": "340.5", "medical-consultant-unknown": "x", "covers": "ZZ903"}

    empty = read_page(enter(service, "ZZ902", page))
    faulty = read_page(enter(service, "ZZ902", page, **ENTERED | wrong))
    disagreeing = read_page(
        enter(service, "ZZ902", page, **ENTERED | {"expected_bme": "60", "year": "2014"})
    )

    assert problems_of(empty) == [
        "source", "expected_workforce", "expected_bme", "year", "non_clinical-under_1-white",
    ]  # fmt: skip
    assert set(problems_of(faulty)) == {
        "clinical-8a-white", "medical-consultant-unknown", "covers",
    }  # fmt: skip
    assert fields_of(faulty)["clinical-8a-white"] == "340.5"
    assert "340.5 is no whole number" in faulty.text
    assert problems_of(disagreeing) == ["expected_bme"]
    assert "There is no census of 2014" in disagreeing.text


def test_what_is_held_stands_there_to_be_corrected(service: Service) -> None:
    begin(service, "ZZ904")
    service.actuals(2024, leaders_and_rest((50, 400), (200, 1000)), "ZZ904")
    page = open_form(service, "ZZ904", 2024)

    refused = read_page(
        enter(service, "ZZ904", page, **{"clinical-8a-bme": "51", "clinical-8a-white": "349"})
    )
    corrected = {"expected_bme": "201", "reason": "One more was found"}
    preview = enter(service, "ZZ904", refused, **corrected)
    stored = confirm(service, preview)

    assert page.texts["h1"] == ["Correct the counts of a census"]
    assert problems_of(refused) == ["expected_bme", "reason"]
    assert stored.status_code == 303
    held = read(service.send("GET", "/v1/trusts/ZZ904/actuals/2024"))
    assert (held["revision"], held["totals"]["bme"], held["source"]) == (
        2,
        201,
        "Staff in post, 31 March",
    )


def test_the_counts_of_a_trust_that_took_over_still_cover_whom_they_covered(
    service: Service,
) -> None:
    service.trust("ZZ905", closed="2024-04-01")
    joined = {"ods_code": "ZZ905", "effective_date": "2024-04-01", "kind": "merged"}
    service.trust("ZZ906", predecessors=[joined])
    signed_in(service, Role.TRUST, "ZZ906")
    body = leaders_and_rest((50, 400), (200, 1000), covers=["ZZ905", "ZZ906"])
    service.actuals(2024, body, "ZZ906")

    page = open_form(service, "ZZ906", 2024)
    preview = read_page(enter(service, "ZZ906", page))

    assert fields_of(page)["covers"] == "ZZ905, ZZ906"
    assert "there is nothing to store" in preview.text
