"""Codes in the source and codes that are explained: the same, both ways."""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

import app
from app.domain import proposal_desk
from app.domain.coded import Coded
from app.domain.codes import Reason, WarningCode
from app.domain.errors import MeasureCannotBeNarrowed
from app.domain.fault_codes import FaultCode
from tests.contract.parsing import parser_codes

SOURCE = Path(app.__file__).parent

PLACES = {"Fault": 1, "fault": 0, "Odd": 1, "fault_at": 1, "_kept_private": 0}
"""What makes faults, and the place of the code among its arguments."""


@cache
def trees() -> Sequence[tuple[str, ast.Module]]:
    """Return every module of the service, by its path."""
    return [
        (path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(SOURCE.rglob("*.py"))
    ]


def members_used(tree: ast.Module, name: str) -> set[str]:
    """Return the members of an enumeration that a module names."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    }


def proposed_reasons() -> set[str]:
    """Return why nothing is proposed."""
    tree = ast.parse(Path(proposal_desk.__file__).read_text(encoding="utf-8"))
    return {Reason[name].value for name in members_used(tree, "Reason")}


NARROWED = {MeasureCannotBeNarrowed.code}

COMPUTED = {
    ("domain/errors.py", "self.code"): NARROWED,
    ("domain/plan_checks.py", "f'duplicate_{noun}'"): {
        "duplicate_target", "duplicate_action", "duplicate_review",
    },
    ("services/proposals.py", "outcome.value"): proposed_reasons(),
    ("services/proposals.py", "error.code"): NARROWED,
    ("services/target_drafts.py", "error.code"): NARROWED,
    ("services/what_if.py", "error.code"): NARROWED,
    ("api/schemas/plan_bodies.py", "error.code"): NARROWED,
    # These pass on what was found elsewhere.
    ("api/faults.py", "context['code']"): set(),
    ("api/schemas/faults.py", "one.code"): set(),
    ("api/schemas/target_drafts.py", "found[0].code"): set(),
    ("api/schemas/experts.py", "code"): set(),
    ("ingest/tables.py", "code"): set(),
    ("ingest/tables.py", "odd.code"): set(),
    ("services/import_plans.py", "one.code"): set(),
    # Our name for what the parser finds, or its own.
    ("api/faults.py", "_CODES.get(kind, kind)"): parser_codes(),
}  # fmt: skip
"""Codes of faults that are no literals where the fault is made: what they can be."""


def codes_given() -> Iterator[tuple[str, ast.expr]]:
    """Yield what stands for the code wherever a fault is made."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = PLACES.get(node.func.id)
                if place is not None:
                    yield path, node.args[place]


def test_every_code_of_a_fault_is_explained_and_every_one_explained_is_given() -> None:
    given = list(codes_given())

    literal = {str(code.value) for _, code in given if isinstance(code, ast.Constant)}
    computed = {(path, ast.unparse(c)) for path, c in given if not isinstance(c, ast.Constant)}
    assert computed == set(COMPUTED)
    assert literal.union(*COMPUTED.values()) == {code.value for code in FaultCode}


def test_a_fault_is_made_in_no_other_way() -> None:
    makers = {
        (path, node.func.id)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"PydanticCustomError", "PydanticKnownError", "RequestValidationError"}
    }
    aliases = {
        (path, one.asname)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.name in {"Fault", "fault"} and one.asname
    }

    assert makers == {("api/schemas/faults.py", "PydanticCustomError")}
    assert aliases == set()


def outcomes(expression: ast.expr) -> Iterator[ast.expr]:
    """Yield what an expression comes to, by its conditions."""
    if isinstance(expression, ast.IfExp):
        yield from outcomes(expression.body)
        yield from outcomes(expression.orelse)
    else:
        yield expression


@pytest.mark.parametrize("enumeration", [WarningCode, Reason])
def test_every_warning_and_every_reason_is_given(enumeration: type[Coded]) -> None:
    name = enumeration.__name__

    used = {member for _, tree in trees() for member in members_used(tree, name)}

    assert set(enumeration.__members__) == used


def test_every_reason_that_is_written_out_is_explained() -> None:
    written = {
        str(part.value)
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and (node.arg or "").endswith("_reason")
        for part in outcomes(node.value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }

    assert set() < written <= {reason.value for reason in Reason}
