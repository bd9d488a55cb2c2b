"""Pages as files of their own, which need no service, style sheet or script beside them."""

from app.dashboard.assets import read_asset
from app.dashboard.rendering import write
from app.documents.annual_report import AnnualReport


def write_annual_report(report: AnnualReport) -> str:
    """Return the report of a census as one file of HTML, dressed as the page is."""
    style = "\n".join(read_asset(one) for one in ("report.css", "parity.css"))
    return write("annual_report_file.html", report=report, style=style)
