"""The definitions that figures refer to."""

import re

from fastapi import APIRouter

from app.api.problems import documented, leaves
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
from app.domain.bands import (
    LEADERSHIP_BANDS,
    SENIOR_LEADERSHIP_BANDS,
    Band,
    StaffGroup,
    is_allowed_pair,
)
from app.domain.codes import CODES
from app.domain.measures import ALL_SCOPES, TITLES, Measure, Scope, default_reference
from app.services import definitions

router = APIRouter(prefix="/v1", tags=["definitions"])


@router.get("/measures", summary="List measures", responses=documented())
def list_measures() -> MeasureListOut:
    """Every measure: who is counted, what it is held against, and how it can be narrowed."""
    return MeasureListOut(items=[_measure(measure) for measure in Measure], next=None)


def _measure(measure: Measure) -> MeasureOut:
    bands = {band for _, band in Scope(measure).pairs()}
    narrowed = [s.staff_group for s in ALL_SCOPES if s.measure is measure and s.staff_group]
    return MeasureOut(
        measure=measure,
        title=TITLES[measure],
        staff_groups=narrowed,
        bands=[band for band in Band if band in bands],
        default_reference=default_reference(measure),
    )


@router.get("/bands", summary="List bands", responses=documented())
def list_bands() -> BandListOut:
    """Every pay band and medical grade, with the staff groups that have it."""
    items = [
        BandOut(
            band=band,
            staff_groups=[group for group in StaffGroup if is_allowed_pair(group, band)],
            leadership=band in LEADERSHIP_BANDS,
            senior_leadership=band in SENIOR_LEADERSHIP_BANDS,
        )
        for band in Band
    ]
    return BandListOut(items=items, next=None)


@router.get("/ethnic-categories", summary="List ethnic categories", responses=documented())
def list_ethnic_categories() -> EthnicCategoryListOut:
    """NHS Data Dictionary categories, 16+1 and extended, and the group each counts in."""
    items = [
        EthnicCategoryOut.model_validate(one) for one in definitions.list_ethnic_categories().all
    ]
    return EthnicCategoryListOut(items=items, next=None)


@router.get("/codes", summary="List codes", responses=documented())
def list_codes() -> CodeListOut:
    """Every code that an answer can carry, with the sentence that explains it."""
    items = [
        CodeOut(kind=_kind(kind.__name__), code=code.value, sentence=code.sentence)
        for kind in CODES
        for code in kind
    ]
    problems = [
        CodeOut(kind="problem", code=one.code, sentence=(one.__doc__ or one.title).split("\n")[0])
        for one in leaves()
    ]
    return CodeListOut(items=items + problems, next=None)


def _kind(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name.removesuffix("Code")).lower()
