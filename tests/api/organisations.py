"""An organisation as it is entered into the register and shown."""

from starlette.testclient import TestClient

from tests.bodies import JSON, Headers

PATH = "/v1/organisations"
NEW = "/v1/organisations/ZZ911"

ENTRY = {
    "kind": "trust",
    "name": "New Trust (demonstration)",
    "type": "acute",
    "icb": "QMF",
    "region": "Y56",
    "opened": "2017-10-01",
    "closed": None,
    "aliases": ["Newtown Hospitals"],
}

SHOWN: JSON = {
    "ods_code": "ZZ911",
    "kind": "trust",
    "name": "New Trust (demonstration)",
    "type": "acute",
    "region": "Y56",
    "icb": "QMF",
    "opened": "2017-10-01",
    "closed": None,
    "synthetic": True,
    "links": {
        "self": "/v1/organisations/ZZ911",
        "actuals": "/v1/trusts/ZZ911/actuals",
        "board": "/v1/trusts/ZZ911/board/{year}",
        "indicators": "/v1/trusts/ZZ911/indicators/{year}",
        "wres": "/v1/trusts/ZZ911/wres/{year}",
        "targets": "/v1/trusts/ZZ911/targets",
        "progress": "/v1/trusts/ZZ911/progress",
        "action_plans": "/v1/trusts/ZZ911/action-plans",
        "peers": "/v1/trusts/ZZ911/peers",
        "experts": "/v1/trusts/ZZ911/experts",
    },
    "names": [{"value": "New Trust (demonstration)", "starts": None, "ends": None}],
    "types": [{"value": "acute", "starts": None, "ends": None}],
    "icbs": [{"value": "QMF", "starts": None, "ends": None}],
    "regions": [{"value": "Y56", "starts": None, "ends": None}],
    "aliases": ["Newtown Hospitals"],
    "predecessors": [],
    "successors": [],
}


def entry(**changes: object) -> JSON:
    """Return the entry as it is sent, with changes."""
    return {**ENTRY, **changes}


def enter(client: TestClient, national: Headers, **changes: object) -> None:
    """Enter the organisation."""
    made = client.put(NEW, json=entry(**changes), headers=national)
    assert made.status_code == 201, made.text


PREDECESSOR = {"ods_code": "ZZ901", "effective_date": "2025-04-01", "kind": "merged"}

SUCCESSION = {
    "predecessor": "ZZ901",
    "successor": "ZZ911",
    "effective_date": "2025-04-01",
    "kind": "merged",
    "confirmed": True,
}
