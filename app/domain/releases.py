"""Releases: named editions of what is public of a census."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.records import Record

ENGLAND: Final = "ENG"
"""ODS code under which the censuses of all trusts are released together."""


@dataclass(frozen=True, slots=True)
class Release:
    """An edition of what is public of a census.

    What it holds is what counted at `as_of`, and stays so: a correction is in a later edition.

    Attributes:
        ods_code: Whose figures are released: a trust's, or England's for those of all trusts.
        edition: 1 for the first of a census and an organisation.
        note: On what changed since the edition before, or what is incomplete; may be None.
        is_exact: Whether the figures are public as they are, as a trust may decide of its own;
            else only under disclosure control.
    """

    ods_code: str
    year: int
    edition: int
    name: str
    note: str | None
    as_of: datetime
    is_exact: bool
    record: Record

    def holds(self, recorded_at: datetime, superseded_at: datetime | None) -> bool:
        """Return whether a revision counted at the instant of the release.

        Args:
            recorded_at: When the revision was stored.
            superseded_at: When the next one was; None while there is none.
        """
        return recorded_at <= self.as_of and (superseded_at is None or self.as_of < superseded_at)


def find_holding(
    releases: Iterable[Release],
    ods_code: str,
    year: int,
    recorded_at: datetime,
    superseded_at: datetime | None,
) -> Release | None:
    """Return the newest release that holds a revision of a trust's census; None if none does.

    Args:
        releases: In the order in which they were made.
        ods_code: The trust's.
        year: The census.
        recorded_at: When the revision was stored.
        superseded_at: When the next one was; None while there is none.
    """
    found = None
    for one in releases:
        is_of_it = one.year == year and one.ods_code in {ods_code, ENGLAND}
        if is_of_it and one.holds(recorded_at, superseded_at):
            found = one
    return found


@dataclass(frozen=True, slots=True)
class Correction:
    """A public note on what was corrected after a release.

    Attributes:
        of: What was corrected: `actuals`, `board` or `indicators`.
        revision: The revision that corrected it.
    """

    of: str
    ods_code: str
    year: int
    revision: int
    note: str
    corrected_at: datetime


Revisions = Mapping[tuple[str, int], Sequence[tuple[int, datetime]]]
"""Number and instant of each revision of trusts' censuses, oldest first."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is public of one census of a trust.

    Attributes:
        release: The edition that holds it.
    """

    revision: int
    release: Release


def find_published(
    revisions: Revisions, made: Iterable[Release]
) -> dict[tuple[str, int], Published]:
    """Return what is public of trusts' censuses.

    What a trust has released of its own goes before what the national team has; of several
    editions the newest counts.

    Args:
        revisions: Of the trusts.
        made: Releases, in the order in which they were made.
    """
    of_trust: dict[tuple[str, int], Release] = {}
    of_england: dict[int, Release] = {}
    for one in made:
        if one.ods_code == ENGLAND:
            of_england[one.year] = one
        else:
            of_trust[one.ods_code, one.year] = one
    found = {}
    for key, sent in revisions.items():
        release = of_trust.get(key) or of_england.get(key[1])
        held = [number for number, at in sent if release and at <= release.as_of]
        if release is not None and held:
            found[key] = Published(held[-1], release)
    return found
