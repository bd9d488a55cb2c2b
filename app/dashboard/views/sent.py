"""What a file does, as pages tell it: previewed before it is confirmed, and once it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.words import day, title_of
from app.dashboard.forms.uploads import KINDS
from app.dashboard.views.contents import trail_of
from app.dashboard.views.tags import name_code
from app.dashboard.views.words import (
    NOTHING,
    list_notices,
    say_author,
    say_many,
    say_people,
    say_share,
)
from app.domain.codes import Reason, WarningCode
from app.domain.effects import Effect, Standing
from app.domain.imports import Import, ImportItem, ImportKind, ImportOutcome, ImportRemark
from app.domain.organisations import Organisation
from app.services.definitions import page_of
from app.services.imports import Imported

ITEMS: Final = ("Trust", "Census", "What happens", "Figures that change")
"""What is told of each thing in a file."""

EFFECTS: Final = (
    "Measure",
    "BME people before",
    "BME people after",
    "BME share before",
    "BME share after",
    "Against the path before",
    "Against the path after",
)
"""What is told of each measure that would stand elsewhere."""

PROVISIONAL: Final = (
    "The figures are provisional until the board has approved them and they are signed off."
)
"""What is to be done next with headcounts."""

_OUTCOMES: Final = {
    ImportOutcome.NEW: "New",
    ImportOutcome.REVISED: "A correction, revision {revision}",
    ImportOutcome.UNCHANGED: "The same is held; nothing changes",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Something to know of a file, with the page of its code.

    Attributes:
        whose: The trust and census that it is about; empty for the file as a whole.
    """

    title: str
    sentence: str
    path: str
    whose: str
    stays: bool


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a file would do, before it is confirmed.

    Attributes:
        notice: Why the preview is shown again; empty where it is not.
        path: Where it is confirmed; None where nothing would change.
        back: Where another file is sent.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    notices: Sequence[str]
    notice: str
    facts: Mapping[str, str]
    items: Sequence[Sequence[str]]
    effects: Sequence[Sequence[str]]
    left_out: str
    remarks: Sequence[Told]
    sealed: str
    path: str | None
    back: str
    sentences: Sequence[str] = ()
    data: str | None = None


@dataclass(frozen=True, slots=True)
class SentItem:
    """What became of one thing in a file.

    Attributes:
        path: Where it is shown; None where no page shows it yet.
    """

    name: str
    path: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class SentPage:
    """What was done with a file.

    Attributes:
        next: What is to be done next; empty for nothing.
    """

    title: str
    trail: Sequence[tuple[str, str]]
    done: str
    facts: Mapping[str, str]
    items: Sequence[SentItem]
    remarks: Sequence[Told]
    next: str
    data: str
    sentences: Sequence[str] = ()


def tell_preview(
    trust: Organisation, done: Imported, *, sealed: str, notice: str = ""
) -> PreviewPage:
    """Return the page that shows what a file would do."""
    path = f"/trusts/{trust.ods_code}/actuals/send"
    made = done.made
    several = len(made.codes) > 1
    return PreviewPage(
        title="Check what will be stored",
        trail=trail_of(trust, "/actuals"),
        notices=list_notices(is_invented=trust.is_synthetic),
        notice=notice,
        facts={"Trust": trust.name, **_tell_file(made)},
        items=[_tell_item(made.kind, one) for one in made.items],
        effects=[_tell_effect(one, several=several) for one in done.effects],
        left_out=_say_left_out(done.left_out),
        remarks=_tell_remarks(made),
        sealed=sealed,
        path=f"{path}/confirm" if made.has_changed_anything else None,
        back=path,
    )


def tell_sent(trust: Organisation, made: Import, done: str) -> SentPage:
    """Return the page that says what was done with a file."""
    record = made.record
    facts = {"Trust": trust.name, **_tell_file(made)}
    facts["Stored"] = f"On {day(record.at)} by {say_author(record.author)}"
    if record.reason:
        facts["Why"] = record.reason
    if made.correction_note:
        facts["Correction note"] = made.correction_note
    return SentPage(
        title=f"Sent in: {made.file.name}",
        trail=trail_of(trust, "/actuals"),
        done=done,
        facts=facts,
        items=[
            SentItem(
                name=f"{one.ods_code}, {one.name}",
                path=f"/trusts/{one.ods_code}/actuals/{one.name}"
                if made.kind is ImportKind.ACTUALS
                else None,
                sentence=_say_outcome(one.outcome, one.revision),
            )
            for one in made.items
        ],
        remarks=_tell_remarks(made),
        next=PROVISIONAL if made.kind is ImportKind.ACTUALS else "",
        data=f"/v1/imports/{made.id}",
    )


def _tell_file(made: Import) -> dict[str, str]:
    file = made.file
    return {
        "File": file.name,
        "It holds": KINDS[made.kind] if made.kind in KINDS else name_code(made.kind),
        "Rows": f"{file.rows:,}",
    }


def _tell_item(kind: ImportKind, one: ImportItem) -> Sequence[str]:
    census = one.name if kind is ImportKind.TARGETS else f"31 March {one.name}"
    outcome = _say_outcome(one.outcome, one.revision)
    return (one.ods_code, census, outcome, f"{one.cells_changed:,}")


def _say_outcome(outcome: ImportOutcome, revision: int) -> str:
    return _OUTCOMES[outcome].format(revision=revision)


def _tell_effect(effect: Effect, *, several: bool) -> Sequence[str]:
    whose = f"{effect.ods_code}, " if several else ""
    before, after = effect.before, effect.after
    return (
        f"{whose}{title_of(effect.scope)}",
        _say_people(before),
        _say_people(after),
        say_share(before.share, _why(before)),
        say_share(after.share, _why(after)),
        _say_position(before),
        _say_position(after),
    )


def _say_people(standing: Standing) -> str:
    if standing.year is None or not standing.total:
        return say_people(None, _why(standing))
    return f"{standing.bme:,} of {standing.total:,} ({standing.year})"


def _why(standing: Standing) -> Reason:
    return Reason.NOT_SENT if standing.year is None else Reason.NO_PEOPLE


def _say_position(standing: Standing) -> str:
    return name_code(standing.position) if standing.position else NOTHING


def _say_left_out(number: int) -> str:
    if not number:
        return ""
    return f"{say_many(number, 'further trust')} would change too, and are not compared here."


def _tell_remarks(made: Import) -> Sequence[Told]:
    """Return what to know of a file; of which thing in it, where it has several."""
    several = len(made.items) > 1
    return [
        Told(
            title=name_code(one.code),
            sentence=one.detail,
            path=page_of("codes", "warning" if _stays(one) else "remark", one.code),
            whose=f"{one.ods_code}, {one.name}" if one.ods_code and several else "",
            stays=_stays(one),
        )
        for one in made.warnings
    ]


def _stays(one: ImportRemark) -> bool:
    """Return whether a remark is a warning that stays with figures."""
    return isinstance(one.code, WarningCode)
