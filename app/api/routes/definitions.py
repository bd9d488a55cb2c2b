"""The definitions that figures refer to."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.definitions import (
    BandListOut,
    BandOut,
    CodeListOut,
    CodeOut,
    EthnicCategoryListOut,
    EthnicCategoryOut,
    MeasureListOut,
    MeasureOut,
)
from app.domain.errors import (
    BandNotFound,
    CodeNotFound,
    EthnicCategoryNotFound,
    MeasureNotFound,
    UnacceptableQuestion,
)
from app.services import definitions

router = APIRouter(prefix="/v1", tags=["definitions"], route_class=GuardedRoute)

MeasureName = Annotated[
    str, Path(max_length=60, description="Name of the measure.", examples=["leadership"])
]

BandName = Annotated[
    str, Path(max_length=60, description="Name of the band or grade.", examples=["8a"])
]

CategoryCode = Annotated[
    str, Path(max_length=60, description="Code of the ethnic category.", examples=["M"])
]

CodeKindName = Annotated[
    str, Path(max_length=60, description="What the code tells of.", examples=["outlook"])
]

CodeName = Annotated[str, Path(max_length=60, description="The code.", examples=["projected"])]


@router.get("/measures", summary="List measures", responses=documented())
def list_measures() -> MeasureListOut:
    """Every measure: who is counted, what it is held against, and how it can be narrowed."""
    items = [MeasureOut.from_domain(one) for one in definitions.list_measures()]
    return MeasureListOut(items=items, next=None)


@router.get("/measures/{measure}", summary="Get a measure", responses=documented(MeasureNotFound))
def get_measure(measure: MeasureName) -> MeasureOut:
    """One measure: who is counted, what it is held against, and how it can be narrowed."""
    return MeasureOut.from_domain(definitions.get_measure(measure=measure))


@router.get("/bands", summary="List bands", responses=documented())
def list_bands() -> BandListOut:
    """Every pay band and medical grade, with the staff groups that have it."""
    items = [BandOut.from_domain(one) for one in definitions.list_bands()]
    return BandListOut(items=items, next=None)


@router.get("/bands/{band}", summary="Get a band", responses=documented(BandNotFound))
def get_band(band: BandName) -> BandOut:
    """One pay band or medical grade, with the staff groups that have it."""
    return BandOut.from_domain(definitions.get_band(band=band))


@router.get("/ethnic-categories", summary="List ethnic categories", responses=documented())
def list_ethnic_categories() -> EthnicCategoryListOut:
    """NHS Data Dictionary categories, 16+1 and extended, and the group each counts in."""
    found = definitions.list_ethnic_categories().all
    return EthnicCategoryListOut(
        items=[EthnicCategoryOut.from_domain(one) for one in found], next=None
    )


@router.get(
    "/ethnic-categories/{code}",
    summary="Get an ethnic category",
    responses=documented(EthnicCategoryNotFound),
)
def get_ethnic_category(code: CategoryCode) -> EthnicCategoryOut:
    """One category of the NHS Data Dictionary, and the group it counts in."""
    return EthnicCategoryOut.from_domain(definitions.get_ethnic_category(code=code))


@router.get("/codes", summary="List codes", responses=documented(UnacceptableQuestion))
def list_codes(
    kind: Annotated[
        str | None,
        Query(
            max_length=60,
            description="Only codes that tell of this; all if left out.",
            examples=["reason"],
        ),
    ] = None,
) -> CodeListOut:
    """Every code that an answer can carry, with the sentence that explains it.

    Those of the kind `fault` stand in the `errors` of a problem, those of the kind `problem` in
    its `type`.
    """
    items = [CodeOut.from_domain(one) for one in definitions.list_codes(kind=kind)]
    return CodeListOut(items=items, next=None)


@router.get("/codes/{kind}/{code}", summary="Get a code", responses=documented(CodeNotFound))
def get_code(kind: CodeKindName, code: CodeName) -> CodeOut:
    """One code that an answer can carry, with the sentence that explains it."""
    return CodeOut.from_domain(definitions.get_code(kind=kind, code=code))
