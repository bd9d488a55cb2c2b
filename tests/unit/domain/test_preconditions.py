import pytest

from app.domain.errors import ChangedMeanwhile, RevisionNotNamed, RevisionStale
from app.domain.preconditions import ANY, WHATEVER, Precondition

ONE, TWO = '"1"', '"2"'


def match(*tags: str) -> Precondition:
    return Precondition(if_match=frozenset(tags), seen=ONE)


def none_match(*tags: str, seen: str | None = None) -> Precondition:
    return Precondition(if_none_match=frozenset(tags), seen=seen)


@pytest.mark.parametrize(
    ("precondition", "held"),
    [
        pytest.param(Precondition(), None, id="a first write needs nothing"),
        pytest.param(none_match(ANY), None, id="a first write that says so"),
        pytest.param(match(ONE), ONE, id="the tag that is held"),
        pytest.param(match(TWO, ONE), ONE, id="one of the tags"),
        pytest.param(match(ANY), ONE, id="any tag"),
        pytest.param(WHATEVER, ONE, id="whatever is held"),
        pytest.param(
            Precondition(frozenset({ONE}), frozenset({TWO}), ONE), ONE, id="both headers hold"
        ),
    ],
)
def test_a_change_of_what_was_seen_is_allowed(
    precondition: Precondition, held: str | None
) -> None:
    precondition.check(held)


@pytest.mark.parametrize(
    ("precondition", "held"),
    [
        pytest.param(match(TWO), ONE, id="another tag"),
        pytest.param(match(ONE), None, id="nothing is held"),
        pytest.param(match(ANY), None, id="nothing is held at all"),
        pytest.param(none_match(ANY), ONE, id="something is held"),
        pytest.param(none_match(ONE), ONE, id="the tag that must not be held"),
        pytest.param(Precondition(frozenset({ONE}), frozenset({ONE}), ONE), ONE, id="excluded"),
    ],
)
def test_a_change_of_something_else_is_stale(precondition: Precondition, held: str | None) -> None:
    with pytest.raises(RevisionStale) as error:
        precondition.check(held)

    assert error.value.facts == {"held": held}


@pytest.mark.parametrize("precondition", [Precondition(seen=ONE), none_match(TWO, seen=ONE)])
def test_a_change_of_what_was_held_has_to_name_it(precondition: Precondition) -> None:
    with pytest.raises(RevisionNotNamed) as error:
        precondition.check(ONE)

    assert error.value.facts == {"held": ONE}


def test_a_first_write_that_lost_a_race_changed_meanwhile() -> None:
    with pytest.raises(ChangedMeanwhile) as error:
        Precondition().check(ONE)

    assert error.value.facts == {"held": ONE}


@pytest.mark.parametrize("precondition", [Precondition(), match(ONE), match(ANY)])
def test_a_tag_may_be_left_out_where_it_is_optional(precondition: Precondition) -> None:
    precondition.check_if_given(ONE)


def test_a_tag_that_is_given_has_to_hold() -> None:
    with pytest.raises(RevisionStale):
        match(TWO).check_if_given(ONE)
