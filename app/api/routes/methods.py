"""The methods that answers are computed with."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.methods import BacktestOut, MethodListOut, MethodOut
from app.domain.errors import MethodNotFound
from app.services import methods

router = APIRouter(prefix="/v1/methods", tags=["methods"], route_class=GuardedRoute)

Version = Annotated[str, Path(description="Version of the method.", max_length=20, examples=["1"])]


@router.get("", summary="List methods", responses=documented())
def list_methods() -> MethodListOut:
    """Every method that was ever released, oldest first, with its constants.

    An answer names the version that it was computed with; whatever would change an answer
    means a new version, and answers of the old ones can still be asked for.
    """
    return MethodListOut.from_domain(methods.list_methods())


@router.get("/{version}", summary="Get a method", responses=documented(MethodNotFound))
def get_method(version: Version) -> MethodOut:
    """One version of the method: its constants and what they mean."""
    return MethodOut.from_domain(methods.get_method(version=version))


@router.get("/{version}/backtest", summary="Get a back-test", responses=documented(MethodNotFound))
def get_backtest(version: Version) -> BacktestOut:
    """How a method did on the last censuses of the demonstration set, which it was not shown.

    The last one, two and three censuses of every trust and measure are held out and forecast
    from the ones before. The trusts are invented: it shows that the method does what it says,
    not that the world obeys.
    """
    return BacktestOut.from_domain(methods.get_backtest(version=version))
