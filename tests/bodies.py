"""Requests as they are sent, and the problems that answer them."""

from collections.abc import Mapping, Sequence
from typing import Any

from httpx2 import Response

from app.domain.fault_codes import FaultCode

PROBLEM_JSON = "application/problem+json"

JSON = dict[str, Any]
Headers = dict[str, str]


def bearer(secret: str) -> Headers:
    """Return the headers that carry a token."""
    return {"Authorization": f"Bearer {secret}"}


def cells(
    counts: Mapping[str, int], *, staff_group: str = "clinical", band: str = "8a"
) -> list[JSON]:
    """Return cells of one band as they are sent, from headcounts by ethnic group."""
    return [
        {
            "staff_group": staff_group,
            "band": band,
            "ethnic_group": ethnic_group,
            "headcount": headcount,
        }
        for ethnic_group, headcount in counts.items()
    ]


def categories(
    counts: Mapping[str, int], *, staff_group: str = "clinical", band: str = "8a"
) -> list[JSON]:
    """Return cells of one band as they are sent, from headcounts by ethnic category."""
    return [
        {
            "staff_group": staff_group,
            "band": band,
            "ethnic_category": category,
            "headcount": headcount,
        }
        for category, headcount in counts.items()
    ]


def actuals_body(headcounts: Sequence[JSON] | None = None, **members: object) -> JSON:
    """Return actuals as they are sent: the example of the API's description, with changes.

    Args:
        headcounts: The cells; then the totals are what those come to.
        members: Further members, in place of the example's.
    """
    sent = list(headcounts or cells({"bme": 61, "white": 340}))
    return {
        "source": "ESR staff in post, 31 March 2024",
        "totals": {
            "workforce": sum(cell["headcount"] for cell in sent),
            "bme": sum(c["headcount"] for c in sent if c.get("ethnic_group") == "bme"),
        },
        "headcounts": sent,
        **members,
    }


def members(
    counts: Mapping[str, int], *, voting: bool = True, executive: bool = True
) -> list[JSON]:
    """Return members of one kind as they are sent, from headcounts by ethnic group."""
    return [
        {
            "voting": voting,
            "executive": executive,
            "ethnic_group": ethnic_group,
            "headcount": headcount,
        }
        for ethnic_group, headcount in counts.items()
    ]


def board_body(sent: Sequence[JSON] | None = None, **changes: object) -> JSON:
    """Return a board as it is sent, with changes."""
    return {
        "source": "Board register, 31 March 2024",
        "members": list(sent or members({"bme": 3, "white": 9})),
        **changes,
    }


PERIOD = {"starts": "2023-04-01", "ends": "2024-03-31"}
"""The year before the census of 2024."""


def pools_body(
    white: tuple[int, int] = (400, 100), bme: tuple[int, int] = (200, 20), **changes: object
) -> JSON:
    """Return an indicator of pools and events as it is sent, from (pool, events) each."""
    groups = {
        group: {"pool": pool, "events": events}
        for group, (pool, events) in {"white": white, "bme": bme}.items()
    }
    return {"period": PERIOD, **groups, **changes}


def survey_body(
    white: tuple[int, str | None] = (500, "0.2500"),
    bme: tuple[int, str | None] = (100, "0.3000"),
    **changes: object,
) -> JSON:
    """Return an indicator of the staff survey as it is sent, from (respondents, share) each."""
    groups = {
        group: {"respondents": respondents, "share": share}
        for group, (respondents, share) in {"white": white, "bme": bme}.items()
    }
    return {"period": PERIOD, **groups, **changes}


def indicators_body(**changes: object) -> JSON:
    """Return indicators as they are sent: appointments and one question, with changes."""
    return {
        "source": "ESR and TRAC, 2023/24",
        "indicator_2": pools_body(),
        "indicator_5": survey_body(),
        **changes,
    }


def fault(pointer: str, code: str, detail: str) -> JSON:
    """Return one fault as a problem lists it."""
    return {"pointer": pointer, "code": code, "detail": detail}


def problem(status: int, kind: str, title: str, detail: str, **facts: object) -> JSON:
    """Return a whole problem document."""
    return {
        "type": f"/problems/{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        **facts,
    }


def refused(noun: str, *faults: JSON) -> JSON:
    """Return the whole problem document of something refused, such as actuals, for faults."""
    verb = "have" if noun in {"actuals", "consents", "indicators"} else "has"
    number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return problem(
        422,
        f"unacceptable-{noun.replace(' ', '-')}",
        f"Unacceptable {noun}",
        f"The {noun} {verb} {number}; nothing was stored.",
        errors=list(faults),
    )


def malformed(*faults: JSON) -> JSON:
    """Return the whole problem document of a malformed request."""
    number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return problem(
        422,
        "invalid-request",
        "Invalid request",
        f"The request has {number}; nothing was stored.",
        errors=list(faults),
    )


def problem_of(response: Response) -> JSON:
    """Return the problem of a response, which must be one by its media type and its status."""
    assert response.headers["content-type"] == PROBLEM_JSON, response.text
    found: JSON = response.json()
    assert found["status"] == response.status_code
    assert {one["code"] for one in found.get("errors", ())} <= set(FaultCode)
    return found
