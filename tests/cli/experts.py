"""WRES experts as tests of the command line record them."""

from datetime import date

from sqlalchemy import Engine

from app.domain.callers import COMMAND_LINE
from app.domain.experts import Expert, Person, Support
from app.domain.preconditions import WHATEVER
from app.services.experts import ExpertSubmission, get_expert, post_expert, put_expert
from app.store.engine import reading, writing
from tests.given import SETUP, START
from tests.origins import ORIGIN

PERSON = Person("An Expert", "an.expert@trust.example")

ANOTHER = Person("Another Expert", "another.expert@trust.example")

NOBODY = "x000000000000"

NOT_FOUND = f"expert_not_found: There is no WRES expert {NOBODY}.\n"

LONG_AGO = date(2019, 4, 1)


def recorded(
    engine: Engine, *supports: Support, person: Person = PERSON, cohort: str = "2018"
) -> str:
    """Record an expert, and once more with the supports; return the identifier."""
    submission = ExpertSubmission(person, cohort, supports)
    with writing(engine, ORIGIN) as session:
        empty = ExpertSubmission(person, cohort, ())
        made = post_expert(session, submission=empty, caller=COMMAND_LINE, now=SETUP)
        put_expert(
            session,
            expert_id=made.id,
            submission=submission,
            precondition=WHATEVER,
            caller=COMMAND_LINE,
            now=SETUP,
        )
    return made.id


def held(engine: Engine, expert_id: str) -> Expert:
    """Return what is recorded of an expert."""
    with reading(engine) as session:
        return get_expert(session, expert_id=expert_id, caller=COMMAND_LINE, now=START).expert
