"""Bulk files of everything public of a census."""

from typing import Final

from fastapi import APIRouter, Response

from app.api.auth import CallerDep
from app.api.deps import AsOf, CensusYear, Now, ReadSession
from app.api.guarding import GuardedRoute
from app.api.problems import documented
from app.api.schemas.downloads import DownloadListOut, DownloadOut
from app.domain.errors import DownloadNotFound, TokenInvalid, UnacceptableQuestion
from app.services import downloads
from app.services.download_archives import pack

router = APIRouter(prefix="/v1/downloads", tags=["downloads"], route_class=GuardedRoute)

ZIP: Final = "application/zip"
"""The media type of archives."""


@router.get("", summary="List downloads", responses=documented(TokenInvalid))
def list_downloads(caller: CallerDep, session: ReadSession) -> DownloadListOut:
    """The censuses of which something is public, each with its file."""
    found = downloads.list_downloads(session, caller=caller)
    return DownloadListOut(items=[DownloadOut.from_domain(one) for one in found], next=None)


@router.get(
    "/{year}",
    summary="Get a download",
    response_class=Response,
    responses=documented(DownloadNotFound, TokenInvalid, UnacceptableQuestion)
    | {
        200: {
            "description": "A ZIP archive.",
            "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def get_download(
    year: CensusYear, caller: CallerDep, now: Now, session: ReadSession, as_of: AsOf = None
) -> Response:
    """Everything public of a census in one ZIP archive of CSV files, as of an instant.

    `csvw-metadata.json` in it describes every column (CSV on the Web), `README.txt` says what it
    is, as of when, by which method and under which licence. The same figures give the same bytes.
    """
    found = downloads.get_download(session, year=year, as_of=as_of, caller=caller, now=now)
    packed = pack(found)
    name = f"parity-census-{year}.zip"
    return Response(
        packed,
        media_type=ZIP,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
