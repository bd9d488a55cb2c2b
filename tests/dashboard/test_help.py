"""How to read the figures: the example is what the method computes, and every word leads there."""

import pytest

from app.charts.words import likelihood, percent
from app.dashboard.views.help import EXAMPLE, HELP, Meanings, tell_help
from app.domain.codes import Outlook
from app.domain.methods import METHOD_1
from app.stats.walk import probability_of_count
from tests.api.setting import Service, leaders_and_rest, read
from tests.bodies import JSON
from tests.dashboard.reading import Page, read_page
from tests.unit.stats.series import LEADERS, worked


@pytest.fixture(scope="module")
def told(service: Service) -> Page:
    return read_page(service.client.get(HELP))


@pytest.fixture(scope="module")
def answer(service: Service) -> JSON:
    """What the service says of the example."""
    service.trust("ZZ901")
    for year, *counts in EXAMPLE:
        x, n, big_x, big_n = counts
        service.actuals(int(year), leaders_and_rest((x, n), (big_x, big_n)))
    found: JSON = read(service.get("/v1/trusts/ZZ901/progress/leadership"))
    return found


def examples() -> dict[str, str | None]:
    return {one.id: one.example for one in tell_help().terms}


def between(interval: JSON) -> tuple[str, str]:
    return percent(interval["lower"]), percent(interval["upper"])


def test_the_examples_of_shares_and_of_people_are_the_services(answer: JSON) -> None:
    last, parity = answer["actuals"][-1], answer["parity"]
    lower, upper = between(last["interval_95"])
    reference = percent(parity["reference_share"])
    short = parity["gap"]["people"]

    assert examples()["share"] == (
        f"In 2024, {last['bme']} of {last['total']} leaders were BME: {percent(last['share'])}."
        f" Of the workforce it was 1,340 of 5,731, or {reference}."
    )
    assert examples()["gap"] == (
        f"To match {reference}, {last['bme'] + short} of 452 leaders would be BME. There are"
        f" {last['bme']}, so the gap is {short} people."
    )
    assert examples()["interval"] == (
        f"{percent(last['share'])} of 452 leaders has an interval from {lower} to {upper}."
    )


def test_the_examples_of_what_is_to_come_are_the_services(answer: JSON) -> None:
    parity, ahead = answer["parity"], answer["forecast"][2]
    lower, upper = between(ahead["band_80"])
    walks = METHOD_1.fit(*(getattr(worked(LEADERS), one) for one in ("years", "bme", "total")))
    (chance,) = probability_of_count(METHOD_1.forecast(walks, [3]), 82, 452)[0]

    assert ahead["year"] == 2027
    assert examples()["forecast"] == (
        f"For 2027: {percent(ahead['median'])}, in four cases of five between {lower} and {upper}."
        f" A goal of 18% for 2027 would be reached with a chance of {likelihood(float(chance))}."
    )
    assert examples()["outlook"] == (
        f"The gap is closing (with a chance of {likelihood(parity['probability_closing'])}), so"
        " parity is projected."
    )
    assert parity["outlook"] == "projected"
    assert parity["interval_80"]["latest"] is None
    assert examples()["parity-year"] == (
        f"An even chance at the census of 31 March {parity['year']}; one in ten by"
        f" {parity['interval_80']['earliest']}; still uncertain in 2054."
    )


def test_every_outlook_leads_to_its_code(told: Page) -> None:
    assert {f"/definitions/codes/outlook/{one}" for one in Outlook} < set(told.links())
    assert len(told.tables["Every outlook there is"]) == len(Outlook) + 1
    assert ("Parity projected", Outlook.PROJECTED.sentence) in told.tables[
        "Every outlook there is"
    ]


def test_every_link_of_the_page_is_answered(service: Service, told: Page) -> None:
    ids = {f"#{attributes['id']}" for _, attributes in told.elements if "id" in attributes}
    links = set(told.links())

    assert {one for one in links if one.startswith("#")} < ids
    assert [one for one in links - ids if service.get(one).status_code != 200] == []


def test_every_word_beside_a_table_leads_to_what_it_means(service: Service, told: Page) -> None:
    ids = {f"{HELP}#{attributes['id']}" for _, attributes in told.elements if "id" in attributes}
    meanings = Meanings()
    paths = {
        path
        for words in (
            meanings.of_lines,
            meanings.of_censuses,
            meanings.of_charts,
            meanings.of_indicators,
        )
        for _, path in words
    }

    assert [one for one in paths - ids if service.get(one).status_code != 200] == []
    assert {one for one in paths if one.startswith(HELP)} <= ids


def test_every_page_leads_to_it(service: Service) -> None:
    for path in ("/", "/england", "/definitions", "/nothing"):
        response = service.client.get(path, headers={"Accept": "text/html"})
        assert list(read_page(response).links()).count(HELP) >= 2, path
