import pytest

from app.domain.codebook import CODES, Code, CodeKind, get_code, list_code_kinds, list_codes
from app.domain.codes import GoalOutlook
from app.domain.errors import CodeNotFound, Fault, UnacceptableQuestion, leaves
from app.domain.organisations import Kind


def test_every_code_is_listed_once_in_its_kind() -> None:
    listed = [(one.kind, one.code) for one in list_codes()]

    assert len(listed) == len(set(listed))
    assert {code for _, code in listed} == {
        *(code.value for kind in CODES for code in kind),
        *(error.code for error in leaves()),
    }


def test_kinds_are_called_as_their_enumerations_are() -> None:
    names = [kind.name for kind in list_code_kinds()]

    assert len(names) == len(set(names)) == len(CODES) + 1
    assert {"warning", "reason", "points_outlook", "actuals_state", "fault"} < set(names)
    assert names[-1] == "problem"


def test_a_kind_says_what_its_codes_tell() -> None:
    kind = CodeKind.of(GoalOutlook)

    assert kind == CodeKind(
        name="goal_outlook",
        sentence="How probable it is that a goal will be reached.",
        codes=tuple(Code("goal_outlook", one.value, one.sentence) for one in GoalOutlook),
    )
    assert kind.title == "Goal outlook"
    assert all(one.sentence.endswith(".") for one in list_code_kinds())


def test_a_code_is_found_by_its_kind() -> None:
    assert [get_code(kind, "too_small").sentence for kind in ("reason", "fault")] == [
        "The group has fewer than 10 people.",
        "The number is below the smallest one allowed.",
    ]
    assert get_code("problem", "trust_not_found") == Code(
        "problem", "trust_not_found", "No trust has the ODS code."
    )


@pytest.mark.parametrize(
    ("kind", "code"), [("outlook", "too_big"), ("Outlook", "too_small"), ("", "")]
)
def test_another_code_is_not_found(kind: str, code: str) -> None:
    with pytest.raises(CodeNotFound, match=f"There is no code {code} of the kind {kind}"):
        get_code(kind, code)


def test_the_codes_of_one_kind_are_listed_alone() -> None:
    assert list_codes("goal_outlook") == list(CodeKind.of(GoalOutlook).codes)


def test_a_kind_that_is_none_is_told_from_those_that_are() -> None:
    with pytest.raises(UnacceptableQuestion) as refused:
        list_codes("Reason")

    names = ", ".join(kind.name for kind in list_code_kinds())
    detail = f"There are no codes of the kind Reason; use one of {names}."
    assert refused.value.faults == (Fault("?kind", "unknown_code", detail),)


def test_an_enumeration_of_a_short_name_has_a_longer_one_as_a_kind() -> None:
    assert [one.code for one in list_codes("organisation_kind")] == [*Kind]
