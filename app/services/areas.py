"""Reporting the progress of areas: integrated care boards, regions and England."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from app.domain.area_progress import tell_progress
from app.domain.area_series import AreaSeries, analyse_areas, make_area_rows, tell_turnouts
from app.domain.area_sums import Ground, add_up, lay_out_at_censuses, lay_out_today
from app.domain.area_units import Sent, Unit, find_relatives, gather, make_units
from app.domain.areas import AreaReport, Boundaries, RowsOf
from app.domain.bands import StaffGroup
from app.domain.callers import Action, Caller
from app.domain.codes import Reason
from app.domain.errors import AreaNotFound
from app.domain.measures import NOT_NARROWED, Measure, Scope
from app.domain.methods import get_method
from app.domain.organisations import Organisation
from app.domain.panels import Censuses
from app.domain.questions import AskedReference, refuse_contradictions
from app.domain.series import Continuity
from app.services.access import is_open_to_all, note_reading, require_role
from app.services.area_register import AreaRegister, read_register
from app.services.compact_rows import Asked, find_newest_move, list_rows
from app.services.england import is_invented
from app.services.instants import refuse_future
from app.store import areas

ENGLAND = "ENG"
"""The code of England in the register."""


@dataclass(frozen=True, slots=True)
class AreaInquiry:
    """How the progress of an area is asked for.

    Attributes:
        measures: None for all that can be narrowed to the staff group.
        rows: What has a row: the area's trusts, or, of England, its areas.
        boundaries: Which trusts are added up.
        as_of: None for the newest change that the answer depends on.
        reference: What parity means; for trusts that of their targets unless asked for.
        horizon: Years to which forecasts are listed, 1 to 30.
        method: Version of the method; None for the newest.
    """

    measures: tuple[Measure, ...] = ()
    staff_group: StaffGroup | None = None
    rows: RowsOf = RowsOf.TRUST
    boundaries: Boundaries = Boundaries.TODAY
    continuity: Continuity = Continuity.COMBINED
    as_of: datetime | None = None
    reference: AskedReference = field(default_factory=AskedReference)
    horizon: int = 30
    method: str | None = None

    def scopes(self) -> tuple[Scope, ...]:
        """Return the measures asked for, each once and in the order asked for.

        Raises:
            MeasureCannotBeNarrowed: One of them cannot be.
        """
        narrowed = self.staff_group is not None
        every = [one for one in Measure if not (narrowed and one in NOT_NARROWED)]
        return tuple(Scope(one, self.staff_group) for one in dict.fromkeys(self.measures or every))


def report_area(
    session: Session, *, code: str, inquiry: AreaInquiry, caller: Caller, now: datetime
) -> AreaReport:
    """Add up the trusts of an area, and tell of each of them in a line.

    Args:
        session: A reading session.
        code: Of an integrated care board, a region or England.
        inquiry: How it is asked for.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        AreaNotFound: No area has the code.
        TokenInvalid: The caller has no token, and the trusts are real.
        NotAllowed: The caller may not read sums over real trusts.
        MethodNotFound: No method has the version.
        MeasureCannotBeNarrowed: A measure cannot be narrowed to the staff group.
        UnacceptableQuestion: The question contradicts itself, or its instant has not come.
    """
    synthetic = is_invented(session)
    require_role(caller, Action.READ_AREAS, synthetic=synthetic)
    if not is_open_to_all(caller, Action.READ_AREAS, synthetic=synthetic):
        note_reading(session, caller, code)
    method, scopes = get_method(inquiry.method), inquiry.scopes()
    refuse_future(inquiry.as_of, now)
    refuse_contradictions(inquiry.reference, scopes)
    register = read_register(session, synthetic=synthetic, as_of=inquiry.as_of, now=now)
    if code not in register.areas:
        raise AreaNotFound(code)
    scene = _set_scene(session, register, register.areas[code], inquiry)
    asked = Asked(scopes, inquiry.reference, method, inquiry.as_of)
    series = scene.analyse([scene.area], asked)
    listed = scene.list_units(series)
    rows = list_rows(session, listed, scene.sent, asked)
    moved_at = find_newest_move(session, listed, asked)
    return AreaReport(
        area=scene.area,
        boundaries=inquiry.boundaries,
        continuity=inquiry.continuity,
        as_of=inquiry.as_of or max(moved_at, *scene.list_changes()),
        method=method.version,
        synthetic=synthetic,
        trusts=len(listed),
        turnouts=tell_turnouts(series, 0),
        measures=tell_progress(
            series, 0, rows, nothing=scene.why_nothing(listed), horizon=inquiry.horizon
        ),
        rows=rows
        if inquiry.rows is RowsOf.TRUST
        else make_area_rows(scene.analyse(register.list_areas(), asked)),
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who is added up, and what they have sent.

    Attributes:
        units: The trusts that are added up.
        censuses: Of each of them.
    """

    register: AreaRegister
    area: Organisation
    inquiry: AreaInquiry
    sent: Sent
    units: Sequence[Unit]
    censuses: Censuses
    ground: Ground

    def analyse(self, those: Sequence[Organisation], asked: Asked) -> AreaSeries:
        """Return the sums of some areas, analysed."""
        return analyse_areas(
            those,
            asked.questions,
            units=self.units,
            censuses=self.censuses,
            sums=add_up(those, self.ground, self.censuses),
            method=asked.method,
        )

    def list_units(self, series: AreaSeries) -> Sequence[Unit]:
        """Return the trusts that have a line: those of today, or of the area's last census."""
        if self.inquiry.boundaries is Boundaries.TODAY:
            return self.units
        held = series.sums.censuses.has_staff[0] | series.sums.censuses.has_board[0]
        if not held.any():
            return []
        last = int(held.nonzero()[0][-1])
        there = series.sums.expected[0, :, last]
        codes = [unit.code for unit, is_there in zip(self.units, there, strict=True) if is_there]
        return _make_units(self.register, codes, self.sent, self.inquiry.continuity)

    def why_nothing(self, listed: Sequence[Unit]) -> Reason:
        """Return why there are no figures, where there are none."""
        if self.inquiry.boundaries is Boundaries.AT_CENSUS or listed:
            return Reason.NO_ACTUALS
        is_open = self.area.is_open_on(self.register.day)
        return Reason.NO_TRUSTS if is_open else Reason.AREA_CLOSED

    def list_changes(self) -> Iterator[datetime]:
        """Yield the instants of what the sums depend on."""
        yield from self.register.list_changes()
        for head in (*self.sent.staff.values(), *self.sent.boards.values()):
            yield head.recorded_at
            if head.signed_at is not None:
                yield head.signed_at


def _set_scene(
    session: Session, register: AreaRegister, area: Organisation, inquiry: AreaInquiry
) -> _Scene:
    """Return who is added up for an area by the boundaries asked for."""
    is_today = inquiry.boundaries is Boundaries.TODAY
    members = register.list_of_today(area) if is_today else register.list_ever(area)
    family = find_relatives(members, register.successions)
    sent = areas.read_sent(session, family, as_of=inquiry.as_of)
    if is_today:
        units = _make_units(register, members, sent, inquiry.continuity)
        censuses = gather(units, sent)
        ground = lay_out_today(units, censuses, register.day)
    else:
        units = _make_units(register, sorted(family), sent, Continuity.AS_REPORTED)
        censuses = gather(units, sent)
        ground = lay_out_at_censuses(units, censuses)
    return _Scene(register, area, inquiry, sent, units, censuses, ground)


def _make_units(
    register: AreaRegister, codes: Iterable[str], sent: Sent, continuity: Continuity
) -> list[Unit]:
    return make_units(codes, register.trusts, register.successions, sent, continuity)
