"""Pages of a trust's actuals tell what the API tells, and what may be done is done on them."""

import pytest

from app.domain.callers import Role
from tests.api.setting import Service, leaders_and_rest, read
from tests.dashboard import setting
from tests.dashboard.filling import open_page, problems_of, rows_of, send_form
from tests.dashboard.signing import fields_of, signed_in

service = setting.service

COUNTS = leaders_and_rest((50, 400), (200, 1000))
SMALLER = leaders_and_rest((40, 300), (150, 700), unknown=100)
SIGNED = {
    "board_date_day": "25",
    "board_date_month": "7",
    "board_date_year": "2024",
    "lead_role": "Chief People Officer",
}


@pytest.fixture(autouse=True)
def _another_browser(service: Service) -> None:
    service.client.cookies.clear()


def begin(service: Service, code: str, *years: int) -> None:
    """Enter a trust with censuses, the last a small one, and sign in as its lead."""
    service.trust(code)
    for year in years[:-1]:
        service.actuals(year, COUNTS, code)
    for year in years[-1:]:
        service.actuals(year, SMALLER, code)
    signed_in(service, Role.TRUST, code)


def test_the_censuses_held_stand_with_their_state_and_warnings(service: Service) -> None:
    begin(service, "ZZ901", 2023, 2024)

    found = open_page(service, "/trusts/ZZ901/actuals")

    assert found.texts["h1"] == ["Actuals: Trust ZZ901 (demonstration)"]
    assert rows_of(found) == [
        "Census State Revision Workforce BME people BME share Warnings",
        (
            "31 March 2024 Provisional 1 700 150 21.4% Unknown ethnicity, Unknown share shift,"
            " Workforce shift"
        ),
        "31 March 2023 Provisional 1 1,000 200 20.0% –",
    ]
    links = set(found.links())
    assert {
        "/trusts/ZZ901/actuals/2024",
        "/trusts/ZZ901/actuals/send",
        "/trusts/ZZ901/actuals/send/counts?year=2026",
        "/trusts/ZZ901/consents",
        "/definitions/codes/actuals_state/provisional",
        "/definitions/codes/warning/workforce_shift",
        "/v1/trusts/ZZ901/actuals",
    } <= links
    assert "31 March 2026: open; no day is set by which it is due." in found.text
    assert "Nothing has been sent of 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022" in found.text


def test_before_anything_is_sent_a_trust_is_told_what_to_do(service: Service) -> None:
    begin(service, "ZZ902")

    found = open_page(service, "/trusts/ZZ902/actuals")

    assert "No census has been sent yet. Send in the newest one, or all at once" in found.text
    assert "31 March 2026: open" in found.text
    assert "31 March 2025:" not in found.text


def test_a_census_stands_by_band_and_staff_group_with_its_revisions(service: Service) -> None:
    begin(service, "ZZ903", 2024)
    service.actuals(2024, {**COUNTS, "reason": "Recounted"}, "ZZ903")

    found = open_page(service, "/trusts/ZZ903/actuals/2024")

    assert rows_of(found) == [
        "Staff group White BME Unknown All people BME share",
        "Clinical staff 800 200 0 1,000 20.0%",
        "Everybody 800 200 0 1,000 20.0%",
        "Band White BME Unknown All people BME share",
        "Band 5 450 150 0 600 25.0%",
        "Band 8a 350 50 0 400 12.5%",
        "All 800 200 0 1,000 20.0%",
        "Revision Stored By Why Workforce BME people State",
        "1 23 November 2026 national of the test (national team) – 700 150 Provisional",
        "2 23 November 2026 national of the test (national team) Recounted 1,000 200 Provisional",
    ]
    assert {
        "/definitions/bands/8a",
        "/definitions/codes/staff_group/clinical",
        "/trusts/ZZ903/actuals/2024/sign-off",
        "/trusts/ZZ903/actuals/send/counts?year=2024",
    } <= set(found.links())


