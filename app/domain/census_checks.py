"""What is wrong with the dates of a census, or with a cycle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.censuses import CYCLE_YEARS, FIRST_YEAR, Census, Cycle
from app.domain.errors import Fault
from app.domain.organisations import Kind, Organisation


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the dates of a census are held against.

    Attributes:
        newest: Year of the newest census held; None when none is.
        named: The organisations that are named, by code, as far as there are any.
        first_sent: Day on which the first figures of the census came; None before that.
        today: The day on which the dates are set.
    """

    newest: int | None
    named: Mapping[str, Organisation]
    first_sent: date | None
    today: date


def find_census_faults(census: Census, known: Surroundings) -> list[Fault]:
    """Return the faults of the dates of a census, in the order of the body."""
    return [
        *_year_faults(census, known),
        *_opening_faults(census, known),
        *_due_faults(census),
        *_publication_faults(census, known),
        *_extension_faults(census, known),
    ]


def find_cycle_faults(cycle: Cycle) -> list[Fault]:
    """Return the faults of a cycle, in the order of the body."""
    return list(_cycle_faults(cycle))


def _year_faults(census: Census, known: Surroundings) -> Iterator[Fault]:
    if census.year < FIRST_YEAR:
        yield Fault("{year}", "before_first_census", _before_first(census.year))
        return
    following = FIRST_YEAR if known.newest is None else known.newest + 1
    if census.year > following:
        detail = (
            f"Censuses follow each other; the next one to enter is {following}, not {census.year}."
        )
        yield Fault("{year}", "year_not_next", detail)


def _opening_faults(census: Census, known: Surroundings) -> Iterator[Fault]:
    if census.opens < census.day:
        detail = f"The census is on {census.day}; it opens on that day or later."
        yield Fault("/opens", "opens_before_census", detail)
    first = known.first_sent
    if first is not None and census.opens > first:
        detail = f"Figures of this census are held since {first}; it opens by then."
        yield Fault("/opens", "opens_after_figures", detail)


def _due_faults(census: Census) -> Iterator[Fault]:
    if census.due is not None and census.due < census.opens:
        detail = f"The census opens on {census.opens}; it is due on that day or later."
        yield Fault("/due", "due_before_opening", detail)
    if census.due is None and census.extensions:
        detail = "An extension gives more time than others have; say when the census is due."
        yield Fault("/due", "due_missing", detail)


def _publication_faults(census: Census, known: Surroundings) -> Iterator[Fault]:
    published = census.published
    if published is None:
        return
    if published > known.today:
        detail = f"{published} has not come; leave it null until the figures are out."
        yield Fault("/published", "published_in_future", detail)
    if published < census.opens:
        detail = f"The census opens on {census.opens}; its figures come out on that day or later."
        yield Fault("/published", "published_before_opening", detail)


def _extension_faults(census: Census, known: Surroundings) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, extension in enumerate(census.extensions):
        at, code = f"/extensions/{index}", extension.ods_code
        trust = known.named.get(code)
        if trust is None or trust.kind is not Kind.TRUST:
            yield Fault(f"{at}/ods_code", "trust_not_found", f"No trust has the ODS code {code}.")
        elif not trust.is_open_on(census.day):
            detail = f"{code} was not open on {census.day}, so nothing of its own is due."
            yield Fault(f"{at}/ods_code", "trust_not_open", detail)
        if code in seen:
            detail = f"{code} stands at /extensions/{seen[code]} already; name it once."
            yield Fault(f"{at}/ods_code", "duplicate_trust", detail)
        seen.setdefault(code, index)
        if census.due is not None and extension.due < census.due:
            detail = f"The census is due on {census.due}; an extension ends on that day or later."
            yield Fault(f"{at}/due", "extension_before_due", detail)


def _cycle_faults(cycle: Cycle) -> Iterator[Fault]:
    code, ends = f"{cycle.starts}-{cycle.ends}", cycle.starts + CYCLE_YEARS
    if cycle.code != code:
        detail = f"A cycle from {cycle.starts} to {cycle.ends} has the code {code}."
        yield Fault("{code}", "code_mismatch", detail)
    for name, year in (("starts", cycle.starts), ("ends", cycle.ends)):
        if year < FIRST_YEAR:
            yield Fault(f"/{name}", "before_first_census", _before_first(year))
    if cycle.ends != ends:
        detail = (
            f"A cycle takes {CYCLE_YEARS} years: one that starts in {cycle.starts} ends in {ends}."
        )
        yield Fault("/ends", "not_three_years", detail)
    if cycle.ambition_year < cycle.starts:
        detail = (
            f"The ambition of {cycle.ambition_year} was over when the cycle started; give"
            f" {cycle.starts} or later."
        )
        yield Fault("/ambition_year", "ambition_over", detail)


def _before_first(year: int) -> str:
    return f"There was no census in {year}; the first was in {FIRST_YEAR}."
