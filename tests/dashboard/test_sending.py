"""Files of figures are checked, previewed and confirmed on pages, by what checks every import."""

import pytest

from app.domain.callers import Role
from tests.api.setting import Body, Service, leaders_and_rest, read
from tests.dashboard import setting
from tests.dashboard.filling import problems_of, rows_of
from tests.dashboard.reading import read_page
from tests.dashboard.sending import COUNTS, SAID, begin, confirm, send, send_from
from tests.dashboard.signing import fields_of, signed_in

service = setting.service

CORRECTED = COUNTS.replace("340,61", "339,62")
BME = {"expected_bme": "82"}


def held(service: Service, code: str) -> list[Body]:
    """Return the censuses that are held of a trust."""
    items: list[Body] = read(service.send("GET", f"/v1/trusts/{code}/actuals"))["items"]
    return items


def test_every_fault_of_a_file_is_told_in_its_place_and_what_was_entered_is_kept(
    service: Service,
) -> None:
    path = begin(service, "ZZ901")
    wrong = COUNTS.replace("340,61", "340.5,").replace(",5,", ",10,")

    response = send(service, path, wrong, source="ESR", expected_workforce="x", year="19")
    again = send(service, path, wrong, **SAID | {"source": "ESR"})

    assert response.status_code == 422
    page = read_page(response)
    assert page.texts["title"] == ["Error: Send in actuals – Parity"]
    assert problems_of(page) == ["year", "expected_workforce"]
    assert fields_of(page)["source"] == "ESR"
    assert again.status_code == 422
    page = read_page(again)
    assert problems_of(page) == ["places"]
    assert "staff.csv has 3 faults; nothing was stored. Each stands" in page.text
    assert rows_of(page) == [
        "Row Column Heading Value What is wrong, what would be right",
        "Row 2 D White 340.5 340.5 is no whole number; write one such as 61.",
        "Row 2 E BME – The cell is empty; write 0 where there is nobody.",
        (
            "Row 3 C Band 10 “10” is no band that is known; use one of under_1, 1, 2, 3, 4, 5, 6,"
            " 7, 8a, 8b, 8c, 8d, 9, vsm, consultant, career_grade, trainee, other, or say in a"
            " mapping what it stands for."
        ),
    ]
    fields = fields_of(page)
    assert fields["source"] == "ESR"
    assert fields["expected_workforce"] == "501"
    assert fields["sealed"] == ""
    assert held(service, "ZZ901") == []


def test_a_file_is_previewed_and_what_was_previewed_is_stored(service: Service) -> None:
    path = begin(service, "ZZ902")
    service.actuals(2023, leaders_and_rest((50, 400), (200, 1000)), "ZZ902")

    preview = send(service, path, COUNTS, **SAID)
    before = held(service, "ZZ902")
    response = confirm(service, preview)

    page = read_page(preview)
    assert page.texts["h1"] == ["Check what will be stored"]
    assert rows_of(page)[:4] == [
        "Trust Census What happens Figures that change",
        "ZZ902 31 March 2024 New 4",
        (
            "Measure BME people before BME people after BME share before BME share after Against"
            " the path before Against the path after"
        ),
        "Workforce 200 of 1,000 (2023) 81 of 501 (2024) 20.0% 16.2% – –",
    ]
    assert "by more than 20%, without a merger. Workforce shift" in page.text
    assert "/definitions/codes/warning/workforce_shift" in set(page.links())
    assert [one["year"] for one in before] == [2023]
    assert response.status_code == 303
    location = response.headers["location"]
    sent = read_page(service.client.get(location))
    assert "The figures are stored." in sent.text
    assert "ZZ902, 2024: new The figures are provisional until the board has" in sent.text
    assert "Explain them on the page of the census." in sent.text
    stored = held(service, "ZZ902")[1]
    assert (stored["source"], stored["totals"], stored["revision"]) == (
        "ESR staff in post",
        {"workforce": 501, "bme": 81},
        1,
    )
    import_id = location.rpartition("/")[2]
    made = read(service.send("GET", f"/v1/imports/{import_id}"))
    assert made["file"]["name"] == "staff.csv"
    assert f"/v1/imports/{import_id}" in set(sent.links())


