"""The pages that a reader comes to, each with what is looked for on it."""

from collections.abc import Mapping
from typing import Final

from app.domain.callers import Role
from tests.browser.chromium import Reader

PAGES: Final = {
    "home": ("/", "Race equality targets and progress of NHS trusts"),
    "england": ("/england", "England"),
    "england-sorted": (
        "/england?measure=band_8a&sort=share&order=desc&q=hospital",
        "England",
    ),
    "trusts": ("/trusts", "Find a trust"),
    "trusts-none": ("/trusts?q=nothing-is-called-so", "Find a trust"),
    "areas": ("/areas", "Areas"),
    "region": ("/areas/Y56", "London"),
    "trust": ("/trusts/ZZ001", "Pepperwick Health Care NHS Trust (demonstration)"),
    "measure": (
        "/trusts/ZZ001/measures/leadership",
        "Leadership (bands 8a to 9 and VSM): Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "indicators": (
        "/trusts/ZZ001/indicators",
        "Nine indicators: Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "history": (
        "/trusts/ZZ001/history?page=2",
        "History: Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "charts-of-england": ("/england/charts", "Charts: England"),
    "charts-of-region": ("/areas/Y56/charts?measure=board", "Charts: London"),
    "help": ("/help", "How to read these figures"),
    "nowhere": ("/nowhere", "Page not found"),
    "indicator-definition": (
        "/definitions/indicators/3",
        "Indicator 3: Entering the formal disciplinary process",
    ),
    "targets": (
        "/trusts/ZZ001/targets",
        "Targets: Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "target": (
        "/trusts/ZZ001/targets/board-2022-2025",
        "Board, 2022 to 2025: Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "board-page": (
        "/trusts/ZZ001/board-page",
        "Race equality in leadership: Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "report": (
        "/england/reports/2025",
        "Workforce race equality in England: census of 31 March 2025",
    ),
    "actuals": (
        "/trusts/ZZ001/actuals",
        "Actuals: Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "census": (
        "/trusts/ZZ001/actuals/2025",
        "Census of 31 March 2025: Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "plans": (
        "/trusts/ZZ001/action-plans",
        "Action plans: Pepperwick Health Care NHS Trust (demonstration)",
    ),
    "absent": ("/trusts/ZZ000", "Page not found"),
    "misunderstood": ("/england?measure=nothing", "This address is not understood"),
    "definitions": ("/definitions", "Definitions"),
    "measure-definition": (
        "/definitions/measures/leadership",
        "Leadership (bands 8a to 9 and VSM)",
    ),
    "method": ("/definitions/methods/1", "Method 1"),
    "formulas": ("/definitions/methods/1/formulas", "Formulas of method 1"),
    "accessibility": ("/accessibility", "Accessibility statement"),
}
"""The path of each page and its heading, by its name."""

USUAL: Final = {
    name: PAGES[name]
    for name in (
        "home", "trust", "indicators", "help", "nowhere", "target", "board-page", "census",
        "definitions", "measure-definition",
    )
}  # fmt: skip
"""Those that the ordinary tests look at: one of each kind, and no long one."""

_NAME: Final = "Pepperwick Health Care NHS Trust (demonstration)"

_OWN: Final = {
    "account": ("/sign-in", "You are signed in"),
    "targets-own": ("/trusts/ZZ001/targets", f"Targets: {_NAME}"),
    "target-own": (
        "/trusts/ZZ001/targets/leadership-2025-2028",
        f"Leadership (bands 8a to 9 and VSM), 2025 to 2028: {_NAME}",
    ),
}
"""Pages that show something else to whoever has signed in."""

_SETTING: Final = {
    "target-start": ("/trusts/ZZ001/targets/new", f"Set a target: {_NAME}"),
    "target-new": (
        "/trusts/ZZ001/targets/new?measure=vsm&cycle=2025-2028&form=share&goal_share=100",
        f"Set a target: {_NAME}",
    ),
    "target-edit": (
        "/trusts/ZZ001/targets/leadership-2025-2028/edit",
        f"Set a further version: {_NAME}",
    ),
}
"""Pages of whoever sets targets."""

SIGNED_IN: Final[Mapping[Role, Mapping[str, tuple[str, str]]]] = {
    Role.TRUST_DATA: _OWN,
    Role.TRUST: {**_OWN, **_SETTING},
    Role.AREA: _OWN,
    Role.NATIONAL: {
        **_OWN,
        **_SETTING,
        "reviews": ("/reviews?region=Y61&cycle=2025-2028", "Targets waiting for a review"),
    },
}
"""Likewise of those who have signed in, in each role."""

REFUSED: Final = "Failed to load resource: the server responded with a status of 4"
"""What Chromium's console says of a page that says that there is none."""


def look_at(
    reader: Reader, pages: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, str], list[str]]:
    """Return the heading of each page, and what is wrong with any."""
    headings, faults = {}, []
    for name, (path, _) in pages.items():
        headings[name] = reader.visit(path).locator("h1").inner_text()
        reader.take_picture(name)
        faults += [one for one in reader.find_faults() if REFUSED not in one]
    return headings, faults
