"""Who took over from whom: trusts since July 2016, and the ICBs redrawn in April 2026."""

from collections import Counter
from datetime import date

from app.domain.organisations import Succession, SuccessionKind
from app.ingest.reference_files import read_rows


def read_trust_successions() -> tuple[Succession, ...]:
    """Return the successions of trusts, oldest first."""
    return tuple(
        Succession(
            predecessor=row["predecessor_code"],
            successor=row["successor_code"] or None,
            effective_date=date.fromisoformat(row["effective_date"]),
            kind=SuccessionKind(row["kind"]),
            confirmed=row["confirmed"] == "yes",
        )
        for row in read_rows("mergers.csv")
    )


def read_icb_successions() -> tuple[Succession, ...]:
    """Return the successions of ICBs; one with two successors was split between them.

    They come from a public list of ICBs, not from ODS data, so none is confirmed.
    """
    pairs = [
        (predecessor, row["ods_code"], date.fromisoformat(row["merger_date"]))
        for row in read_rows("icbs.csv")
        for predecessor in filter(None, row["predecessor_codes"].split(";"))
    ]
    successors = Counter(predecessor for predecessor, _, _ in pairs)
    return tuple(
        Succession(
            predecessor,
            successor,
            effective_date,
            SuccessionKind.MERGED if successors[predecessor] == 1 else SuccessionKind.SPLIT,
            confirmed=False,
        )
        for predecessor, successor, effective_date in pairs
    )
