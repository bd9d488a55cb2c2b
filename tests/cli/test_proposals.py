"""`parity targets propose` and `parity targets take`."""

import pytest
from sqlalchemy import Engine

from app.domain.callers import COMMAND_LINE
from app.domain.measures import Measure
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


def strategic(bme: int, total: int, span: str = "2018, horizon 2028", p: str = "0.212") -> str:
    """Return what the strategy's arithmetic was given, as it is told."""
    return (
        f"  From baseline_year {span}, bme {bme}, total {total}, reference_share {p}, rounding"
        " half_up.\n"
    )


def appointed(bme: int, total: int, share: str = "0.25", turnover: str = "0.12") -> str:
    """Return what the arithmetic of appointments was given, as it is told."""
    return (
        f"  From bme {bme}, total {total}, turnover {turnover}, bme_share_of_appointments {share},"
        " rounding half_up.\n"
    )


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
        f"Band 8a, by strategy: 34 by 2028. {EXAMPLE}{strategic(14, 160)}"
        "Band 8a, by appointments: 27 by 2028. 2025: 22 2026: 24 2027: 25 2028: 27\n"
        f"{appointed(22, 150)}"
        f"Band 8b, by strategy: maintain the share. {level(2018, 2028)}{strategic(20, 25)}"
        f"Band 8b, by appointments: maintain the share. {level(2025, 2028)}{appointed(20, 25)}"
        f"Band 8c, by strategy: none. {nobody}"
        "Band 8c, by appointments: 3 by 2028. 2025: 2 2026: 2 2027: 3 2028: 3\n"
        f"{appointed(2, 20)}"
        f"Band 8d, by strategy: none. {nobody}"
        f"Band 8d, by appointments: none. {nobody}"
        f"Band 9, by strategy: none. {nobody}"
        f"Band 9, by appointments: none. {nobody}"
        f"Very senior managers, by strategy: none. {nobody}"
        f"Very senior managers, by appointments: none. {nobody}{GUIDANCE}"
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
        f"{strategic(2, 20, '2025, horizon 2029', '0.25')}"
        "Band 8c, by appointments: 9 by 2028. 2025: 2 2026: 6 2027: 8 2028: 9\n"
        f"{appointed(2, 20, '0.5', '0.5')}"
        "Workforce, by strategy: none. The workforce is what others are compared with; only a"
        " fixed reference applies to it.\n"
        "Workforce, by appointments: 516 by 2028. 2025: 275 2026: 413 2027: 481 2028: 516\n"
        f"{appointed(275, 1100, '0.5', '0.5')}{GUIDANCE}"
    )


def test_a_measure_may_be_narrowed(parity: Parity) -> None:
    asked = (*PROPOSE, "--measure", "band_8a", "--method", "strategy", "--staff-group")

    told = [parity.succeed(*asked, group) for group in ("clinical", "non_clinical")]

    assert told == [
        f"Band 8a, clinical, by strategy: 34 by 2028. {EXAMPLE}{strategic(14, 160)}",
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
    assert told == (
        "Band 8a, by rebased: 0.2000 by 2028. 2025: 30 2026: 30 2027: 30 2028: 30\n"
        "  From version 1, baseline_before (bme 22, total 150), baseline_now (bme 30, total 150)."
        "\n"
    )
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


def test_what_a_proposal_takes_is_told_at_the_turnover_assumed(parity: Parity) -> None:
    told = parity.succeed(*TAKE, "--method", "strategy", "--turnover", "0.5")

    # 34 people, of whom an eighth of the 22 have stayed, of seven eighths of 150.
    assert "23.8 % of the 131 appointments to 2028, if 50.0 % leave a year.\n" in told


def test_the_targets_of_trusts_that_became_one_are_told_apart(
    parity: Parity, given: Given
) -> None:
    for code, goal in (("ZZ903", "0.1800"), ("ZZ904", "0.2000")):
        given.actuals(code, 2022, {("clinical", "8a"): (90, 10, 0)})
        given.target(code, Measure.BAND_8A, "2022-2025", goal_share=goal)

    told = parity.succeed(
        *("targets", "propose", "ZZ905", "2022-2025"),
        *("--measure", "band_8a", "--method", "predecessors"),
    )

    # A straight line from 10 of 100 people to 18, and to 20.
    assert told == (
        "Band 8a, by predecessors: 38 by 2025. 2022: 20 2023: 27 2024: 33 2025: 38\n"
        "  From targets (ods_code ZZ903, version 1, headcounts (2023 13, 2024 16, 2025 18);"
        " ods_code ZZ904, version 1, headcounts (2023 14, 2024 17, 2025 20)),"
        " people_without_target 0.\n"
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
        ("--turnover", "0", "0 is not from 0.000001 to 0.999999"),
        ("--turnover", "1", "1 is not from 0.000001 to 0.999999"),
        ("--turnover", "a lot", "a lot is not from"),
        ("--share", "1.1", "1.1 is not from 0 to 1"),
        ("--baseline-year", "2014", "Input should be greater than or equal to 2015"),
        ("--horizon", "2201", "Input should be less than or equal to 2200"),
    ],
)
def test_what_nobody_can_assume_is_refused(
    parity: Parity, option: str, value: str, complaint: str
) -> None:
    code = parity(*PROPOSE, option, value)

    assert code == 2
    assert f"Invalid value for '{option}': {complaint}" in parity.err
