"""Whether a census accepts the figures of a trust."""

from datetime import date, datetime

from sqlmodel import Session

from app.domain.censuses import Census, census_day
from app.domain.errors import Fault, census_not_open
from app.domain.series import Lineage
from app.store import censuses


def find_census_faults(
    session: Session, lineage: Lineage, year: int, now: datetime
) -> list[Fault]:
    """Return why a census does not accept a trust's figures; nothing when it does."""
    return judge_window(censuses.find(session, year), lineage, year, now.date())


def judge_window(census: Census | None, lineage: Lineage, year: int, today: date) -> list[Fault]:
    """Return likewise why it does not, given the census; None where there is none."""
    if census is None or today < census.opens:
        opens = None if census is None else census.opens
        return [Fault("", "census_not_open", census_not_open(year, opens))]
    if not _was_there(lineage, year):
        detail = (
            f"{lineage.trust.ods_code} was not open on 31 March {year}, and succeeds no trust that"
            " was."
        )
        return [Fault("", "trust_not_open", detail)]
    return []


def _was_there(lineage: Lineage, year: int) -> bool:
    """Return whether a trust, or one whose staff it took over since, was open at a census."""
    day = census_day(year)
    took_over = any(day < one.effective_date for one in lineage.left_out)
    return bool(lineage.sending_on(day)) or took_over
