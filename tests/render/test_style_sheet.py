"""The colours of pages: what stands on what, in light and dark, can be read."""

import re

import pytest

from peerpack.catalogue.branding import FOR_TEXT, SURFACES, Branding, contrast
from peerpack.render.site.assets import own, style

CSS = own("style.css").decode()
GROUNDS = [
    ("good", "good-bg"), ("care", "care-bg"), ("bad", "bad-bg"), ("plain", "plain-bg"),
    ("bad", "paper"),
    *((ink, on) for ink in ("ink", "soft", "link") for on in ("paper", "shade")),
]  # fmt: skip


def colours(scheme):
    """The named colours of the light scheme, or of the dark one."""
    block = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[scheme]
    plain = re.sub(r"#(\w)(\w)(\w)(?=;)", r"#\1\1\2\2\3\3", block)
    return dict(re.findall(r"--([\w-]+): (?:var\(--council, )?(#[0-9a-f]{6})", plain))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_colour_can_be_read_on_its_ground(scheme):
    named = colours(scheme)
    faint = [pair for pair in GROUNDS if contrast(*(named[each] for each in pair)) < FOR_TEXT]
    assert faint == []
    assert contrast(named["brand"], "#ffffff") >= FOR_TEXT


def test_a_council_s_lines_are_judged_on_the_pages_they_stand_on():
    shown = [colours(scheme)[name] for scheme in (0, 1) for name in ("paper", "shade")]
    assert shown == list(SURFACES.values())


def test_a_theme_changes_two_colours_and_no_rule():
    look = Branding(name="A", colour="#1f5f5b", accent="#c2571a")
    assert style(look) == style(None) + b":root { --council: #1f5f5b; --accent: #c2571a; }\n"


def test_nothing_in_the_style_sheet_fetches():
    assert not re.search(r"url\(|@import", CSS)
