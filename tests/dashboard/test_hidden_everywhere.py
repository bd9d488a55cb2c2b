"""Nothing that a stranger can reach tells a figure that is hidden, in whatever form.

`make test-long` goes to England, to more trusts and to all measures.
"""

from collections.abc import Iterator

import pytest

from app.api.negotiation import XLSX
from app.domain.callers import Role
from app.domain.measures import Measure
from tests.dashboard.crawling import CENSUS, Crawl, Visited
from tests.dashboard.hiding import Released, find_more, released
from tests.dashboard.telling import find_told
from tests.kept import Kept

TRUST, BOARD = "ZZ010", "QWE"
"""A trust with hidden cells, and where it lies."""

MEASURES = [Measure.BAND_9]

KINDS = {
    "application/json",
    "application/pdf",
    "application/vnd.vegalite+json",
    "image/svg+xml",
    "text/csv",
    "text/html",
    XLSX,
}


@pytest.fixture(scope="module")
def service(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    """The demonstration set, released."""
    with released(kept, tmp_path_factory.mktemp("hidden")) as found:
        yield found


def test_a_stranger_finds_nothing_that_is_hidden(service: Released) -> None:
    secrets = service.secrets_of(TRUST)
    shown = service.client.get(f"/v1/trusts/{TRUST}/progress/{MEASURES[0]}").json()
    crawl = Crawl(service.client, [TRUST], [BOARD], MEASURES, is_narrow=True)

    assert [one["bme"] for one in shown["actuals"]] == [None]
    assert service.find_told(crawl, secrets) == {kind: [] for kind in KINDS}


def test_the_same_search_finds_figures_where_they_may_be_read(service: Released) -> None:
    secrets = service.secrets_of(TRUST)
    one, told = f"/v1/trusts/{TRUST}", {}
    with service.signed_in(Role.NATIONAL) as headers:
        for path, kind in (
            (f"{one}/actuals/{CENSUS}", "application/json"),
            (f"{one}/actuals/{CENSUS}", "text/csv"),
            (f"{one}/actuals/{CENSUS}", XLSX),
            (f"{one}/board-page", "application/pdf"),
            (f"{one}/progress/band_8d/charts/people", "image/svg+xml"),
            (f"{one}/progress/band_8d/charts/people", "application/vnd.vegalite+json"),
            (f"/trusts/{TRUST}/actuals", "text/html"),
        ):
            response = service.client.get(path, headers={**headers, "Accept": kind})
            told[kind] = find_told(Visited(path, kind, response), secrets)

    assert {kind for kind, found in told.items() if found} == KINDS


def test_a_trust_reads_of_another_what_strangers_do(service: Released) -> None:
    crawl = Crawl(service.client, [TRUST], [], MEASURES, is_narrow=True)

    assert find_more(service, crawl, Role.TRUST, "ZZ002") == []
