"""NHS Data Dictionary ethnic categories, and the ethnic group that each one counts in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.bands import EthnicGroup


@dataclass(frozen=True, slots=True)
class EthnicCategory:
    """One code of the NHS Data Dictionary.

    Attributes:
        code: The code as it is sent, such as `M` or `PC`.
        label: What the code means.
        group: The group that it counts in.
        code_list: `national` for the 16+1 categories, `extended` for their refinements.
    """

    code: str
    label: str
    group: EthnicGroup
    code_list: str


class EthnicCategories:
    """The shipped list of categories, looked up by code; the list decides, not a rule."""

    def __init__(self, categories: Iterable[EthnicCategory]) -> None:
        self.all = tuple(categories)
        self._group: Mapping[str, EthnicGroup] = {c.code: c.group for c in self.all}

    def find_group(self, code: str) -> EthnicGroup | None:
        """Return the group of a category code, `unknown` for a blank one, or None."""
        return EthnicGroup.UNKNOWN if not code.strip() else self._group.get(code)
