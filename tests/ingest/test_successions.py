from collections import Counter
from datetime import date

from app.domain.organisations import Succession, SuccessionKind
from app.ingest.successions import read_icb_successions, read_trust_successions

ACQUIRED, MERGED = SuccessionKind.ACQUIRED, SuccessionKind.MERGED
SPLIT, UNKNOWN = SuccessionKind.SPLIT, SuccessionKind.UNKNOWN


def test_there_are_as_many_successions_of_trusts_as_rows() -> None:
    successions = read_trust_successions()

    assert Counter(s.kind for s in successions) == {
        ACQUIRED: 29,
        MERGED: 10,
        SPLIT: 2,
        UNKNOWN: 1,
    }
    assert len(successions) == 42
    assert [s.effective_date for s in successions] == sorted(s.effective_date for s in successions)


def test_successions_of_trusts_are_read_whole() -> None:
    found = [s for s in read_trust_successions() if s.predecessor in {"RR1", "RW6", "RYK", "TAF"}]

    assert found == [
        Succession("RR1", "RRK", date(2018, 4, 1), ACQUIRED),
        Succession("RW6", "RM3", date(2021, 10, 1), SPLIT),
        Succession("RW6", "R0A", date(2021, 10, 1), SPLIT),
        Succession("RYK", None, date(2024, 10, 1), UNKNOWN, confirmed=False),
        Succession("TAF", "G6V2S", date(2024, 11, 1), MERGED, confirmed=False),
    ]


def test_the_successions_of_icbs_are_these() -> None:
    expected = [
        ("QH8", "D7T5G", MERGED),
        ("QJG", "D7T5G", SPLIT),
        ("QU9", "S0E4D", MERGED),
        ("QNQ", "S0E4D", SPLIT),
        ("QHG", "S1Y5D", MERGED),
        ("QUE", "S1Y5D", MERGED),
        ("QM7", "S1Y5D", MERGED),
        ("QXU", "S9B9J", MERGED),
        ("QNX", "S9B9J", MERGED),
        ("QNQ", "S9B9J", SPLIT),
        ("QMM", "T6Y0W", MERGED),
        ("QJG", "T6Y0W", SPLIT),
        ("QMJ", "Z9B2Z", MERGED),
        ("QRV", "Z9B2Z", MERGED),
    ]

    assert read_icb_successions() == tuple(
        Succession(predecessor, successor, date(2026, 4, 1), kind, confirmed=False)
        for predecessor, successor, kind in expected
    )
