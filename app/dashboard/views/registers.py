"""The register as pages tell it: trusts that are called something, and areas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.dashboard.views.words import say_many
from app.domain.organisations import Kind, Organisation


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations that belong together: name, ODS code and page of each."""

    heading: str
    lines: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page that lists organisations."""

    title: str
    sentences: Sequence[str]
    groups: Sequence[Group]
    text: str = ""
    found: str = ""
    data: str | None = field(default=None)


def list_trusts(trusts: Iterable[Organisation], text: str) -> RegisterPage:
    """Return the page of the trusts that are called something, in the order of their names."""
    lines = _lines("trusts", trusts)
    return RegisterPage(
        title="Find a trust",
        sentences=("Every NHS trust and NHS foundation trust in England, by its name today.",),
        groups=[Group("Trusts", lines)] if lines else [],
        text=text,
        found=say_many(len(lines), "trust"),
        data="/v1/organisations?kind=trust",
    )


UNRELEASED: Final = (
    "No figures have been released yet that everybody may read.",
    "Who has a token of the service sees more after signing in.",
)
"""What stands in the place of figures."""


def list_unreleased(name: str, trusts: Iterable[Organisation]) -> RegisterPage:
    """Return the page of an area whose figures the reader may not see."""
    return RegisterPage(
        title=name, sentences=UNRELEASED, groups=[Group("Trusts", _lines("trusts", trusts))]
    )


def list_areas(areas: Sequence[Organisation]) -> RegisterPage:
    """Return the page of regions and integrated care boards."""
    return RegisterPage(
        title="Areas",
        sentences=(
            "The figures of an area are the counts of its trusts added up.",
            "They are not those of the board's or the region's own staff.",
        ),
        groups=[
            Group(heading, _lines("areas", [one for one in areas if one.kind is kind]))
            for heading, kind in (
                ("Regions", Kind.REGION),
                ("Integrated care boards", Kind.ICB),
            )
        ],
    )


def _lines(path: str, found: Iterable[Organisation]) -> list[tuple[str, str, str]]:
    return sorted((one.name, one.ods_code, f"/{path}/{one.ods_code}") for one in found)