def test_a_correction_takes_a_reason_for_which_the_file_is_not_sent_again(
    service: Service,
) -> None:
    path = begin(service, "ZZ903")
    confirm(service, send(service, path, COUNTS, **SAID))

    refused = send(service, path, CORRECTED, **SAID | BME)
    page = read_page(refused)
    preview = send_from(page, service, path, None, reason="Bank staff were counted")
    stored = confirm(service, preview)

    assert refused.status_code == 422
    assert problems_of(page) == ["reason"]
    assert "Say why: something else is held of ZZ903 for 2024." in page.text
    assert "staff.csv is held for you." in page.text
    assert rows_of(read_page(preview))[1] == ("ZZ903 31 March 2024 A correction, revision 2 2")
    sent = read_page(service.client.get(stored.headers["location"]))
    assert "Why Bank staff were counted" in sent.text
    (found,) = held(service, "ZZ903")
    assert (found["revision"], found["reason"], found["totals"]["bme"]) == (
        2,
        "Bank staff were counted",
        82,
    )


def test_what_is_public_takes_a_correction_note_too(service: Service) -> None:
    path = begin(service, "ZZ904")
    confirm(service, send(service, path, COUNTS, **SAID))
    actuals = "/v1/trusts/ZZ904/actuals/2024"
    service.done("POST", f"{actuals}/sign-off", {"board_date": "2024-07-25", "lead_role": "CPO"})
    service.done("POST", f"{actuals}/release", {})

    refused = send(service, path, CORRECTED, reason="Recounted", **SAID | BME)
    page = read_page(refused)
    note = "Staff of a hosted service were left out"
    stored = confirm(service, send_from(page, service, path, None, correction_note=note))

    assert problems_of(page) == ["correction_note"]
    sent = read_page(service.client.get(stored.headers["location"]))
    assert f"Correction note {note}" in sent.text


def test_nothing_is_stored_but_what_was_previewed(service: Service) -> None:
    path = begin(service, "ZZ905")
    preview = send(service, path, CORRECTED, reason="Recounted", **SAID | BME)
    service.actuals(2024, leaders_and_rest((50, 400), (200, 1000)), "ZZ905")

    moved = confirm(service, preview)
    before = held(service, "ZZ905")
    stored = confirm(service, moved)

    assert moved.status_code == 409
    page = read_page(moved)
    assert "What is held has changed since you looked at this" in page.text
    assert rows_of(page)[1] == "ZZ905 31 March 2024 A correction, revision 2 4"
    assert before[0]["revision"] == 1
    assert stored.status_code == 303
    assert held(service, "ZZ905")[0]["revision"] == 2


def test_what_became_wrong_since_the_preview_is_told_and_the_file_stays(service: Service) -> None:
    path = begin(service, "ZZ906")
    preview = send(service, path, COUNTS, **SAID)
    service.actuals(2024, leaders_and_rest((50, 400), (200, 1000)), "ZZ906")

    refused = confirm(service, preview)

    assert refused.status_code == 422
    page = read_page(refused)
    assert problems_of(page) == ["reason"]
    assert "staff.csv is held for you." in page.text
    assert fields_of(page)["expected_workforce"] == "501"
    assert held(service, "ZZ906")[0]["revision"] == 1


def test_what_a_page_holds_cannot_be_altered_nor_taken_elsewhere(service: Service) -> None:
    path = begin(service, "ZZ907")
    service.trust("ZZ908")
    preview = send(service, path, COUNTS, **SAID)
    sealed = fields_of(read_page(preview))["sealed"]

    altered = confirm(service, preview, sealed=f"{sealed[:-8]}AAAAAAA=")
    no_text = confirm(service, preview, sealed="ä")
    nothing = confirm(service, preview, sealed="")
    signed_in(service, Role.TRUST, "ZZ907")
    word = fields_of(read_page(service.client.get(path)))["csrf"]
    later = confirm(service, preview, csrf=word)
    signed_in(service, Role.NATIONAL)
    sealed = fields_of(read_page(send(service, path, COUNTS, **SAID)))["sealed"]
    another = read_page(service.client.get("/trusts/ZZ908/actuals/send"))
    elsewhere = send_from(another, service, "/trusts/ZZ908/actuals/send", None, sealed=sealed)

    assert [one.status_code for one in (altered, no_text, nothing, later, elsewhere)] == [422] * 5
    for one in (altered, no_text, later, elsewhere):
        assert "no longer holds your file" in read_page(one).text
    assert held(service, "ZZ907") == []


