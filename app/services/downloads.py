"""Bulk files of everything public of a census."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.actuals import ActualsRevision
from app.domain.callers import Action, Caller
from app.domain.downloads import Download
from app.domain.errors import DownloadNotFound
from app.domain.organisations import is_synthetic
from app.domain.public_tables import PublicTable
from app.domain.published_groups import Part
from app.domain.releases import ENGLAND
from app.services.access import is_open_to_all
from app.services.england import is_invented
from app.services.instants import refuse_future
from app.services.public_figures import list_tables
from app.store import actuals, boards, indicators, organisations, releases
from app.store.disclosures import list_some


@dataclass(frozen=True, slots=True)
class Offer:
    """A census of which something is public.

    Attributes:
        trusts: How many trusts' figures are.
    """

    year: int
    trusts: int


def list_downloads(session: Session, *, caller: Caller) -> list[Offer]:
    """Return the censuses of which anything is public, oldest first."""
    if is_open_to_all(caller, Action.READ_FIGURES, synthetic=is_invented(session)):
        counts = actuals.count_by_year(session, synthetic=True)
        return [Offer(year, number) for year, number in counts.items()]
    made = releases.list_all(session)
    known = {(one.year, one.ods_code) for one in made if one.is_exact}
    released = {one.year for one in made if one.ods_code == ENGLAND}
    known |= {
        (key.year, key.ods_code) for year in released for key in list_some(session, year=year)
    }
    years = [year for year, _ in sorted(known)]
    return [Offer(year, years.count(year)) for year in sorted(set(years))]


def get_download(
    session: Session, *, year: int, as_of: datetime | None, caller: Caller, now: datetime
) -> Download:
    """Return what was public of a census at an instant.

    Invented figures all are, unless they are treated as real ones.

    Raises:
        DownloadNotFound: Nothing was.
        UnacceptableQuestion: The instant has not come.
    """
    refuse_future(as_of, now)
    synthetic = is_invented(session)
    is_open = is_open_to_all(caller, Action.READ_FIGURES, synthetic=synthetic)
    staff = _list_public(session, year, as_of, is_open=is_open)
    released = [] if is_open else _list_released(session, year, as_of, staff)
    if not (staff or released):
        raise DownloadNotFound(year)
    return _make(session, year, (staff, released), as_of, synthetic=synthetic, is_open=is_open)


def _list_public(
    session: Session, year: int, as_of: datetime | None, *, is_open: bool
) -> list[ActualsRevision]:
    """Return the returns of headcounts that everybody could read exactly."""
    if is_open:
        codes = [code for code in organisations.list_all(session) if is_synthetic(code)]
        return actuals.of_trusts(session, codes, year=year, as_of=as_of)
    made = releases.list_all(session, year=year, as_of=as_of)
    newest = {one.ods_code: one for one in made if one.is_exact}
    found = (
        actuals.find(session, code, year, as_of=newest[code].as_of) for code in sorted(newest)
    )
    return [one for one in found if one is not None]


def _list_released(
    session: Session, year: int, as_of: datetime | None, exact: Sequence[ActualsRevision]
) -> list[PublicTable]:
    """Return the tables under disclosure control, without those that are public as they are."""
    own = {(one.ods_code, Part.WORKFORCE) for one in exact}
    tables = list_tables(session, year, as_of=as_of)
    return [one for one in tables if (one.ods_code, one.part) not in own]


def _make(
    session: Session,
    year: int,
    public: tuple[Sequence[ActualsRevision], Sequence[PublicTable]],
    as_of: datetime | None,
    *,
    synthetic: bool,
    is_open: bool,
) -> Download:
    """Return the download of a census; boards and indicators are in it where all is open."""
    staff, released = public
    codes = [one.ods_code for one in staff]
    known = organisations.list_some(session, codes)
    seated = boards.of_trusts(session, codes, year=year, as_of=as_of) if is_open else []
    rated = indicators.of_census(session, codes, year, as_of=as_of) if is_open else []
    instants = [one.record.at for sent in (staff, seated, rated) for one in sent]
    instants += [one.released.record.at for one in staff if one.released]
    instants += [one.sign_off.record.at for one in staff if one.sign_off]
    instants += [one.release.record.at for one in released]
    return Download(
        year=year,
        as_of=as_of or max(instants),
        synthetic=synthetic,
        trusts={code: known[code].organisation for code in sorted(codes)},
        staff={one.ods_code: one for one in staff},
        boards={one.ods_code: one for one in seated},
        indicators={one.ods_code: one for one in rated},
        released=released,
    )
