from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.domain.consents import Consent, ConsentRevision, Consents
from app.domain.records import Author, Record

AREAS = st.lists(st.sampled_from(["QMF", "QHM", "Y56"]), unique=True).map(sorted).map(tuple)


def record(number: int) -> Record:
    return Record(datetime(2026, 11, number, tzinfo=UTC), Author("lead"))


def revisions(*areas: tuple[str, ...]) -> list[ConsentRevision]:
    return [
        ConsentRevision("RZ1", number, one, record(number))
        for number, one in enumerate(areas, start=1)
    ]


def test_a_consent_holds_since_it_was_last_given_anew() -> None:
    history = revisions(("QMF", "Y56"), ("Y56",), ("QMF", "Y56"))

    held = Consents.of("RZ1", history)

    assert held == Consents(
        "RZ1", 3, (Consent("QMF", record(3)), Consent("Y56", record(1))), tuple(history)
    )


@given(st.lists(AREAS, max_size=8))
def test_what_holds_is_what_the_newest_revision_names_each_without_a_break(
    named: list[tuple[str, ...]],
) -> None:
    history = revisions(*named)

    held = Consents.of("RZ1", history)

    assert held.revision == len(named)
    assert held.areas == (named[-1] if named else ())
    for one in held.given:
        first = one.since.at.day
        assert all(one.area in areas for areas in named[first - 1 :])
        assert first == 1 or one.area not in named[first - 2]
