"""One target as its page tells it: what it says, what it means, and what has happened to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from app.charts.words import census, day, title_of
from app.dashboard.forms.entered import Entered
from app.dashboard.views.contents import trail_of
from app.dashboard.views.target_answers import Answer
from app.dashboard.views.target_words import (
    STATES,
    say_baseline,
    say_goal,
    say_reference,
)
from app.dashboard.views.targets import names_of
from app.dashboard.views.words import NOTHING, list_notices, say_author, say_many
from app.domain.codes import TargetState
from app.domain.organisations import Organisation
from app.domain.records import Record
from app.domain.target_comments import Comment
from app.domain.target_moves import MOVES
from app.domain.targets import Goal, GoalForm, Milestone, Target
from app.services.definitions import page_of
from app.services.target_views import ShownTarget

VERSIONS: Final = ("Version", "State", "Goal", "Submitted", "What changed", "Why")
"""What is told of each version."""

DONE: Final[Mapping[str, str]] = {
    "drafted": "The draft is saved. It counts once it is submitted.",
    "submitted": "The target is submitted and in force. The national team can review it now.",
    "reviewed": "The target is marked as reviewed.",
    "returned": "The target is returned to the trust with your comment. It stays in force.",
    "withdrawn": "The target is withdrawn. It stays on record with the reason.",
    "commented": "Your comment is added.",
}
"""What is said after a form was taken."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a reader may do with a trust's targets."""

    sets: bool = False
    reviews: bool = False
    comments: bool = False


