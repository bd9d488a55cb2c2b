"""A download as a ZIP archive that programs and people can read.

It holds CSV files, their description as CSV on the Web (CSVW, W3C 2015), and a text that says what
they are, as of when, by which method, and under which licence. The same figures give the same
bytes.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.domain.csv_texts import as_cells
from app.domain.downloads import (
    FILES,
    Cells,
    Column,
    Download,
    list_board_rows,
    list_headcount_rows,
    list_indicator_rows,
    list_measure_rows,
    list_released_rows,
    list_survey_rows,
    list_trust_rows,
)
from app.domain.methods import LATEST

_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP archive can say, so that it says none."""


def pack(download: Download) -> bytes:
    """Return a download as a ZIP archive of CSV files with their description."""
    buffer = io.BytesIO()
    rows = {
        "trusts.csv": list_trust_rows(download),
        "headcounts.csv": list_headcount_rows(download),
        "board.csv": list_board_rows(download),
        "indicators.csv": list_indicator_rows(download),
        "surveys.csv": list_survey_rows(download),
        "measures.csv": list_measure_rows(download),
        "released.csv": list_released_rows(download),
    }
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_entry("README.txt"), _describe(download))
        archive.writestr(_entry("csvw-metadata.json"), _metadata(download))
        for name, columns in FILES.items():
            archive.writestr(_entry(name), _as_csv(columns, rows[name]))
    return buffer.getvalue()


def _as_csv(columns: Sequence[Column], rows: Iterable[Cells]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    writer.writerows(as_cells(row) for row in rows)
    return file.getvalue()


def _metadata(download: Download) -> str:
    """Return the description of the files as CSV on the Web."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": _title(download),
        "dc:modified": download.as_of.isoformat(),
        "dc:license": _licence(download),
        "tables": [
            {
                "url": name,
                "tableSchema": {
                    "columns": [
                        {"name": one.name, "titles": one.name, "datatype": one.datatype,
                         "dc:description": one.says}
                        for one in columns
                    ]
                },
            }
            for name, columns in FILES.items()
        ],
    }  # fmt: skip
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def _title(download: Download) -> str:
    invented = " (synthetic: these trusts and figures are invented)" if download.synthetic else ""
    census = f"census of 31 March {download.year}"
    return f"BME representation in NHS trusts in England, {census}{invented}"


def _licence(download: Download) -> str:
    if download.synthetic:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def _describe(download: Download) -> str:
    """Return what the files are, for a person."""
    number = len({*download.staff, *(one.ods_code for one in download.released)})
    trusts = "1 trust" if number == 1 else f"{number} trusts"
    licence = (
        "Invented figures: no rights are reserved (CC0 1.0)."
        if download.synthetic
        else "Contains public sector information licensed under the Open Government Licence v3.0."
    )
    return f"""{_title(download)}

As of {download.as_of.isoformat()}: what {trusts} sent and made public.

Counts are headcounts on 31 March, bank and agency staff left out. Shares are of everybody, those
of unknown ethnicity included; unknown is not "not BME"; white includes Irish, Gypsy, Roma and
Traveller staff; BME joins groups that differ. Intervals are Wilson's at 95 %, of the process
behind the count: the count itself is exact.

indicators.csv has the WRES indicators of pools and events: 2 appointed of those shortlisted,
3 entering the formal disciplinary process, 4 non-mandatory training. surveys.csv has those of the
staff survey: 5 and 6 harassed, bullied or abused by the public and by staff, 7 believing in equal
opportunities, 8 discriminated against. Their pools are applicants, staff or respondents.

released.csv has what editions of the census of all trusts hold of those whose own figures are not
public: counts rounded, small ones and what would tell them empty. An empty count is hidden, not 0.

Method {LATEST.version}; see /v1/methods/{LATEST.version}.

csvw-metadata.json describes every column (CSV on the Web). Files are in UTF-8.

{licence}
"""


def _entry(name: str) -> ZipInfo:
    info = ZipInfo(name, _BEGINNING)
    info.compress_type = ZIP_DEFLATED
    return info
