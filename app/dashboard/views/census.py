"""One census of a trust as its page tells it: counts, revisions, sign-off, release, warnings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.words import day, title_of
from app.dashboard.views.actuals import Rights, tag_of
from app.dashboard.views.contents import trail_of
from app.dashboard.views.tags import Tag, name_code
from app.dashboard.views.words import (
    NOTHING,
    list_notices,
    say_author,
    say_people,
    say_share,
)
from app.domain.actuals import ActualsRevision, Headcounts, sum_pairs
from app.domain.bands import ALLOWED_PAIRS, StaffGroup
from app.domain.codes import ActualsState, Reason
from app.domain.counts import Count
from app.domain.definitions import BAND_TITLES
from app.domain.disclosure import PublicCounts
from app.domain.explanations import Warned, WarningKey
from app.domain.measures import staff_group_pairs
from app.domain.organisations import Organisation
from app.domain.public_tables import PublicTable, why_no_share
from app.domain.records import Record
from app.domain.releases import Release
from app.services.definitions import page_of

COUNTS: Final = ("White", "BME", "Unknown", "All people", "BME share")
"""What is told of each group of people, beside its name."""

REVISIONS: Final = ("Revision", "Stored", "By", "Why", "Workforce", "BME people", "State")
"""What is told of each revision."""

GROUP_TITLES: Final = {
    StaffGroup.NON_CLINICAL: "Non-clinical staff",
    StaffGroup.CLINICAL: "Clinical staff",
    StaffGroup.MEDICAL: "Medical and dental staff",
}
"""What each staff group is called."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of groups of people, one a row.

    Attributes:
        first: What the groups are.
    """

    caption: str
    first: str
    rows: Sequence["CountRow"]


@dataclass(frozen=True, slots=True)
class CountRow:
    """Counts of one group of people.

    Attributes:
        path: Of the page that says who they are; None where the name says it.
    """

    name: str
    path: str | None
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class HeldWarning:
    """A warning that stays with the newest revision.

    Attributes:
        path: Of the page of its code.
        explanation: What the trust says to it; empty until it says something.
        explain: Where the trust says it; None for a reader who may not.
    """

    title: str
    sentence: str
    path: str
    explanation: str
    explain: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What a reader may do with the census next.

    Attributes:
        path: Where it is done.
    """

    title: str
    path: str
    is_secondary: bool = False


@dataclass(frozen=True, slots=True)
class CensusPage:
    """The page of one census of a trust.

    Attributes:
        done: What has just been done; empty for nothing.
        facts: What is known of the figures, by label.
        revisions: Oldest first; none to a reader who sees only what is public.
    """

    title: str
    sentences: Sequence[str]
    data: str
    trail: Sequence[tuple[str, str]]
    notices: Sequence[str]
    done: str
    state: Tag
    facts: dict[str, str]
    tables: Sequence[CountTable]
    warnings: Sequence[HeldWarning]
    revisions: Sequence[Sequence[str]]
    steps: Sequence[Step]


def tell_census(
    trust: Organisation,
    held: ActualsRevision,
    *,
    revisions: Sequence[ActualsRevision],
    rights: Rights,
    done: str = "",
) -> CensusPage:
    """Return the page of a census whose exact figures the reader may see.

    Args:
        trust: The trust.
        held: The revision that counts.
        revisions: Every revision, oldest first; none where only this one is public.
        rights: What the reader may do.
        done: What has just been done.
    """
    path = f"/trusts/{trust.ods_code}/actuals/{held.year}"
    return CensusPage(
        title=f"Census of 31 March {held.year}: {trust.name}",
        sentences=(),
        data=f"/v1{path}",
        trail=trail_of(trust, "/actuals"),
        notices=list_notices(is_invented=trust.is_synthetic),
        done=done,
        state=tag_of(held.state),
        facts=_tell_facts(held),
        tables=list(_list_tables(held.actuals.headcounts)),
        warnings=_list_warnings(held, rights),
        revisions=[_tell_revision(one) for one in revisions],
        steps=_list_steps(held, rights, path),
    )


def tell_public_census(trust: Organisation, table: PublicTable) -> CensusPage:
    """Return the page of a census of which the reader sees what was released."""
    rows = [
        CountRow(title_of(scope), page_of("measures", scope.measure), _public_cells(counts))
        for scope, counts in table.list_measures()
    ]
    return CensusPage(
        title=f"Census of 31 March {table.year}: {trust.name}",
        sentences=(),
        data=f"/v1/trusts/{trust.ods_code}/actuals/{table.year}",
        trail=trail_of(trust, "/actuals"),
        notices=list_notices(is_invented=trust.is_synthetic, is_controlled=True),
        done="",
        state=tag_of(ActualsState.PUBLISHED),
        facts={"Released": _say_release(table.release)},
        tables=[CountTable("People by measure", "Measure", rows)],
        warnings=(),
        revisions=(),
        steps=(),
    )