def test_what_is_no_file_of_figures_is_refused_beside_the_field(service: Service) -> None:
    path = begin(service, "ZZ909")

    missing = send(service, path, None, kind="targets", expected_bme="1")
    unread = send(service, path, b"%PDF-1.7", name="staff.pdf")
    large = send(service, path, b" " * (5 * 1024 * 1024 + 1), **SAID)
    half = send(service, path, COUNTS, expected_bme="1")
    other_half = send(service, path, COUNTS, expected_workforce="1")

    assert problems_of(read_page(missing)) == ["kind", "file"]
    assert problems_of(read_page(unread)) == ["file"]
    assert "The file is a PDF" in read_page(unread).text
    assert problems_of(read_page(large)) == ["file"]
    assert "more than 5 MB" in read_page(large).text
    assert problems_of(read_page(half)) == ["expected_workforce"]
    assert problems_of(read_page(other_half)) == ["expected_bme"]


def test_what_is_held_already_is_not_stored_again(service: Service) -> None:
    path = begin(service, "ZZ910")
    preview = send(service, path, COUNTS, **SAID)
    first = confirm(service, preview)

    again = send(service, path, COUNTS, **SAID)
    twice = confirm(service, preview)

    page = read_page(again)
    assert "All of it is held already, so there is nothing to store." in page.text
    assert "No measure would stand elsewhere." in page.text
    assert not any("data-sending" in one for tag, one in page.elements if tag == "form")
    assert twice.status_code == 409
    assert "nothing to store" in read_page(twice).text
    assert held(service, "ZZ910")[0]["revision"] == 1
    assert first.status_code == 303


def test_a_board_is_sent_likewise(service: Service) -> None:
    path = begin(service, "ZZ911")
    board = (
        "Year,Voting,Executive,White,BME,Unknown\n"
        "2024,yes,yes,5,1,0\n2024,yes,no,6,2,0\n2024,no,yes,1,0,0\n"
    )

    preview = send(service, path, board, kind="board", source="Board register")
    stored = confirm(service, preview)

    assert preview.status_code == 200, read_page(preview).text
    sent = read_page(service.client.get(stored.headers["location"]))
    assert "ZZ911, 2024: new" in sent.text
    assert "provisional" not in sent.text
    assert "/trusts/ZZ911/actuals/2024" not in set(sent.links())


def test_invented_figures_do_not_come_beside_real_ones(service: Service) -> None:
    begin(service, "ZZ912")
    service.actuals(2024, leaders_and_rest((50, 400), (200, 1000)), "ZZ912")
    signed_in(service, Role.TRUST, "RGT")

    response = send(service, "/trusts/RGT/actuals/send", COUNTS, **SAID)

    assert response.status_code == 422
    assert "invented and real figures may not stand beside each other" in response.text


@pytest.mark.parametrize("added", ["send", "send/counts"])
def test_only_who_may_send_figures_is_asked_for_them(service: Service, added: str) -> None:
    for code in ("ZZ913", "ZZ914"):
        service.trust(code)
    path = f"/trusts/ZZ913/actuals/{added}"

    service.client.cookies.clear()
    stranger = service.client.get(path, follow_redirects=False)
    signed_in(service, Role.TRUST, "ZZ914")
    another = service.client.get(path)
    signed_in(service, Role.AREA, "Y56")
    area = service.client.get(path)
    signed_in(service, Role.TRUST_DATA, "ZZ913")
    system = service.client.get(path)

    assert stranger.status_code == 303
    assert stranger.headers["location"].startswith("/sign-in?next=")
    assert [one.status_code for one in (another, area, system)] == [403, 403, 200]


def test_who_may_not_send_figures_cannot_by_a_form_either(service: Service) -> None:
    path = begin(service, "ZZ914")
    signed_in(service, Role.AREA, "Y56")
    word = fields_of(read_page(service.client.get("/sign-in")))["csrf"]

    response = service.client.post(
        path, data={"csrf": word, "kind": "actuals", **SAID}, files={"file": ("a.csv", COUNTS)}
    )

    assert response.status_code == 403
    assert held(service, "ZZ914") == []
