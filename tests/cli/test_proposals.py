"""`parity targets propose` and `parity targets take`."""

import pytest
from sqlalchemy import Engine

from app.domain.callers import COMMAND_LINE
from app.domain.targets import Basis, ProposalMethod, Provenance
from app.store import targets
from app.store.engine import reading
from tests.cli.parity import Parity
from tests.given import Given

PROPOSE = ("targets", "propose", "ZZ901", "2025-2028")

TAKE = ("targets", "take", "ZZ901", "2025-2028", "--measure", "band_8a")

FIRST = {
    ("clinical", "8a"): (146, 14, 0),
    ("clinical", "8b"): (5, 20, 0),
    ("clinical", "5"): (637, 178, 0),
}
"""The census of 2018: 212 of 1000 are BME."""

STARTS = {
    ("clinical", "8a"): (128, 22, 0),
    ("clinical", "8b"): (5, 20, 0),
    ("clinical", "8c"): (18, 2, 0),
    ("clinical", "5"): (674, 231, 0),
}
"""That of 2025: a quarter of 1100 are."""

GUIDANCE = (
    "Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality Act"
    " 2010, sections 158 and 159).\n"
)

EXAMPLE = (
    "2018: 14 2019: 16 2020: 18 2021: 20 2022: 22 2023: 24 2024: 26 2025: 28 2026: 30 2027: 32"
    " 2028: 34\n"
)


