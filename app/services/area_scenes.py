"""Who is added up for an area, and what of what they have sent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.area_series import AreaSeries, analyse_areas
from app.domain.area_sums import Ground, add_up, lay_out_at_censuses, lay_out_today
from app.domain.area_units import Sent, Unit, find_relatives, gather, make_units
from app.domain.areas import Boundaries, RowsOf
from app.domain.bands import StaffGroup
from app.domain.codes import Reason
from app.domain.measures import NOT_NARROWED, Measure, Scope
from app.domain.organisations import Organisation
from app.domain.panels import Censuses
from app.domain.questions import AskedReference
from app.domain.series import Continuity, Head
from app.services.area_register import AreaRegister
from app.services.compact_rows import Asked


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
        sums_only: Whether the answer does without rows, and without goals of trusts.
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
    sums_only: bool = False

    def scopes(self) -> tuple[Scope, ...]:
        """Return the measures asked for, each once and in the order asked for.

        Raises:
            MeasureCannotBeNarrowed: One of them cannot be.
        """
        narrowed = self.staff_group is not None
        every = [one for one in Measure if not (narrowed and one in NOT_NARROWED)]
        return tuple(Scope(one, self.staff_group) for one in dict.fromkeys(self.measures or every))


@dataclass(frozen=True, slots=True)
class AreaScene:
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
        yield from list_sendings((*self.sent.staff.values(), *self.sent.boards.values()))


def find_family(
    register: AreaRegister, area: Organisation, boundaries: Boundaries
) -> frozenset[str]:
    """Return the trusts that are added up for an area, with all whose returns may count them."""
    return find_relatives(_list_members(register, area, boundaries), register.successions)


def set_scene(
    register: AreaRegister, area: Organisation, inquiry: AreaInquiry, sent: Sent
) -> AreaScene:
    """Return who is added up for an area by the boundaries asked for.

    Args:
        register: The register as known at the instant asked for.
        area: The area.
        inquiry: How it is asked for.
        sent: What the family of the area has sent, as far as it counts.
    """
    members = _list_members(register, area, inquiry.boundaries)
    if inquiry.boundaries is Boundaries.TODAY:
        units = _make_units(register, members, sent, inquiry.continuity)
        censuses = gather(units, sent)
        ground = lay_out_today(units, censuses, register.day)
    else:
        units = _make_units(register, sent.codes, sent, Continuity.AS_REPORTED)
        censuses = gather(units, sent)
        ground = lay_out_at_censuses(units, censuses)
    return AreaScene(register, area, inquiry, sent, units, censuses, ground)


def _list_members(
    register: AreaRegister, area: Organisation, boundaries: Boundaries
) -> tuple[str, ...]:
    is_today = boundaries is Boundaries.TODAY
    return register.list_of_today(area) if is_today else register.list_ever(area)


def _make_units(
    register: AreaRegister, codes: Iterable[str], sent: Sent, continuity: Continuity
) -> list[Unit]:
    return make_units(codes, register.trusts, register.successions, sent, continuity)


def list_sendings(heads: Iterable[Head]) -> Iterator[datetime]:
    """Yield the instants at which returns were sent and signed off."""
    for head in heads:
        yield head.recorded_at
        if head.signed_at is not None:
            yield head.signed_at
