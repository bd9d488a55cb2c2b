from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import Fault
from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
    TrustType,
)
from app.domain.register import (
    Entry,
    Predecessor,
    apply,
    find_entry_faults,
    find_succession_faults,
)

SPRING, LAST = date(2026, 4, 1), date(2026, 3, 31)
EARLIER = date(2020, 1, 1)
ENTRY = Entry(
    ods_code="ZZ001",
    kind=Kind.TRUST,
    name="Trust",
    type=TrustType.ACUTE,
    icb="QAA",
    region="Y56",
    opened=None,
    closed=None,
    aliases=("Old name",),
    effective_from=None,
    predecessors=None,
)
REGISTER = {
    "QAA": Organisation("QAA", Kind.ICB),
    "Y56": Organisation("Y56", Kind.REGION),
    "ZZ002": Organisation("ZZ002", Kind.TRUST),
}
HELD = Organisation("ZZ001", Kind.TRUST, facts={Attribute.NAME: (Dated("Trust", EARLIER),)})


def faults(entry: Entry, held: Organisation | None = None) -> list[tuple[str, str]]:
    return [(f.pointer, f.code) for f in find_entry_faults(entry, held, REGISTER)]


def named(*values: Dated, entry: Entry = ENTRY) -> tuple[Dated, ...]:
    """Return the names after an entry changes those held."""
    held = Organisation("ZZ001", Kind.TRUST, facts={Attribute.NAME: values})
    return apply(entry, held).facts[Attribute.NAME]


def test_a_new_organisation_is_what_the_entry_says() -> None:
    assert apply(ENTRY, None) == Organisation(
        "ZZ001",
        Kind.TRUST,
        facts={
            Attribute.NAME: (Dated("Trust"),),
            Attribute.TYPE: (Dated("acute"),),
            Attribute.ICB: (Dated("QAA"),),
            Attribute.REGION: (Dated("Y56"),),
        },
        aliases=("Old name",),
    )


def test_what_a_new_organisation_does_not_have_is_no_fact() -> None:
    entry = replace(ENTRY, type=None, icb=None, region=None, effective_from=SPRING)

    assert apply(entry, None).facts == {Attribute.NAME: (Dated("Trust", SPRING),)}


def test_an_unchanged_value_keeps_its_history() -> None:
    history = (Dated("Old", None, LAST), Dated("Trust", SPRING))

    assert named(*history, entry=replace(ENTRY, effective_from=date(2027, 1, 1))) == history


def test_a_change_from_a_day_ends_the_value_the_day_before() -> None:
    assert named(Dated("Old", EARLIER), entry=replace(ENTRY, effective_from=SPRING)) == (
        Dated("Old", EARLIER, LAST),
        Dated("Trust", SPRING),
    )


def test_a_value_that_had_ended_before_stays_ended() -> None:
    ended = Dated("Old", EARLIER, date(2021, 1, 1))

    assert named(ended, entry=replace(ENTRY, effective_from=SPRING)) == (
        ended,
        Dated("Trust", SPRING),
    )


def test_a_correction_replaces_the_newest_value() -> None:
    first = Dated("First", None, date(2019, 12, 31))

    assert named(first, Dated("Typo", EARLIER)) == (first, Dated("Trust", EARLIER))


@pytest.mark.parametrize(
    ("effective_from", "after"),
    [
        pytest.param(SPRING, (Dated("QAA", EARLIER, LAST),), id="ends from a day"),
        pytest.param(None, None, id="was never there"),
    ],
)
def test_a_value_may_be_taken_away(
    effective_from: date | None, after: tuple[Dated, ...] | None
) -> None:
    held = replace(HELD, facts={Attribute.ICB: (Dated("QAA", EARLIER),)})

    entry = replace(ENTRY, icb=None, effective_from=effective_from)
    assert apply(entry, held).facts.get(Attribute.ICB) == after


