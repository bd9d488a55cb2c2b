"""Documents as pages: what is printed, with where it is as a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.dashboard.views.contents import Step, list_trust_pages
from app.documents.annual_report import AnnualReport
from app.documents.board_page import TITLE, BoardPage

BOARD_PAGE = "/board-page"
"""What the path of a trust's board page adds to the trust's."""


@dataclass(frozen=True, slots=True)
class BoardPageView:
    """The board page of a trust as a page.

    Attributes:
        file: Where it is as PDF.
        board: What it tells.
    """

    title: str
    sentences: Sequence[str]
    data: str
    trail: Sequence[tuple[str, str]]
    contents: Sequence[Step]
    file: str
    board: BoardPage


def show_board(board: BoardPage) -> BoardPageView:
    """Return the board page of a trust as a page."""
    path = f"/trusts/{board.ods_code}"
    return BoardPageView(
        title=f"{TITLE}: {board.trust}",
        sentences=(),
        data=f"/v1{path}/progress",
        trail=(("England", "/england"), (board.trust, path)),
        contents=list_trust_pages(board.ods_code, BOARD_PAGE),
        file=f"{path}{BOARD_PAGE}.pdf",
        board=board,
    )


@dataclass(frozen=True, slots=True)
class ReportView:
    """The report of a census as a page.

    Attributes:
        file: Where it is as PDF.
        report: What it tells.
    """

    title: str
    sentences: Sequence[str]
    data: str
    trail: Sequence[tuple[str, str]]
    file: str
    report: AnnualReport


def show_annual(report: AnnualReport) -> ReportView:
    """Return the report of a census as a page."""
    return ReportView(
        title=report.title,
        sentences=(),
        data="/v1/england/progress",
        trail=(("England", "/england"),),
        file=f"/england/reports/{report.year}.pdf",
        report=report,
    )