@dataclass(frozen=True, slots=True)
class Actions:
    """What the reader can do with the version that is shown.

    Attributes:
        change: What the link is called that leads to the form; None without one.
    """

    change: str | None = None
    submits: bool = False
    withdraws: bool = False
    decides: tuple[tuple[str, str], ...] = ()
    comments: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A comment on a version.

    Attributes:
        about: Who said it, when, and to which version.
        decision: What the version became with it; empty for a comment alone.
    """

    about: str
    decision: str
    text: str


@dataclass(frozen=True, slots=True)
class TargetPage:
    """The page of a target.

    Attributes:
        state: What its state is called, and the colour of that.
        tag: Names what is held, for forms.
        other: The version beside the one that is shown, in force or a draft: what is said of it
            and where it is.
        done: What was just done; empty if nothing was.
    """

    title: str
    sentences: Sequence[str]
    trail: Sequence[tuple[str, str]]
    path: str
    state: tuple[str, str]
    version: int
    tag: str
    facts: Mapping[str, str]
    links: Sequence[tuple[str, str]]
    other: tuple[str, str] | None
    answer: Answer
    versions: Sequence[Sequence[str]]
    comments: Sequence[Said]
    actions: Actions
    notices: Sequence[str]
    data: str
    done: str
    entered: Entered = field(default_factory=Entered)


def tell_target(
    trust: Organisation,
    shown: ShownTarget,
    answer: Answer,
    comments: Iterable[Comment],
    *,
    rights: Rights,
    done: str = "",
    entered: Entered | None = None,
) -> TargetPage:
    """Return the page of a target.

    Args:
        trust: That has set it.
        shown: The version that is shown.
        answer: What it means.
        comments: What was said about it, oldest first.
        rights: What the reader may do.
        done: What was just done, as one of `DONE`.
        entered: What was entered into a form that was not taken.
    """
    target, version = shown.target, shown.target.version
    name, path = names_of(target)
    return TargetPage(
        title=f"{name}: {trust.name}",
        sentences=(version.state.sentence,),
        trail=trail_of(trust, "/targets"),
        path=path,
        state=STATES[version.state],
        version=version.version,
        tag=shown.tag,
        facts=_tell_facts(shown),
        links=(
            ("Who is counted", page_of("measures", target.scope.measure)),
            ("What a cycle is", page_of("cycles", target.cycle.code)),
            ("What its state means", page_of("codes", "target_state", version.state)),
            (
                "Where the group stands today",
                f"/trusts/{trust.ods_code}/measures/{target.scope.measure}",
            ),
        ),
        other=_find_other(shown, path),
        answer=answer,
        versions=list(_tell_versions(shown)),
        comments=[_tell_comment(one) for one in comments],
        actions=_allow(shown, rights),
        notices=list_notices(is_invented=trust.is_synthetic),
        data=f"/v1{path}?version={version.version}",
        done=DONE.get(done, ""),
        entered=entered or Entered(),
    )


def _tell_facts(shown: ShownTarget) -> Mapping[str, str]:
    target, version = shown.target, shown.target.version
    terms, cycle = version.terms, target.cycle
    goal = say_goal(terms.goal)
    facts = {
        "Group": title_of(target.scope),
        "Goal": f"{goal}: {terms.goal.reason}" if terms.goal.reason else goal,
        "By": f"The census of {census(cycle.ends)}",
        "From": say_baseline(version.baseline) if version.baseline else "No actuals are held yet",
        "Held against": say_reference(target.scope, terms.reference),
        "Where the goal comes from": (
            terms.basis.method.sentence if terms.basis else terms.provenance.sentence
        ),
        "Approved by the board": (
            day(terms.board_approved_on) if terms.board_approved_on else "Not told"
        ),
        "Why this goal": terms.rationale or "Not told",
        "Version": str(version.version),
        "Drafted": _say_record(version.created),
    }
    if version.submitted:
        facts["Submitted"] = _say_record(version.submitted)
    if shown.days_waiting is not None:
        facts["Waiting for a review"] = (
            f"{say_many(shown.days_waiting, 'day')}; nothing waits for it"
        )
    if version.reason:
        facts["Why it changed"] = version.reason
    return facts


def _say_record(record: Record) -> str:
    return f"{day(record.at)}, by {say_author(record.author)}"


def _find_other(shown: ShownTarget, path: str) -> tuple[str, str] | None:
    number, versions = shown.target.version.version, shown.versions
    for one, said in (
        (versions.draft, "A further version is being drafted"),
        (versions.in_force, "Another version is in force"),
    ):
        if one is not None and one.version.version != number:
            return (
                f"{said}: version {one.version.version}",
                f"{path}?version={one.version.version}",
            )
    return None


def _allow(shown: ShownTarget, rights: Rights) -> Actions:
    version, versions = shown.target.version, shown.versions
    onwards = MOVES[version.state]
    is_draft = version.state is TargetState.DRAFT
    is_newest = version.version == versions.newest.version.version
    change = "Change the draft" if is_draft else "Set a further version"
    decisions = (
        (TargetState.REVIEWED, "Reviewed: it can stay as it is"),
        (TargetState.RETURNED, "Returned: the trust should think again, and is told why"),
    )
    return Actions(
        change=change if rights.sets and is_newest else None,
        submits=rights.sets and is_draft,
        withdraws=rights.sets and TargetState.WITHDRAWN in onwards,
        decides=tuple(
            (state.value, said) for state, said in decisions if rights.reviews and state in onwards
        ),
        comments=rights.comments,
    )


def _tell_comment(comment: Comment) -> Said:
    decision = STATES[comment.decision][0] if comment.decision else ""
    about = f"{comment.record.author.name}, {day(comment.record.at)}, on version {comment.version}"
    return Said(about, decision, comment.text)


def _tell_versions(shown: ShownTarget) -> Iterator[tuple[str, ...]]:
    """Yield a row for each version, newest first."""
    everyone = shown.versions.all
    changes = ["The first version", *(_compare(one, two) for one, two in pairwise(everyone))]
    for target, changed in zip(everyone[::-1], changes[::-1], strict=True):
        version = target.version
        yield (
            str(version.version),
            STATES[version.state][0],
            say_goal(version.terms.goal),
            _say_when(version.submitted.at if version.submitted else None),
            changed,
            version.reason or NOTHING,
        )


def _say_when(at: datetime | None) -> str:
    return day(at) if at else NOTHING


def _compare(before: Target, after: Target) -> str:
    """Return what a version says otherwise than the one before."""
    old, new = _list_terms(before), _list_terms(after)
    changed = [
        f"{label}: {new[label]}, before {old[label]}" for label in new if old[label] != new[label]
    ]
    return "; ".join(changed) or "Nothing that it says"


def _list_terms(target: Target) -> dict[str, str]:
    version, terms = target.version, target.version.terms
    approved = terms.board_approved_on
    due = [_say_milestone(one) for one in terms.milestones if one.year < target.cycle.ends]
    goal = say_goal(terms.goal)
    return {
        "Goal": f"{goal} ({terms.goal.reason})" if terms.goal.reason else goal,
        "Milestones": ", ".join(due) or "a straight line",
        "Baseline": say_baseline(version.baseline) if version.baseline else "not held yet",
        "Held against": say_reference(target.scope, terms.reference),
        "Approved by the board": day(approved) if approved else "not told",
        "Rationale": terms.rationale or "not told",
    }


def _say_milestone(one: Milestone) -> str:
    form = GoalForm.HEADCOUNT if one.share is None else GoalForm.SHARE
    return f"{say_goal(Goal(form, one.share, one.headcount))} in {one.year}"
