"""Faults that a body's own fields cannot see, told together with those that they can."""

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from app.domain.errors import Fault

Model = TypeVar("Model", bound=BaseModel)


def fault(code: str, detail: str) -> PydanticCustomError:
    """Return the error of a body that its fields do not show."""
    return PydanticCustomError("fault", "{detail}", {"code": code, "detail": detail})


def printable(text: str) -> str:
    """Return a text that can be sent: half a surrogate pair is not one."""
    return text.encode("utf-8", "backslashreplace").decode()


def parse_each(data: object, name: str, model: type[Model]) -> list[Model | None]:
    """Return the well-formed items of a list in a body; None in the place of a malformed one."""
    sent = data.get(name) if isinstance(data, dict) else None
    return [parse_one(one, model) for one in sent] if isinstance(sent, list) else []


def with_faults(title: str, error: ValidationError, faults: Iterable[Fault]) -> ValidationError:
    """Return the parser's errors followed by other faults of the same body."""
    lines = [
        InitErrorDetails(
            # The message is no template: it stands in the context of one that is nothing else.
            type=PydanticCustomError(
                line["type"], "{message}", line.get("ctx", {}) | {"message": line["msg"]}
            ),
            loc=line["loc"],
            input=line["input"],
        )
        for line in error.errors(include_url=False)
    ]
    lines += [
        InitErrorDetails(type=fault(one.code, one.detail), loc=_location(one), input=None)
        for one in faults
    ]
    return ValidationError.from_exception_data(title, lines)


def parse_one(sent: object, model: type[Model]) -> Model | None:
    """Return a part of a body; None where it is malformed."""
    try:
        return model.model_validate(sent)
    except ValidationError:
        return None


def _location(one: Fault) -> tuple[int | str, ...]:
    _, *path = one.pointer.split("/")
    return tuple(int(part) if part.isdecimal() else part for part in path)
