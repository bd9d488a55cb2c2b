"""What is public of a census, as the rows of files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from app.domain.actuals import ActualsRevision
from app.domain.bands import ALLOWED_PAIRS, EthnicGroup
from app.domain.boards import BoardRevision
from app.domain.censuses import census_day
from app.domain.indicator_figures import NARROWINGS
from app.domain.indicators import WHOLE, Answers, IndicatorsRevision, Period
from app.domain.measures import ALL_SCOPES
from app.domain.organisations import Attribute, Organisation
from app.domain.public_tables import PublicTable
from app.stats.intervals import wilson_intervals

PLACES: Final = 6
"""Decimals to which shares are rounded, once, here."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file.

    Attributes:
        datatype: As CSVW names it.
    """

    name: str
    datatype: str
    says: str


_CODE = Column("ods_code", "string", "ODS code of the trust.")
_NAME = Column("name", "string", "Name of the trust at the census.")
_YEAR = Column("year", "integer", "Census year: 31 March.")
_REVISION = Column("revision", "integer", "Revision of the return; 1 for the first.")
_GROUP = Column("ethnic_group", "string", "white, bme or unknown; unknown is not 'not BME'.")
_HEADCOUNT = Column("headcount", "integer", "Persons.")
_STARTS = Column("starts", "date", "First day of the period that the figures are of.")
_ENDS = Column("ends", "date", "Its last day.")


def _count_column(name: str, says: str) -> Column:
    return Column(name, "integer", says)


def _public_column(name: str) -> Column:
    says = f"Persons, {name}, rounded; empty where hidden, and never then 0."
    return Column(name, "integer", says)


def _share_column(name: str, says: str) -> Column:
    return Column(name, "decimal", f"{says}; a proportion from 0 to 1, empty where nobody is.")


FILES: Final[Mapping[str, Sequence[Column]]] = {
    "trusts.csv": (
        *(_CODE, _NAME, _YEAR),
        Column("type", "string", "Type of the trust at the census; empty where not known."),
        Column("region", "string", "Code of its region then."),
        Column("icb", "string", "Code of its integrated care board then; none before July 2022."),
        Column("synthetic", "boolean", "Whether the trust is invented."),
        _REVISION,
        Column("state", "string", "Of the headcounts: provisional, signed_off or published."),
        Column("source", "string", "Where the figures come from, in the sender's words."),
        Column("notes", "string", "On completeness and comparability."),
        Column("correction_note", "string", "What the revision corrects."),
    ),
    "headcounts.csv": (
        *(_CODE, _YEAR, _REVISION),
        Column("staff_group", "string", "non_clinical, clinical or medical."),
        Column("band", "string", "AfC band, vsm, or medical grade; see /v1/bands."),
        *(_GROUP, _HEADCOUNT),
    ),
    "board.csv": (
        *(_CODE, _YEAR, _REVISION),
        Column("voting", "boolean", "Whether the members vote."),
        Column("executive", "boolean", "Whether the members are executives."),
        *(_GROUP, _HEADCOUNT),
    ),
    "indicators.csv": (
        *(_CODE, _YEAR, _REVISION),
        Column("indicator", "integer", "2, 3 or 4, of the WRES."),
        Column("staff_group", "string", "As in headcounts.csv; empty for everybody."),
        Column("band", "string", "Likewise; empty for the whole staff group, or for everybody."),
        *(_GROUP, _STARTS, _ENDS),
        _count_column("pool", "Persons to whom it could have happened."),
        _count_column("events", "Those of them to whom it did."),
    ),
    "surveys.csv": (
        *(_CODE, _YEAR, _REVISION),
        Column("indicator", "integer", "5, 6, 7 or 8, of the WRES."),
        *(_GROUP, _STARTS, _ENDS),
        _count_column("respondents", "Persons who answered the question of the staff survey."),
        Column(
            "share",
            "decimal",
            "Share who answered so, as it was sent; empty where nobody responded, or too few.",
        ),
    ),
    "measures.csv": (
        *(_CODE, _YEAR),
        Column("measure", "string", "See /v1/measures."),
        Column("staff_group", "string", "clinical or non_clinical; empty for both."),
        _count_column("white", "Persons, white."),
        _count_column("bme", "Persons, BME."),
        _count_column("unknown", "Persons of unknown ethnicity."),
        _count_column("total", "Persons, those of unknown ethnicity included."),
        _share_column("share", "BME of all"),
        _share_column("lower_95", "Lower end of the share's Wilson interval at 95 %"),
        _share_column("upper_95", "Upper end likewise"),
        _share_column("share_of_known", "BME of those of known ethnicity"),
        _share_column("unknown_share", "Those of unknown ethnicity of all"),
    ),
    "released.csv": (
        *(_CODE, _YEAR),
        Column("edition", "integer", "Edition of the census of all trusts."),
        Column("part", "string", "workforce or board."),
        Column("group", "string", "A measure, a band, or a part of one after a slash."),
        *(_public_column(name) for name in ("white", "bme", "unknown", "total")),
        Column("suppressed", "string", "Why all counts are empty: primary or secondary."),
        Column("split_suppressed", "string", "Why white and unknown are, likewise."),
    ),
}
"""The files of a census, with their columns."""


@dataclass(frozen=True, slots=True)
class Download:
    """What is public of a census.

    Attributes:
        as_of: Instant of the newest change among the figures.
        synthetic: Whether the trusts are invented.
        trusts: Whose figures are in it.
        staff: Returns of headcounts, by trust.
        boards: Returns of boards, by trust.
        indicators: Returns of indicators 2 to 8, by trust.
        released: Tables under disclosure control, of trusts whose own figures are not public.
    """

    year: int
    as_of: datetime
    synthetic: bool
    trusts: Mapping[str, Organisation]
    staff: Mapping[str, ActualsRevision]
    boards: Mapping[str, BoardRevision]
    indicators: Mapping[str, IndicatorsRevision]
    released: Sequence[PublicTable] = ()


Cells = Sequence[object]
"""The values of a row, in the order of the file's columns."""


