"""Unpacking a workbook within bounds.

What a ZIP file says of its own sizes is not believed: its parts are inflated here, up to a
bound, and only what came out of that is read further, packed anew. So the reader of workbooks
sees nothing that was not measured, in whichever way it would have read the file itself.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from app.domain.errors import UnreadableFile
from app.domain.file_codes import UnreadableCode
from app.ingest.file_kinds import refuse_other_archives
from app.ingest.file_limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_COUNTS_FROM

_ENTRY = b"PK\x01\x02"
"""How an entry of the directory of a ZIP file begins."""

_LOCAL_HEADER: Final = 30
"""Bytes before the name of a part, where its data are; with two lengths at the end."""

_ENCRYPTED: Final = 0x1
"""The flag of a part that has a password."""


def unpack(file: str, content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook that are XML, by their names in small letters.

    Raises:
        UnreadableFile: It is no workbook, it has macros, it is damaged, or it unpacks to more
            than it may.
    """
    if content.count(_ENTRY) > MAX_PARTS:
        raise UnreadableFile(
            file, UnreadableCode.TOO_MANY_PARTS, f"At most {MAX_PARTS:,} are allowed."
        )
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        raise UnreadableFile(file, UnreadableCode.DAMAGED_WORKBOOK) from error
    names = frozenset(entry.filename.lower() for entry in entries)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableFile(file, UnreadableCode.PASSWORD)
    refuse_other_archives(file, names)
    if len(names) < len(entries):
        raise UnreadableFile(file, UnreadableCode.DAMAGED_WORKBOOK)
    return _inflate_all(file, content, entries)


def pack(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return a ZIP file of parts, not compressed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    packed.seek(0)
    return packed


def _inflate_all(file: str, content: bytes, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts, left = {}, MAX_UNPACKED_BYTES
    for entry in entries:
        tightly = max(RATIO_COUNTS_FROM, MAX_RATIO * entry.compress_size)
        part = _inflate(file, content, entry, bound=min(left, tightly))
        left -= len(part)
        name = entry.filename.lower()
        if name.endswith((".xml", ".rels")):
            parts[name] = part
    return parts


def _inflate(file: str, content: bytes, entry: zipfile.ZipInfo, *, bound: int) -> bytes:
    """Return a part, whose bytes have to be as many as allowed and sum up to what is said."""
    try:
        part = _unpack_up_to(bound + 1, _find_data(content, entry), entry.compress_type)
    except zlib.error as error:
        raise UnreadableFile(file, UnreadableCode.DAMAGED_WORKBOOK) from error
    if part is not None and len(part) > bound:
        raise UnreadableFile(
            file,
            UnreadableCode.UNPACKS_TOO_LARGE,
            f"At most {MAX_UNPACKED_BYTES:,} bytes are allowed, and no part may be more than"
            f" {MAX_RATIO} times what it is packed to.",
        )
    if part is None or zlib.crc32(part) != entry.CRC:
        raise UnreadableFile(file, UnreadableCode.DAMAGED_WORKBOOK)
    return part


def _unpack_up_to(most: int, packed: bytes | None, method: int) -> bytes | None:
    """Return the first bytes of a part, or None if it is not packed in one of the usual ways."""
    if packed is None:
        return None
    if method == zipfile.ZIP_STORED:
        return packed[:most]
    if method == zipfile.ZIP_DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    return None


def _find_data(content: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    """Return the packed data of a part, or None where there are none."""
    header = content[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        return None
    lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    start = entry.header_offset + _LOCAL_HEADER + lengths
    return content[start : start + entry.compress_size]
