"""What callers ask for and send, and how they are refused."""

from tests.bodies import JSON, problem

TARGET = {"measure": "leadership", "cycle": "2022-2025", "goal_headcount": 5}

APPROVAL = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}

READS = ("actuals", "actuals/2024", "actuals/2024/revisions", "board/2024")

TARGET_READS = ("targets", "targets/leadership-2022-2025")

NO_TOKEN = problem(
    401,
    "token-invalid",
    "A valid token is required",
    "This takes a bearer token: figures of real trusts are not public yet.",
)

NO_TOKEN_TO_CHANGE = {**NO_TOKEN, "detail": "This takes a bearer token."}


def not_allowed(role: str, *roles_that_may: str) -> JSON:
    """Return the problem of a role that may not do something."""
    return problem(
        403,
        "not-allowed",
        "Not allowed",
        f"A token with the role {role} may not do this; it takes one with the role"
        f" {' or '.join(roles_that_may)} for this organisation.",
        role=role,
        roles_that_may=list(roles_that_may),
    )
