"""What people enter to set a target: texts as the form sends them, and what they come to."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, TypeVar

from pydantic import BaseModel

from app.dashboard.entered_texts import EnteredText, find_text_faults, read_text
from app.dashboard.views.content import FieldFault
from app.domain.bands import StaffGroup
from app.domain.censuses import CYCLE_YEARS, Cycle
from app.domain.measures import Measure, ReferenceKind
from app.domain.targets import Baseline, Goal, GoalForm, Milestone, ParityReference, Terms
from app.domain.texts import LONGEST_PARAGRAPH, LONGEST_PASSAGE, LONGEST_SENTENCE
from app.services.target_drafts import TargetDraft

Choice = TypeVar("Choice", bound=Enum)

MILESTONES: Final = tuple(f"milestone_{number}" for number in range(1, CYCLE_YEARS))
"""The fields of what is due at each census between baseline and goal."""

_COUNTS: Final = ("baseline_bme", "baseline_total", "workforce_bme", "workforce_total")
_BASELINE: Final = (*_COUNTS, "baseline_source")
_DAY: Final = ("board_day", "board_month", "board_year")
_WHOLE: Final = re.compile(r"[0-9]{1,7}", re.ASCII)
_PERCENT: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?", re.ASCII)
_PLACES: Final = Decimal("0.0001")


class TargetEntries(BaseModel):
    """What the form sends: texts, empty where nothing was entered."""

    measure: EnteredText = ""
    staff_group: EnteredText = ""
    cycle: EnteredText = ""
    form: EnteredText = ""
    goal_headcount: EnteredText = ""
    goal_share: EnteredText = ""
    reason: EnteredText = ""
    milestone_1: EnteredText = ""
    milestone_2: EnteredText = ""
    baseline_bme: EnteredText = ""
    baseline_total: EnteredText = ""
    workforce_bme: EnteredText = ""
    workforce_total: EnteredText = ""
    baseline_source: EnteredText = ""
    reference: EnteredText = ""
    reference_share: EnteredText = ""
    reference_source: EnteredText = ""
    board_day: EnteredText = ""
    board_month: EnteredText = ""
    board_year: EnteredText = ""
    rationale: EnteredText = ""
    change_reason: EnteredText = ""
    method: EnteredText = ""
    tag: EnteredText = ""
    step: EnteredText = ""

    def text(self, name: str) -> str:
        """Return what was entered into a field, as it is stored."""
        entered: str = getattr(self, name)
        return read_text(entered)

    def without_words(self) -> "TargetEntries":
        """Return what was entered with a mark for every reason and source: the rest is figures."""
        told = dict.fromkeys(("reason", "baseline_source", "reference_source"), "–")
        blank = dict.fromkeys(("rationale", "change_reason", *_DAY), "")
        is_stated = any(self.text(name) for name in _COUNTS)
        return self.model_copy(
            update=told | blank | ({} if is_stated else {"baseline_source": ""})
        )


@dataclass(slots=True)
class ReadTarget:
    """What was entered, read.

    Attributes:
        faults: What is wrong with it, in the order of the form.
        draft: What it comes to; None if there are faults.
        milestones: The fields of the draft's milestones, in their order.
    """

    faults: list[FieldFault] = field(default_factory=list)
    draft: TargetDraft | None = None
    milestones: list[str] = field(default_factory=list)


def read_target(entries: TargetEntries, cycle: Cycle, *, is_further: bool) -> ReadTarget:
    """Return what was entered as a draft, or every fault of it.

    Args:
        entries: What was entered, its measure and staff group among those that there are.
        cycle: That it is for.
        is_further: Whether it takes the place of a version, for a reason.
    """
    found = ReadTarget()
    reader = _Reader(entries, found.faults)
    goal = reader.goal()
    milestones = reader.milestones(cycle)
    found.milestones.extend(milestones)
    baseline = reader.baseline(cycle)
    reference = reader.reference()
    approved = reader.day()
    rationale = reader.words("rationale", LONGEST_PASSAGE)
    reason = reader.words("change_reason", LONGEST_PARAGRAPH, _WHY) if is_further else None
    if found.faults or goal is None:
        return found
    found.draft = TargetDraft(
        measure=Measure(entries.measure),
        staff_group=StaffGroup(entries.staff_group) if entries.staff_group else None,
        cycle=cycle.code,
        terms=Terms(goal, tuple(milestones.values()), reference, approved, rationale),
        baseline=baseline,
        change_reason=reason,
    )
    return found


_WHY: Final = "Say why the target changes."


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads fields one by one, and notes what is wrong with each."""

    entries: TargetEntries
    faults: list[FieldFault]

    def goal(self) -> Goal | None:
        """Return the goal; None if it is not stated as one."""
        form = self._choice("form", GoalForm)
        match form:
            case GoalForm.HEADCOUNT:
                people = self._whole("goal_headcount", "Enter how many BME people.")
                return None if people is None else Goal(form, headcount=people)
            case GoalForm.SHARE:
                share = self._percent("goal_share", "Enter the share in percent, such as 42.5.")
                return None if share is None else Goal(form, share=share)
            case GoalForm.NO_TARGET_NEEDED:
                reason = self.words("reason", LONGEST_PARAGRAPH, "Say why no target is needed.")
                return None if reason is None else Goal(form, reason=reason)
            case GoalForm.MAINTAIN:
                return Goal(form)
            case _:
                self._note("form", "Choose what the goal is.")
                return None

    def milestones(self, cycle: Cycle) -> dict[str, Milestone]:
        """Return what is due before the goal, in its form, by field; none for a straight line."""
        found: dict[str, Milestone] = {}
        form = self._choice("form", GoalForm)
        for year, name in enumerate(MILESTONES, cycle.starts + 1):
            if form is GoalForm.HEADCOUNT and (people := self._whole(name)) is not None:
                found[name] = Milestone(year, headcount=people)
            if form is GoalForm.SHARE and (share := self._percent(name)) is not None:
                found[name] = Milestone(year, share=share)
        return found

    def baseline(self, cycle: Cycle) -> Baseline | None:
        """Return where it starts, if that is stated."""
        if not any(self.entries.text(name) for name in _BASELINE):
            return None
        counts = [self._whole(name, "Enter how many people, 0 if none.") for name in _COUNTS]
        source = self.words(
            "baseline_source", LONGEST_SENTENCE, "Say where these figures come from."
        )
        bme, total, workforce_bme, workforce_total = (one or 0 for one in counts)
        return Baseline(
            cycle.starts, bme, total, workforce_bme, workforce_total, source=source or ""
        )

    def reference(self) -> ParityReference | None:
        """Return what the measure is held against; None for its default."""
        if not self.entries.reference:
            return None
        kind = self._choice("reference", ReferenceKind)
        if kind is None:
            self._note("reference", "Choose what the group is held against.")
            return None
        if kind is not ReferenceKind.FIXED:
            return ParityReference(kind)
        share = self._percent("reference_share", "Enter the share in percent, such as 42.5.")
        source = self.words(
            "reference_source", LONGEST_SENTENCE, "Say where the share comes from."
        )
        return ParityReference(kind, share, source)

    def day(self) -> date | None:
        """Return the day on which the board approved it, if it did."""
        parts = [self.entries.text(name) for name in _DAY]
        if not any(parts):
            return None
        try:
            day, month, year = (int(one) if _WHOLE.fullmatch(one) else 0 for one in parts)
            found = date(year, month, day)
        except (ValueError, OverflowError):
            found = date.min
        if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            self._note(_DAY[0], "Enter a day that there was, such as 26 5 2022.")
            return None
        return found

    def words(self, name: str, longest: int, needed: str | None = None) -> str | None:
        """Return a text; None if there is none."""
        text = self.entries.text(name)
        for sentence in find_text_faults(text, longest, needed):
            self._note(name, sentence)
        return text or None

    def _whole(self, name: str, needed: str | None = None) -> int | None:
        text = self.entries.text(name).replace(",", "")
        if not text and needed is None:
            return None
        if not _WHOLE.fullmatch(text):
            self._note(name, "Enter a whole number of people." if text else str(needed))
            return None
        return int(text)

    def _percent(self, name: str, needed: str | None = None) -> Decimal | None:
        text = self.entries.text(name).removesuffix("%").rstrip()
        if not text and needed is None:
            return None
        if not _PERCENT.fullmatch(text) or Decimal(text) > _ALL:
            told = "Enter a percentage from 0 to 100 with at most two decimals, such as 42.5."
            self._note(name, told if text else str(needed))
            return None
        return (Decimal(text) / _ALL).quantize(_PLACES)

    def _choice(self, name: str, kinds: type[Choice]) -> Choice | None:
        text = self.entries.text(name)
        return next((one for one in kinds if one.value == text), None)

    def _note(self, name: str, sentence: str) -> None:
        self.faults.append(FieldFault(name, sentence))


