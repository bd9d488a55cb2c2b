"""What is changed: the figures of an open census, a draft, comments, plans; and files of figures.

Every change is another one than before, so that all of them are stored.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from app.domain.callers import Role
from tests.bodies import JSON, actuals_body, board_body, cells, members, pools_body
from tests.load.errands import DONE, Caller, Chance, Errand, Kind

NEWEST: Final = 2026
"""A census for which the demonstration trusts have sent nothing yet."""

PLACES: Final = ("actuals", "board", "indicators")

CYCLE: Final = "2025-2028"
DRAFTED: Final = f"workforce-{CYCLE}"
"""The target that is a draft while everything runs."""

AGREED: Final = f"leadership-{CYCLE}"
"""The one that is commented on."""

WHATEVER: Final = {"If-Match": "*"}

WHITE: Final = 3000
MOST_BME: Final = 2000

WRITERS: Final = frozenset({Role.TRUST_DATA, Role.TRUST, Role.NATIONAL})
LEADS: Final = frozenset({Role.TRUST, Role.NATIONAL})
COMMENTERS: Final = frozenset({Role.NATIONAL, Role.AREA})


def _next(caller: Caller) -> int:
    """Return a number of people that the caller has not sent just now."""
    caller.written += 1
    return 100 + caller.written % MOST_BME


def indicators_of(number: int) -> JSON:
    """Return indicators in which a number stands."""
    period = {"starts": f"{NEWEST - 1}-04-01", "ends": f"{NEWEST}-03-31"}
    pools = pools_body(bme=(4000, number), period=period)
    return {"source": "ESR and TRAC", "indicator_2": pools}


def plan_of(number: int) -> JSON:
    """Return an action plan in which a number stands."""
    published = {"published_url": f"https://trust.example/{number}", "published_on": "2026-09-30"}
    return {"targets": [], **published, "actions": [], "reviews": []}


def _put(noun: str, code: str, body: Mapping[str, Any]) -> Errand:
    place = f"/v1/trusts/{code}/{noun}/{NEWEST}"
    sent = {"json": {**body, "reason": "Corrected"}}
    return Errand(
        f"put_{noun}", place, DONE, method="PUT", headers=WHATEVER, sent=sent, place=place
    )


def _actuals(caller: Caller, chance: Chance) -> Errand:
    number = _next(caller)
    sent = [
        *cells({"bme": number, "white": WHITE}, band="5"),
        *cells({"bme": number // 10, "white": WHITE // 10, "unknown": 3}, band="8a"),
        *cells({"bme": 3, "white": 40}, staff_group="non_clinical", band="8c"),
    ]
    return _put("actuals", chance.random.choice(caller.own), actuals_body(sent))


def _board(caller: Caller, chance: Chance) -> Errand:
    body = board_body(members({"bme": 1 + _next(caller) % 7, "white": 9}))
    return _put("board", chance.random.choice(caller.own), body)


def _indicators(caller: Caller, chance: Chance) -> Errand:
    return _put("indicators", chance.random.choice(caller.own), indicators_of(_next(caller)))


def _draft(caller: Caller, chance: Chance) -> Errand:
    path = f"/v1/trusts/{chance.random.choice(caller.own)}/targets/{DRAFTED}"
    sent = {"json": {"rationale": f"As agreed with {_next(caller)} people."}}
    return Errand("patch_target", path, method="PATCH", headers=WHATEVER, sent=sent)


def _comment(caller: Caller, chance: Chance) -> Errand:
    path = f"/v1/trusts/{chance.random.choice(caller.own)}/targets/{AGREED}/comments"
    sent = {"json": {"version": 1, "text": f"Question {_next(caller)}: how?"}}
    once = {"Idempotency-Key": str(uuid4())}
    return Errand("post_target_comment", path, DONE, method="POST", headers=once, sent=sent)


def _plan(caller: Caller, chance: Chance) -> Errand:
    path = f"/v1/trusts/{chance.random.choice(caller.own)}/action-plans/{CYCLE}"
    sent = {"json": plan_of(_next(caller))}
    return Errand("put_action_plan", path, DONE, method="PUT", headers=WHATEVER, sent=sent)


def _file(caller: Caller, _: Chance) -> Errand:
    """Send the figures of all trusts of the caller in one file."""
    number = _next(caller)
    rows = [
        f"{code},{NEWEST},{group},{band},{ethnic},{people}\n"
        for code in caller.own
        for group, band in (("clinical", "5"), ("clinical", "8a"), ("non_clinical", "8c"))
        for ethnic, people in (("white", WHITE), ("bme", number))
    ]
    text = "ODS code,Year,Staff group,Band,Ethnic group,Headcount\n" + "".join(rows)
    form = {
        "kind": "actuals",
        "source": f"ESR staff in post, 31 March {NEWEST}",
        "reason": "Corrected",
        "expected_workforce": str(3 * (WHITE + number) * len(caller.own)),
        "expected_bme": str(3 * number * len(caller.own)),
    }
    sent = {"data": form, "files": {"file": ("staff.csv", text.encode())}}
    return Errand("post_import", "/v1/imports", DONE, method="POST", sent=sent)


WRITES: Final = (
    Kind(4, WRITERS, _actuals),
    Kind(1, WRITERS, _board),
    Kind(1, WRITERS, _indicators),
    Kind(2, LEADS, _draft),
    Kind(1, COMMENTERS, _comment),
    Kind(1, LEADS, _plan),
)

IMPORTS: Final = (Kind(1, WRITERS, _file),)
