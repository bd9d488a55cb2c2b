"""Answers that are ready to be sent when their route returns."""

from fastapi import Response

from app.api.schemas.base import BodyOut


def ready(body: BodyOut) -> Response:
    """Return the answer that presents a body, written where it was made.

    The framework would check a second time, in another thread, that it is of its own model.
    """
    return Response(body.model_dump_json(by_alias=True), media_type="application/json")