def list_trust_rows(download: Download) -> Iterator[Cells]:
    """Yield a row a trust."""
    day = census_day(download.year)
    for code, trust in download.trusts.items():
        held = download.staff[code]
        yield (
            *(code, trust.value_on(Attribute.NAME, day) or trust.name, download.year),
            *(trust.value_on(one, day) for one in _PLACE),
            *(_boolean(trust.is_synthetic), held.revision, held.state.value),
            *(held.actuals.source, held.actuals.notes, held.correction_note),
        )


_PLACE: Final = (Attribute.TYPE, Attribute.REGION, Attribute.ICB)


def list_headcount_rows(download: Download) -> Iterator[Cells]:
    """Yield a row a trust, staff group, band that anybody is in, and ethnic group."""
    for code, held in download.staff.items():
        for pair in ALLOWED_PAIRS:
            if pair in held.actuals.headcounts:
                count = held.actuals.headcounts[pair]
                for group in EthnicGroup:
                    key = (code, held.year, held.revision, *(one.value for one in pair))
                    yield (*key, group.value, getattr(count, group.value))


def list_released_rows(download: Download) -> Iterator[Cells]:
    """Yield a row a table under disclosure control and published group of it."""
    for table in download.released:
        key = (table.ods_code, table.year, table.release.edition, table.part.value)
        for name, counts in table.list_groups():
            why = (counts.suppressed, counts.split_suppressed)
            persons = (counts.white, counts.bme, counts.unknown, counts.total)
            yield (*key, name, *persons, *why)


def list_board_rows(download: Download) -> Iterator[Cells]:
    """Yield a row a trust, kind of seat that anybody is in, and ethnic group."""
    for code, held in download.boards.items():
        for (voting, executive), count in sorted(held.board.seats.items(), reverse=True):
            for group in EthnicGroup:
                key = (code, held.year, held.revision, _boolean(voting), _boolean(executive))
                yield (*key, group.value, getattr(count, group.value))


def list_indicator_rows(download: Download) -> Iterator[Cells]:
    """Yield a row a trust, indicator 2 to 4, part of it that has people, and ethnic group."""
    for code, held in download.indicators.items():
        for number, one in held.indicators.pools.items():
            for whose in (WHOLE, *NARROWINGS):
                if whose in one.cells:
                    for group in EthnicGroup:
                        pool = getattr(one.cells[whose], group.value)
                        key = (code, held.year, held.revision, number, *whose, group.value)
                        yield (*key, *_days(one.period), pool.pool, pool.events)


def list_survey_rows(download: Download) -> Iterator[Cells]:
    """Yield a row a trust, indicator 5 to 8, and ethnic group."""
    for code, held in download.indicators.items():
        for number, one in held.indicators.surveys.items():
            for group in EthnicGroup:
                answers = one.groups.get(group, Answers())
                key = (code, held.year, held.revision, number, group.value)
                yield (*key, *_days(one.period), answers.respondents, answers.share)


def _days(period: Period) -> tuple[str, str]:
    return period.starts.isoformat(), period.ends.isoformat()


def list_measure_rows(download: Download) -> Iterator[Cells]:
    """Yield a row a trust and measure, narrowed ones too."""
    keys, counts = [], []
    for code, held in download.staff.items():
        seats = download.boards.get(code)
        for scope in ALL_SCOPES:
            if scope.is_of_board and seats is None:
                continue
            keys.append((code, held.year, scope.measure.value, scope.staff_group))
            counts.append(
                seats.board.count(scope.measure)
                if scope.is_of_board and seats
                else held.actuals.count(scope)
            )
    lower, upper = wilson_intervals([one.bme for one in counts], [one.total for one in counts])
    for key, count, low, high in zip(keys, counts, lower, upper, strict=True):
        ends = (low, high) if count.total else (None, None)
        yield (
            *(*key, count.white, count.bme, count.unknown, count.total),
            *(_rounded(count.share), *map(_rounded, ends)),
            *(_rounded(count.share_of_known), _rounded(count.unknown_share)),
        )


def _rounded(share: Fraction | float | None) -> float | None:
    return None if share is None else round(float(share), PLACES)


def _boolean(value: bool) -> str:  # noqa: FBT001 — it is what is written
    return "true" if value else "false"
