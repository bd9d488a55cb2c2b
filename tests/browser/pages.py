"""The pages that a reader comes to, each with what is looked for on it."""

from typing import Final

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
