"""Invented names for invented trusts."""

from collections.abc import Sequence

from app.demonstration.chance import Chance
from app.domain.organisations import TrustType

ENDING = " (demonstration)"
"""What every name ends in, so that no page shows one without it."""

_FIRST = (
    "Amber", "Bracken", "Candle", "Dapple", "Elder", "Fable", "Garland", "Heather",
    "Ivory", "Jasper", "Kestrel", "Lantern", "Marigold", "Nettle", "Orchard", "Pepper",
    "Quill", "Russet", "Saffron", "Thistle", "Umber", "Velvet", "Willow", "Yarrow",
)  # fmt: skip
_SECOND = (
    "barrow", "brook", "combe", "croft", "dale", "ford", "garth", "holme",
    "mere", "stead", "thorpe", "wick",
)  # fmt: skip

_KINDS: dict[TrustType, tuple[str, ...]] = {
    TrustType.ACUTE: (
        "University Hospitals NHS Foundation Trust",
        "Hospitals NHS Trust",
        "Hospitals NHS Foundation Trust",
        "Health Care NHS Trust",
    ),
    TrustType.AMBULANCE: ("Ambulance Service NHS Trust",),
    TrustType.COMMUNITY: (
        "Community Health NHS Trust",
        "Community Healthcare NHS Foundation Trust",
    ),
    TrustType.MENTAL_HEALTH: (
        "Mental Health NHS Foundation Trust",
        "Partnership NHS Foundation Trust",
        "Mental Health and Learning Disability NHS Trust",
    ),
    TrustType.SPECIALIST: (
        "Orthopaedic Hospital NHS Foundation Trust",
        "Heart and Lung Hospital NHS Foundation Trust",
        "Children's Hospital NHS Foundation Trust",
        "Eye Hospital NHS Foundation Trust",
        "Cancer Centre NHS Foundation Trust",
    ),
    TrustType.ONLINE: ("Online NHS Trust",),
}


def invent_names(types: Sequence[TrustType], chance: Chance) -> list[str]:
    """Return a different name for each trust, after its type.

    Raises:
        ValueError: There are more trusts than invented places.
    """
    places = [first + second for first in _FIRST for second in _SECOND]
    if len(types) > len(places):
        raise ValueError(f"there are {len(places)} invented places, not {len(types)}")
    order = chance.order(len(places))
    return [
        f"{places[place]} {_KINDS[kind][place % len(_KINDS[kind])]}{ENDING}"
        for place, kind in zip(order.tolist(), types, strict=False)
    ]
