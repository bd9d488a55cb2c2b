"""Templates leave nothing out in silence, and take nothing for their own."""

import pytest
from jinja2 import UndefinedError

from app.dashboard.rendering import build_environment, render
from app.dashboard.views.index import tell_absence


def test_a_template_that_misses_a_value_fails() -> None:
    with pytest.raises(UndefinedError, match="'page' is undefined"):
        render("list.html")


def test_a_template_that_misses_a_member_fails() -> None:
    template = build_environment().from_string("{% if page.nothing %}{% endif %}")

    with pytest.raises(UndefinedError, match="has no attribute 'nothing'"):
        template.render(page=tell_absence(""))


def test_what_a_template_is_given_is_text() -> None:
    page = tell_absence("<script>alert('&')</script>")

    body = bytes(render("definition.html", page=page).body).decode()

    assert ">&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>" in body
    assert "<script>" not in body


def test_shares_are_told_in_percent() -> None:
    template = build_environment().from_string("{{ share | percent }}")

    assert template.render(share=0.8459) == "84.6%"
