"""What is checked when an action plan is put: every fault, all at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from app.domain.censuses import Cycle, census_day
from app.domain.codes import Caution, TargetState, WarningCode
from app.domain.errors import Fault
from app.domain.plans import ActionPlan
from app.domain.target_versions import Versions

YEARS_AFTER = 10
"""Years after the end of its cycle in which an action can still fall due."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a plan is held against.

    Attributes:
        targets: The trust's targets: the code of the cycle of each, by identifier.
        in_force: Identifiers of those that are in force.
        reviewed: The years after which a review is stored.
    """

    cycle: Cycle
    targets: Mapping[str, str]
    in_force: Collection[str]
    reviewed: Collection[int]
    today: date


def find_plan_faults(plan: ActionPlan, around: Surroundings) -> Iterator[Fault]:
    """Yield every fault of a plan."""
    actions = [one.id for one in plan.actions]
    reviews = [one.after_years for one in plan.reviews]
    yield from _find_target_faults(plan.targets, around)
    yield from _find_publication_faults(plan, around.today)
    yield from find_repeats(targets=plan.targets, actions=actions, reviews=reviews)
    yield from find_owner_faults([one.owner for one in plan.actions])
    yield from _find_due_faults([one.due for one in plan.actions], around.cycle)
    yield from _find_review_faults(reviews, around)
    yield from _find_empty_reviews(plan, around)


def find_repeats(
    *,
    targets: Sequence[str | None],
    actions: Sequence[str | None],
    reviews: Sequence[int | None],
) -> Iterator[Fault]:
    """Yield what stands in a plan twice; None stands for something malformed.

    Args:
        targets: Their identifiers.
        actions: Theirs.
        reviews: Their years.
    """
    members: tuple[tuple[str, str, Sequence[object]], ...] = (
        ("target", "", targets),
        ("action", "/id", actions),
        ("review", "/after_years", reviews),
    )
    for noun, member, sent in members:
        seen: dict[object, int] = {}
        for index, value in enumerate(sent):
            first = seen.setdefault(value, index)
            if value is not None and first < index:
                detail = f"The same stands at /{noun}s/{first}{member}; send it once."
                yield Fault(f"/{noun}s/{index}{member}", f"duplicate_{noun}", detail)


def find_owner_faults(owners: Sequence[str | None]) -> Iterator[Fault]:
    """Yield the owners that are an address; None stands for a malformed one."""
    for index, owner in enumerate(owners):
        if owner is not None and "@" in owner:
            detail = (
                "An owner is a role, such as Chief People Officer; a person's address does not"
                " belong here."
            )
            yield Fault(f"/actions/{index}/owner", "owner_is_an_address", detail)


def _find_target_faults(targets: Sequence[str], around: Surroundings) -> Iterator[Fault]:
    """Yield the targets that the trust does not have, or has for another cycle."""
    for index, id_ in enumerate(targets):
        cycle = around.targets.get(id_)
        if cycle is None:
            detail = f"The trust has no target {id_}."
            yield Fault(f"/targets/{index}", "unknown_target", detail)
        elif cycle != around.cycle.code:
            detail = (
                f"{id_} is a target for the cycle {cycle}; this plan is for {around.cycle.code}."
            )
            yield Fault(f"/targets/{index}", "target_of_another_cycle", detail)


def _find_publication_faults(plan: ActionPlan, today: date) -> Iterator[Fault]:
    """Yield what is wrong with where and when a plan was published."""
    if plan.published_url is not None and not _is_web_address(plan.published_url):
        detail = "Send an address as a browser takes it, from https:// or http:// on."
        yield Fault("/published_url", "not_a_web_address", detail)
    if plan.published_on is not None and plan.published_on > today:
        detail = f"{plan.published_on} has not come; leave it out until then."
        yield Fault("/published_on", "in_the_future", detail)


def _is_web_address(text: str) -> bool:
    """Return whether a text leads to a page, and to nobody's account."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_of_web = parts.scheme in {"https", "http"} and bool(parts.hostname)
    return is_of_web and "@" not in parts.netloc and not any(map(str.isspace, text))


def _find_due_faults(days: Sequence[date], cycle: Cycle) -> Iterator[Fault]:
    """Yield the days on which no action of a cycle falls due."""
    first, last = census_day(cycle.starts), census_day(cycle.ends + YEARS_AFTER)
    for index, due in enumerate(days):
        if not first <= due <= last:
            detail = (
                f"{due} is out of reach of the cycle {cycle.code}; give a day from {first}, its"
                f" first census, to {last}, {YEARS_AFTER} years after its last."
            )
            yield Fault(f"/actions/{index}/due", "due_out_of_range", detail)


def _find_review_faults(reviews: Sequence[int], around: Surroundings) -> Iterator[Fault]:
    """Yield the reviews whose time has not come, and those that are stored and left out."""
    starts = around.cycle.starts
    for index, years in enumerate(reviews):
        day = census_day(starts + years)
        if around.today < day:
            detail = (
                f"{name_years(years)} after the census of {census_day(starts)} is {day}; review"
                " the plan from then on."
            )
            yield Fault(f"/reviews/{index}/after_years", "too_early", detail)
    for years in sorted(set(around.reviewed) - set(reviews)):
        detail = (
            f"The review after {name_years(years)} is stored and stays; send it too, with the same"
            " comment or another."
        )
        yield Fault("/reviews", "review_missing", detail)


def _find_empty_reviews(plan: ActionPlan, around: Surroundings) -> Iterator[Fault]:
    """Yield the new reviews that no figures would stand in, for good."""
    if not set(plan.targets).isdisjoint(around.in_force):
        return
    for index, one in enumerate(plan.reviews):
        if one.after_years not in around.reviewed:
            detail = (
                "No target that the plan serves is in force, so the review would stay without"
                " figures; submit a target, let the plan serve it, then review the plan."
            )
            yield Fault(f"/reviews/{index}", "no_target_in_force", detail)


def find_withdrawn(plan: ActionPlan, targets: Mapping[str, Versions]) -> Iterator[Caution]:
    """Yield the warnings that targets which a plan serves were withdrawn.

    Args:
        plan: As it is shown.
        targets: Those of the trust that are seen, by identifier.
    """
    for id_ in plan.targets:
        if targets[id_].shown.version.state is TargetState.WITHDRAWN:
            detail = f"{id_} was withdrawn; let the plan serve another target in its place."
            yield Caution(WarningCode.TARGET_WITHDRAWN, detail)


def name_years(number: int) -> str:
    """Return a number of years in words."""
    return "1 year" if number == 1 else f"{number} years"
