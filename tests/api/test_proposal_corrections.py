"""Proposals as of an instant, and those that corrections and targets call for."""

from datetime import timedelta

from tests.api import targets
from tests.api.proposals import (
    PROPOSALS,
    STRATEGY,
    baseline,
    by_appointments,
    headcount,
    item,
    listed,
    over,
    people,
    share,
)
from tests.api.setting import START, Body, Param, Service, goal, leaders_and_rest, problem_of, read
from tests.api.targets import AT_ONCE, ONE, PROGRESS, WHOLE, WORKFORCE
from tests.bodies import fault, problem

service = targets.service

ASKED = {"cycle": "2022-2025", "measure": "leadership"}
TAKE = STRATEGY | {"method": "rebased"}


def correct(service: Service, bme: int) -> None:
    """Let the census of 2022 be corrected an hour later: other leaders of 431."""
    service.clock.forward(hours=1)
    service.actuals(2022, leaders_and_rest((bme, 431), WORKFORCE, reason="Some were missed"))
    service.clock.forward(hours=1)


CORRECTED = "2026-11-23T10:00:00Z"
"""When the census of 2022 was corrected."""


def start(bme: int) -> Body:
    """Return where leadership stood: at first 47 of 431."""
    return baseline(bme, 431, WORKFORCE, revision=1 if bme == 47 else 2)


def test_a_proposal_is_made_from_what_was_known_at_an_instant(service: Service) -> None:
    correct(service, 60)
    asked: dict[str, Param] = {
        **ASKED,
        "method": "appointments",
        "turnover": 0.5,
        "bme_share_of_appointments": 0.25,
    }

    then = read(service.get(PROPOSALS, **asked, as_of=START))
    now = read(service.get(PROPOSALS, **asked))

    # Half stay, and an eighth of 431 people are appointed BME: 77.375, 92.5625 and 100.15625;
    # from 60 on 83.875, 95.8125 and 101.78125.
    before, after = over(2022, 47, 77, 93, 100), over(2022, 60, 84, 96, 102)
    inputs = [by_appointments(bme, 431, "0.25", "0.5") for bme in (47, 60)]
    assert then == listed(
        item(
            *("appointments", "leadership", start(47)),
            people((77, 93, 100), before, inputs[0]),
            as_of="2026-11-23T09:00:00Z",
        )
    )
    assert now == listed(
        item(
            *("appointments", "leadership", start(60)),
            people((84, 96, 102), after, inputs[1]),
            as_of=CORRECTED,
        )
    )


def test_before_a_census_was_sent_nothing_is_proposed_from_it(service: Service) -> None:
    asked = {**ASKED, "method": "appointments"}

    body = read(service.get(PROPOSALS, **asked, as_of=START - timedelta(days=1)))

    instant = "2026-11-22T09:00:00Z"
    assert body == listed(item("appointments", "leadership", None, "no_actuals", as_of=instant))


def test_nobody_knows_what_will_be_proposed(service: Service) -> None:
    response = service.get(PROPOSALS, **ASKED, as_of=START + timedelta(seconds=1))

    detail = (
        "as_of is 2026-11-23T09:00:01+00:00, but it is 2026-11-23T09:00:00+00:00: nobody knows"
        " yet."
    )
    assert problem_of(response) == problem(
        422,
        "unacceptable-question",
        "Unacceptable question",
        detail,
        errors=[fault("?as_of", "as_of_in_future", detail)],
    )


# Re-basing, once the census of the baseline was corrected.


def rebased(service: Service, **more: Param) -> Body:
    """Return what re-basing proposes."""
    return read(service.get(PROPOSALS, **ASKED, method="rebased", **more))


def corrected(bme: int) -> Body:
    """Return what re-basing was given: now so many of 431, where there had been 47."""
    return {
        "version": 1,
        "baseline_before": {"bme": 47, "total": 431},
        "baseline_now": {"bme": bme, "total": 431},
    }


def test_a_target_from_the_figures_that_are_held_needs_no_re_basing(service: Service) -> None:
    service.target(WHOLE)

    body = rebased(service)

    submitted = AT_ONCE["at"]
    assert body == listed(item("rebased", "leadership", start(47), "not_needed", as_of=submitted))


