"""A trust says on a page which areas may read its exact figures."""

from app.domain.callers import Role
from tests.api.setting import Service, read
from tests.dashboard import setting
from tests.dashboard.filling import open_page, problems_of, rows_of, send_form
from tests.dashboard.signing import signed_in

service = setting.service

PATH = "/trusts/ZZ901/consents"


def test_consents_are_given_and_taken_back_and_each_change_stays_in_the_history(
    service: Service,
) -> None:
    service.trust("ZZ901", region="Y56", icb="QMF")
    signed_in(service, Role.TRUST, "ZZ901")
    shown = open_page(service, PATH)

    unknown = send_form(service, PATH, shown, areas=["Y56", "RGT"])
    given = send_form(service, PATH, shown, areas=["Y56"])
    stale = send_form(service, PATH, shown, areas=[])
    taken_back = send_form(service, PATH, given[1], areas=[])
    signed_in(service, Role.TRUST_DATA, "ZZ901")
    system = open_page(service, PATH)

    assert "The trust itself and the national team, and no area." in shown.text
    assert [label for label in shown.texts["label"] if label][-2:][0] == "London"
    assert (unknown[0], problems_of(unknown[1])) == (422, ["areas"])
    assert given[0] == 303
    assert "The consents are stored. They hold from now on." in given[1].text
    assert "London, since 23 November 2026, by trust of the test" in given[1].text
    assert stale[0] == 409
    assert "Somebody else has changed the consents" in stale[1].text
    assert rows_of(taken_back[1]) == [
        "Revision Areas Stored By",
        "1 London 23 November 2026 trust of the test",
        "2 Nobody 23 November 2026 trust of the test",
    ]
    held = read(service.send("GET", "/v1/trusts/ZZ901/consents"))
    assert (held["revision"], held["consents"]) == (2, [])
    assert "Areas that may read them" not in system.text


def test_strangers_are_led_to_sign_in(service: Service) -> None:
    service.client.cookies.clear()

    response = service.client.get("/trusts/RGT/consents", follow_redirects=False)

    assert response.headers["location"] == "/sign-in?next=%2Ftrusts%2FRGT%2Fconsents"
