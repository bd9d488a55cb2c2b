"""What a workbook says of itself: its sheets, its percentages, whether it was calculated."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.ingest.xml_parts import XmlPart

WORKBOOK: Final = "xl/workbook.xml"
"""Where a workbook lists its sheets; names of parts are in small letters here."""

RELATIONSHIPS: Final = "xl/_rels/workbook.xml.rels"
"""Where it says which part each sheet is."""

STYLES: Final = "xl/styles.xml"
"""Where formats are."""

OTHERS: Final = ("[content_types].xml", "_rels/.rels", "xl/sharedstrings.xml")
"""What says that it is a workbook, and the texts of its cells."""

NEEDED: Final = frozenset({WORKBOOK, RELATIONSHIPS, STYLES, *OTHERS})
"""The parts beside the sheets that it takes to read values."""

_BUILT_IN_PERCENTAGES = frozenset({"9", "10"})
"""The formats 0% and 0.00%, which no workbook spells out.

Source: ECMA-376-1:2016, 18.8.30 numFmt.
"""

_NOT_SHOWN_AS_IS = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
"""What a format quotes, and what is a colour, a condition, a filling or a gap in it."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as its workbook lists it.

    Attributes:
        name: What people see.
        part: Where it is in the file; None for a sheet that is a chart or a dialogue.
        is_hidden: Whether it is, or can only be unhidden by a program.
    """

    name: str
    part: str | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """A workbook before its cells are read.

    Attributes:
        sheets: In its order.
        percentages: The numbers of the styles that show a number as a percentage.
        is_calculated: Whether the results of its formulas can be believed; a program that
            writes formulas without calculating them asks for that to be done on opening.
    """

    sheets: tuple[SheetEntry, ...]
    percentages: frozenset[str]
    is_calculated: bool


def read_workbook_parts(file: str, parts: Mapping[str, bytes]) -> WorkbookParts:
    """Return what a workbook says of itself.

    Raises:
        UnreadableFile: Something that it needs is missing or damaged.
    """
    listed: list[Mapping[str, str]] = []
    calculation: list[Mapping[str, str]] = []
    XmlPart(file, parts.get(WORKBOOK)).parse(
        {"sheet": listed.append, "calcPr": calculation.append}
    )
    for name in OTHERS:
        if name in parts:
            XmlPart(file, parts[name]).parse()
    targets = _read_targets(file, parts.get(RELATIONSHIPS))
    return WorkbookParts(
        sheets=tuple(_to_entry(sheet, targets) for sheet in listed),
        percentages=_find_percentages(file, parts[STYLES]) if STYLES in parts else frozenset(),
        is_calculated=not any(is_true(one.get("fullCalcOnLoad")) for one in calculation),
    )


def is_true(attribute: str | None) -> bool:
    """Return whether an attribute says yes."""
    return attribute in {"1", "true"}


def _to_entry(sheet: Mapping[str, str], targets: Mapping[str, str]) -> SheetEntry:
    key = next((value for name, value in sheet.items() if name.endswith(":id")), "")
    return SheetEntry(
        name=sheet.get("name", ""),
        part=targets.get(key),
        is_hidden=sheet.get("state", "visible") != "visible",
    )


def _read_targets(file: str, part: bytes | None) -> dict[str, str]:
    """Return where worksheets are, by the key that the workbook has for them."""
    found: list[Mapping[str, str]] = []
    XmlPart(file, part).parse({"Relationship": found.append})
    return {
        one.get("Id", ""): posixpath.normpath(
            posixpath.join("/xl", one.get("Target", "").lower())
        )[1:]
        for one in found
        if one.get("Type", "").endswith("/worksheet")
    }


def _find_percentages(file: str, part: bytes) -> frozenset[str]:
    """Return the numbers of the styles that show a percentage."""
    styles = _Styles()
    XmlPart(file, part).parse(
        {
            "numFmt": styles.add_format,
            "cellStyleXfs": styles.pause,
            "cellXfs": styles.begin,
            "xf": styles.add,
        }
    )
    return frozenset(styles.percentages)


class _Styles:
    """The styles of cells; only those that are listed under cellXfs are numbered."""

    def __init__(self) -> None:
        self.percentages: set[str] = set()
        self._formats = set(_BUILT_IN_PERCENTAGES)
        self._number: int | None = None

    def add_format(self, attributes: Mapping[str, str]) -> None:
        shown = _NOT_SHOWN_AS_IS.sub("", attributes.get("formatCode", ""))
        if "%" in shown:
            self._formats.add(attributes.get("numFmtId", ""))

    def pause(self, _: Mapping[str, str]) -> None:
        self._number = None

    def begin(self, _: Mapping[str, str]) -> None:
        self._number = 0

    def add(self, attributes: Mapping[str, str]) -> None:
        if self._number is None:
            return
        if attributes.get("numFmtId") in self._formats:
            self.percentages.add(str(self._number))
        self._number += 1
