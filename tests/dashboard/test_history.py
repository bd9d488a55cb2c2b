"""The history of a trust: what happened, what it changed, why, and who did it."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.callers import Role
from tests.api.comparing import staff
from tests.api.public import release
from tests.api.setting import KINDS, Registered, Service, goal
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import signed_in
from tests.given import Given


@pytest.fixture(scope="module", params=KINDS)
def invented(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """An invented trust that has sent, corrected, signed off and set all that can be."""
    with registered.service(request.param, tmp_path_factory.mktemp("history")) as service:
        given = Given(service.app.state.engine)
        service.trust("ZZ901")
        service.trust("ZZ902")
        given.actuals("ZZ901", 2022, staff((60, 400), (400, 2000)))
        given.actuals("ZZ901", 2022, staff((62, 400), (400, 2000)))
        given.board("ZZ901", 2022, {(True, True): (8, 1, 0)})
        given.board("ZZ901", 2022, {(True, True): (8, 2, 0)})
        given.indicators("ZZ901", 2022)
        given.indicators("ZZ901", 2022, {2: ((400, 100), (200, 40))})
        given.signed_off("ZZ901", 2022, on=date(2022, 9, 1))
        service.done("POST", "/v1/trusts/ZZ901/actuals/2022/release", {"note": "As in our report"})
        path = service.target(goal())
        service.done("POST", f"{path}/return", {"version": 1, "comment": "Say how"})
        more = {"goal_share": "0.2000", "change_reason": "Raised"}
        service.done("POST", f"{path}/versions", more)
        service.done("POST", f"{path}/submit")
        yield service


def page_at(service: Service, path: str) -> Page:
    response = service.client.get(path)
    assert response.status_code == 200, response.text
    return read_page(response)


def happenings(found: Page) -> list[str]:
    """Return what is told of each happening, without the ways on."""
    return [
        re.sub(
            r" (The census of \d+|This target) as it is now: .*?(?= Groups that|$)",
            "",
            one.removeprefix("23 November 2026, 09:00 UTC ").partition(" What this state")[0],
        )
        for one in found.texts["li"]
        if " UTC " in one
    ]


TARGET = "Target for leadership (bands 8a to 9 and VSM), 2022-2025:"
NATIONAL = "By national of the test (national team)"
SENDER = "Why: Corrected By ZZ901 workforce team"

APPROVED = (
    "Headcounts of 2022 approved by the board On 1 September 2022, by the Chief People Officer."
    " Revision 2. By ZZ901 lead"
)
CORRECTED = (
    "Headcounts of 2022 corrected (revision 2) Workforce: 400 of 2,000 BME, as before. Leadership"
    f" (bands 8a to 9 and VSM): 62 of 400 BME, before 60 of 400. {SENDER} Groups that changed:"
    " Headcounts of 2022 corrected (revision 2)"
)
CHANGED = (
    "Clinical, band 5: white 1,262, BME 338, unknown 0; before 1,260, 340, 0.",
    "Clinical, band 8a: white 338, BME 62, unknown 0; before 340, 60, 0.",
)
LEADERS = "Leadership (bands 8a to 9 and VSM)"
RELEASED = "The trust's own figures of 2022 released"

TOLD = [
    f"{TARGET} version 2 submitted Goal: 20.0% BME. Why: Raised {NATIONAL}",
    f"{TARGET} version 1 replaced by a newer version {NATIONAL}",
    f"{TARGET} version 2 drafted Goal: 20.0% BME. Why: Raised {NATIONAL}",
    f"{TARGET} version 1 returned with comments Comment: Say how {NATIONAL}",
    f"{TARGET} version 1 submitted Goal: 18.0% BME. {NATIONAL}",
    f"{TARGET} version 1 drafted Goal: 18.0% BME. {NATIONAL}",
    f"{RELEASED} Trust ZZ901 (demonstration), 31 March 2022, edition 1. Note: As in our report",
    APPROVED,
    f"Indicators of 2022 corrected (revision 2) Changed: indicator 2. {SENDER}",
    f"Indicators of 2022 sent Sent: indicator 2. {SENDER}",
    f"Board of 2022 corrected (revision 2) Members: 2 of 10 BME, before 1 of 9. {SENDER}",
    f"Board of 2022 sent Members: 1 of 9 BME. {SENDER}",
    CORRECTED,
    f"Headcounts of 2022 sent Workforce: 400 of 2,000 BME. {LEADERS}: 60 of 400 BME. {SENDER}",
]


def test_all_that_happened_is_told_newest_first(invented: Service) -> None:
    found = page_at(invented, "/trusts/ZZ901/history")

    assert found.texts["h1"] == ["History: Trust ZZ901 (demonstration)"]
    assert happenings(found) == TOLD
    assert [one for one in CHANGED if one not in found.text] == []


def test_every_state_of_a_target_leads_to_what_it_means(invented: Service) -> None:
    states = ("draft", "submitted", "returned", "superseded")
    pages = {f"/definitions/codes/target_state/{state}" for state in states}

    assert pages < set(page_at(invented, "/trusts/ZZ901/history").links())
    assert {invented.client.get(path).status_code for path in pages} == {200}


def test_what_happened_leads_to_what_it_is_about(invented: Service) -> None:
    links = set(page_at(invented, "/trusts/ZZ901/history").links())
    about = {
        f"/trusts/ZZ901/{page}"
        for page in ("actuals/2022", "indicators/2022", "targets/leadership-2022-2025")
    }

    assert about < links
    assert {invented.client.get(path).status_code for path in about} == {200}


def test_a_trust_that_has_done_nothing_has_no_history(invented: Service) -> None:
    found = page_at(invented, "/trusts/ZZ902/history")

    assert "Nothing has happened yet that you may see" in found.texts["p"][0]
    assert happenings(found) == []


def test_a_page_that_is_not_there_is_absent(invented: Service) -> None:
    response = invented.client.get("/trusts/ZZ901/history?page=2")

    assert response.status_code == 404
    assert "has no page 2." in read_page(response).text


@pytest.fixture(scope="module")
def real(registered: Registered, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A real trust that corrected what was released, and has a draft beside its target."""
    with registered.service("sqlite", tmp_path_factory.mktemp("real")) as service:
        given = Given(service.app.state.engine)
        given.actuals("RGT", 2022, staff((60, 400), (400, 2000)))
        given.indicators("RGT", 2022)
        release(service.client, given.token("national"), 2022)
        corrected = staff((62, 400), (400, 2000))
        given.actuals("RGT", 2022, corrected, note="Two leaders were left out")
        path = service.target(goal(), "RGT")
        more = {"goal_share": "0.2000", "change_reason": "Raised"}
        service.done("POST", f"{path}/versions", more)
        yield service


