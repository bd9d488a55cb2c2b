"""The history of a trust as its page tells it: what happened, what it changed, why and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from app.charts.words import day, lower_first, percent
from app.dashboard.views.contents import trail_of
from app.dashboard.views.revisions import list_changes, list_lines
from app.dashboard.views.words import list_notices, say_author
from app.domain.actuals import ActualsRevision
from app.domain.boards import BoardRevision
from app.domain.codes import TargetState
from app.domain.histories import (
    Corrected,
    Event,
    Released,
    Revised,
    Revision,
    SignedOff,
    TargetMoved,
)
from app.domain.indicators import IndicatorsRevision
from app.domain.measures import TITLES
from app.domain.organisations import Organisation
from app.domain.targets import Goal, GoalForm
from app.services.definitions import page_of

PER_PAGE: Final = 20
"""What happened that one page tells of."""

NOTHING_YET: Final = (
    "Nothing has happened yet that you may see: nothing was sent, set or released.",
    "Releases are told to everybody; what was sent, and targets, to who may read them exactly.",
)

_NAMES: Final[Mapping[type, str]] = {
    ActualsRevision: "Headcounts",
    BoardRevision: "Board",
    IndicatorsRevision: "Indicators",
}
_CORRECTED: Final = {"actuals": "Headcounts", "board": "Board", "indicators": "Indicators"}
_BECAME: Final[Mapping[TargetState, str]] = {
    TargetState.DRAFT: "drafted",
    TargetState.SUBMITTED: "submitted",
    TargetState.REVIEWED: "reviewed",
    TargetState.RETURNED: "returned with comments",
    TargetState.SUPERSEDED: "replaced by a newer version",
    TargetState.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened.

    Attributes:
        when: The day and the time.
        lines: What it is about, and what it changed.
        changes: Groups that changed, where there are many.
        said: The reason, comment or note that went with it.
        who: Who did it, as far as that is told.
        page: What it is about as it stands now: what that is called, and its page.
        code: The page of the code that the title is about.
    """

    when: str
    title: str
    lines: Sequence[str] = ()
    changes: Sequence[str] = ()
    said: str | None = None
    who: str | None = None
    page: tuple[str, str] | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of the history of a trust.

    Attributes:
        newer: The path of the page before, whose happenings are newer; None for none.
        older: Likewise of the page after.
    """

    title: str
    sentences: Sequence[str]
    data: str | None
    trail: Sequence[tuple[str, str]]
    happenings: Sequence[Happening]
    newer: str | None
    older: str | None
    place: str
    notices: Sequence[str]


def count_pages(events: Sequence[Event]) -> int:
    """Return how many pages there are, at least one."""
    return max(1, -(-len(events) // PER_PAGE))


def tell_history(trust: Organisation, events: Sequence[Event], number: int) -> HistoryPage:
    """Return one page of the history.

    Args:
        trust: Whose.
        events: All that the reader may see, newest first.
        number: Of the page, 1 for the newest.
    """
    path = f"/trusts/{trust.ods_code}/history"
    pages = count_pages(events)
    shown = events[(number - 1) * PER_PAGE : number * PER_PAGE]
    return HistoryPage(
        title=f"History: {trust.name}",
        sentences=("What was sent, set and released, the newest first.",)
        if events
        else NOTHING_YET,
        data=None,
        trail=trail_of(trust),
        happenings=[_tell(one) for one in shown],
        newer=_path_of(path, number - 1) if number > 1 else None,
        older=_path_of(path, number + 1) if number < pages else None,
        place=f"Page {number} of {pages}",
        notices=list_notices(is_invented=trust.is_synthetic),
    )


def _path_of(path: str, number: int) -> str:
    return path if number == 1 else f"{path}?page={number}"


def _tell(event: Event) -> Happening:
    when = f"{day(event.at.date())}, {event.at:%H:%M} UTC"
    match event:
        case Revised():
            return _tell_revised(event, when)
        case SignedOff(year, revision, approval):
            return Happening(
                when,
                f"Headcounts of {year} approved by the board",
                (f"On {day(approval.board_date)}, by the {approval.lead_role}.",)
                + ((f"Revision {revision}.",) if revision > 1 else ()),
                who=say_author(approval.record.author),
            )
        case Released(made):
            whose = "The trust's own figures" if made.is_exact else "Figures of all trusts"
            return Happening(
                when,
                f"{whose} of {made.year} released",
                (f"{made.name}, edition {made.edition}.",),
                said=_say("Note", made.note),
            )
        case Corrected(note):
            return Happening(
                when,
                f"{_CORRECTED[note.of]} of {note.year} corrected",
                said=_say("Note", note.note),
            )
        case TargetMoved():
            return _tell_target(event, when)
        case never:
            assert_never(never)


def _tell_revised(event: Revised, when: str) -> Happening:
    after, before = event.after, event.before
    name = f"{_NAMES[type(after)]} of {after.year}"
    title = f"{name} sent" if before is None else f"{name} corrected (revision {after.revision})"
    return Happening(
        when,
        title,
        list_lines(event),
        list_changes(event),
        _say("Why", after.record.reason),
        say_author(after.record.author),
        _page_of(after),
    )


def _page_of(revision: Revision) -> tuple[str, str]:
    """Return where figures of the census stand as they are now: with all nine, or as they came."""
    name = "actuals" if isinstance(revision, ActualsRevision) else "indicators"
    return f"The census of {revision.year}", f"/trusts/{revision.ods_code}/{name}/{revision.year}"


def _tell_target(event: TargetMoved, when: str) -> Happening:
    target, move = event.target, event.move
    version = target.version
    begins = move.state in {TargetState.DRAFT, TargetState.SUBMITTED}
    return Happening(
        when,
        f"Target for {lower_first(TITLES[target.scope.measure])}, {target.cycle.code}:"
        f" version {version.version} {_BECAME[move.state]}",
        (_say_goal(version.terms.goal),) if begins else (),
        said=_say("Comment", move.record.reason)
        or _say("Why", version.reason if begins else None),
        who=say_author(move.record.author),
        page=("This target", f"/trusts/{target.ods_code}/targets/{target.id}"),
        code=page_of("codes", "target_state", move.state),
    )


def _say(what: str, text: str | None) -> str | None:
    return f"{what}: {text}" if text else None


def _say_goal(goal: Goal) -> str:
    match goal.form:
        case GoalForm.SHARE:
            return f"Goal: {percent(float(goal.share or 0))} BME."
        case GoalForm.HEADCOUNT:
            noun = "person" if goal.headcount == 1 else "people"
            return f"Goal: {goal.headcount:,} BME {noun}."
        case GoalForm.MAINTAIN:
            return "Goal: to keep the share of the baseline."
        case GoalForm.NO_TARGET_NEEDED:
            return f"No target needed: {goal.reason}"
        case never:
            assert_never(never)