def test_a_draft_needs_no_re_basing(service: Service) -> None:
    service.done("POST", targets.TARGETS, WHOLE)
    correct(service, 48)

    body = rebased(service)

    assert body == listed(item("rebased", "leadership", start(48), "no_target", as_of=CORRECTED))


def test_a_correction_has_the_goal_proposed_from_the_corrected_baseline(service: Service) -> None:
    service.target(WHOLE)
    correct(service, 48)

    body = rebased(service)

    # From 48 of 431 to 18 %: 57.86, 67.72 and 77.58.
    outcome = share("0.1800", over(2022, 48, 58, 68, 78), corrected(48))
    assert body == listed(item("rebased", "leadership", start(48), outcome, as_of=CORRECTED))


def test_before_the_correction_was_known_nothing_called_for_re_basing(service: Service) -> None:
    service.target(WHOLE)
    instant = service.clock.now + timedelta(minutes=1)
    correct(service, 48)

    body = rebased(service, as_of=instant)

    told = item("rebased", "leadership", start(47), "not_needed", as_of="2026-11-23T09:01:00Z")
    assert body == listed(told)


def test_among_all_methods_re_basing_shows_only_when_it_is_called_for(service: Service) -> None:
    service.target(WHOLE)
    methods = []

    for bme in (47, 48):
        correct(service, bme)
        body = read(service.get(PROPOSALS, **ASKED))
        methods.append([one["method"] for one in body["items"]])

    assert methods == [["strategy", "appointments"], ["strategy", "appointments", "rebased"]]


# Taking it over.


def test_who_turns_out_to_be_below_the_reference_takes_over_the_people_it_has(
    service: Service,
) -> None:
    correct(service, 100)
    service.target(goal(goal_share=None, goal="maintain"))
    correct(service, 47)

    body = rebased(service)
    draft = service.done("POST", PROPOSALS, TAKE).json()

    inputs = {
        "version": 1,
        "baseline_before": {"bme": 100, "total": 431},
        "baseline_now": {"bme": 47, "total": 431},
    }
    proposal = headcount(47, over(2022, *[47] * 4), inputs)
    assert [one["proposal"] for one in body["items"]] == [proposal]
    assert (draft["goal_headcount"], draft["proposal"]) == (
        47,
        {"method": "rebased", "inputs": inputs},
    )


def warnings(service: Service) -> list[str]:
    return [one["code"] for one in service.get(PROGRESS).json()["warnings"]]


def test_a_corrected_baseline_is_warned_of_until_the_re_based_version_is_submitted(
    service: Service,
) -> None:
    service.target(WHOLE)
    service.clock.forward(hours=1)
    service.actuals(2022, leaders_and_rest((80, 431), WORKFORCE, reason="Some were missed"))
    before = warnings(service)

    draft = service.done("POST", PROPOSALS, TAKE).json()
    drafted = warnings(service)
    service.done("POST", f"{ONE}/submit")

    assert (draft["goal_share"], draft["change_reason"]) == (
        "0.1857",
        "The census of the baseline says otherwise now.",
    )
    assert draft["proposal"] == {
        "method": "rebased",
        "inputs": {
            "version": 1,
            "baseline_before": {"bme": 47, "total": 431},
            "baseline_now": {"bme": 80, "total": 431},
        },
    }
    assert before == drafted == ["baseline_revised", "provisional"]
    assert warnings(service) == ["provisional"]


def test_re_basing_leaves_the_version_before_as_it_was(service: Service) -> None:
    service.target(WHOLE)
    old = service.client.get(ONE, params={"version": 1}).json()
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))
    service.done("POST", PROPOSALS, TAKE)
    service.done("POST", f"{ONE}/submit")

    new = service.client.get(ONE, params={"version": 1}).json()

    kept = ("goal_share", "milestones", "baseline", "rationale", "provenance", "proposal")
    assert {name: new[name] for name in kept} == {name: old[name] for name in kept}
    assert (old["baseline"]["bme"], new["state"]) == (47, "superseded")
