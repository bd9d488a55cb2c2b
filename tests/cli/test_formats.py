import pytest

from app.cli.formats import chance, people, percent, points


@pytest.mark.parametrize(
    ("probability", "told"),
    [
        (0.0, "under 1 %"),
        (0.0049, "under 1 %"),
        (0.0051, "1 %"),
        (0.2707, "27 %"),
        (0.9949, "99 %"),
        (0.995, "over 99 %"),
        (1.0, "over 99 %"),
    ],
)
def test_a_chance_never_claims_certainty(probability: float, told: str) -> None:
    assert chance(probability) == told


def test_shares_and_distances_have_one_place() -> None:
    assert (percent(0.152655), points(-0.027345)) == ("15.3 %", "2.7 points")


def test_one_is_a_person() -> None:
    assert [people(number) for number in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