def test_a_census_is_signed_off_with_the_day_of_the_board(service: Service) -> None:
    begin(service, "ZZ904", 2024)
    path = "/trusts/ZZ904/actuals/2024/sign-off"
    shown = open_page(service, path)

    empty = send_form(service, path, shown)
    early = send_form(service, path, shown, **SIGNED | {"board_date_year": "2023"})
    done = send_form(service, path, shown, **SIGNED)
    again = send_form(service, path, shown, **SIGNED | {"lead_role": "Medical Director"})

    assert (empty[0], problems_of(empty[1])) == (422, ["board_date", "lead_role"])
    assert (early[0], problems_of(early[1])) == (422, ["board_date"])
    assert fields_of(early[1])["lead_role"] == "Chief People Officer"
    assert done[0] == 303
    assert "The figures are signed off." in done[1].text
    assert "The board approved these figures on 25 July 2024; Chief People Officer" in done[1].text
    assert again[0] == 409
    assert "is already signed off" in again[1].text
    held = read(service.send("GET", "/v1/trusts/ZZ904/actuals/2024"))
    assert (held["state"], held["sign_off"]["board_date"]) == ("signed_off", "2024-07-25")


def test_figures_that_changed_since_the_page_was_opened_are_not_signed_off(
    service: Service,
) -> None:
    begin(service, "ZZ905", 2024)
    path = "/trusts/ZZ905/actuals/2024/sign-off"
    shown = open_page(service, path)
    service.actuals(2024, {**COUNTS, "reason": "Recounted"}, "ZZ905")

    status, found = send_form(service, path, shown, **SIGNED)
    stored, _ = send_form(service, path, found, **SIGNED)

    assert status == 409
    assert "The figures have changed since you opened this page" in found.text
    assert "31 March 2024, revision 2 Workforce 1,000" in found.text
    assert stored == 303


def test_a_trust_makes_its_exact_figures_public_after_it_was_told_what_that_means(
    service: Service,
) -> None:
    begin(service, "ZZ906", 2024)
    path = "/trusts/ZZ906/actuals/2024/release"
    shown = open_page(service, path)

    unread = send_form(service, path, shown, understood="")
    unsigned = send_form(service, path, shown, understood="yes")
    send_form(service, path.replace("release", "sign-off"), shown, **SIGNED)
    stale = send_form(service, path, shown, understood="yes")
    done = send_form(service, path, stale[1], understood="yes", note="Without one site")

    assert "In a small band a reader may recognise somebody." in shown.text
    assert (unread[0], problems_of(unread[1])) == (422, ["understood"])
    assert unsigned[0] == 409
    assert "is not signed off" in unsigned[1].text
    assert stale[0] == 409
    assert done[0] == 303
    assert "The figures are public, exactly as they are." in done[1].text
    assert "edition 1, on 23 November 2026: exactly as they are." in done[1].text
    assert "/trusts/ZZ906/actuals/2024/release" not in set(done[1].links())
    (made,) = read(service.get("/v1/releases", ods_code="ZZ906"))["items"]
    assert made["note"] == "Without one site"


def test_everybody_reads_the_exact_figures_that_a_trust_made_public_and_no_others(
    service: Service,
) -> None:
    begin(service, "ZZ910", 2023, 2024)
    actuals = "/v1/trusts/ZZ910/actuals/2024"
    service.actuals(2024, {**COUNTS, "notes": "All sites", "reason": "Recounted"}, "ZZ910")
    service.done("POST", f"{actuals}/sign-off", {"board_date": "2024-07-25", "lead_role": "CPO"})
    service.done("POST", f"{actuals}/release", {})
    said = {"reason": "One more", "correction_note": "One person was left out"}
    service.actuals(2024, {**SMALLER, **said}, "ZZ910")
    trusted = open_page(service, "/trusts/ZZ910/actuals/2024")
    service.client.cookies.clear()
    before = service.app.state.settings
    service.app.state.settings = before.model_copy(update={"invented_figures": "as_real"})

    listed = open_page(service, "/trusts/ZZ910/actuals")
    stranger = open_page(service, "/trusts/ZZ910/actuals/2024")
    nothing = open_page(service, "/trusts/RGT/actuals")
    service.app.state.settings = before

    assert "Correction note One person was left out" in trusted.text
    assert rows_of(listed)[1:] == ["31 March 2024 Published 2 1,000 200 20.0% –"]
    assert "Notes All sites" in stranger.text
    assert "Everybody 800 200 0 1,000 20.0%" in rows_of(stranger)
    assert "Revisions" not in stranger.text
    assert "No figures have been released yet that everybody may read." in nothing.text