def test_predecessors_are_successions() -> None:
    entry = replace(ENTRY, predecessors=(Predecessor("ZZ002", SPRING, SuccessionKind.MERGED),))

    assert entry.successions() == [Succession("ZZ002", "ZZ001", SPRING, SuccessionKind.MERGED)]
    assert ENTRY.successions() == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.TRUST, "R0A"), (Kind.TRUST, "TAF"), (Kind.TRUST, "G6V2S"), (Kind.TRUST, "ZZ001"),
        (Kind.ICB, "QAA"), (Kind.ICB, "Z9B2Z"), (Kind.REGION, "Y56"), (Kind.ENGLAND, "ENG"),
    ],
)  # fmt: skip
def test_codes_have_the_shape_of_their_kind(kind: Kind, code: str) -> None:
    assert faults(replace(ENTRY, kind=kind, ods_code=code, type=None)) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [(Kind.TRUST, "QAA"), (Kind.TRUST, "r0a"), (Kind.ICB, "R0A"), (Kind.REGION, "Y5"),
     (Kind.ENGLAND, "UK")],
)  # fmt: skip
def test_a_code_of_another_shape_is_a_fault(kind: Kind, code: str) -> None:
    entry = replace(ENTRY, kind=kind, ods_code=code, type=None)

    assert list(find_entry_faults(entry, None, REGISTER)) == [
        Fault("", "code_shape", f"{code} does not look like the ODS code of a {kind}.")
    ]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (replace(ENTRY, kind=Kind.ICB, type=None), ("/kind", "kind_is_fixed")),
        (
            replace(ENTRY, opened=SPRING, closed=LAST),
            ("/closed", "closed_before_opened"),
        ),
        (replace(ENTRY, icb="QZZ"), ("/icb", "unknown_code")),
        (replace(ENTRY, icb="Y56"), ("/icb", "unknown_code")),
        (replace(ENTRY, region="QAA"), ("/region", "unknown_code")),
        (
            replace(ENTRY, name="Other", effective_from=EARLIER),
            ("/effective_from", "before_what_it_changes"),
        ),
        (
            replace(ENTRY, predecessors=(Predecessor("ZZ001", SPRING, SuccessionKind.MERGED),)),
            ("/predecessors/0/ods_code", "succeeds_itself"),
        ),
        (
            replace(ENTRY, predecessors=(Predecessor("ZZ404", SPRING, SuccessionKind.MERGED),)),
            ("/predecessors/0/ods_code", "unknown_code"),
        ),
        (
            replace(ENTRY, predecessors=(Predecessor("QAA", SPRING, SuccessionKind.MERGED),)),
            ("/predecessors/0/ods_code", "wrong_kind"),
        ),
        (
            replace(
                ENTRY,
                predecessors=(
                    Predecessor("ZZ002", SPRING, SuccessionKind.MERGED),
                    Predecessor("ZZ002", EARLIER, SuccessionKind.SPLIT),
                    Predecessor("ZZ002", SPRING, SuccessionKind.SPLIT),
                ),
            ),
            ("/predecessors/2/ods_code", "duplicate_code"),
        ),
    ],
)
def test_an_entry_that_contradicts_the_register_has_a_fault(
    entry: Entry, fault: tuple[str, str]
) -> None:
    assert faults(entry, HELD) == [fault]


def test_only_trusts_have_a_type() -> None:
    assert faults(replace(ENTRY, kind=Kind.ICB, ods_code="QBB")) == [
        ("/type", "type_of_trusts_only")
    ]


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        replace(ENTRY, name="Other", effective_from=SPRING),
        replace(ENTRY, effective_from=EARLIER),
        replace(ENTRY, icb=None, region=None, opened=EARLIER, closed=SPRING),
        replace(ENTRY, predecessors=(Predecessor("ZZ002", SPRING, SuccessionKind.MERGED),)),
    ],
)
def test_an_entry_that_fits_has_no_fault(entry: Entry) -> None:
    assert faults(entry, HELD) == []


def test_a_value_does_not_come_back_before_it_began() -> None:
    held = replace(HELD, facts={Attribute.ICB: (Dated("QAA", SPRING, date(2027, 1, 1)),)})

    assert faults(replace(ENTRY, effective_from=EARLIER), held) == [
        ("/effective_from", "before_what_it_changes")
    ]


def test_a_predecessor_says_that_it_stands_twice() -> None:
    twice = (Predecessor("ZZ002", SPRING, SuccessionKind.MERGED),) * 2

    assert list(find_entry_faults(replace(ENTRY, predecessors=twice), HELD, REGISTER)) == [
        Fault("/predecessors/1/ods_code", "duplicate_code", "ZZ002 stands twice from 2026-04-01.")
    ]


def test_a_succession_keeps_its_kind() -> None:
    entry = replace(
        ENTRY,
        predecessors=(
            Predecessor("ZZ003", SPRING, SuccessionKind.MERGED),
            Predecessor("ZZ002", SPRING, SuccessionKind.MERGED),
        ),
    )
    known = [Succession("ZZ002", "ZZ001", SPRING, SuccessionKind.ACQUIRED)]

    assert list(find_succession_faults(entry, known)) == [
        Fault(
            "/predecessors/1/kind",
            "kind_is_fixed",
            "The register has it as acquired, and a succession is not changed.",
        )
    ]


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(None, id="none"),
        pytest.param(Succession("ZZ002", "ZZ001", SPRING, SuccessionKind.MERGED), id="the same"),
        pytest.param(
            Succession("ZZ002", "ZZ001", EARLIER, SuccessionKind.SPLIT), id="from another day"
        ),
        pytest.param(
            Succession("ZZ002", "ZZ009", SPRING, SuccessionKind.SPLIT), id="of another successor"
        ),
        pytest.param(
            Succession("ZZ003", "ZZ001", SPRING, SuccessionKind.SPLIT), id="of another predecessor"
        ),
    ],
)
def test_a_succession_that_is_not_held_otherwise_has_no_fault(known: Succession | None) -> None:
    entry = replace(ENTRY, predecessors=(Predecessor("ZZ002", SPRING, SuccessionKind.MERGED),))

    assert list(find_succession_faults(entry, [known] if known else [])) == []
    assert list(find_succession_faults(ENTRY, [known] if known else [])) == []
