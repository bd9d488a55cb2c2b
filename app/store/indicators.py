"""Indicators in the database: revisions, of which the newest counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table
from sqlmodel import Session

from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.indicators import (
    Answers,
    Indicators,
    IndicatorsRevision,
    Narrowing,
    Period,
    Pool,
    PoolIndicator,
    Pools,
    SurveyIndicator,
)
from app.store.revisions import (
    Revisions,
    Values,
    caution_values,
    head_values,
    insert_all,
    read_cautions,
    read_children,
    read_every,
    read_newest,
    record_of,
    record_values,
)
from app.store.revisions import (
    holds_any as holds_any_revision,
)
from app.store.rows import (
    ALL,
    IndicatorPoolRow,
    IndicatorRevisionRow,
    IndicatorSurveyRow,
    IndicatorWarningRow,
    table_of,
)

_REVISION = table_of(IndicatorRevisionRow)
_POOL = table_of(IndicatorPoolRow)
_SURVEY = table_of(IndicatorSurveyRow)
_WARNING = table_of(IndicatorWarningRow)
_HELD = Revisions(_REVISION, _WARNING)


def find(
    session: Session, ods_code: str, year: int, *, as_of: datetime | None = None
) -> IndicatorsRevision | None:
    """Return the revision that counts as of an instant, or None if none is held."""
    found = of_census(session, [ods_code], year, as_of=as_of)
    return found[0] if found else None


def of_census(
    session: Session, codes: Iterable[str], year: int, *, as_of: datetime | None = None
) -> list[IndicatorsRevision]:
    """Return the revisions that count as of an instant, of one census of some trusts."""
    return _load(session, read_newest(session, _HELD, codes, year=year, as_of=as_of))


def of_trusts(
    session: Session, codes: Iterable[str], *, as_of: datetime | None = None
) -> list[IndicatorsRevision]:
    """Return the revisions that count as of an instant, of all censuses of some trusts."""
    return _load(session, read_newest(session, _HELD, codes, as_of=as_of))


def list_revisions(session: Session, ods_code: str, year: int | None) -> list[IndicatorsRevision]:
    """Return every revision of one census, or of all, by census and oldest first."""
    return _load(session, read_every(session, _HELD, ods_code, year))


def add(session: Session, revision: IndicatorsRevision) -> None:
    """Store a revision."""
    add_many(session, [revision])


def add_many(session: Session, revisions: Sequence[IndicatorsRevision]) -> None:
    """Store revisions."""
    insert_all(session, _rows(revisions))


def holds_any(session: Session, *, synthetic: bool) -> bool:
    """Return whether indicators of any invented, or any real, organisation are held."""
    return holds_any_revision(session, _REVISION, synthetic=synthetic)


def _load(session: Session, heads: Sequence[Row[Any]]) -> list[IndicatorsRevision]:
    if not heads:
        return []
    pools = read_children(session, _POOL, heads)
    surveys = read_children(session, _SURVEY, heads)
    cautions = read_cautions(session, _HELD, heads)
    found = []
    for head in heads:
        key = (head.ods_code, head.year, head.revision)
        found.append(
            IndicatorsRevision(
                *key,
                indicators=Indicators(
                    head.source, head.notes, _pools(pools[key]), _surveys(surveys[key])
                ),
                record=record_of(head, head.reason),
                cautions=cautions.get(key, ()),
                correction_note=head.correction_note,
            )
        )
    return found


def _pools(rows: Iterable[Row[Any]]) -> dict[int, PoolIndicator]:
    """Return the indicators of pools and events that rows hold, by number."""
    periods: dict[int, Period] = {}
    groups: dict[tuple[int, Narrowing], dict[EthnicGroup, Pool]] = defaultdict(dict)
    for row in rows:
        periods[row.indicator] = Period(row.starts, row.ends)
        whose = (
            None if row.staff_group == ALL else StaffGroup(row.staff_group),
            None if row.band == ALL else Band(row.band),
        )
        group = EthnicGroup(row.ethnic_group)
        groups[row.indicator, whose][group] = Pool(row.pool, row.events)
    return {
        number: PoolIndicator(
            period,
            {whose: Pools.of(one) for (of, whose), one in groups.items() if of == number},
        )
        for number, period in periods.items()
    }


def _surveys(rows: Iterable[Row[Any]]) -> dict[int, SurveyIndicator]:
    """Return the indicators of the staff survey that rows hold, by number."""
    periods: dict[int, Period] = {}
    groups: dict[int, dict[EthnicGroup, Answers]] = defaultdict(dict)
    for row in rows:
        periods[row.indicator] = Period(row.starts, row.ends)
        groups[row.indicator][EthnicGroup(row.ethnic_group)] = Answers(row.respondents, row.share)
    return {number: SurveyIndicator(one, groups[number]) for number, one in periods.items()}


def _rows(revisions: Sequence[IndicatorsRevision]) -> list[tuple[Table, list[Values]]]:
    """Return the rows of revisions, table by table, parents first."""
    heads: list[Values] = []
    pools: list[Values] = []
    surveys: list[Values] = []
    warnings: list[Values] = []
    for one in revisions:
        key, sent = head_values(one.ods_code, one.year, one.revision), one.indicators
        said = {
            "source": sent.source,
            "notes": sent.notes,
            "reason": one.record.reason,
            "correction_note": one.correction_note,
        }
        heads.append(key | said | record_values(one.record))
        pools.extend(_pool_values(key, sent.pools))
        surveys.extend(_survey_values(key, sent.surveys))
        warnings.extend(caution_values(key, one.cautions))
    return [(_REVISION, heads), (_POOL, pools), (_SURVEY, surveys), (_WARNING, warnings)]


# A whole dictionary at a time: the demonstration set has tens of thousands of these rows.


def _pool_values(key: Values, indicators: Mapping[int, PoolIndicator]) -> Iterator[Values]:
    for number, one in indicators.items():
        for (staff_group, band), pools in one.cells.items():
            for group, pool in pools.by_group().items():
                yield {
                    **key,
                    "indicator": number,
                    "staff_group": staff_group.value if staff_group else ALL,
                    "band": band.value if band else ALL,
                    "ethnic_group": group.value,
                    "starts": one.period.starts,
                    "ends": one.period.ends,
                    "pool": pool.pool,
                    "events": pool.events,
                }


def _survey_values(key: Values, indicators: Mapping[int, SurveyIndicator]) -> Iterator[Values]:
    for number, one in indicators.items():
        for group, answers in one.groups.items():
            yield {
                **key,
                "indicator": number,
                "ethnic_group": group.value,
                "starts": one.period.starts,
                "ends": one.period.ends,
                "respondents": answers.respondents,
                "share": answers.share,
            }
