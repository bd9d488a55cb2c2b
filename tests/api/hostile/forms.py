"""Files of figures as they are sent, and how they are refused."""

import re
from typing import Final

from tests.api.hostile.cases import post
from tests.bodies import JSON, problem

HEADINGS: Final = "ODS code,Year,Staff group,Band,Ethnic group,Headcount\n"

FORM: Final = ("Content-Type", "multipart/form-data; boundary=b")
"""The header of a form."""

_PLACE: Final = re.compile(r"/file/(?:(?P<sheet>.+)!)?(?P<column>[A-Z]*)(?P<row>[0-9]+)")


def carry(
    content: str | bytes, name: str = "a.csv", by: str | None = "national", **fields: str
) -> bytes:
    """Return a request that carries a file, with fields beside it."""
    texts = [
        f'--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in {"kind": "actuals", "source": "ESR", **fields}.items()
    ]
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    file = content if isinstance(content, bytes) else content.encode()
    form = "".join([*texts, head]).encode() + file + b"\r\n--b--\r\n"
    return post("/v1/imports", form, by=by, headers=[FORM])


def row_of(
    code: str = "RZ1", year: str = "2024", band: str = "8a", headcount: str = "340"
) -> bytes:
    """Return a request that carries a file of one row, of which something is hostile."""
    return carry(
        f"{HEADINGS}{code},{year},clinical,{band},white,{headcount}\n",
        expected_workforce="340",
        expected_bme="0",
    )


def unread(reason: str, sentence: str, *, file: str = "a.csv") -> JSON:
    """Return the problem of a file that is refused before anything in it is looked at."""
    detail = f"{file} was not read. {sentence}"
    return problem(422, "unreadable-file", "File cannot be read", detail, file=file, reason=reason)


def not_imported(*faults: JSON, file: str = "a.csv") -> JSON:
    """Return the problem of a file that is refused for what is in it."""
    number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return problem(
        422,
        "unacceptable-import",
        "Unacceptable import",
        f"{file} has {number}; nothing was stored.",
        errors=list(faults),
        file=file,
        faults=len(faults),
        warnings=[],
    )


def at(pointer: str, code: str, detail: str, heading: str | None, value: str | None) -> JSON:
    """Return a fault that stands somewhere in a file."""
    found = _PLACE.fullmatch(pointer)
    assert found, pointer
    place = {
        "sheet": found["sheet"],
        "row": int(found["row"]),
        "column": found["column"] or None,
        "heading": heading,
        "value": value,
    }
    return {"pointer": pointer, "code": code, "detail": detail, "place": place}
