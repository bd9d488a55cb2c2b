"""Nothing of several trusts that is hidden is told anywhere, of any measure.

Run by `make test-long`.
"""

from pathlib import Path

from app.domain.measures import Measure
from tests.dashboard.crawling import Crawl
from tests.dashboard.hiding import released
from tests.kept import Kept

TRUSTS = ("ZZ002", "ZZ010", "ZZ029", "ZZ050", "ZZ132")
AREAS = ("Y56", "QWE", "QKK")


def test_a_stranger_finds_nothing_that_is_hidden(kept: Kept, tmp_path: Path) -> None:
    with released(kept, tmp_path) as service:
        crawl = Crawl(service.client, TRUSTS, AREAS, [*Measure])
        told = service.find_told(crawl, service.secrets_of(*TRUSTS))

    assert {kind: found for kind, found in told.items() if found} == {}
    assert len(told) == 7
