"""What a file is by its first bytes, whatever its name says."""

import re
from collections.abc import Mapping
from typing import Final

from app.domain.errors import UnreadableFile
from app.domain.file_codes import UnreadableCode

ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""How ZIP files begin, and so .xlsx."""

_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of older Office programs begin, and workbooks with a password."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_POWERPOINT = "PowerPoint Document".encode("utf-16-le")

_STARTS: Mapping[bytes, UnreadableCode] = {
    b"%PDF-": UnreadableCode.PDF,
    b"\x89PNG": UnreadableCode.PICTURE,
    b"\xff\xd8\xff": UnreadableCode.PICTURE,
    b"GIF8": UnreadableCode.PICTURE,
    b"II*\x00": UnreadableCode.PICTURE,
    b"MM\x00*": UnreadableCode.PICTURE,
    b"\x1f\x8b": UnreadableCode.ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": UnreadableCode.ARCHIVE,
    b"Rar!\x1a\x07": UnreadableCode.ARCHIVE,
    b"BZh": UnreadableCode.ARCHIVE,
    b"{\\rtf": UnreadableCode.OTHER_DOCUMENT,
    b"\x09\x08\x10\x00": UnreadableCode.OLD_WORKBOOK,
    b"\x09\x04\x06\x00": UnreadableCode.OLD_WORKBOOK,
    b"\x09\x02\x06\x00": UnreadableCode.OLD_WORKBOOK,
    b"\x09\x00\x04\x00": UnreadableCode.OLD_WORKBOOK,
}

_TEXTS: tuple[tuple[re.Pattern[str], UnreadableCode], ...] = (
    (
        re.compile(r"<(!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE),
        UnreadableCode.WEB_PAGE,
    ),
    (re.compile(r"mime-version:", re.IGNORECASE), UnreadableCode.WEB_PAGE),
    (re.compile(r"<(\?xml|!--|!doctype)", re.IGNORECASE), UnreadableCode.XML_FILE),
    (re.compile(r"""\{\s*("|\})|\[\s*[\[{]"""), UnreadableCode.JSON_FILE),
)
"""How texts begin that are no CSV."""


def refuse_other_kinds(file: str, content: bytes) -> None:
    """Refuse what is neither a ZIP file nor a text.

    Raises:
        UnreadableFile: It is something else.
    """
    if content.startswith(_OLE_START):
        raise UnreadableFile(file, _find_older_kind(content))
    for start, reason in _STARTS.items():
        if content.startswith(start):
            raise UnreadableFile(file, reason)


def refuse_other_texts(file: str, text: str) -> None:
    """Refuse a text that is no CSV, by how it begins.

    Raises:
        UnreadableFile: It is something else.
    """
    start = text[:1000].lstrip()
    for pattern, reason in _TEXTS:
        if pattern.match(start):
            raise UnreadableFile(file, reason)


def refuse_other_archives(file: str, parts: frozenset[str]) -> None:
    """Refuse a ZIP file that is no workbook of the kind that is read, by its parts' names.

    Raises:
        UnreadableFile: It is something else, or it has macros.
    """
    if any(part.endswith("vbaproject.bin") or "/macrosheets/" in part for part in parts):
        raise UnreadableFile(file, UnreadableCode.MACROS)
    if "xl/workbook.xml" in parts:
        return
    for part, reason in {
        "xl/workbook.bin": UnreadableCode.BINARY_WORKBOOK,
        "word/document.xml": UnreadableCode.OTHER_DOCUMENT,
        "ppt/presentation.xml": UnreadableCode.OTHER_DOCUMENT,
        "meta-inf/manifest.xml": UnreadableCode.OPEN_DOCUMENT,
        "index/document.iwa": UnreadableCode.NUMBERS_DOCUMENT,
        "[content_types].xml": UnreadableCode.DAMAGED_WORKBOOK,
    }.items():
        if part in parts:
            raise UnreadableFile(file, reason)
    raise UnreadableFile(file, UnreadableCode.ARCHIVE)


def _find_older_kind(content: bytes) -> UnreadableCode:
    if _ENCRYPTED in content:
        return UnreadableCode.PASSWORD
    if _WORD in content or _POWERPOINT in content:
        return UnreadableCode.OTHER_DOCUMENT
    return UnreadableCode.OLD_WORKBOOK
