"""The cast as organisations of the register, and the successions among them."""

from datetime import date, timedelta

from app.demonstration.cast import Cast, Trust
from app.demonstration.chance import Chance
from app.demonstration.names import invent_names
from app.domain.organisations import Attribute, Dated, Kind, Organisation, Succession

ICBS_BEGIN = date(2022, 7, 1)
"""First day of the integrated care boards."""

FORMER_ICBS_END = date(2026, 3, 31)
"""Last day of the boards that ended when their number fell."""


def describe(cast: Cast, chance: Chance) -> tuple[Organisation, ...]:
    """Return the trusts as organisations, with invented names."""
    names = invent_names([trust.profile.type for trust in cast.trusts], chance)
    return tuple(
        Organisation(
            ods_code=trust.code,
            kind=Kind.TRUST,
            opened=trust.opened,
            closed=trust.closed,
            facts=_facts(trust, name),
        )
        for trust, name in zip(cast.trusts, names, strict=True)
    )


def _facts(trust: Trust, name: str) -> dict[Attribute, tuple[Dated, ...]]:
    facts: dict[Attribute, tuple[Dated, ...]] = {
        Attribute.NAME: (Dated(name),),
        Attribute.TYPE: (Dated(trust.profile.type.value),),
    }
    if trust.profile.region is not None:
        facts[Attribute.REGION] = (Dated(trust.profile.region),)
    if boards := tuple(_boards(trust)):
        facts[Attribute.ICB] = boards
    return facts


def _boards(trust: Trust) -> list[Dated]:
    """Return the integrated care boards of a trust, oldest first."""
    icb, former = trust.profile.icb, trust.profile.former_icb
    last = trust.closed or date.max
    if icb is None or last < ICBS_BEGIN:
        return []
    begin = max(trust.opened, ICBS_BEGIN)
    if former is None or former == icb or begin > FORMER_ICBS_END:
        return [Dated(icb, begin)]
    boards = [Dated(former, begin, FORMER_ICBS_END)]
    if last > FORMER_ICBS_END:
        boards.append(Dated(icb, FORMER_ICBS_END + timedelta(days=1)))
    return boards


def successions(cast: Cast) -> tuple[Succession, ...]:
    """Return who took over from whom, oldest first."""
    code = [trust.code for trust in cast.trusts]
    return tuple(
        Succession(
            predecessor=code[predecessor],
            successor=None if successor is None else code[successor],
            effective_date=change.effective,
            kind=change.kind,
        )
        for change in cast.changes
        for predecessor in change.predecessors
        for successor in change.successors or (None,)
    )
