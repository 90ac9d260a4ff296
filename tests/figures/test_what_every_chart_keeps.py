"""What a chart must keep to be read by all: letters, outlines, lines that can be seen."""

import math
import re

import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from test_dots import PANELS
from test_dots import TABLE as WARDS
from test_lines import YEAR
from test_lines import shown as points
from test_panels import WHOLE, head, team
from test_steps_and_classes import LEVELS, STAIRS, row, stairs
from test_steps_and_classes import shown as classed
from test_strip import AREAS
from test_strip import shown as neighbours

from peerpack.figures.bars import bars
from peerpack.figures.classes import classes
from peerpack.figures.dots import dots, small_multiples
from peerpack.figures.lines import line
from peerpack.figures.panels import panels
from peerpack.figures.steps import steps
from peerpack.figures.strip import strip
from peerpack.figures.style import DARK_BLUE, DARK_GREY, ORANGE, SMALL_PT, TURQUOISE
from peerpack.records.svg import as_svg

CLASSED = classed(
    row(5e6, category="Grant"),
    row(2e6, category="None"),
    row(4e6, category="Grant", directorate="Place"),
    row(2e6, category="None", directorate="Place"),
    row(6e6, directorate="Place"),
)
TEAMS = points(WHOLE, head("Place", 2.5), team("Place", "Roads", 1.0), team("Place", "Parks", 4.0))
DRAWN = {
    "bars": lambda: bars(WARDS, "Satisfied, %", "ward"),
    "dots": lambda: dots(WARDS, "Satisfied, %", cut="ward"),
    "small multiples": lambda: small_multiples(PANELS, "%", "question", "ward"),
    "panels": lambda: panels(TEAMS, "Days", "directorate", "team"),
    "line": lambda: line(points(*YEAR), "%"),
    "steps": lambda: steps(stairs(**STAIRS), LEVELS, "£"),
    "classes": lambda: classes(CLASSED, by="category", of="directorate"),
    "strip": lambda: strip(neighbours(*AREAS), "£"),
}


def luminance(colour):
    linear = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", DRAWN)
def test_no_letter_is_smaller_than_eleven_pixels_as_wide_as_a_page_shows_a_chart_on_a_phone(name):
    svg = as_svg(DRAWN[name]())
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
    letters = [float(size) for size in re.findall(r"font(?:-size)?: (?:[\w ]+ )?([\d.]+)px", svg)]
    assert letters
    assert min(letters) >= SMALL_PT
    assert min(letters) * 36 * 16 / width >= 11


@pytest.mark.parametrize("name", DRAWN)
def test_every_bar_begins_at_nought_or_where_one_ends_and_has_an_edge_that_stands_out(name):
    for axes in DRAWN[name]().axes:
        for bar in (p for p in axes.patches if isinstance(p, Rectangle) and p.get_width()):
            assert contrast(bar.get_edgecolor()[:3], "white") >= 3
            if name not in ("steps",):
                assert math.isclose(bar.get_x(), 0.0, abs_tol=1e-9)


def test_there_are_no_more_than_four_colours_and_each_stands_out_on_white():
    palette = (DARK_BLUE, TURQUOISE, ORANGE, DARK_GREY)
    assert min(contrast(colour, "white") for colour in palette) >= 3
    used = {c for name in DRAWN for c in re.findall(r"fill: (#[0-9a-f]{6})", as_svg(DRAWN[name]()))}
    assert used <= {c.lower() for c in palette} | {"#ffffff", "#000000"}


@pytest.mark.parametrize("name", ["bars", "dots", "small multiples", "panels", "strip"])
def test_a_line_across_can_be_seen_on_a_dark_bar(name):
    """Dark grey on dark blue cannot: the line is cased in white."""
    across = [n for axes in DRAWN[name]().axes for n in axes.lines if n.get_linestyle() == "--"]
    assert across
    for each in across:
        (case,) = each.get_path_effects()
        assert case._gc["foreground"] == "white"
        assert case._gc["linewidth"] > each.get_linewidth()


def test_a_chart_of_nothing_has_no_scale():
    (axes,) = bars(points({"display": "[c]"}), "x").axes
    assert not axes.axison
    assert [t.get_text() for t in axes.texts] == ["No bar can be shown"]


def test_pounds_are_labelled_without_pence():
    paid = {"breakdown": "unit", "unit": "GBP", "display": "£274,344,330.24", "group": "A"}
    (axes,) = bars(points(paid | {"value": 274_344_330.24}), "£ million", scale=1e6).axes
    assert [t.get_text() for t in axes.texts] == ["£274.3m"]