def test_whose_staff_are_counted_is_told_where_it_is_not_the_trust_alone(
    service: Service,
) -> None:
    service.trust("ZZ911", closed="2024-04-01")
    joined = {"ods_code": "ZZ911", "effective_date": "2024-04-01", "kind": "merged"}
    service.trust("ZZ912", predecessors=[joined])
    service.actuals(2024, {**COUNTS, "covers": ["ZZ911", "ZZ912"]}, "ZZ912")

    assert "Covers ZZ911, ZZ912" in open_page(service, "/trusts/ZZ912/actuals/2024").text


def test_a_warning_is_explained_and_what_another_said_is_not_overwritten(
    service: Service,
) -> None:
    begin(service, "ZZ907", 2023, 2024)
    path = "/trusts/ZZ907/warnings/actuals-2024-1-2"
    shown = open_page(service, path)

    empty = send_form(service, path, shown)
    done = send_form(service, path, shown, explanation="Two wards\nmoved out.")
    late = send_form(service, path, shown, explanation="Something else")
    changed = send_form(service, path, late[1], explanation="Three wards moved out.")

    assert "The workforce went from 1,000 in 2023 to 700" in shown.text
    assert (empty[0], problems_of(empty[1])) == (422, ["explanation"])
    assert done[0] == 303
    assert "What you say to the warning is stored." in done[1].text
    assert "The trust says: Two wards moved out." in done[1].text
    assert late[0] == 409
    assert "Somebody else has explained it" in late[1].text
    assert "“Two wards moved out.”" in late[1].text
    assert changed[0] == 303
    warnings = read(service.send("GET", "/v1/trusts/ZZ907/actuals/2024"))["warnings"]
    assert warnings[2]["explanation"] == "Three wards moved out."


@pytest.mark.parametrize(
    "path",
    [
        "/trusts/ZZ908/actuals/2019",
        "/trusts/ZZ908/actuals/2019/sign-off",
        "/trusts/ZZ908/warnings/nothing",
        "/trusts/ZZ908/warnings/actuals-2024-1-9",
        "/trusts/ZZ908/warnings/actuals-2024-2-0",
        "/trusts/ZZ908/warnings/board-2024-1-0",
        "/trusts/Y56/actuals",
    ],
)
def test_what_is_not_there_is_said_not_to_be(service: Service, path: str) -> None:
    begin(service, "ZZ908", 2024)

    assert open_page(service, path, 404).texts["h1"] == ["Page not found"]


def test_what_a_reader_may_not_do_is_not_offered(service: Service) -> None:
    begin(service, "ZZ909", 2023, 2024)
    signed_in(service, Role.TRUST_DATA, "ZZ909")
    system = open_page(service, "/trusts/ZZ909/actuals/2024")
    refused = open_page(service, "/trusts/ZZ909/actuals/2024/sign-off", 403)
    service.client.cookies.clear()
    stranger = open_page(service, "/trusts/ZZ909/actuals/2024")
    listed = open_page(service, "/trusts/ZZ909/actuals")
    asked = service.client.get("/trusts/ZZ909/actuals/2024/release", follow_redirects=False)

    assert "Correct these figures" in system.text
    assert "Sign off" not in system.text
    assert refused.texts["h1"] == ["You cannot see this page"]
    assert "Correct these figures" not in stranger.text
    assert "The trust has not explained it." in stranger.text
    assert "What is due" not in listed.text
    assert "Send in actuals" not in listed.text
    assert "Who may read exact figures" not in listed.text
    assert asked.headers["location"].startswith("/sign-in?next=")
