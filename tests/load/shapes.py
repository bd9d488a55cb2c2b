"""Whether an answer has the shape that the description of the API, or its kind, gives it."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

import httpx
from jsonschema_rs import Draft202012Validator, ValidationError

from tests.contract.openapi import DESCRIPTION, PATHS, Json
from tests.load.errands import PAGE, Errand

LONGEST: Final = 300
"""Characters of an answer that are told where it is wrong."""

PICTURE: Final = b"\x89PNG\r\n\x1a\n"
SVG: Final = "{http://www.w3.org/2000/svg}svg"

Check = Callable[[httpx.Response], str | None]


def _html(answer: httpx.Response) -> str | None:
    text = answer.text
    is_whole = text.startswith("<!DOCTYPE html>") and text.rstrip().endswith("</html>")
    return None if is_whole and text.count("<h1") == 1 else "is no whole page"


def _csv(answer: httpx.Response) -> str | None:
    widths = {len(row) for row in csv.reader(io.StringIO(answer.text))}
    return None if len(widths) == 1 and widths != {1} else f"has rows of {sorted(widths)} cells"


def _svg(answer: httpx.Response) -> str | None:
    found = ET.fromstring(answer.content)  # noqa: S314 — from the service itself
    return None if found.tag == SVG and len(found) else "is no picture"


def _png(answer: httpx.Response) -> str | None:
    return None if answer.content.startswith(PICTURE) else "is no picture"


def _pdf(answer: httpx.Response) -> str | None:
    is_whole = answer.content.startswith(b"%PDF-") and b"%%EOF" in answer.content[-32:]
    return None if is_whole else "is no whole document"


def _zip(answer: httpx.Response) -> str | None:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return archive.testzip()


OF_TYPES: Final[Mapping[str, Check]] = {
    "text/html": _html,
    "text/csv": _csv,
    "image/svg+xml": _svg,
    "image/png": _png,
    "application/pdf": _pdf,
    "application/zip": _zip,
}


class Shapes:
    """Tells what is wrong with answers; the same bytes are looked at once."""

    def __init__(self) -> None:
        self._operations: Mapping[str, Json] = {
            operation["operationId"]: operation
            for methods in PATHS.values()
            for operation in methods.values()
        }
        self._validators: dict[tuple[str, int], Draft202012Validator] = {}
        self._sound: set[tuple[str, int, int]] = set()

    def find_fault(self, errand: Errand, answer: httpx.Response) -> str | None:
        """Return what is wrong with an answer, as a sentence; None if it is as it should be."""
        key = (errand.operation, answer.status_code, hash(answer.content))
        if key in self._sound:
            return None
        wrong = self._look(errand, answer)
        if wrong is None:
            self._sound.add(key)
            return None
        said = answer.content[:LONGEST].decode("utf-8", "replace")
        return f"{errand.method} {errand.path} {wrong}: {answer.status_code} {said}"

    def _look(self, errand: Errand, answer: httpx.Response) -> str | None:
        if answer.status_code not in errand.expected:
            return "has an unexpected status"
        if "x-request-id" not in answer.headers:
            return "has no name"
        media_type = answer.headers["content-type"].partition(";")[0]
        check = OF_TYPES.get(media_type)
        if check is not None:
            return check(answer)
        if errand.operation == PAGE or not media_type.endswith("json"):
            return f"is of the type {media_type}"
        try:
            self._validator(errand.operation, answer.status_code, media_type).validate(
                answer.json()
            )
        except ValidationError as error:
            return f"has another shape ({error.message} at {error.instance_path})"
        return None

    def _validator(self, operation: str, status: int, media_type: str) -> Draft202012Validator:
        key = (operation, status)
        if key not in self._validators:
            said = self._operations[operation]["responses"][str(status)]["content"][media_type]
            schema = {**said["schema"], "components": DESCRIPTION["components"]}
            self._validators[key] = Draft202012Validator(schema)
        return self._validators[key]
