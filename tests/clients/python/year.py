"""A trust's year, driven with the generated client for Python.

Run with the address of the service, which has a token of the trust in `TOKEN`; tells as
JSON what happened. `../typescript/year.ts` does the same and tells the same.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Final, TypeVar

from parity_client import AuthenticatedClient, Client
from parity_client.api.actuals import get_actuals, put_actuals, sign_off_actuals
from parity_client.api.imports import post_import
from parity_client.api.organisations import get_organisation, list_organisations
from parity_client.api.progress import get_progress
from parity_client.api.targets import patch_target, post_target, submit_target
from parity_client.models import (
    ActualsIn,
    ActualsOut,
    Band,
    CellIn,
    EthnicGroup,
    FaultyProblem,
    ImportedOut,
    ImportForm,
    OrganisationListOut,
    OrganisationOut,
    Problem,
    ProgressOut,
    SignOffIn,
    TargetIn,
    TargetOut,
    TargetPatch,
    TotalsIn,
)
from parity_client.types import UNSET, File

Told = dict[str, object]

Kind = TypeVar("Kind")

TRUST: Final = "ZZ901"
YEAR: Final = 2025


def main(address: str, token: str) -> Told:
    """Drive the year; return what happened."""
    anybody = Client(address)
    trust = AuthenticatedClient(address, token, raise_on_unexpected_status=True)
    return {
        "register": read_register(anybody),
        "pages": list(page_through_trusts(anybody)),
        "actuals": send_actuals(trust),
        "correction": correct_actuals(trust),
        "preview": preview_file(trust),
        "target": set_target(trust),
        "progress": read_progress(trust),
    }


def read_register(client: Client) -> Told:
    """Look the trust up, and one that is not there."""
    found = a(OrganisationOut, get_organisation.sync(TRUST, client=client))
    missing = a(Problem, get_organisation.sync("ZZ999", client=client))
    return {"name": found.name, "missing": missing.type_}


def page_through_trusts(client: Client) -> Iterator[list[str]]:
    """Yield the codes on each page of the list of trusts."""
    cursor: str | None = None
    while True:
        asked = list_organisations.sync(client=client, kind="trust", limit=3, cursor=cursor)
        page = a(OrganisationListOut, asked)
        yield [one.ods_code for one in page.items]
        cursor = page.next_
        if cursor is None:
            return


def census(bme: int, *, reason: str | None = None) -> ActualsIn:
    """Return the trust's headcounts, with a number of leaders who are BME."""
    cells: list[tuple[Band, EthnicGroup, int]] = [
        ("5", "white", 300),
        ("5", "bme", 100),
        ("8a", "white", 90),
        ("8a", "bme", bme),
    ]
    return ActualsIn(
        source="ESR, 31 March 2025",
        totals=TotalsIn(workforce=500, bme=110),
        headcounts=[
            CellIn("clinical", band, headcount, ethnic_group)
            for band, ethnic_group, headcount in cells
        ],
        reason=reason,
    )


def send_actuals(client: AuthenticatedClient) -> Told:
    """Send a census in: with faults, then without."""
    wrong = census(-1)
    wrong.source = ""
    refused = put_actuals.sync(TRUST, YEAR, client=client, body=wrong, if_none_match="*")
    sent = put_actuals.sync_detailed(
        TRUST, YEAR, client=client, body=census(10), if_none_match="*"
    )
    return {
        "faults": [[one.pointer, one.code] for one in a(FaultyProblem, refused).errors],
        "status": sent.status_code.value,
        "revision": a(ActualsOut, sent.parsed).revision,
    }


def correct_actuals(client: AuthenticatedClient) -> Told:
    """Correct the census: without saying what is to change, as it is no more, and as it is."""
    body = census(10, reason="The source was named wrongly")
    body.source = "ESR staff in post, 31 March 2025"

    def put(if_match: str | None) -> object:
        return put_actuals.sync(TRUST, YEAR, client=client, body=body, if_match=if_match or UNSET)

    refusals = [a(Problem, put(tag)).type_ for tag in (None, '"0"')]
    held = get_actuals.sync_detailed(TRUST, YEAR, client=client)
    corrected = a(ActualsOut, put(held.headers["ETag"]))
    approval = SignOffIn(date(2025, 7, 24), "Chief People Officer")
    signed = sign_off_actuals.sync(TRUST, YEAR, client=client, body=approval)
    return {
        "refusals": refusals,
        "revision": corrected.revision,
        "state": a(ActualsOut, signed).state,
    }


def preview_file(client: AuthenticatedClient) -> Told:
    """Have a file of the year before checked, and not stored."""
    rows = b"Staff group,Band,White,BME,Unknown,Total\nClinical,Band 8a,91,9,0,100"
    form = ImportForm(
        "actuals",
        File(BytesIO(rows), "2024.csv", "text/csv"),
        ods_code=TRUST,
        year=2024,
        source="ESR, 31 March 2024",
        dry_run=True,
    )
    found = a(ImportedOut, post_import.sync(client=client, body=form))
    return {"id": found.id, "cells": [[one.ods_code, one.cells_changed] for one in found.items]}


def set_target(client: AuthenticatedClient) -> Told:
    """Draft a target twice with one key, change the draft, and put it in force."""
    body = TargetIn("leadership", "2025-2028", goal_share="0.1500")
    first, again = (
        post_target.sync_detailed(TRUST, client=client, body=body, idempotency_key="draft-1")
        for _ in range(2)
    )
    drafted = a(TargetOut, first.parsed)
    changed = patch_target.sync_detailed(
        TRUST,
        drafted.id,
        client=client,
        body=TargetPatch(goal_share="0.1600"),
        if_match=first.headers["ETag"],
    )
    submitted = submit_target.sync(
        TRUST, drafted.id, client=client, if_match=changed.headers["ETag"]
    )
    return {
        "id": drafted.id,
        "state": drafted.state,
        "again": a(TargetOut, again.parsed).id,
        "replayed": [one.headers.get("Idempotency-Replayed") for one in (first, again)],
        "goal": a(TargetOut, changed.parsed).goal_share,
        "now": a(TargetOut, submitted).state,
    }


def read_progress(client: AuthenticatedClient) -> Told:
    """Read where the trust stands."""
    found = a(ProgressOut, get_progress.sync(TRUST, "leadership", client=client))
    if found.gap is None or found.parity is None:
        raise SystemExit("nothing to compare with")
    return {
        "share": [one.share for one in found.actuals],
        "people": found.gap.to_goal.people,
        "reference": found.parity.reference,
        "warnings": [one.code for one in found.warnings],
    }


def a(kind: type[Kind], answer: object) -> Kind:
    """Return an answer, which has to be of a kind."""
    if not isinstance(answer, kind):
        raise SystemExit(f"{kind.__name__} expected, not {answer!r}")
    return answer


if __name__ == "__main__":
    json.dump(main(sys.argv[1], os.environ["TOKEN"]), sys.stdout)
