"""What changed, in the order in which it was stored: for those who keep a copy."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.coded import Coded


class ChangeKind(Coded):
    """What was stored, or changed."""

    REGISTER = ("register", "Successions, censuses or cycles that came with the register.")
    ORGANISATION = ("organisation", "An entry of the register.")
    CENSUS = ("census", "The dates of a census.")
    CYCLE = ("cycle", "A cycle for which targets are set.")
    ACTUALS = ("actuals", "A trust's headcounts at a census.")
    SIGN_OFF = ("sign_off", "The board's approval of a trust's headcounts at a census.")
    BOARD = ("board", "A trust's board at a census.")
    INDICATORS = ("indicators", "A trust's pools, events and survey answers at a census.")
    EXPLANATION = ("explanation", "What a trust says to a warning.")
    RELEASE = ("release", "An edition of what is public of a census.")
    TARGET = ("target", "A target: a draft of it, or a move in its life.")
    COMMENT = ("comment", "A comment on a target.")
    ACTION_PLAN = ("action_plan", "A trust's action plan for a cycle.")
    EXPERT = ("expert", "A WRES expert.")
    IMPORT = ("import", "A file of figures that was imported.")
    TOKEN = ("token", "A caller's token.")
    CONSENT = ("consent", "Which areas may read a trust's exact figures.")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was stored, or changed.

    Attributes:
        ods_code: Of the organisation that it belongs to; None where it belongs to none.
        name: What it is called there: a census year, or an identifier; None where the
            organisation itself changed.
    """

    kind: ChangeKind
    ods_code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A change among all changes.

    Attributes:
        number: 1 for the first; later ones have higher numbers, in the order of commits.
        at: Its instant.
    """

    number: int
    at: datetime
    change: Change


@dataclass(frozen=True, slots=True)
class View:
    """Which changes somebody may know of.

    Attributes:
        of_all: Kinds that are told of every organisation, and of none.
        of_invented: Kinds that are told of invented organisations.
        of_own: Kinds that are told of the caller's own organisations.
        own: Their ODS codes.
        of_consenting: Kinds that are told of trusts that consent.
        consenting: Their ODS codes.
    """

    of_all: frozenset[ChangeKind]
    of_invented: frozenset[ChangeKind]
    of_own: frozenset[ChangeKind] = frozenset()
    own: frozenset[str] = frozenset()
    of_consenting: frozenset[ChangeKind] = frozenset()
    consenting: frozenset[str] = frozenset()


OPEN = frozenset(
    {
        ChangeKind.REGISTER,
        ChangeKind.ORGANISATION,
        ChangeKind.CENSUS,
        ChangeKind.CYCLE,
        ChangeKind.RELEASE,
    }
)
"""Kinds that everybody may know of."""
