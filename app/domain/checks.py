"""What can be wrong with a database that is held, whatever brought it about."""

from dataclasses import dataclass
from typing import Self

from app.domain.coded import Coded


class FindingCode(Coded):
    """What a check of the whole database finds wrong, and what to do.

    Attributes:
        wrong: What is wrong.
        remedy: What to do.
    """

    wrong: str
    remedy: str

    def __new__(cls, value: str, wrong: str = "", remedy: str = "") -> Self:
        """Return the member of a value; its sentence is what is wrong, and what to do."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.wrong, member.remedy = wrong, remedy
        member.sentence = f"{wrong} {remedy}"
        return member

    # The database itself.
    DAMAGED = (
        "pc_101",
        "The database's file is damaged.",
        "Stop the service, keep the file, and restore the newest backup into a new one.",
    )
    STRUCTURE = (
        "pc_102",
        "The database lacks something that its migrations made, or has it switched off.",
        "Back it up and restore that into a new database, which makes all of it anew.",
    )
    RULE_BROKEN = (
        "pc_103",
        "A row breaks a rule that the database should have enforced.",
        "Find out who changed it past the service; send a correction, or restore a backup.",
    )
    ORPHAN = (
        "pc_104",
        "A row belongs to something that is not there.",
        "Restore a backup from before the loss, and send in again what came after.",
    )

    MISTYPED = (
        "pc_105",
        "A value is not of the type of its column, so nothing further can be looked at.",
        "It was stored past the service; find out by whom, and restore a backup.",
    )

    # Changes, and chains of revisions.
    CHANGES_MISSING = (
        "pc_201",
        "The numbers of changes do not run without a gap to the count that the ledger has.",
        "Changes were removed or lost; compare with a backup, and tell those who keep copies.",
    )
    INSTANTS_BACK = (
        "pc_202",
        "What was recorded later has an earlier instant than what was recorded before it.",
        "Find out who changed it past the service, and restore a backup.",
    )
    CHAIN_BROKEN = (
        "pc_203",
        "Revisions do not run without a gap from the first.",
        "A revision was removed or lost; restore a backup from before.",
    )
    NOT_ENTERED = (
        "pc_204",
        "Something is held that no change tells of.",
        "It was stored past the service; find out by whom, and send it in again properly.",
    )
    ENTERED_ONLY = (
        "pc_205",
        "A change tells of something that is not held.",
        "It was removed past the service; restore a backup from before.",
    )

    # Figures.
    COVERS_NOBODY = (
        "pc_301",
        "A revision does not say whose staff it counts.",
        "Its rows were removed; send a correction with all figures, or restore a backup.",
    )
    BASELINE_MOVED = (
        "pc_302",
        "The frozen baseline of a target is not what the figures said when it was submitted.",
        "Find out which of the two was changed past the service, and restore a backup.",
    )
    PATH_BROKEN = (
        "pc_303",
        "The frozen path of a target cannot be worked out from what is held of it.",
        "Its baseline, goal or milestones were changed past the service; restore a backup.",
    )
    INVENTED_BESIDE_REAL = (
        "pc_304",
        "Invented and real figures stand in one database.",
        "Move one of them to a database of its own before anything is published.",
    )
    SUMMARY_UNTRUE = (
        "pc_305",
        "The summary of a revision, which sums over areas are read from, is not as its rows are.",
        "One of the two was changed past the service; restore a backup.",
    )

    # Lives of targets.
    MOVE_NOT_ALLOWED = (
        "pc_401",
        "A version of a target moved as none may.",
        "Find out who stored the move past the service, and restore a backup.",
    )
    NOT_ONE_IN_FORCE = (
        "pc_402",
        "Of a target more than one version is in force, or one was superseded by none.",
        "A move was lost or stored past the service; restore a backup.",
    )
    EDITED_AFTERWARDS = (
        "pc_403",
        "A version of a target was edited after it had been submitted.",
        "Find out who stored the edit past the service, and restore a backup.",
    )

    # What refers to something without a rule of the database.
    REFERS_TO_NOTHING = (
        "pc_501",
        "Something names a warning, version or revision that is not held.",
        "What it names was removed past the service; restore a backup from before.",
    )
    BEFORE_ITS_TIME = (
        "pc_502",
        "A sign-off or a release is of something that was not held at its instant.",
        "An instant was changed past the service; restore a backup.",
    )
    UNKNOWN_CODE = (
        "pc_503",
        "A row has a code that this release does not know.",
        "Run the release that wrote it; if none did, find out who changed it past the service.",
    )

    # The audit.
    AUDIT_BROKEN = (
        "pc_601",
        "An entry of the audit, or something that is stored, is not as it was entered.",
        "Run `parity audit verify`, which names each and says what to do.",
    )

    @property
    def id(self) -> str:
        """Return how the code is written where people read it."""
        return self.value.upper().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        code: What kind of thing.
        where: The table and the key, as far as there is one.
        detail: What was found there.
    """

    code: FindingCode
    where: str
    detail: str
