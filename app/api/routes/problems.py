"""What stands behind the type of a problem."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path

from app.api.negotiation import UnlessPage
from app.api.problems import MEDIA_TYPE, TITLES, documented, problem_type, status_of
from app.api.schemas.definitions import ProblemKindOut
from app.domain.errors import find_kind, sentence_of

router = APIRouter(prefix="/problems", tags=["definitions"], route_class=UnlessPage)


@router.get(
    "/{kind}",
    summary="Explain a kind of problem",
    responses=documented()
    | {
        404: {
            "description": "No problem is called so.",
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": {
                        "type": "about:blank",
                        "title": TITLES[404],
                        "status": 404,
                        "detail": "No problem is called trust-lost.",
                    },
                }
            },
        },
    },
)
def get_problem_kind(
    kind: Annotated[
        str, Path(max_length=60, description="Its name.", examples=["trust-not-found"])
    ],
) -> ProblemKindOut:
    """What a kind of problem means, and with which status it is answered.

    Whoever prefers `text/html` gets the page that tells the same to people.
    """
    error = find_kind(kind)
    if error is None:
        raise HTTPException(404, f"No problem is called {kind}.", {"Vary": "Accept"})
    return ProblemKindOut(
        type=problem_type(error),
        title=error.title,
        status=status_of(error),
        description=sentence_of(error),
    )
