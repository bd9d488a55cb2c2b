"""Templates, and the answers that are made of them."""

from typing import Final

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from app.charts.words import lower_first
from app.dashboard.assets import asset
from app.dashboard.views.help import Meanings
from app.dashboard.visitors import current_visitor

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What a browser may load for a page: what this origin serves, and nothing else."""

MENU: Final = (
    ("England", "/england"),
    ("Trusts", "/trusts"),
    ("Areas", "/areas"),
    ("Definitions", "/definitions"),
    ("Help", "/help"),
)
"""What the head of each page leads to."""

FOOTER: Final = (
    ("How to read these figures", "/help"),
    ("Methods", "/definitions/methods"),
    ("Codes", "/definitions/codes"),
    ("Accessibility statement", "/accessibility"),
    ("API description", "/openapi.json"),
)
"""What the foot of each page leads to."""


def _percent(share: float) -> str:
    return f"{share:.1%}"


def build_environment() -> Environment:
    """Return what renders templates: it escapes everything and leaves nothing out in silence."""
    environment = Environment(
        loader=PackageLoader("app.dashboard"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": _percent, "lower_first": lower_first}
    environment.globals |= {"asset": asset, "menu": MENU, "footer": FOOTER, "meanings": Meanings()}
    return environment


_ENVIRONMENT = build_environment()


def render(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page, for whoever asks for it.

    Args:
        template: Name of the template.
        status: HTTP status.
        values: What the template is given.
    """
    text = write(template, visitor=current_visitor(), **values)
    return HTMLResponse(text, status, {"Content-Security-Policy": POLICY})


def write(template: str, **values: object) -> str:
    """Return what a template makes of values."""
    return _ENVIRONMENT.get_template(template).render(**values)