def headings(service: Service) -> list[str]:
    return page_at(service, "/trusts/RGT/history").texts.get("h2", [])


def test_a_stranger_reads_of_releases_and_of_corrections_after_them(real: Service) -> None:
    real.client.cookies.clear()

    assert happenings(page_at(real, "/trusts/RGT/history")) == [
        "Headcounts of 2022 corrected Note: Two leaders were left out",
        "Figures of all trusts of 2022 released WRES 2022, edition 1.",
    ]


def test_the_trust_reads_everything_with_the_public_note(real: Service) -> None:
    signed_in(real, Role.TRUST, "RGT")

    assert headings(real) == [
        f"{TARGET} version 2 drafted",
        f"{TARGET} version 1 submitted",
        f"{TARGET} version 1 drafted",
        "Headcounts of 2022 corrected (revision 2)",
        "Figures of all trusts of 2022 released",
        "Indicators of 2022 sent",
        "Headcounts of 2022 sent",
    ]
    assert "Public note: Two leaders were left out" in page_at(real, "/trusts/RGT/history").text


def test_an_area_reads_what_was_submitted_and_no_draft(real: Service) -> None:
    signed_in(real, Role.AREA, "Y61")

    assert headings(real) == [
        f"{TARGET} version 1 submitted",
        "Headcounts of 2022 corrected",
        "Figures of all trusts of 2022 released",
    ]
