"""What newer files change in the register."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.errors import RegisterFileRefused
from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
)
from app.ingest.ods_file import parse_ods_file, read_ods_file
from app.ingest.refresh import RefreshPlan, plan_refresh
from app.ingest.register import read_register
from tests.ingest.ods_rows import ods_content, ods_row

REFERENCE = Path(__file__).parents[2] / "app" / "ingest" / "reference"
ON = date(2026, 10, 1)
LAST_DAY_BEFORE = date(2026, 9, 30)
OPENED = date(2001, 4, 1)
OLDER = "the file may be older than the register"
END = "; its type is not in the file."
AREAS = tuple(o for o in read_register().organisations if o.kind is not Kind.TRUST)
ANY = Organisation(
    "R9X",
    Kind.TRUST,
    opened=OPENED,
    facts={
        Attribute.NAME: (Dated("Any NHS Trust"),),
        Attribute.TYPE: (Dated("acute"),),
        Attribute.ICB: (Dated("QKK", date(2022, 7, 1)),),
        Attribute.REGION: (Dated("Y56"),),
    },
    aliases=("Some NHS Trust",),
)


def plan(held: list[Organisation], rows: list[list[str]]) -> RefreshPlan:
    """Return what a file with rows changes in trusts that are held."""
    return plan_refresh((*AREAS, *held), parse_ods_file("etr.csv", ods_content(rows)), ON)


def with_facts(**facts: tuple[Dated, ...]) -> Organisation:
    """Return the trust that is held with other facts; none where they are empty."""
    named = {Attribute(name): spans for name, spans in facts.items()}
    merged = {**ANY.facts, **named}
    return replace(ANY, facts={name: spans for name, spans in merged.items() if spans})


def test_the_file_that_the_register_was_made_from_changes_nothing() -> None:
    file = read_ods_file(REFERENCE / "ods_etr.csv")

    assert plan_refresh(read_register().organisations, file, ON) == RefreshPlan(
        organisations=(), changes=(), missing=("TAD", "TAH", "TAJ")
    )


def test_a_file_older_than_the_register_is_refused() -> None:
    file = read_ods_file(REFERENCE / "ods_etr_2025-07.csv")

    with pytest.raises(RegisterFileRefused) as refusal:
        plan_refresh(read_register().organisations, file, ON)

    assert "row 95, column 12: RNK closed on 2026-03-31 and is open here" in str(
        refusal.value.facts["errors"]
    )


def test_a_new_trust_is_held_from_its_first_day() -> None:
    rows = [ods_row("R9Y", "NEW NHS TRUST", "Y56", "QKK", "20261101")]

    assert plan([], rows) == RefreshPlan(
        organisations=(
            Organisation(
                "R9Y",
                Kind.TRUST,
                opened=date(2026, 11, 1),
                facts={
                    Attribute.NAME: (Dated("New NHS Trust"),),
                    Attribute.ICB: (Dated("QKK", date(2026, 11, 1)),),
                    Attribute.REGION: (Dated("Y56"),),
                },
            ),
        ),
        changes=(f"R9Y is new: New NHS Trust, ICB QKK, region Y56, opened 2026-11-01{END}",),
        missing=(),
    )


@pytest.mark.parametrize("opened", ["20010401", ""])
def test_a_new_trust_is_in_no_icb_before_that_opened(opened: str) -> None:
    (new,) = plan([], [ods_row("R9Y", icb="Z9B2Z", opened=opened)]).organisations

    assert new.facts[Attribute.ICB] == (Dated("Z9B2Z", date(2026, 4, 1)),)


def test_a_new_trust_may_be_for_all_england() -> None:
    found = plan([], [ods_row("K0N6A", "THE ONLINE NHS TRUST", opened="20260601")])

    assert found == RefreshPlan(
        organisations=(
            Organisation(
                "K0N6A",
                Kind.TRUST,
                opened=date(2026, 6, 1),
                facts={Attribute.NAME: (Dated("The Online NHS Trust"),)},
            ),
        ),
        changes=(
            f"K0N6A is new: The Online NHS Trust, ICB none, region none, opened 2026-06-01{END}",
        ),
        missing=(),
    )


@pytest.mark.parametrize(
    ("row", "new", "changes"),
    [
        pytest.param(
            ods_row("R9X", "NEW NHS TRUST"),
            with_facts(
                name=(
                    Dated("Any NHS Trust", ends=LAST_DAY_BEFORE),
                    Dated("New NHS Trust", ON),
                )
            ),
            ("R9X has another name from 2026-10-01: New NHS Trust, until then Any NHS Trust.",),
            id="renamed",
        ),
        pytest.param(
            ods_row("R9X", icb="QWE"),
            with_facts(
                icb=(Dated("QKK", date(2022, 7, 1), LAST_DAY_BEFORE), Dated("QWE", ON)),
            ),
            ("R9X has another ICB from 2026-10-01: QWE, until then QKK.",),
            id="moved to another ICB",
        ),
        pytest.param(
            ods_row("R9X", icb="Q99"),
            with_facts(icb=(Dated("QKK", date(2022, 7, 1), LAST_DAY_BEFORE),)),
            ("R9X has another ICB from 2026-10-01: none, until then QKK.",),
            id="moved out of its ICB",
        ),
        pytest.param(
            ods_row("R9X", region="Y59", icb="QKS"),
            with_facts(
                icb=(Dated("QKK", date(2022, 7, 1), LAST_DAY_BEFORE), Dated("QKS", ON)),
                region=(Dated("Y56", ends=LAST_DAY_BEFORE), Dated("Y59", ON)),
            ),
            (
                "R9X has another ICB from 2026-10-01: QKS, until then QKK.",
                "R9X has another region from 2026-10-01: Y59, until then Y56.",
            ),
            id="moved to another region",
        ),
        pytest.param(
            ods_row("R9X", "CLOSED AND RENAMED", "Y59", "QMJ", closed="20260930"),
            replace(ANY, closed=LAST_DAY_BEFORE),
            ("R9X has the last day 2026-09-30, until now none.",),
            id="closed, so that its name and place are left",
        ),
        pytest.param(
            ods_row("R9X", closed="20270331"),
            replace(ANY, closed=date(2027, 3, 31)),
            ("R9X has the last day 2027-03-31, until now none.",),
            id="to be closed",
        ),
        pytest.param(
            ods_row("R9X", opened="20010501"),
            replace(ANY, opened=date(2001, 5, 1)),
            ("R9X has the first day 2001-05-01, until now 2001-04-01.",),
            id="opened on another day",
        ),
    ],
)
def test_a_change_is_dated_from_the_day_of_the_refresh(
    row: list[str], new: Organisation, changes: tuple[str, ...]
) -> None:
    found = plan([ANY], [row])

    assert (found.organisations, found.changes, found.missing) == ((new,), changes, ())


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(ods_row("R9X", "ANY NHS TRUST"), id="the same"),
        pytest.param(ods_row("R9X", "ANY, NHS TRUST."), id="other punctuation"),
        pytest.param(ods_row("R9X", "SOME NHS TRUST"), id="an alias"),
        pytest.param(ods_row("R9X", opened=""), id="no first day"),
    ],
)
def test_what_says_nothing_new_changes_nothing(row: list[str]) -> None:
    assert plan([ANY], [row]) == RefreshPlan((), (), ())


def test_a_first_day_that_was_not_known_is_taken() -> None:
    assert plan([replace(ANY, opened=None)], [ods_row("R9X")]) == RefreshPlan(
        (ANY,), ("R9X has the first day 2001-04-01, until now none.",), ()
    )


def test_a_place_that_was_not_known_is_taken() -> None:
    found = plan([with_facts(icb=(), region=())], [ods_row("R9X")])

    assert found.organisations == (
        with_facts(icb=(Dated("QKK", ON),), region=(Dated("Y56", ON),)),
    )


def test_a_second_refresh_of_the_day_replaces_the_first() -> None:
    moved = plan([ANY], [ods_row("R9X", icb="QWE")]).organisations
    again = plan(list(moved), [ods_row("R9X", icb="QMF")]).organisations

    assert again == (
        with_facts(icb=(Dated("QKK", date(2022, 7, 1), LAST_DAY_BEFORE), Dated("QMF", ON))),
    )
    assert plan(list(again), [ods_row("R9X")]).organisations == (ANY,)


def test_a_last_day_that_has_passed_is_not_moved() -> None:
    closed = replace(ANY, closed=date(2018, 3, 31))

    assert plan([closed], [ods_row("R9X", closed="20180401")]) == RefreshPlan((), (), ())


def test_a_last_day_to_come_may_be_taken_back() -> None:
    closing = replace(ANY, closed=date(2027, 3, 31))

    assert plan([closing], [ods_row("R9X")]) == RefreshPlan(
        (ANY,), ("R9X has the last day none, until now 2027-03-31.",), ()
    )


ODD = ", which does not fit its last day and stays so."
NO_SUCCESSOR = (
    "R9X has no successor: from 2027-01-01 on its staff, and their history, are in nobody's series"
    " until it is entered among the predecessors of the trust that takes over"
    " (PUT /v1/organisations/CODE)."
)


@pytest.mark.parametrize(
    ("successions", "followed"),
    [
        pytest.param((), (NO_SUCCESSOR,), id="nobody"),
        pytest.param(
            (Succession("R9X", None, date(2027, 1, 1), SuccessionKind.UNKNOWN),),
            (NO_SUCCESSOR,),
            id="nobody that is known",
        ),
        pytest.param(
            (Succession("R9Y", "R9Z", date(2027, 1, 1), SuccessionKind.ACQUIRED),),
            (NO_SUCCESSOR,),
            id="another's",
        ),
        pytest.param(
            tuple(
                Succession("R9X", code, date(2027, 1, 1), SuccessionKind.SPLIT)
                for code in ("R9Y", "R9Z")
            ),
            (
                "R9X has the successor R9Y from 2027-01-01 (split).",
                "R9X has the successor R9Z from 2027-01-01 (split).",
            ),
            id="two, from the day after",
        ),
        pytest.param(
            (Succession("R9X", "R9Y", date(2026, 12, 31), SuccessionKind.ACQUIRED),),
            ("R9X has the successor R9Y from 2026-12-31 (acquired).",),
            id="from the last day on",
        ),
        pytest.param(
            (Succession("R9X", "R9Y", date(2027, 4, 1), SuccessionKind.MERGED),),
            (f"R9X has the successor R9Y from 2027-04-01 (merged){ODD}",),
            id="from another day",
        ),
    ],
)
def test_who_follows_a_trust_that_closes_is_told(
    successions: tuple[Succession, ...], followed: tuple[str, ...]
) -> None:
    file = parse_ods_file("etr.csv", ods_content([ods_row("R9X", closed="20261231")]))

    found = plan_refresh((*AREAS, ANY), file, ON, successions)

    assert found.followed == followed
    assert found.organisations == (replace(ANY, closed=date(2026, 12, 31)),)


def test_a_successor_of_a_trust_that_goes_on_is_told() -> None:
    file = parse_ods_file("etr.csv", ods_content([ods_row("R9X")]))
    closing = replace(ANY, closed=date(2027, 3, 31))
    held = [Succession("R9X", "R9Y", date(2027, 4, 1), SuccessionKind.ACQUIRED)]

    assert plan_refresh((*AREAS, closing), file, ON, held).followed == (
        f"R9X has the successor R9Y from 2027-04-01 (acquired){ODD}",
    )
    assert plan_refresh((*AREAS, ANY), file, ON, held).followed == ()


def test_a_trust_that_closed_before_it_was_held_is_left_out() -> None:
    assert plan([ANY], [ods_row("R9X"), ods_row("R9Y", icb="QMJ", closed="20260930")]) == (
        RefreshPlan((), (), ())
    )


def test_an_open_trust_that_the_file_has_not_is_kept_and_named() -> None:
    others = [
        replace(ANY, ods_code="R9Z"),
        replace(ANY, ods_code="R9Y"),
        replace(ANY, ods_code="R9W", closed=date(2018, 3, 31)),
        replace(ANY, ods_code="ZZ001"),
    ]

    assert plan([ANY, *others], [ods_row("R9X")]) == RefreshPlan((), (), ("R9Y", "R9Z"))


def test_a_file_that_does_not_fit_the_register_is_refused_with_every_fault() -> None:
    held = [ANY, replace(ANY, ods_code="R9Y", closed=date(2018, 3, 31))]
    rows = [
        ods_row("R9X", region="Y57", icb="QXX"),
        ods_row("R9Y"),
        ods_row("R9Z", icb="QMJ"),
        ods_row("S0E4D"),
        ods_row("R9W", region="Y60", icb="G6V2S"),
    ]
    faults = [
        "row 1, column 3: the register has no region Y57 that is open on 2026-10-01",
        "row 1, column 4: the register has no ICB QXX that is open on 2026-10-01",
        f"row 2, column 12: R9Y closed on 2018-03-31 and is open here; {OLDER}",
        "row 3, column 4: the register has no ICB QMJ that is open on 2026-10-01",
        "row 4, column 1: S0E4D is held as icb, not as trust",
        "row 5, column 4: the register has no ICB G6V2S that is open on 2026-10-01",
    ]

    with pytest.raises(RegisterFileRefused) as refusal:
        plan([*held, replace(ANY, ods_code="G6V2S")], rows)

    assert refusal.value.facts == {"file": "etr.csv", "errors": faults}