_ALL: Final = Decimal(100)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def enter(draft: TargetDraft) -> TargetEntries:
    """Return what somebody would have entered to set a target so."""
    terms, stated, approved = draft.terms, draft.baseline, draft.terms.board_approved_on
    goal, reference = terms.goal, terms.reference
    entered = {
        "measure": draft.measure.value,
        "staff_group": draft.staff_group.value if draft.staff_group else "",
        "cycle": draft.cycle,
        "form": goal.form.value,
        "goal_headcount": "" if goal.headcount is None else str(goal.headcount),
        "goal_share": _as_percent(goal.share),
        "reason": goal.reason or "",
        "reference": reference.kind.value if reference else "",
        "reference_share": _as_percent(reference.share) if reference else "",
        "reference_source": (reference.source or "") if reference else "",
        "rationale": terms.rationale or "",
        "change_reason": draft.change_reason or "",
    }
    starts = int(draft.cycle[:4])
    for one in terms.milestones:
        # The last census has the goal itself.
        if one.year < starts + CYCLE_YEARS:
            value = _as_percent(one.share) if one.headcount is None else str(one.headcount)
            entered[f"milestone_{one.year - starts}"] = value
    if stated is not None:
        counts = (stated.bme, stated.total, stated.workforce_bme, stated.workforce_total)
        entered |= dict(zip(_COUNTS, map(str, counts), strict=True))
        entered["baseline_source"] = stated.source or ""
    if approved is not None:
        entered |= dict(
            zip(_DAY, map(str, (approved.day, approved.month, approved.year)), strict=True)
        )
    return TargetEntries(**entered)


def _as_percent(share: Decimal | None) -> str:
    """Return a share as it is entered, in percent without needless noughts."""
    return "" if share is None else f"{(share * _ALL).normalize():f}"