def _public_cells(counts: PublicCounts) -> Sequence[str]:
    return (
        say_people(counts.white, _hidden(counts.split_suppressed)),
        say_people(counts.bme, _hidden(counts.suppressed)),
        say_people(counts.unknown, _hidden(counts.split_suppressed)),
        say_people(counts.total, _hidden(counts.suppressed)),
        say_share(None if counts.share is None else float(counts.share), why_no_share(counts)),
    )


def _hidden(suppressed: object) -> Reason | None:
    return Reason.SUPPRESSED if suppressed else None


def _tell_facts(held: ActualsRevision) -> dict[str, str]:
    actuals, approval = held.actuals, held.sign_off
    facts = {"Revision": f"{held.revision}, {_say_stored(held.record)}"}
    facts["Source"] = actuals.source
    if actuals.covers != (held.ods_code,):
        facts["Covers"] = ", ".join(actuals.covers)
    if actuals.notes:
        facts["Notes"] = actuals.notes
    if held.correction_note:
        facts["Correction note"] = held.correction_note
    if approval:
        facts["Signed off"] = (
            f"The board approved these figures on {day(approval.board_date)};"
            f" {approval.lead_role} reports them."
        )
    if held.released:
        facts["Released"] = _say_release(held.released)
    return facts


def _say_stored(record: Record) -> str:
    return f"stored on {day(record.at)} by {say_author(record.author)}"


def _say_release(release: Release) -> str:
    how = "exactly as they are" if release.is_exact else "rounded, small numbers hidden"
    return f"{release.name}, edition {release.edition}, on {day(release.as_of)}: {how}."


def _list_tables(headcounts: Headcounts) -> Iterator[CountTable]:
    """Yield a table of everybody by staff group, then one of each group by band."""
    groups, tables = [], []
    for group in StaffGroup:
        pairs = [pair for pair in ALLOWED_PAIRS if pair[0] is group and pair in headcounts]
        if not pairs:
            continue
        rows = [
            CountRow(BAND_TITLES[pair[1]], page_of("bands", pair[1]), _cells(headcounts[pair]))
            for pair in pairs
        ]
        together = _cells(sum_pairs(headcounts, staff_group_pairs(group)))
        first = "Grade" if group is StaffGroup.MEDICAL else "Band"
        tables.append(
            CountTable(GROUP_TITLES[group], first, [*rows, CountRow("All", None, together)])
        )
        groups.append(
            CountRow(GROUP_TITLES[group], page_of("codes", "staff_group", group), together)
        )
    everybody = CountRow("Everybody", None, _cells(Count.sum(headcounts.values())))
    yield CountTable("All staff groups together", "Staff group", [*groups, everybody])
    yield from tables


def _cells(count: Count) -> Sequence[str]:
    return (
        say_people(count.white, None),
        say_people(count.bme, None),
        say_people(count.unknown, None),
        say_people(count.total, None),
        say_share(None if count.share is None else float(count.share), Reason.NO_PEOPLE),
    )


def _list_warnings(held: ActualsRevision, rights: Rights) -> Sequence[HeldWarning]:
    found = []
    for ordinal, caution in enumerate(held.cautions):
        said = held.explanations.get(ordinal)
        key = WarningKey(Warned.ACTUALS, held.year, held.revision, ordinal)
        found.append(
            HeldWarning(
                title=name_code(caution.code),
                sentence=caution.detail,
                path=page_of("codes", "warning", caution.code),
                explanation=said.text if said else "",
                explain=f"/trusts/{held.ods_code}/warnings/{key}" if rights.sends else None,
            )
        )
    return found


def _tell_revision(one: ActualsRevision) -> Sequence[str]:
    everybody = one.actuals.workforce
    return (
        str(one.revision),
        day(one.record.at),
        say_author(one.record.author),
        one.record.reason or NOTHING,
        say_people(everybody.total, None),
        say_people(everybody.bme, None),
        tag_of(one.state).title,
    )


def _list_steps(held: ActualsRevision, rights: Rights, path: str) -> Sequence[Step]:
    """Return what the reader may do next, the most likely first."""
    steps = []
    if rights.signs and not held.sign_off:
        steps.append(Step("Sign off", f"{path}/sign-off"))
    is_exact = held.released is not None and held.released.is_exact
    if rights.releases and held.sign_off and not is_exact:
        steps.append(Step("Make these figures public", f"{path}/release"))
    if rights.sends:
        send = f"/trusts/{held.ods_code}/actuals/send/counts?year={held.year}"
        steps.append(Step("Correct these figures", send, is_secondary=True))
    return steps
