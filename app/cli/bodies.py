"""Bodies of requests, as files or options, checked exactly as over HTTP."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.domain.errors import InvalidRequest

if TYPE_CHECKING:
    from app.api.schemas.base import BodyIn

Body = TypeVar("Body", bound="BodyIn")


def read_json(file: Path) -> object:
    """Return what a JSON file says.

    Raises:
        InvalidRequest: It is not JSON.
    """
    from app.api.faults import describe_faults

    try:
        return json.loads(file.read_bytes())
    except json.JSONDecodeError as error:
        why = f"{error.msg}, line {error.lineno}, column {error.colno}"
    except (UnicodeDecodeError, RecursionError) as error:
        why = str(error)
    fault = {"type": "json_invalid", "loc": ("body", 0), "ctx": {"error": why}}
    raise InvalidRequest(describe_faults([fault]))


def check(form: type[Body], sent: object) -> Body:
    """Return a body of the documented form.

    Raises:
        InvalidRequest: It does not have the form; every fault is listed.
    """
    from pydantic import ValidationError

    from app.api.faults import describe_faults

    try:
        # From attributes, since that is how the HTTP side refuses what is no object.
        return form.model_validate(sent, from_attributes=True)
    except ValidationError as error:
        faults = [line | {"loc": ("body", *line["loc"])} for line in error.errors()]
        raise InvalidRequest(describe_faults(faults)) from error
