"""The pages that a reader comes to, each with what is looked for on it."""

from collections.abc import Mapping
from typing import Final

from tests.browser.chromium import Reader

PAGES: Final = {
    "home": ("/", "Race equality targets and progress of NHS trusts"),
    "england-sorted": (
        "/england?measure=band_8a&sort=share&order=desc&q=hospital",
        "England",
    ),
    "trusts-none": ("/trusts?q=nothing-is-called-so", "Find a trust"),
    "areas": ("/areas", "Areas"),
    "region": ("/areas/Y56", "London"),
    "trust": ("/trusts/ZZ001", "Pepperwick Health Care NHS Trust (demonstration)"),
    "measure": (
        "/trusts/ZZ001/measures/leadership",
        "Leadership (bands 8a to 9 and VSM): Pepperwick Health Care NHS Trust (demonstration)",
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

LARGE: Final = {
    "england": ("/england", "England"),
    "trusts": ("/trusts", "Find a trust"),
}
"""Likewise of those so large that axe-core takes long over them."""

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
