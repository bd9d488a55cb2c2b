from decimal import Decimal

from app.domain.measures import Measure
from app.ingest.published_shares import PublishedShare, read_published_shares


def test_the_published_shares_are_these() -> None:
    found: dict[Measure, dict[int, str]] = {}
    for share in read_published_shares():
        found.setdefault(share.measure, {})[share.year] = str(share.share)

    assert found == {
        Measure.WORKFORCE: {
            2016: "0.177",
            2017: "0.18",
            2018: "0.191",
            2020: "0.21",
            2021: "0.224",
            2022: "0.242",
            2023: "0.264",
            2024: "0.286",
        },
        Measure.VSM: {
            2017: "0.057",
            2018: "0.069",
            2020: "0.068",
            2021: "0.092",
            2022: "0.103",
            2023: "0.112",
            2024: "0.127",
        },
        Measure.BOARD: {
            2017: "0.07",
            2018: "0.074",
            2019: "0.084",
            2021: "0.126",
            2022: "0.132",
            2024: "0.165",
        },
        Measure.LEADERSHIP: {2016: "0.097", 2018: "0.112"},
    }


def test_only_the_workforce_of_2017_is_rounded_to_a_whole_percentage() -> None:
    shares = read_published_shares()

    assert [s for s in shares if s.tolerance != Decimal("0.001")] == [
        PublishedShare(2017, Measure.WORKFORCE, Decimal("0.18"), Decimal("0.005"))
    ]
