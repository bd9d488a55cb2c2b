"""Nothing of several trusts that is hidden is told anywhere, of any measure, to anybody.

Run by `make test-long`.
"""

from pathlib import Path

import pytest

from app.domain.callers import Role
from app.domain.measures import Measure
from tests.dashboard.crawling import Crawl
from tests.dashboard.hiding import find_more, released
from tests.kept import Kept

TRUSTS = ("ZZ002", "ZZ010", "ZZ029", "ZZ050", "ZZ132")
AREAS = ("Y56", "QWE", "QKK")


def test_a_stranger_finds_nothing_that_is_hidden(kept: Kept, tmp_path: Path) -> None:
    with released(kept, tmp_path) as service:
        crawl = Crawl(service.client, TRUSTS, AREAS, [*Measure])
        told = service.find_told(crawl, service.secrets_of(*TRUSTS))

    assert {kind: found for kind, found in told.items() if found} == {}
    assert len(told) == 7


@pytest.mark.parametrize(
    ("role", "code"),
    [
        pytest.param(Role.TRUST, "ZZ003", id="a trust"),
        pytest.param(Role.TRUST_DATA, "ZZ003", id="a system of a trust"),
        pytest.param(Role.AREA, "Y61", id="an area of other trusts"),
    ],
)
def test_callers_read_of_others_what_strangers_do(
    kept: Kept, tmp_path: Path, role: Role, code: str
) -> None:
    measures = [Measure.BAND_9, Measure.BOARD]
    with released(kept, tmp_path) as service:
        crawl = Crawl(service.client, TRUSTS[:2], ["QWE"], measures)
        own = Crawl(service.client, ["ZZ003"], [], measures, is_narrow=True)

        assert find_more(service, crawl, role, code) == []
        assert (find_more(service, own, role, code) == []) == (role is Role.AREA)
