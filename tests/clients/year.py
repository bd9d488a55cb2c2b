"""What a trust's year comes to, whichever client drives it."""

from typing import Final

YEAR: Final = {
    "register": {
        "name": "Acute Trust (demonstration)",
        "missing": "/problems/organisation-not-found",
    },
    "pages": [["RZ0", "RZ1", "RZ2"], ["ZZ901", "ZZ902", "ZZ903"], ["ZZ904", "ZZ905"]],
    "actuals": {
        "faults": [["/source", "string_too_short"], ["/headcounts/3/headcount", "too_small"]],
        "status": 201,
        "revision": 1,
    },
    "correction": {
        "refusals": ["/problems/revision-not-named", "/problems/revision-stale"],
        "revision": 2,
        "state": "signed_off",
    },
    "preview": {"id": None, "cells": [["ZZ901", 2]]},
    "target": {
        "id": "leadership-2025-2028",
        "state": "draft",
        "again": "leadership-2025-2028",
        "replayed": [None, "true"],
        "goal": "0.1600",
        "now": "submitted",
    },
    "progress": {"share": [0.1], "people": 6, "reference": "own_workforce", "warnings": []},
}
