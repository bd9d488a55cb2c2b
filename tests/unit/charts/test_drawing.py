"""Drawing: what comes out stands anywhere, and is the same every time."""

import re

from app.charts import drawing, trajectory
from app.charts.drawing import png, svg
from tests.unit.charts.telling import example

SPECIFICATION = trajectory.specification(example())

WORDS = {"title": 'Leaders <of "all"> & more', "description": "It says <this>."}


def test_a_picture_is_an_image_with_a_title_and_a_description() -> None:
    drawn = svg(SPECIFICATION, **WORDS)

    begun = re.match(
        r'<svg xmlns="http://www\.w3\.org/2000/svg" role="img"'
        r' aria-labelledby="(chart-[0-9a-f]{12})-title \1-description" width="640" [^>]*>'
        r'<title id="\1-title">Leaders &lt;of &quot;all&quot;&gt; &amp; more</title>'
        r'<desc id="\1-description">It says &lt;this&gt;\.</desc>',
        drawn,
    )
    assert begun, drawn[:400]


def test_a_picture_carries_no_style_no_script_and_nothing_from_elsewhere() -> None:
    drawn = svg(SPECIFICATION, **WORDS)

    tags = re.findall(r"<[a-zA-Z][^<>]*>", drawn)
    names = {re.split(r"[ />]", tag[1:])[0] for tag in tags}
    attributes = {name for tag in tags for name in re.findall(r' ([\w:-]+)="', tag)}
    assert names <= {"svg", "title", "desc", "g", "path", "rect", "line", "text", "tspan"}
    assert not attributes & {"style", "class", "href", "xlink:href", "aria-roledescription"}
    assert not any(name.startswith("on") for name in attributes)
    assert drawn.count("http") == 1


def test_the_same_figures_make_the_same_bytes() -> None:
    first = svg(SPECIFICATION, **WORDS)
    drawing._draw.cache_clear()  # noqa: SLF001 — else what is kept is compared with itself

    assert svg(SPECIFICATION, **WORDS) == first


def test_pictures_of_one_page_have_names_of_their_own() -> None:
    drawn = [svg(SPECIFICATION, title=title, description="") for title in ("One", "Another")]

    names = [set(re.findall(r'id="([^"]+)"', one)) for one in drawn]
    assert not names[0] & names[1]


def test_a_png_is_twice_as_wide_for_print() -> None:
    image = png(SPECIFICATION, **WORDS)

    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(image[16:20]) == 1280


def test_the_renderer_can_be_started_ahead() -> None:
    drawing.warm_up()
