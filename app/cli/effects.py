"""What a change does to where a measure stands, in a line."""

from typing import Final

from app.domain.effects import Effect

_WORDS: Final = {
    "year": "last census",
    "bme": "BME people",
    "total": "people",
    "position": "position",
    "goal_outlook": "goal",
    "outlook": "parity",
    "parity_year": "parity year",
}
"""What the members of a standing are called."""


def describe_effect(effect: Effect) -> str:
    """Return how a measure stood before and stands after: `ZZ001 leadership: parity … → …`."""
    scope = effect.scope
    narrowed = f" {scope.staff_group}" if scope.staff_group else ""
    parts = (
        f"{_WORDS[name]} {_show(getattr(effect.before, name))} → "
        f"{_show(getattr(effect.after, name))}"
        for name in effect.changed
    )
    return f"{effect.ods_code} {scope.measure}{narrowed}: {', '.join(parts)}"


def _show(value: object) -> str:
    return "none" if value is None else str(value).replace("_", " ")
