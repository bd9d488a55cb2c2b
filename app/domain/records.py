"""Who recorded something, when and why: what every stored change carries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change.

    Attributes:
        name: The caller's name, such as a role, a system, or `cli`.
        supplied_by: `national` when the national team wrote on behalf of a trust; else None.
    """

    name: str
    supplied_by: str | None = None

    @property
    def is_national(self) -> bool:
        """Whether the national team wrote."""
        return self.supplied_by is not None


@dataclass(frozen=True, slots=True)
class Record:
    """The particulars of one stored change.

    Attributes:
        at: The instant, in UTC; no two changes share one.
        author: Who made it.
        reason: Why, where a reason is asked for.
    """

    at: datetime
    author: Author
    reason: str | None = None
