"""What stands behind the type of a problem."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path

from app.api.problems import MEDIA_TYPE, leaves, problem_type, status_of
from app.api.schemas.definitions import ProblemKindOut

router = APIRouter(prefix="/problems", tags=["definitions"])


@router.get(
    "/{kind}",
    summary="Explain a kind of problem",
    responses={
        404: {
            "description": "No problem is called so.",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        },
        422: {
            "description": "The name is malformed.",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/FaultyProblem"}}},
        },
    },
)
def get_problem_kind(
    kind: Annotated[
        str, Path(max_length=60, description="Its name.", examples=["trust-not-found"])
    ],
) -> ProblemKindOut:
    """What a kind of problem means, and with which status it is answered."""
    for error in leaves():
        if problem_type(error) == f"/problems/{kind}":
            return ProblemKindOut(
                type=problem_type(error),
                title=error.title,
                status=status_of(error),
                description=(error.__doc__ or "").split("\n")[0],
            )
    raise HTTPException(404, f"No problem is called {kind}.")
