"""How many examples are generated: some in the ordinary tests, ten times as many in the long.

`pytest --hypothesis-profile long` generates many, as `make test-long` does.
"""

from typing import Final

from hypothesis import settings

ORDINARY: Final = 60
MANY: Final = 600
"""Examples of a property that says nothing else."""


def register() -> None:
    """Register both, and take the ordinary until another is asked for."""
    # A test's time depends on its neighbours on this machine.
    settings.register_profile("ordinary", deadline=None, max_examples=ORDINARY)
    settings.register_profile("long", deadline=None, max_examples=MANY)
    settings.load_profile("ordinary")


def examples(number: int) -> int:
    """Return how many examples to generate of a property that takes its time.

    Args:
        number: Of the ordinary tests.
    """
    return number * settings().max_examples // ORDINARY
