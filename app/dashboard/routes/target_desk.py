"""Where targets are set from pages: who sets them, what the form is about, what it would mean."""

from dataclasses import dataclass, replace
from typing import Annotated, Final

from fastapi import Depends
from sqlmodel import Session

from app.dashboard.deps import Now, PageCaller
from app.dashboard.forms.entered import Entered, FieldFault
from app.dashboard.forms.targets import enter, fields_of_milestones, figures_of, read_target
from app.dashboard.routes.trusts import find_trust
from app.dashboard.views.target_answers import Answer, tell_answer
from app.dashboard.views.target_forms import Asked
from app.dashboard.views.target_words import place_faults
from app.dashboard.views.targets import names_of
from app.domain.bands import StaffGroup
from app.domain.callers import Action
from app.domain.errors import MeasureCannotBeNarrowed, TargetNotFound, UnacceptableTarget
from app.domain.measures import Measure, Scope
from app.domain.organisations import Organisation
from app.domain.preconditions import Precondition
from app.domain.proposal_desk import Assumptions, Proposed
from app.domain.targets import ProposalMethod, target_id
from app.services.access import authorise
from app.services.censuses import list_cycles
from app.services.proposals import list_proposals, rest_on_proposal
from app.services.target_drafts import (
    TargetDraft,
    as_draft,
    change_draft,
    draft_target,
    draft_version,
)
from app.services.target_previews import preview_target
from app.services.target_views import ShownTarget, View
from app.services.targets import get_target, list_versions

CANNOT_BE: Final = "This cannot be the goal."
"""What stands where what was entered is refused."""


@dataclass(frozen=True, slots=True)
class _Setter:
    """Somebody who sets targets of a trust."""

    ods_code: str
    caller: PageCaller
    now: Now

    @property
    def view(self) -> View:
        """As when targets are looked at."""
        return View(self.now)

    def find_trust(self, session: Session) -> Organisation:
        """Return the trust; refuse whoever may not set its targets."""
        trust = find_trust(session, self.ods_code)
        authorise(session, self.caller, Action.SET_TARGETS, trust)
        return trust

    def find_held(self, session: Session, asked: Asked) -> tuple[str, str] | None:
        """Return what the target is called that is held of a group and cycle, and where it is."""
        id_ = target_id(asked.scope, asked.cycle)
        try:
            shown = get_target(
                session, ods_code=self.ods_code, id_=id_, caller=self.caller, view=self.view
            )
        except TargetNotFound:
            return None
        return names_of(shown.target)

    def find_newest(self, session: Session, id_: str) -> ShownTarget:
        """Return what a change builds on: the draft, else what is in force, else the newest."""
        versions = list_versions(
            session, ods_code=self.ods_code, id_=id_, caller=self.caller, view=self.view
        )
        held = versions[-1].versions
        number = (held.draft or held.shown).version.version
        return next(one for one in versions if one.target.version.version == number)

    def list_proposals(self, session: Session, asked: Asked) -> list[Proposed]:
        """Return what arithmetic proposes, the strategy's first."""
        return list_proposals(
            session,
            ods_code=self.ods_code,
            cycle=asked.cycle.code,
            scopes=[asked.scope],
            methods=(),
            assumptions=Assumptions(),
            caller=self.caller,
            as_of=None,
            now=self.now,
        )

    def answer(
        self, session: Session, asked: Asked, entered: Entered
    ) -> tuple[Answer, list[FieldFault]]:
        """Return what was entered means, and how it contradicts what is held."""
        if not entered.raw("form"):
            return Answer(), []
        figures = figures_of(entered)
        draft = read_target(figures, asked.scope, asked.cycle, is_further=False)
        if draft is None:
            return Answer(faults=[one.sentence for one in figures.faults]), []
        try:
            preview = preview_target(
                session, ods_code=self.ods_code, draft=draft, caller=self.caller, view=self.view
            )
        except UnacceptableTarget as error:
            faults = place_faults(error.faults, fields_of_milestones(draft))
            return Answer(CANNOT_BE, [one.sentence for one in faults]), faults
        return tell_answer(preview.target, preview.course), []

    def store_new(self, session: Session, draft: TargetDraft, entered: Entered) -> ShownTarget:
        """Draft a target."""
        draft = self._rest(session, draft, entered)
        return draft_target(
            session, ods_code=self.ods_code, draft=draft, caller=self.caller, view=self.view
        )

    def store_change(
        self, session: Session, shown: ShownTarget, wanted: TargetDraft, entered: Entered
    ) -> ShownTarget:
        """Store what a draft says now, or draft a further version where there is no draft."""

        def change(before: TargetDraft) -> TargetDraft:
            stated, held = draft.baseline, before.baseline
            if stated is not None and held is not None:
                # The form does not ask whom a stated baseline covers.
                stated = replace(stated, covers=held.covers)
            return replace(draft, baseline=stated)

        is_draft = shown.versions.draft is not None
        draft = wanted if is_draft else self._rest(session, wanted, entered)
        store = change_draft if is_draft else draft_version
        return store(
            session,
            ods_code=self.ods_code,
            id_=shown.target.id,
            change=change,
            precondition=Precondition(frozenset({entered.raw("tag")})),
            caller=self.caller,
            view=self.view,
        )

    def _rest(self, session: Session, draft: TargetDraft, entered: Entered) -> TargetDraft:
        """Return a draft with what it rests on, if it began as a proposal and still is that."""
        method = next((one for one in ProposalMethod if one.value == entered.raw("method")), None)
        if method is None:
            return draft
        return rest_on_proposal(
            session,
            ods_code=self.ods_code,
            draft=draft,
            method=method,
            caller=self.caller,
            now=self.now,
        )


Setter = Annotated[_Setter, Depends()]
"""Who sets targets, of which trust."""


def find_asked(session: Session, trust: Organisation, entered: Entered) -> Asked | None:
    """Return for which group and cycle a target is asked for; None where that is wrong.

    Args:
        session: That is read from.
        trust: The trust.
        entered: It takes what is wrong.
    """
    scope = _find_scope(entered)
    cycles = {one.code: one for one in list_cycles(session)}
    cycle = cycles.get(entered.choice("cycle", cycles, otherwise="Choose a cycle."))
    if scope is None or cycle is None:
        return None
    path = f"/trusts/{trust.ods_code}/targets/new"
    return Asked(trust, scope, cycle, "Set a target", path)


def _find_scope(entered: Entered) -> Scope | None:
    measure = entered.choice("measure", list(Measure), otherwise="Choose a group.")
    group = entered.choice(
        "staff_group", ["", *StaffGroup], otherwise="Choose who of the group is counted."
    )
    if entered.faults:
        return None
    try:
        return Scope(Measure(measure), StaffGroup(group) if group else None)
    except MeasureCannotBeNarrowed:
        told = "This group is always everybody. Choose “Everybody in the group”."
        entered.refuse("staff_group", told)
        return None


def ask_change(trust: Organisation, shown: ShownTarget) -> Asked:
    """Return what the form is about in which a target is changed."""
    target, draft = shown.target, shown.versions.draft
    is_further = draft is None or draft.version.version > 1
    name = "Set a further version" if draft is None else "Change the draft"
    held = names_of(target)
    return Asked(trust, target.scope, target.cycle, name, f"{held[1]}/edit", is_further, held)


def enter_held(shown: ShownTarget) -> Entered:
    """Return what that form begins with: what is held, and of a further version no reason yet."""
    held = as_draft(shown.target)
    if shown.versions.draft is None:
        held = replace(held, change_reason=None)
    return enter(held).but(tag=shown.tag)
