"""What everybody may read of trusts' figures: what they released, and national editions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from app.domain.actuals import ActualsRevision
from app.domain.disclosure import Decision, Edition, Rules
from app.domain.organisations import Organisation
from app.domain.public_indicators import PublicIndicators, control_indicators
from app.domain.public_tables import PublicTable
from app.domain.published_groups import TREES, Cells, Part, board_cells, workforce_cells
from app.domain.records import Record
from app.domain.releases import ENGLAND, Release
from app.domain.suppression import decide
from app.store import actuals, boards, disclosures, indicators, organisations, releases
from app.store.disclosures import Key

Held = dict[tuple[str, Part], Cells]
"""Persons by smallest group, of each table of each trust."""


def control(session: Session, release: Release, rules: Rules) -> list[tuple[str, Part]]:
    """Decide what an edition of a census of all trusts shows, and store it.

    A decision heeds every earlier edition of the census that a trust's table was in, and what
    the trust released exactly.

    Args:
        session: In a writing transaction that has stored the release.
        release: The edition.
        rules: Those in force.

    Returns:
        The tables of trusts of which nothing is shown.
    """
    year = release.year
    codes = sorted(organisations.list_all(session))
    made = [one for one in releases.list_all(session, year=year) if one.record != release.record]
    before = _read_editions(session, codes, made, rules)
    held = _read(session, codes, year, release.as_of)
    found = [
        (
            Key(code, year, release.edition, part),
            decide(TREES[part], cells, rules, before.get((code, part), ())),
        )
        for (code, part), cells in sorted(held.items())
    ]
    disclosures.add_many(session, found)
    return [
        (key.ods_code, key.part)
        for key, decision in found
        if decision.shows_nothing(TREES[key.part])
    ]


def find_exact(
    session: Session, trust: Organisation, *, as_of: datetime | None
) -> dict[int, ActualsRevision]:
    """Return the headcounts that a trust made public as they are, by census, as they were then."""
    code = trust.ods_code
    public = {}
    for made in releases.list_all(session, ods_code=code, as_of=as_of):
        found = actuals.find(session, code, made.year, as_of=made.as_of)
        assert found is not None  # noqa: S101 — it was there to be released
        record = Record(found.record.at, found.record.author)  # the reason is the trust's own
        public[made.year] = replace(found, record=record, released=made)
    return public


def find_tables(
    session: Session,
    trust: Organisation,
    part: Part,
    *,
    as_of: datetime | None,
    year: int | None = None,
) -> dict[int, PublicTable]:
    """Return a table of a trust in the newest national edition of each census.

    Args:
        session: In a transaction.
        trust: Whose.
        part: Which table.
        as_of: Only of editions made by this instant; None for all.
        year: Only of this census; None for all.
    """
    made = releases.list_all(session, ods_code=ENGLAND, year=year, as_of=as_of)
    return {
        table.year: table
        for known_year in sorted({one.year for one in made})
        for table in list_tables(session, known_year, codes=[trust.ods_code], as_of=as_of)
        if table.part is part
    }


def find_indicators(
    session: Session, trust: Organisation, year: int, *, as_of: datetime | None
) -> PublicIndicators | None:
    """Return the indicators of a trust in the newest national edition that has its workforce."""
    tables = find_tables(session, trust, Part.WORKFORCE, as_of=as_of, year=year)
    if year not in tables:
        return None
    made, decision = tables[year].release, tables[year].decision
    held = indicators.find(session, trust.ods_code, year, as_of=made.as_of)
    return control_indicators(held, made, decision) if held else None


def list_tables(
    session: Session, year: int, *, codes: Iterable[str] | None = None, as_of: datetime | None
) -> list[PublicTable]:
    """Return every table of trusts in the newest national edition of a census that has it.

    Args:
        session: In a transaction.
        year: The census.
        codes: Only of these trusts; None for all.
        as_of: Only of editions made by this instant; None for all.
    """
    listed = releases.list_all(session, ods_code=ENGLAND, year=year, as_of=as_of)
    made = {one.edition: one for one in listed}
    decisions = disclosures.list_some(session, year=year, codes=codes)
    newest = {(key.ods_code, key.part): key for key in sorted(decisions) if key.edition in made}
    held = {
        edition: _read(session, {code for code, _ in newest}, year, one.as_of)
        for edition, one in made.items()
        if any(key.edition == edition for key in newest.values())
    }
    return [
        PublicTable(
            ods_code=code,
            year=year,
            part=part,
            release=made[key.edition],
            decision=decisions[key],
            counts=held[key.edition][code, part],
        )
        for (code, part), key in sorted(newest.items())
    ]


def _read(session: Session, codes: Iterable[str], year: int, as_of: datetime) -> Held:
    """Return the persons of each table as they counted at an instant."""
    wanted = list(codes)
    held: Held = {
        (one.ods_code, Part.WORKFORCE): workforce_cells(one.actuals.headcounts)
        for one in actuals.of_trusts(session, wanted, year=year, as_of=as_of)
    }
    held |= {
        (one.ods_code, Part.BOARD): board_cells(one.board.seats)
        for one in boards.of_trusts(session, wanted, year=year, as_of=as_of)
    }
    return held


def _read_editions(
    session: Session, codes: Sequence[str], made: Iterable[Release], rules: Rules
) -> dict[tuple[str, Part], list[Edition]]:
    """Return what everybody could read of each table in each earlier edition, oldest first."""
    found: dict[tuple[str, Part], list[Edition]] = {}
    for one in made:
        for key, edition in _read_edition(session, codes, one, rules):
            found.setdefault(key, []).append(edition)
    return found


def _read_edition(
    session: Session, codes: Sequence[str], made: Release, rules: Rules
) -> Iterator[tuple[tuple[str, Part], Edition]]:
    if made.is_exact:
        held = _read(session, [made.ods_code], made.year, made.as_of)
        yield (
            (made.ods_code, Part.WORKFORCE),
            Edition(Decision(rules), held[made.ods_code, Part.WORKFORCE]),
        )
        return
    decisions = disclosures.list_some(session, year=made.year)
    held = _read(session, codes, made.year, made.as_of)
    for key, decision in decisions.items():
        if key.edition == made.edition:
            cells = held[key.ods_code, key.part]
            yield (key.ods_code, key.part), Edition(decision, cells)