def level(first: int, last: int) -> str:
    """Return a path of twenty people."""
    return " ".join(f"{year}: 20" for year in range(first, last + 1)) + "\n"


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with two censuses."""
    given.actuals("ZZ901", 2018, FIRST)
    given.actuals("ZZ901", 2025, STARTS)
    return parity


def test_the_leadership_bands_are_proposed_for(parity: Parity) -> None:
    told = parity.succeed(*PROPOSE)

    # By appointments 8a has 0.88 · 22 + 0.03 · 150 = 23.86, 25.4968 and 26.937184; 8c 2.36,
    # 2.6768 and 2.955584.
    nobody = "There is nobody in the group.\n"
    assert told == (
        f"Band 8a, by strategy: 34 by 2028. {EXAMPLE}"
        "Band 8a, by appointments: 27 by 2028. 2025: 22 2026: 24 2027: 25 2028: 27\n"
        f"Band 8b, by strategy: maintain the share. {level(2018, 2028)}"
        f"Band 8b, by appointments: maintain the share. {level(2025, 2028)}"
        f"Band 8c, by strategy: none. {nobody}"
        "Band 8c, by appointments: 3 by 2028. 2025: 2 2026: 2 2027: 3 2028: 3\n"
        f"Band 8d, by strategy: none. {nobody}"
        f"Band 8d, by appointments: none. {nobody}"
        f"Band 9, by strategy: none. {nobody}"
        f"Band 9, by appointments: none. {nobody}"
        f"Very senior managers, by strategy: none. {nobody}"
        f"Very senior managers, by appointments: none. {nobody}"
    )


def test_measures_methods_and_assumptions_may_be_asked_for(parity: Parity) -> None:
    told = parity.succeed(
        *(*PROPOSE, "--measure", "band_8c", "--measure", "workforce"),
        *("--method", "strategy", "--method", "appointments"),
        *("--baseline-year", "2025", "--horizon", "2029", "--turnover", "0.5"),
        *("--share", "0.5"),
    )

    # A quarter of 20 people are 5, 0.75 a year more than 2. Of 20 people half stay, and half are
    # replaced, half of them by BME people: 6, 8 and 9; of 1100 likewise.
    assert told == (
        "Band 8c, by strategy: 4 by 2028. 2025: 2 2026: 3 2027: 4 2028: 4 2029: 5\n"
        "Band 8c, by appointments: 9 by 2028. 2025: 2 2026: 6 2027: 8 2028: 9\n"
        "Workforce, by strategy: none. The workforce is what others are compared with; only a"
        " fixed reference applies to it.\n"
        "Workforce, by appointments: 516 by 2028. 2025: 275 2026: 413 2027: 481 2028: 516\n"
    )


def test_a_measure_may_be_narrowed(parity: Parity) -> None:
    asked = (*PROPOSE, "--measure", "band_8a", "--method", "strategy", "--staff-group")

    told = [parity.succeed(*asked, group) for group in ("clinical", "non_clinical")]

    assert told == [
        f"Band 8a, clinical, by strategy: 34 by 2028. {EXAMPLE}",
        "Band 8a, non_clinical, by strategy: none. There is nobody in the group.\n",
    ]


def test_a_goal_is_re_based_once_its_baseline_is_corrected(parity: Parity, given: Given) -> None:
    parity.succeed(
        *("targets", "set", "--trust", "ZZ901", "--measure", "band_8a", "--cycle", "2025-2028"),
        *("--goal-share", "0.18", "--submit"),
    )
    given.actuals("ZZ901", 2025, {**STARTS, ("clinical", "8a"): (120, 30, 0)})

    told = parity.succeed(*PROPOSE, "--measure", "band_8a", "--method", "rebased")
    taken = parity.succeed(*TAKE, "--method", "rebased")

    # 30 of 150 are 20 %.
    assert told == "Band 8a, by rebased: 0.2000 by 2028. 2025: 30 2026: 30 2027: 30 2028: 30\n"
    assert taken.startswith(
        "ZZ901 band-8a-2025-2028, version 2, draft.\n"
        "It changes what was there because: The census of the baseline says otherwise now.\n"
        "From 30 of 150 in 2025, 20.0 %.\n"
    )


def test_a_proposal_is_taken_over_as_a_draft(parity: Parity) -> None:
    told = parity.succeed(*TAKE, "--method", "strategy")

    # 34 people, of whom 0.681472 of the 22 have stayed, of 47.7792 appointments.
    assert told == (
        "ZZ901 band-8a-2025-2028, version 1, draft.\n"
        "From 22 of 150 in 2025, 14.7 %.\n"
        "  2026: 30 people, 20.0 %\n"
        "  2027: 32 people, 21.3 %\n"
        "  2028: 34 people, 22.7 %\n"
        "It takes 12 more BME people than in 2025: 39.8 % of the 48 appointments to 2028, if"
        f" 12.0 % leave a year.\n{GUIDANCE}"
        "Submit it with `parity targets submit ZZ901 band-8a-2025-2028`.\n"
    )


def test_a_draft_keeps_where_it_comes_from(parity: Parity, engine: Engine) -> None:
    parity.succeed(*TAKE, "--method", "appointments", "--turnover", "0.5", "--share", "0.4")

    with reading(engine) as session:
        held = targets.get(session, "ZZ901", "band-8a-2025-2028").newest.version
    assert (held.terms.provenance, held.created.author.name) == (
        Provenance.PROPOSED,
        COMMAND_LINE.name,
    )
    assert held.terms.basis == Basis(
        ProposalMethod.APPOINTMENTS,
        {
            "bme": 22,
            "total": 150,
            "turnover": "0.5",
            "bme_share_of_appointments": "0.4",
            "rounding": "half_up",
        },
    )


def test_a_narrowed_measure_and_another_span_are_taken_over(parity: Parity) -> None:
    told = parity.succeed(
        *(*TAKE, "--method", "strategy", "--staff-group", "clinical"),
        *("--baseline-year", "2025", "--horizon", "2029"),
    )

    # A quarter of 150 people are 37.5, 3.875 a year more than 22.
    assert told.startswith(
        "ZZ901 band-8a-clinical-2025-2028, version 1, draft.\n"
        "From 22 of 150 in 2025, 14.7 %.\n"
        "  2026: 26 people, 17.3 %\n"
        "  2027: 30 people, 20.0 %\n"
        "  2028: 34 people, 22.7 %\n"
    )


def test_a_draft_is_not_written_over(parity: Parity, given: Given) -> None:
    parity.succeed(*TAKE, "--method", "strategy")
    before = given.count_rows()

    told = parity.fail(*TAKE, "--method", "strategy")

    assert told == (
        "target_draft_open: Version 1 of the target band-8a-2025-2028 of ZZ901 is a draft; change"
        " it, submit it or withdraw it before another one is begun.\n"
    )
    assert given.count_rows() == before


def test_without_a_proposal_there_is_nothing_to_take(parity: Parity, given: Given) -> None:
    before = given.count_rows()

    told = parity.fail(*TAKE, "--method", "predecessors")

    assert told == (
        "unacceptable_target: The target has 1 fault; nothing was stored.\n"
        "  /method not_needed: Nothing has changed that would call for it.\n"
    )
    assert given.count_rows() == before


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("propose", "ZZ999", "2025-2028"),
            "trust_not_found: No trust has the ODS code ZZ999.\n",
        ),
        (
            ("propose", "ZZ901", "2028-2031"),
            "cycle_not_found: There is no cycle 2028-2031.\n",
        ),
        (
            ("propose", "ZZ901", "2025-2028", "--measure", "board", "--staff-group", "clinical"),
            "measure_cannot_be_narrowed: board cannot be narrowed to clinical: ",
        ),
    ],
)
def test_what_cannot_be_proposed_is_said(
    parity: Parity, arguments: tuple[str, ...], complaint: str
) -> None:
    assert parity.fail("targets", *arguments).startswith(complaint)


def test_a_span_that_does_not_hold_the_cycle_is_refused(parity: Parity) -> None:
    told = parity.fail(*PROPOSE, "--baseline-year", "2026", "--horizon", "2027")

    assert told == (
        "unacceptable_question: The cycle 2025-2028 starts before 2026. The cycle 2025-2028 ends"
        " after 2027.\n"
    )


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("--turnover", "0", "0 is not between"),
        ("--turnover", "1", "1 is not between"),
        ("--turnover", "a lot", "a lot is not between"),
        ("--share", "1.1", "1.1 is no share from 0 to 1"),
    ],
)
def test_what_nobody_can_assume_is_refused(
    parity: Parity, option: str, value: str, complaint: str
) -> None:
    code = parity(*PROPOSE, option, value)

    assert code == 2
    assert f"Invalid value for '{option}': {complaint}" in parity.err
